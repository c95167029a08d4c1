//! The chat-completions body, both ways. The only place where prompts are serialised.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::call::{
    CallError, CallReply, CallRequest, FinishReason, MalformedReply, Message, OutputSchema, Role,
    StructuredOutput, TokenLimitField, Usage,
};
use crate::private::ModelText;

/// The request's body.
pub(super) fn request_body(
    request: &CallRequest,
    model: &str,
) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Body { request, model })
}

struct Body<'a> {
    request: &'a CallRequest,
    model: &'a str,
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let spec = &self.request.spec;
        let mut body = serializer.serialize_map(None)?;
        body.serialize_entry("model", self.model)?;
        body.serialize_entry("messages", &Messages(&self.request.messages))?;
        body.serialize_entry("temperature", &spec.temperature)?;
        let limit = match spec.token_limit_field {
            TokenLimitField::MaxTokens => "max_tokens",
            TokenLimitField::MaxCompletionTokens => "max_completion_tokens",
        };
        body.serialize_entry(limit, &spec.max_tokens)?;
        body.serialize_entry("stream", &false)?;
        match spec.structured_output {
            StructuredOutput::JsonSchema => {
                body.serialize_entry(
                    "response_format",
                    &ResponseFormat::schema(&self.request.schema),
                )?;
            }
            StructuredOutput::JsonObject => {
                body.serialize_entry("response_format", &ResponseFormat::JsonObject)?
            }
            StructuredOutput::PromptOnly => {}
        }
        body.end()
    }
}

struct Messages<'a>(&'a [Message]);

impl Serialize for Messages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a> {
            role: &'static str,
            content: &'a str,
        }
        let mut messages = serializer.serialize_seq(Some(self.0.len()))?;
        for message in self.0 {
            let role = match message.role {
                Role::System => "system",
                Role::User => "user",
                Role::Assistant => "assistant",
            };
            messages.serialize_element(&Wire {
                role,
                content: message.content.expose(),
            })?;
        }
        messages.end()
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ResponseFormat<'a> {
    JsonObject,
    JsonSchema { json_schema: NamedSchema<'a> },
}

#[derive(Serialize)]
struct NamedSchema<'a> {
    name: &'a str,
    strict: bool,
    schema: &'a Value,
}

impl<'a> ResponseFormat<'a> {
    fn schema(schema: &'a OutputSchema) -> Self {
        Self::JsonSchema {
            json_schema: NamedSchema {
                name: &schema.name,
                strict: true,
                schema: &schema.schema,
            },
        }
    }
}

#[derive(Deserialize)]
struct WireReply {
    #[serde(default)]
    choices: Vec<WireChoice>,
    usage: Option<WireUsage>,
    /// Present only to tell an error from an answer; what it says may echo key or prompt.
    error: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct WireChoice {
    message: Option<WireMessage>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct WireMessage {
    content: Option<String>,
}

#[derive(Deserialize)]
struct WireUsage {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
}

/// Reads the body of a success. The parser's own message may quote the body, so it is dropped.
pub(super) fn read_reply(body: &[u8], http_status: Option<u16>) -> Result<CallReply, CallError> {
    let reply: WireReply =
        serde_json::from_slice(body).map_err(|_| CallError::ProviderError(not_a_reply(body)))?;
    if reply.error.is_some() {
        return Err(CallError::ProviderError(MalformedReply::ErrorBody));
    }
    let choice = reply
        .choices
        .into_iter()
        .next()
        .ok_or(CallError::ProviderError(MalformedReply::NoChoice))?;
    let message = choice
        .message
        .ok_or(CallError::ProviderError(MalformedReply::NoChoice))?;
    let finish = match choice.finish_reason.as_deref() {
        Some("length") => FinishReason::Length,
        _ => FinishReason::Complete,
    };
    let usage = reply.usage.and_then(|usage| {
        Some(Usage {
            input_tokens: usage.prompt_tokens?,
            output_tokens: usage.completion_tokens?,
        })
    });
    Ok(CallReply {
        content: ModelText::new(message.content.unwrap_or_default()),
        finish,
        usage,
        http_status,
    })
}

fn not_a_reply(body: &[u8]) -> MalformedReply {
    if body.trim_ascii_start().starts_with(b"<") {
        return MalformedReply::Html;
    }
    match serde_json::from_slice::<serde::de::IgnoredAny>(body) {
        Ok(_) => MalformedReply::NoChoice,
        Err(_) => MalformedReply::NotJson,
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
        assert_eq!(malformed(""), MalformedReply::NotJson);
        assert_eq!(malformed("  <!doctype html>"), MalformedReply::Html);
        assert_eq!(
            malformed(r#"{"error":{"message":"no"}}"#),
            MalformedReply::ErrorBody
        );
        assert_eq!(
            malformed(r#"{"error":"no","choices":[]}"#),
            MalformedReply::ErrorBody
        );
        assert_eq!(malformed("{}"), MalformedReply::NoChoice);
        assert_eq!(malformed("[1]"), MalformedReply::NoChoice);
        assert_eq!(
            malformed(r#"{"choices":[{"finish_reason":"stop"}]}"#),
            MalformedReply::NoChoice
        );
        assert_eq!(
            malformed(r#"{"choices":[{"message":{"content":7}}]}"#),
            MalformedReply::NoChoice
        );
    }

    #[test]
    fn an_answer_may_lack_content_and_usage() {
        let reply = read_reply(
            br#"{"choices":[{"message":{"content":null}}],"error":null}"#,
            Some(200),
        )
        .unwrap();
        assert_eq!(reply.content, ModelText::new(""));
        assert_eq!((reply.usage, reply.finish), (None, FinishReason::Complete));
    }

    proptest! {
        #[test]
        fn no_body_makes_the_reader_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_reply(&body, None);
        }
    }
}
