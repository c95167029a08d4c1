//! What the threads that answer tell the exporter: ids, times and closed words.

use std::time::Duration;

use corridor_decision::{Decided, Stamp, Step, StepTimes, records::Intent};
use corridor_llm::AttemptRecord;
use jiff::Timestamp;
use uuid::Uuid;

/// The id of a span; never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SpanId(u64);

impl SpanId {
    pub(super) fn random() -> Self {
        let (high, low) = Uuid::new_v4().as_u64_pair();
        Self((high ^ low).max(1))
    }

    /// A caller's span.
    pub(super) fn of(id: u64) -> Self {
        Self(id)
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.to_be_bytes().to_vec()
    }
}

/// What joins the calls of a command with its span.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct CommandKey {
    pub(super) trace_id: String,
    pub(super) command_id: String,
}

/// Something that happened.
#[derive(Debug)]
pub(super) enum Event {
    /// A command is being decided: its model calls belong to this span.
    Began(CommandKey, SpanId),
    /// A command is decided.
    Ended(Box<EndedCommand>),
    /// An attempt at a model call ended.
    Attempted(Box<AttemptRecord>),
}

/// A command that is decided.
#[derive(Debug)]
pub(super) struct EndedCommand {
    pub(super) key: CommandKey,
    pub(super) span: SpanId,
    /// The caller's span.
    pub(super) parent: Option<SpanId>,
    pub(super) began: Timestamp,
    pub(super) total: Duration,
    pub(super) steps: Vec<EndedStep>,
    pub(super) decision_id: String,
    pub(super) action: &'static str,
    pub(super) status: &'static str,
    pub(super) intent: &'static str,
    pub(super) source: &'static str,
}

/// A step that ran.
#[derive(Clone, Copy, Debug)]
pub(super) struct EndedStep {
    pub(super) name: &'static str,
    /// From the beginning of the command.
    pub(super) started: Duration,
    pub(super) took: Duration,
}

/// A command under way whose span will be sent. Nothing is sent where it is dropped: then nothing was decided.
#[derive(Debug)]
pub struct CommandTrace {
    pub(super) key: CommandKey,
    pub(super) span: SpanId,
    pub(super) parent: Option<SpanId>,
    pub(super) began: Timestamp,
}

impl CommandTrace {
    pub(super) fn new(stamp: &Stamp, command_id: &str, parent: Option<SpanId>) -> Self {
        Self {
            key: CommandKey {
                trace_id: stamp.trace_id.clone(),
                command_id: command_id.to_owned(),
            },
            span: SpanId::random(),
            parent,
            began: stamp.created_at,
        }
    }

    pub(super) fn ended(self, decided: &Decided, steps: &StepTimes) -> EndedCommand {
        let decision = &decided.decision;
        EndedCommand {
            key: self.key,
            span: self.span,
            parent: self.parent,
            began: self.began,
            total: steps.total(),
            steps: Step::ALL
                .into_iter()
                .filter_map(|step| {
                    Some(EndedStep {
                        name: step.name().trim_end_matches("_ms"),
                        started: steps.started(step)?,
                        took: steps.spent(step),
                    })
                })
                .collect(),
            decision_id: decision.decision_id.as_str().to_owned(),
            action: decision.action().as_str(),
            status: decision.status().as_str(),
            intent: Intent::of(&decision.payload).as_str(),
            source: decided.source.as_str(),
        }
    }
}
