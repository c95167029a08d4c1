//! Server-sent events, which some gateways send although nobody asked: the pieces joined into the reply they stand for.

use serde_json::{Value, json};

/// The chat completion that a whole stream adds up to; none where the body is no stream or the stream broke off.
pub(super) fn joined(body: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(body).ok()?;
    let mut content = String::new();
    let mut ending = Value::Null;
    let mut usage = Value::Null;
    let mut refusal = String::new();
    let mut is_done = false;
    for line in text.lines() {
        let Some(data) = line.strip_prefix("data:").map(str::trim) else {
            continue;
        };
        if data == "[DONE]" {
            is_done = true;
            break;
        }
        let event: Value = serde_json::from_str(data).ok()?;
        if event.get("error").is_some_and(|error| !error.is_null()) {
            return Some(json!({"error": "in the stream"}));
        }
        if let Some(told) = event.get("usage").filter(|usage| usage.is_object()) {
            usage = told.clone();
        }
        let Some(choice) = event.pointer("/choices/0") else {
            continue;
        };
        if let Some(reason) = choice.get("finish_reason").filter(|it| it.is_string()) {
            ending = reason.clone();
        }
        let piece = choice.get("delta").or_else(|| choice.get("message"));
        let piece_text = |key| piece.and_then(|piece| piece.get(key)?.as_str());
        content.push_str(piece_text("content").unwrap_or_default());
        refusal.push_str(piece_text("refusal").unwrap_or_default());
    }
    (is_done || ending.is_string()).then(|| {
        json!({
            "choices": [{
                "message": { "content": content, "refusal": refusal },
                "finish_reason": ending,
            }],
            "usage": usage,
        })
    })
}
