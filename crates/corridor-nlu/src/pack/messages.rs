//! What people read: every message that a pack must have, and no others.

use rustc_hash::FxHashMap as HashMap;

use super::problem::{PackProblem, Place};
use super::raw::RawMessages;
use super::rule::{NotOurs, RejectCode};
use crate::typo::nearest;

/// Lists of words that stand among the messages, by what is missing: what a question of a model may be about.
pub const TOPIC_KEYS: &[&str] = &[
    "topic_intent",
    "topic_item_name",
    "topic_item_list_id",
    "topic_task_title",
    "topic_task_assignee_id",
    "topic_task_due",
    "topic_common",
];

/// What is asked, each with a message `ask_…` and one `explain_…`.
const QUESTIONS: &[&str] = &[
    "text",
    "intent",
    "unsure",
    "mixed",
    "item",
    "list",
    "list_unknown",
    "title",
    "assignee",
    "due_past",
    "due_impossible",
    "due_contradictory",
    "confirm_one",
    "capability_start_job",
    "capability_propose_add_shopping_item",
    "capability_propose_create_task",
];

/// Whole sentences beside the questions and refusals, with the placeholders that each must hold.
const SENTENCES: &[(&str, &[&str])] = &[
    ("explain_shopping", &[]),
    ("explain_task", &[]),
    ("explain_tasks", &[]),
    ("explain_confirm", &[]),
    ("explain_reject", &[]),
    ("ask_safe", &["refusal"]),
    ("ui_timed", &[]),
    ("confirm_reason", &[]),
    ("confirm_item_task", &["items", "titles"]),
    ("confirm_item_tasks", &["items", "titles"]),
    ("confirm_items_task", &["items", "titles"]),
    ("confirm_items_tasks", &["items", "titles"]),
];

/// Parts of the sentences that ask for a confirmation.
const PARTS: &[(&str, &[&str])] = &[
    ("confirm_and", &["first", "last"]),
    ("confirm_title", &["title"]),
];

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// Sentences to a person.
    Sentence,
    /// A part of such a sentence.
    Part,
    /// A list of words.
    Words,
}

/// A message that a pack must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageKey {
    /// The key in `messages.toml`.
    pub name: String,
    /// What it is.
    pub kind: MessageKind,
    /// The placeholders that it must hold.
    pub holds: &'static [&'static str],
}

impl MessageKey {
    /// Every key of `messages.toml`. Keys of what is not ours and of refusals follow from the names of the reasons and codes.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let key = |name: String, kind, holds| Self { name, kind, holds };
        let ours = QUESTIONS.iter().map(|name| (*name).to_owned());
        let not_ours = NotOurs::ALL.map(|(_, name)| format!("not_ours_{name}"));
        let asked = ours.chain(not_ours).flat_map(|name| {
            ["ask", "explain"]
                .map(|way| key(format!("{way}_{name}"), MessageKind::Sentence, &[] as &[_]))
        });
        let refused = RejectCode::ALL
            .map(|(_, name)| key(format!("reject_{name}"), MessageKind::Sentence, &[]));
        let listed = |all: &'static [(&str, &'static [&str])], kind| {
            all.iter()
                .map(move |(name, holds)| key((*name).to_owned(), kind, holds))
        };
        let topics = TOPIC_KEYS
            .iter()
            .map(|name| key((*name).to_owned(), MessageKind::Words, &[]));
        asked
            .chain(refused)
            .chain(listed(SENTENCES, MessageKind::Sentence))
            .chain(listed(PARTS, MessageKind::Part))
            .chain(topics)
            .collect()
    }
}

/// The messages by key, each from the highest file that has it, with a problem for each that is unknown or empty, or that has other
/// placeholders than it should.
pub(super) fn read(
    files: Vec<(RawMessages, Place<'_>)>,
    problems: &mut Vec<PackProblem>,
) -> HashMap<String, String> {
    let keys = MessageKey::all();
    let mut messages = HashMap::default();
    for (raw, place) in files {
        for (name, text) in raw.messages {
            let complaint = match keys.iter().find(|key| key.name == name) {
                Some(key) => wrong_text(key, text.get_ref()),
                None => Some(unknown(&name, &keys)),
            };
            if let Some((message, hint)) = complaint {
                problems.push(place.problem(
                    Some(text.span()),
                    &format!("messages.{name}"),
                    message,
                    Some(&hint),
                ));
            }
            messages.insert(name, text.into_inner());
        }
    }
    messages
}

/// Messages that no file has; `file` is where they are told of.
pub(super) fn missing(
    messages: &HashMap<String, String>,
    file: &str,
    problems: &mut Vec<PackProblem>,
) {
    let keys = MessageKey::all();
    let place = Place { file, text: "" };
    for MessageKey { name, .. } in &keys {
        if messages.contains_key(name) {
            continue;
        }
        let near = nearest(name, messages.keys().map(String::as_str))
            .filter(|near| keys.iter().all(|key| key.name != *near));
        let hint = near.map_or_else(
            || format!("add `{name} = \"…\"` under [messages]"),
            |near| format!("rename `{near}`"),
        );
        problems.push(place.problem(
            None,
            &format!("messages.{name}"),
            "the message is missing",
            Some(&hint),
        ));
    }
}

fn unknown(name: &str, keys: &[MessageKey]) -> (String, String) {
    let near = nearest(name, keys.iter().map(|key| key.name.as_str()));
    let hint = near.map_or_else(
        || "take it out; the household pack has every message there is".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    ("no message of this name is ever shown".to_owned(), hint)
}

/// What is wrong with the text of a message, and what to do.
fn wrong_text(key: &MessageKey, text: &str) -> Option<(String, String)> {
    if text.trim().is_empty() {
        let hint = "write what people read; see the household pack";
        return Some(("the message is empty".to_owned(), hint.to_owned()));
    }
    let known = || match key.holds {
        [] => "this message has no placeholders".to_owned(),
        all => {
            let all: Vec<String> = all.iter().map(|name| format!("{{{name}}}")).collect();
            format!("this message holds {}", all.join(" and "))
        }
    };
    if let Some(odd) = placeholders(text).find(|name| !key.holds.contains(name)) {
        return Some((format!("unknown placeholder `{{{odd}}}`"), known()));
    }
    let lost = key
        .holds
        .iter()
        .find(|name| placeholders(text).all(|held| held != **name))?;
    Some((format!("the placeholder `{{{lost}}}` is missing"), known()))
}

/// What stands in braces.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .map(|tail| tail.split_once('}').map_or(tail, |(name, _)| name))
}
