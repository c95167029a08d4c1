//! Examples for the document: one command, and what this service makes of it.

use corridor_contract::Command;
use corridor_decision::{Decider, Stamp, StepTimes};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::http::{
    explanation::Explained,
    problem::{BadLine, Kind, Refusal},
};

/// A command as a product would send it.
const COMMAND: &str = include_str!("example-command.json");

/// Examples of what is sent and answered.
pub(super) struct Examples {
    /// A command.
    pub(super) command: Value,
    /// Its decision.
    pub(super) decision: Value,
    /// Its decision, explained.
    pub(super) explained: Value,
    /// A batch: the command and a line that is none.
    pub(super) batch: String,
    /// The answer to the batch.
    pub(super) batch_answer: String,
    /// The pack that decides.
    pub(super) pack_version: String,
}

impl Examples {
    /// The examples as this decider decides them, with made-up ids and time.
    pub(super) fn by(decider: &Decider) -> Self {
        let command: Value = serde_json::from_str(COMMAND).unwrap_or_default();
        let explained = Command::from_slice(COMMAND.as_bytes())
            .ok()
            .map(|command| {
                let (decided, explanation) =
                    decider.explain(&command, stamp(), &mut StepTimes::default());
                let explained = Explained::new(&decided.decision, &explanation);
                serde_json::to_value(explained).unwrap_or_default()
            })
            .unwrap_or_default();
        let decision = explained.get("decision").cloned().unwrap_or_default();
        let refusal = Refusal::of(Kind::NotJson);
        let bad_line = json!(BadLine {
            line: 2,
            error: refusal.document(),
        });
        Self {
            batch: format!("{command}\nno command\n"),
            batch_answer: format!("{decision}\n{bad_line}\n"),
            command,
            decision,
            explained,
            pack_version: decider.engine().pack_version().to_owned(),
        }
    }
}

fn stamp() -> Stamp {
    Stamp {
        created_at: Timestamp::from_second(1_781_506_800).unwrap_or(Timestamp::UNIX_EPOCH),
        decision_id: "019ec9a5-4f00-7000-8000-000000000001".to_owned(),
        trace_id: "4bf92f3577b34da6a3ce929d0e0e4736".to_owned(),
    }
}
