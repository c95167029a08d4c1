//! What people read: every message that a pack must have, and no others.

use rustc_hash::FxHashMap as HashMap;

use super::problem::{PackProblem, Place};
use super::raw::RawMessages;
use crate::typo::nearest;

/// Every key of `messages.toml`.
pub const MESSAGE_KEYS: &[&str] = &[
    "explain_shopping",
    "explain_tasks",
    "explain_confirm",
    "explain_reject",
    "explain_not_ours",
    "explain_not_understood",
    "explain_incomplete",
    "explain_capability",
    "ask_text",
    "ask_intent",
    "ask_intent_not_ours",
    "ask_intent_safe",
    "ask_intent_question",
    "ask_intent_mixed",
    "ask_item",
    "ask_list",
    "ask_title",
    "ask_assignee",
    "ask_due_past",
    "ask_due_impossible",
    "ask_capability",
    "ask_confirm_one",
    "ui_timed",
    "confirm_summary",
    "confirm_buy",
    "confirm_do",
    "confirm_reason",
    "confirm_ui",
    "reject_payment",
    "reject_device_control",
    "reject_foreign_household",
    "reject_bulk_assignment",
    "reject_standing_rule",
    "topic_intent",
    "topic_item_name",
    "topic_item_list_id",
    "topic_task_title",
    "topic_task_assignee_id",
    "topic_task_due",
    "topic_common",
];

/// Lists of words that stand among the messages, by what is missing: what a question of a model may be about. A pack may leave them out; then
/// no question of a model is asked.
pub const TOPIC_KEYS: &[&str] = &[
    "topic_intent",
    "topic_item_name",
    "topic_item_list_id",
    "topic_task_title",
    "topic_task_assignee_id",
    "topic_task_due",
    "topic_common",
];

/// The messages by key, with a problem for each that is unknown or missing.
pub(super) fn read(
    raw: RawMessages,
    place: Place<'_>,
    problems: &mut Vec<PackProblem>,
) -> HashMap<String, String> {
    let missing = |key: &&&str| !raw.messages.contains_key(**key);
    for (key, text) in &raw.messages {
        if MESSAGE_KEYS.contains(&key.as_str()) || TOPIC_KEYS.contains(&key.as_str()) {
            continue;
        }
        let near = nearest(key, MESSAGE_KEYS.iter().chain(TOPIC_KEYS).copied());
        let hint = near.map_or_else(
            || "take it out; the household pack has every message there is".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        problems.push(place.problem(
            Some(text.span()),
            &format!("messages.{key}"),
            "no message of this name is ever shown",
            Some(&hint),
        ));
    }
    for key in MESSAGE_KEYS.iter().filter(missing) {
        let near = nearest(key, raw.messages.keys().map(String::as_str))
            .filter(|near| !MESSAGE_KEYS.contains(near));
        let hint = near.map_or_else(
            || format!("add `{key} = \"…\"` under [messages]"),
            |near| format!("rename `{near}`"),
        );
        problems.push(place.problem(
            None,
            &format!("messages.{key}"),
            "the message is missing",
            Some(&hint),
        ));
    }
    raw.messages
        .into_iter()
        .map(|(key, text)| (key, text.into_inner()))
        .collect()
}
