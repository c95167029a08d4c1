//! The commands that are replayed, and the answers to them.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use corridor_contract::{Command, CommandId};
use reqwest::{Client, header::CONTENT_TYPE};
use serde_json::{Value, json};
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    cli::{decide::household, failure::Failure, golden::files},
    config::values::Language,
};

/// Stands in the provider's key and in what is said, and must show in decisions alone.
pub(super) const CANARY: &str = "kanareika7f3a";

/// How many commands are under way at once.
const CONCURRENCY: usize = 8;

/// What is said where there is no golden data set.
const OWN_TEXTS: &[&str] = &[
    "купи молоко",
    "купи 2 литра молока и хлеб",
    "добавь в список яйца, масло и сыр",
    "купи килограмм картошки",
    "нужен кефир",
    "закончился сахар",
    "купи что-нибудь",
    "добавь это",
    "купии малако",
    "напомни вынести мусор завтра",
    "помыть окна",
    "пусть Саша погуляет с собакой",
    "убери кухню",
    "купи молоко и убери кухню",
    "не покупай молоко",
    "оплати счёт за свет",
    "включи пылесос",
    "как дела",
    "buy milk",
    "add eggs and butter to the list",
    "get 3 apples",
    "remind me to call the plumber",
    "buy somthing",
    "turn off the lamp",
];

/// One command, and its id.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) id: CommandId,
    body: Vec<u8>,
}

/// The commands of every step.
#[derive(Debug)]
pub(super) struct Replay {
    pub(super) commands: Vec<Said>,
    /// Where they come from.
    pub(super) source: String,
}

/// What came back for one command.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// The decision, where the answer was one that the contract allows.
    pub(super) decision: Option<Value>,
    /// From sending to the last byte.
    pub(super) took: Duration,
}

impl Replay {
    /// Takes commands evenly from the data set, and a few with a canary.
    pub(super) fn gather(golden: &Path, most: usize) -> Result<Self, Failure> {
        let (mut bodies, source): (Vec<Vec<u8>>, _) = if golden.is_dir() {
            let dataset = files::sound(&files::read(golden)?)?;
            let all = dataset.entries.len();
            let step = all.div_ceil(most).max(1);
            let entries = dataset.entries.into_iter().step_by(step);
            let bodies: Vec<_> = entries.map(|entry| entry.command).collect();
            (bodies, format!("golden commands of {}", golden.display()))
        } else {
            let bodies = OWN_TEXTS
                .iter()
                .map(|text| of_text(text))
                .collect::<Result<_, _>>()?;
            (bodies, "commands of its own".to_owned())
        };
        for text in [
            "купи",
            "добавь в список молоко и",
            "напомни про",
            "buy",
            "do I need",
        ] {
            bodies.push(of_text(&format!("{text} {CANARY}"))?);
        }
        let commands = bodies
            .into_iter()
            .enumerate()
            .filter_map(|(number, body)| Said::with_id(&body, &format!("rehearsal-{number}")))
            .collect();
        Ok(Self { commands, source })
    }

    /// Posts every command and gives the answers in the same order.
    pub(super) async fn post(&self, client: &Client, address: &str) -> Vec<Answer> {
        let places = Arc::new(Semaphore::new(CONCURRENCY));
        let mut under_way = JoinSet::new();
        for (number, said) in self.commands.iter().enumerate() {
            let request = client
                .post(format!("http://{address}/v1/decide"))
                .header(CONTENT_TYPE, "application/json")
                .body(said.body.clone());
            let places = Arc::clone(&places);
            under_way.spawn(async move {
                let _place = places.acquire_owned().await;
                (number, answer(request).await)
            });
        }
        let mut answers = under_way.join_all().await;
        answers.sort_by_key(|(number, _)| *number);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }
}

impl Said {
    /// The command under another id; nothing where it is none by the contract.
    fn with_id(body: &[u8], id: &str) -> Option<Self> {
        let mut command: Value = serde_json::from_slice(body).ok()?;
        *command.get_mut("command_id")? = id.into();
        let body = command.to_string().into_bytes();
        let command = Command::from_slice(&body).ok()?;
        Some(Self {
            id: command.command_id,
            body,
        })
    }
}

async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let started = Instant::now();
    let body = async {
        let response = request.send().await.ok()?.error_for_status().ok()?;
        response.bytes().await.ok()
    };
    let body = body.await;
    let took = started.elapsed();
    let valid = body.filter(|body| corridor_contract::Decision::from_slice(body).is_ok());
    let decision = valid.and_then(|body| serde_json::from_slice(&body).ok());
    Answer {
        decision: decision.map(without_what_is_always_new),
        took,
    }
}

/// The decision without ids and times that differ each time by design.
fn without_what_is_always_new(mut decision: Value) -> Value {
    if let Some(object) = decision.as_object_mut() {
        for field in ["decision_id", "trace_id", "created_at"] {
            object.remove(field);
        }
        if let Some(payload) = object.get_mut("payload").and_then(Value::as_object_mut) {
            payload.remove("expires_at");
        }
    }
    decision
}

/// A text as a command of the sample household.
fn of_text(text: &str) -> Result<Vec<u8>, Failure> {
    let context = household::sample(text, Language::Russian)?;
    let speaker = context
        .pointer("/household/members/0/user_id")
        .cloned()
        .unwrap_or_default();
    let command = json!({
        "command_id": "rehearsal", "user_id": speaker, "timestamp": "2026-06-15T10:00:00+03:00", "text": text,
        "capabilities": ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"],
        "context": context,
    });
    Ok(command.to_string().into_bytes())
}
