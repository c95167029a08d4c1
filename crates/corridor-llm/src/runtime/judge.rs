//! From a model's reply to JSON that fits the schema: as it is, or with a fence or prose around it stripped.
//!
//! Values are never changed. What is left over after these two rungs is for the fallback chain: repair, escalation.

use serde_json::Value;

use crate::call::{CallError, CallReply, FinishReason};
use crate::private::Answer;
use crate::prompt::{SchemaProblems, TaskSchema};

/// Why a reply is not usable, with what a repair needs to know.
#[derive(Debug)]
pub(super) struct Unusable {
    pub(super) error: CallError,
    pub(super) problems: Option<SchemaProblems>,
}

impl From<CallError> for Unusable {
    fn from(error: CallError) -> Self {
        Self {
            error,
            problems: None,
        }
    }
}

pub(super) fn judge(reply: &CallReply, schema: &TaskSchema) -> Result<Answer, Unusable> {
    let text = reply.content.expose().trim();
    // A cut answer may happen to end in valid JSON that says less than was meant.
    if reply.finish == FinishReason::Length {
        return Err(CallError::Truncated.into());
    }
    if text.is_empty() {
        return Err(CallError::Empty.into());
    }
    let value = read(text).ok_or(CallError::InvalidJson)?;
    match schema.check(&value) {
        Ok(()) => Ok(Answer::new(value)),
        Err(problems) => Err(Unusable {
            error: CallError::SchemaValidationFailed,
            problems: Some(problems),
        }),
    }
}

/// The JSON of an answer: the whole text, or the only object inside fences or prose.
fn read(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().or_else(|| stripped(text))
}

/// The most places tried as the start of JSON, which bounds the work on hostile answers.
const MAX_STARTS: usize = 32;

/// The only JSON object inside fences or prose. Two objects, or an object inside a list, are no answer: which one was
/// meant is anybody's guess.
fn stripped(text: &str) -> Option<Value> {
    let mut found = None;
    let mut rest = text;
    for _ in 0..MAX_STARTS {
        let Some(start) = rest.find(['{', '[']) else {
            return found;
        };
        rest = rest.get(start..)?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let length = match values.next() {
            Some(Ok(value)) if found.is_none() && value.is_object() => {
                found = Some(value);
                values.byte_offset()
            }
            Some(Ok(_)) => return None,
            // JSON that is cut: what stands inside it is not the answer.
            Some(Err(error)) if error.is_eof() => return None,
            // No JSON after all: a bracket in prose.
            _ => 1,
        };
        rest = rest.get(length..)?;
    }
    if rest.contains(['{', '[']) {
        None
    } else {
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fences_and_prose_are_stripped() {
        let object = json!({"a": {"b": "}"}});
        for text in [
            r#"{"a":{"b":"}"}}"#,
            "```json\n{\"a\":{\"b\":\"}\"}}\n```",
            "```\n{\"a\":{\"b\":\"}\"}}```",
            r#"Вот ответ: {"a":{"b":"}"}} Готово!"#,
            r#"The {answer} is {"a":{"b":"}"}}"#,
            "<think>so {that}</think>{\"a\":{\"b\":\"}\"}}",
        ] {
            assert_eq!(read(text), Some(object.clone()), "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for text in [
            "",
            "```json\n[{\"a\":1}]\n```",
            "[{\"a\":1}",
            "Either [{\"a\":1}] or nothing",
            "{",
            r#"{"a":1"#,
            r#"{"a":[{"a":1}"#,
            r#"{"a":1} or {"a":2}"#,
            "no",
            &"{".repeat(100_000),
        ] {
            assert_eq!(read(text), None, "{text:.20}");
        }
    }
}
