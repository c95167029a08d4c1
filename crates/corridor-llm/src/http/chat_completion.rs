//! The chat-completions request. The only place where prompts are serialised.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::call::{CallRequest, Message, OutputSchema, Role, StructuredOutput, TokenLimitField};

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
    schema: &'a RawValue,
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
