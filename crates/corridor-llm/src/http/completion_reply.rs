//! The chat-completions reply, read by what providers send and not by what the standard says: nothing beside the answer
//! can cost the answer.

use serde_json::Value;

use super::event_stream;
use super::usage::read_usage;
use crate::call::{CallError, CallReply, FinishReason, MalformedReply};
use crate::private::ModelText;

/// Reads the body of a success. The parser's own message may quote the body, so it is dropped.
pub(super) fn read_reply(body: &[u8], http_status: Option<u16>) -> Result<CallReply, CallError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let reply = match serde_json::from_slice::<Value>(body) {
        Ok(reply) => reply,
        Err(_) => {
            event_stream::joined(body).ok_or_else(|| CallError::ProviderError(not_a_reply(body)))?
        }
    };
    if reply.get("error").is_some_and(reports_something) {
        return Err(CallError::ProviderError(MalformedReply::ErrorBody));
    }
    let no_choice = CallError::ProviderError(MalformedReply::NoChoice);
    let choice = reply.pointer("/choices/0").ok_or(no_choice)?;
    let message = choice
        .get("message")
        .filter(|message| message.is_object())
        .ok_or(no_choice)?;
    let ending = choice
        .get("finish_reason")
        .and_then(Value::as_str)
        .map(str::to_ascii_lowercase)
        .unwrap_or_default();
    let is_refusal = matches!(
        ending.as_str(),
        "content_filter" | "blacklist" | "safety" | "refusal"
    );
    let declined = message.get("refusal").and_then(Value::as_str);
    if is_refusal || declined.is_some_and(|words| !words.trim().is_empty()) {
        return Err(CallError::Refused);
    }
    let mut content = content_text(message.get("content")).ok_or(no_choice)?;
    if is_filter_sentence(&content) {
        return Err(CallError::Refused);
    }
    append_calls(&mut content, message);
    let finish = match ending.as_str() {
        "length" | "max_tokens" | "model_length" | "max_output_tokens" => FinishReason::Length,
        _ => FinishReason::Complete,
    };
    Ok(CallReply {
        content: ModelText::new(content),
        finish,
        usage: reply.get("usage").and_then(read_usage),
        http_status,
    })
}

/// Whether the body is a whole JSON value, so that nothing that can still arrive matters.
pub(super) fn is_whole(body: &[u8]) -> bool {
    body.trim_ascii_end().ends_with(b"}")
        && serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok()
}

/// Whether an `error` says anything: gateways send empty ones beside good answers.
fn reports_something(error: &Value) -> bool {
    match error {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Object(fields) => fields.values().any(reports_something),
        Value::Array(entries) => entries.iter().any(reports_something),
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Bool(true) => true,
    }
}

/// The text of a content: a string, an object that stands for itself, or parts, of which text counts and reasoning does
/// not. None where it is something else.
fn content_text(content: Option<&Value>) -> Option<String> {
    match content {
        None | Some(Value::Null) => Some(String::new()),
        Some(Value::String(text)) => Some(text.clone()),
        Some(object @ Value::Object(_)) => Some(object.to_string()),
        Some(Value::Array(parts)) => Some(parts.iter().filter_map(part_text).collect()),
        Some(_) => None,
    }
}

fn part_text(part: &Value) -> Option<&str> {
    if let Value::String(text) = part {
        return Some(text);
    }
    match part.get("type").and_then(Value::as_str) {
        None | Some("text" | "output_text") => part.get("text").and_then(Value::as_str),
        Some(_) => None,
    }
}

/// Adds the arguments of tool calls, for models that answer through one. Whether there is one answer in all of it is
/// judged with the rest.
fn append_calls(content: &mut String, message: &Value) {
    let calls = message
        .get("tool_calls")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let functions = calls
        .iter()
        .filter_map(|call| call.get("function"))
        .chain(message.get("function_call"));
    for arguments in functions.filter_map(|function| function.get("arguments")) {
        if !content.is_empty() {
            content.push('\n');
        }
        match arguments {
            Value::String(text) => content.push_str(text),
            other => content.push_str(&other.to_string()),
        }
    }
}

/// Yandex's models answer a filtered text with a sentence and `finish_reason: stop`.
fn is_filter_sentence(content: &str) -> bool {
    const BEGINNINGS: [&str; 3] = [
        "Не могу обсуждать эту тему",
        "Я не могу обсуждать эту тему",
        "В интернете есть много сайтов с информацией на эту тему",
    ];
    let content = content.trim_start();
    BEGINNINGS
        .iter()
        .any(|beginning| content.starts_with(beginning))
        && !content.contains('{')
}

fn not_a_reply(body: &[u8]) -> MalformedReply {
    if body.trim_ascii_start().starts_with(b"<") {
        MalformedReply::Html
    } else {
        MalformedReply::NotJson
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn malformed(body: &str) -> MalformedReply {
        match read_reply(body.as_bytes(), Some(200)) {
            Err(CallError::ProviderError(malformed)) => malformed,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_no_chat_completion_is_named() {
        for (body, kind) in [
            ("", MalformedReply::NotJson),
            ("  <!doctype html>", MalformedReply::Html),
            (r#"{"error":{"message":"no"}}"#, MalformedReply::ErrorBody),
            (r#"{"error":"no","choices":[]}"#, MalformedReply::ErrorBody),
            ("{}", MalformedReply::NoChoice),
            ("[1]", MalformedReply::NoChoice),
            (
                r#"{"choices":[{"finish_reason":"stop"}]}"#,
                MalformedReply::NoChoice,
            ),
            (
                r#"{"choices":[{"message":{"content":7}}]}"#,
                MalformedReply::NoChoice,
            ),
        ] {
            assert_eq!(malformed(body), kind, "{body}");
        }
    }

    proptest! {
        #[test]
        fn no_body_makes_the_reader_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_reply(&body, None);
        }
    }
}
