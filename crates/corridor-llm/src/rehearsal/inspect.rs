//! Checks what the provider is sent. A violation is named, never quoted.

use serde_json::Value;

use super::http_message::HttpRequest;
use super::script::{AuthorizationExpected, DataLoggingExpected, Expectations};

/// Something wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Violation {
    /// The number of the request, from 1.
    pub request: u64,
    /// What was wrong.
    pub kind: ViolationKind,
}

/// What may be wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ViolationKind {
    /// Not `POST …/chat/completions`.
    Address,
    /// Not `application/json`.
    ContentType,
    /// No key, or sent another way than expected.
    Authorization,
    /// Another key than expected.
    Key,
    /// Another project than expected.
    Project,
    /// Logging was not refused.
    DataLogging,
    /// The body is no JSON object.
    Body,
    /// No model, or another than expected.
    Model,
    /// Not a system message first and a user message last.
    Messages,
    /// What the person said is not fenced.
    Fence,
    /// No token limit.
    TokenLimit,
    /// No temperature between 0 and 2.
    Temperature,
    /// Another `response_format` than expected, or a schema that is not strict and closed.
    ResponseFormat,
}

impl ViolationKind {
    /// The name in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::ContentType => "content_type",
            Self::Authorization => "authorization",
            Self::Key => "key",
            Self::Project => "project",
            Self::DataLogging => "data_logging",
            Self::Body => "body",
            Self::Model => "model",
            Self::Messages => "messages",
            Self::Fence => "fence",
            Self::TokenLimit => "token_limit",
            Self::Temperature => "temperature",
            Self::ResponseFormat => "response_format",
        }
    }
}

/// Everything wrong with a request.
pub(super) fn inspect(request: &HttpRequest, expect: &Expectations) -> Vec<ViolationKind> {
    use ViolationKind as V;
    let mut found = Vec::new();
    let mut demand = |holds: bool, kind: ViolationKind| {
        if !holds {
            found.push(kind);
        }
    };
    demand(
        request.method == "POST" && request.path.ends_with("/chat/completions"),
        V::Address,
    );
    demand(
        request
            .header("content-type")
            .is_some_and(|value| value.starts_with("application/json")),
        V::ContentType,
    );

    let authorization = request.header("authorization").unwrap_or_default();
    let (scheme, key) = authorization.split_once(' ').unwrap_or((authorization, ""));
    let scheme_fits = match expect.authorization {
        AuthorizationExpected::Any => true,
        AuthorizationExpected::Bearer => scheme == "Bearer" && !key.is_empty(),
        AuthorizationExpected::ApiKey => scheme == "Api-Key" && !key.is_empty(),
    };
    demand(scheme_fits, V::Authorization);
    demand(
        expect.key.as_ref().is_none_or(|expected| expected == key),
        V::Key,
    );
    let project = request.header("openai-project");
    demand(
        expect
            .project
            .as_deref()
            .is_none_or(|expected| project == Some(expected)),
        V::Project,
    );
    let refused = request.header("x-data-logging-enabled") == Some("false");
    demand(
        expect.data_logging == DataLoggingExpected::Any || refused,
        V::DataLogging,
    );

    let body: Option<Value> = serde_json::from_slice(&request.body)
        .ok()
        .filter(Value::is_object);
    demand(body.is_some(), V::Body);
    if let Some(body) = body {
        let model = body
            .get("model")
            .and_then(Value::as_str)
            .unwrap_or_default();
        demand(
            !model.is_empty()
                && expect
                    .model
                    .as_ref()
                    .is_none_or(|expected| expected == model),
            V::Model,
        );
        inspect_messages(&body, &mut demand);
        let limit = body
            .get("max_tokens")
            .or(body.get("max_completion_tokens"))
            .and_then(Value::as_u64);
        demand(limit.is_some_and(|limit| limit > 0), V::TokenLimit);
        let temperature = body.get("temperature").and_then(Value::as_f64);
        demand(
            temperature.is_some_and(|value| (0.0..=2.0).contains(&value)),
            V::Temperature,
        );
        demand(response_format_fits(&body, expect), V::ResponseFormat);
    }
    found
}

fn inspect_messages(body: &Value, demand: &mut impl FnMut(bool, ViolationKind)) {
    let messages = body
        .get("messages")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let ends = role(messages.first()) == Some("system") && role(messages.last()) == Some("user");
    demand(ends, ViolationKind::Messages);
    let first_user = messages
        .iter()
        .find(|message| role(Some(message)) == Some("user"));
    let text = first_user
        .and_then(|message| message.get("content")?.as_str())
        .unwrap_or_default();
    let fenced = text.matches("<data>").count() == 1 && text.matches("</data>").count() == 1;
    demand(fenced, ViolationKind::Fence);
}

fn role(message: Option<&Value>) -> Option<&str> {
    message?.get("role")?.as_str()
}

fn response_format_fits(body: &Value, expect: &Expectations) -> bool {
    let format = body.get("response_format");
    let kind = format.and_then(|format| format.get("type")?.as_str());
    let as_expected = expect
        .response_format
        .as_deref()
        .is_none_or(|expected| kind == Some(expected));
    let strict = kind != Some("json_schema")
        || format.is_some_and(|format| {
            format.pointer("/json_schema/strict") == Some(&Value::Bool(true))
                && format.pointer("/json_schema/schema/additionalProperties")
                    == Some(&Value::Bool(false))
                && format
                    .pointer("/json_schema/name")
                    .is_some_and(Value::is_string)
        });
    as_expected && strict
}
