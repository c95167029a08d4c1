//! An executor that answers from a script, as something behind a connection would: with bytes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use corridor_eval::{ExecutionError, Executor};
use serde_json::{Value, json};

/// Answers by the number in a command's id. A command without an answer is left unanswered.
#[derive(Default)]
pub(crate) struct Scripted {
    answers: HashMap<String, Vec<Value>>,
    asked: AtomicUsize,
}

impl Scripted {
    /// An answer to the entry of this number, as `(action, payload)`.
    pub(crate) fn answer(mut self, number: usize, (action, payload): (&str, Value)) -> Self {
        let id = format!("en-{number:03}");
        let (status, outcome) = match action {
            "clarify" => ("clarify", "clarify"),
            "confirm" => ("clarify", "confirm"),
            "reject" => ("error", "reject"),
            _ => ("ok", "execute"),
        };
        let decision = json!({
            "decision_id": "d", "command_id": id, "trace_id": "t", "status": status, "action": action,
            "decision_outcome": outcome, "confidence": 0.9, "payload": payload, "explanation": "e",
            "schema_version": "2.1.0", "decision_version": "scripted-1", "created_at": "2026-06-15T09:00:00Z",
        });
        self.answers.entry(id).or_default().push(decision);
        self
    }

    /// The same answer with one property changed, valid or not.
    pub(crate) fn spoilt(mut self, number: usize, property: &str, value: Value) -> Self {
        self.answers.get_mut(&format!("en-{number:03}")).unwrap()[0][property] = value;
        self
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Executor for Scripted {
    fn execute(&self, command: &[u8]) -> Result<Vec<u8>, ExecutionError> {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        let command: Value = serde_json::from_slice(command).unwrap();
        let answers = self.answers.get(command["command_id"].as_str().unwrap());
        let answer = answers.and_then(|answers| answers.get(asked.min(answers.len() - 1)));
        match answer {
            Some(answer) => Ok(answer.to_string().into_bytes()),
            None => Err(ExecutionError::Unanswered {
                reason: "not in the script".to_owned(),
            }),
        }
    }
}

pub(crate) fn buy(items: &[Value]) -> (&'static str, Value) {
    (
        "start_job",
        json!({ "job_id": "j", "job_type": "add_shopping_item", "proposed_actions": proposed_items(items) }),
    )
}

pub(crate) fn do_tasks(tasks: &[Value]) -> (&'static str, Value) {
    (
        "start_job",
        json!({ "job_id": "j", "job_type": "create_task", "proposed_actions": proposed_tasks(tasks) }),
    )
}

pub(crate) fn confirm(items: &[Value], tasks: &[Value]) -> (&'static str, Value) {
    let actions: Vec<Value> = proposed_items(items)
        .into_iter()
        .chain(proposed_tasks(tasks))
        .collect();
    let payload = json!({
        "confirmation_id": "c", "summary": "s", "proposed_actions": actions, "expires_at": "2026-06-15T09:15:00Z",
    });
    ("confirm", payload)
}

pub(crate) fn ask(fields: &[&str]) -> (&'static str, Value) {
    (
        "clarify",
        json!({ "question": "q", "missing_fields": fields }),
    )
}

pub(crate) fn refuse(code: &str) -> (&'static str, Value) {
    ("reject", json!({ "code": code, "reason": "r" }))
}

fn proposed_items(items: &[Value]) -> Vec<Value> {
    items
        .iter()
        .map(|item| json!({ "action": "propose_add_shopping_item", "payload": { "item": item } }))
        .collect()
}

fn proposed_tasks(tasks: &[Value]) -> Vec<Value> {
    tasks
        .iter()
        .map(|task| json!({ "action": "propose_create_task", "payload": { "task": task } }))
        .collect()
}
