//! Expected and got side by side, for an entry that is not right.

use serde::Serialize;

use crate::answer::{Answer, Item};
use crate::dataset::{EntryId, Place};
use crate::judge::Difference;
use crate::run::Outcome;
use crate::text::{same, same_ignoring_case};
use crate::vocabulary::Difficulty;

/// An entry that is not right. Holds what it says, which is ours.
#[derive(Clone, Debug, Serialize)]
pub struct Miss {
    /// The entry.
    pub id: EntryId,
    /// Where it stands.
    pub place: Place,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// What it is there to hold.
    pub tags: Vec<String>,
    /// What is said.
    pub text: String,
    /// Where the answer differs from the expected one that it comes nearest to.
    pub differences: Vec<Difference>,
    /// Both answers, part by part.
    pub rows: Vec<Row>,
    /// Why there is no valid decision, or why it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Why the expected answer is right, where the entry says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// A part of both answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Which part: `intent`, `item 1`, `task 2 due`, …
    pub part: String,
    /// As expected.
    pub expected: Option<String>,
    /// As it came.
    pub got: Option<String>,
    /// Whether that counts as a difference.
    pub differs: bool,
}

impl Miss {
    /// The miss of an outcome; `None` where it is right.
    #[must_use]
    pub fn of(outcome: &Outcome<'_>) -> Option<Self> {
        let failure = match &outcome.got {
            // One line, however many problems a document has.
            Err(error) => Some(error.to_string().replace('\n', "; ")),
            Ok(_) => outcome
                .unstable
                .then(|| "another round got another answer".to_owned()),
        };
        (!outcome.is_right()).then(|| Self {
            id: outcome.entry.id.clone(),
            place: outcome.entry.place.clone(),
            difficulty: outcome.entry.difficulty,
            tags: outcome
                .entry
                .tags
                .iter()
                .map(|tag| tag.name.clone())
                .collect(),
            text: outcome.entry.text.clone(),
            differences: outcome.judgement.differences.clone(),
            rows: rows(outcome.judgement.reference, outcome.got.as_ref().ok()),
            failure,
            notes: outcome.entry.notes.clone(),
        })
    }
}

type Parts = Vec<(String, String)>;

/// Both answers as rows, in one order: what either has.
pub(crate) fn rows(expected: &Answer, got: Option<&Answer>) -> Vec<Row> {
    let (expected, got) = (parts(expected), got.map(parts).unwrap_or_default());
    let value = |parts: &Parts, part: &str| {
        parts
            .iter()
            .find(|(name, _)| name == part)
            .map(|(_, value)| value.clone())
    };
    let mut names: Vec<&String> = expected.iter().map(|(name, _)| name).collect();
    for (position, (name, _)) in got.iter().enumerate() {
        if !names.contains(&name) {
            // Next to what it follows in the answer that has it.
            let before = got
                .iter()
                .take(position)
                .rev()
                .find_map(|(other, _)| names.iter().position(|n| *n == other));
            names.insert(before.map_or(0, |before| before + 1), name);
        }
    }
    let row = |name: &String| {
        let (expected, got) = (value(&expected, name), value(&got, name));
        Row {
            part: name.clone(),
            differs: differs(name, expected.as_deref(), got.as_deref()),
            expected,
            got,
        }
    };
    names.into_iter().map(row).collect()
}

/// A description counts only where one is expected, and its case never does.
fn differs(part: &str, expected: Option<&str>, got: Option<&str>) -> bool {
    let is_description = part.ends_with(DESCRIPTION);
    match (expected, got) {
        (Some(expected), Some(got)) if is_description => !same_ignoring_case(expected, got),
        (Some(expected), Some(got)) => !same(expected, got),
        (None, Some(_)) => !is_description,
        (Some(_), None) => true,
        (None, None) => false,
    }
}

const DESCRIPTION: &str = "description";

/// An answer part by part: one for the intent, one an item, one a field of a task.
fn parts(answer: &Answer) -> Parts {
    let intent = answer.intent.map_or("none", |intent| intent.as_str());
    let mut parts = vec![("intent".to_owned(), intent.to_owned())];
    if answer.intent.map(|intent| intent.action()) != Some(answer.action) {
        parts.push(("action".to_owned(), answer.action.to_string()));
    }
    for (number, item) in (1..).zip(&answer.items) {
        parts.push((format!("item {number}"), item_line(item)));
    }
    for (number, task) in (1..).zip(&answer.tasks) {
        let fields = [
            ("title", Some(&task.title)),
            ("assignee", task.assignee.as_ref()),
            ("zone", task.zone.as_ref()),
            ("due", task.due.as_ref()),
            (DESCRIPTION, task.description.as_ref()),
        ];
        for (field, value) in fields {
            parts.extend(value.map(|value| (format!("task {number} {field}"), value.clone())));
        }
    }
    if !answer.missing_fields.is_empty() {
        let fields: Vec<&str> = answer
            .missing_fields
            .iter()
            .map(|field| field.as_str())
            .collect();
        parts.push(("missing_fields".to_owned(), fields.join(", ")));
    }
    parts.extend(
        answer
            .reject_code
            .as_ref()
            .map(|code| ("reject_code".to_owned(), code.clone())),
    );
    parts
}

/// `молоко · 2 л · l-products`.
fn item_line(item: &Item) -> String {
    let amount: Vec<&str> = [&item.quantity, &item.unit]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let mut line = item.name.clone();
    if !amount.is_empty() {
        line.push_str(&format!(" · {}", amount.join(" ")));
    }
    if let Some(list) = &item.list {
        line.push_str(&format!(" · {list}"));
    }
    line
}
