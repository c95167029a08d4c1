//! What can be asked, and every way it is answered.

use std::collections::BTreeMap;

use corridor_contract::SCHEMA_VERSION;
use serde_json::{Map, Value, json};

use super::examples::Examples;
use crate::http::{
    API_VERSION,
    problem::{Kind, Refusal},
};

/// What may be wrong with any request to a path that may ask for a token.
const ACCESS: &[Kind] = &[
    Kind::HostInvalid,
    Kind::TokenMissing,
    Kind::TokenUnknown,
    Kind::TokenNotAllowed,
    Kind::MethodNotAllowed,
    Kind::RateLimited,
    Kind::TooManyConnections,
];

/// And with one that carries a command.
const COMMAND: &[Kind] = &[
    Kind::NotUtf8,
    Kind::NotJson,
    Kind::ContractViolation,
    Kind::BodyBroken,
    Kind::BodyTimeout,
    Kind::BodyTooLarge,
    Kind::UnsupportedMediaType,
    Kind::UnsupportedContentEncoding,
    Kind::Overloaded,
    Kind::Internal,
];

/// And with one that carries lines. What is wrong with a line is told in its place.
const LINES: &[Kind] = &[
    Kind::NotDeclaredAsLines,
    Kind::UnsupportedContentEncoding,
    Kind::Overloaded,
];

/// And with one that changes switches.
const CHANGE: &[Kind] = &[
    Kind::InvalidChange,
    Kind::BodyBroken,
    Kind::BodyTimeout,
    Kind::BodyTooLarge,
    Kind::UnsupportedMediaType,
    Kind::UnsupportedContentEncoding,
    Kind::ChangeNotKept,
    Kind::Internal,
];

/// Every path, with its operation.
pub(super) fn paths(examples: &Examples) -> Value {
    let decide = |operation_id: &str, summary: &str| {
        json!({ "post": {
            "operationId": operation_id,
            "summary": summary,
            "description": "Total and repeatable: a valid command always gets a decision, and a retry with the same `command_id` the \
                same `job_id`, `confirmation_id` and `idempotency_key`.",
            "parameters": [traceparent()],
            "requestBody": body("#/components/schemas/Command", &examples.command),
            "responses": responses(answer("The decision.", "#/components/schemas/Decision", &examples.decision), &[ACCESS, COMMAND]),
        }})
    };
    json!({
        "/v1/decide": decide("decide", "Decide a command"),
        "/decide": decide("decideAlias", "Decide a command; the same as /v1/decide"),
        "/v1/decide/batch": { "post": batch(examples) },
        "/v1/explain": { "post": {
            "operationId": "explain",
            "summary": "Decide a command by the rules, and say how it came about",
            "description": "The answer holds what was said: it is marked `no-store`, and neither recorded nor logged.",
            "parameters": [traceparent()],
            "requestBody": body("#/components/schemas/Command", &examples.command),
            "responses": responses(answer("The decision with its explanation.", "#/components/schemas/Explained", &examples.explained), &[ACCESS, COMMAND]),
        }},
        "/health": get("health", "Whether the process answers", "#/components/schemas/Health", &json!({ "status": "ok" })),
        "/ready": ready(examples),
        "/version": { "get": {
            "operationId": "version",
            "summary": "What is running",
            "responses": responses(answer("The versions.", "#/components/schemas/Versions", &json!({
                "version": env!("CARGO_PKG_VERSION"),
                "api_version": API_VERSION,
                "schema_version": SCHEMA_VERSION,
                "pack_version": examples.pack_version,
            })), &[ACCESS]),
        }},
        "/openapi.json": { "get": {
            "operationId": "openapi",
            "summary": "This document",
            "responses": responses(json!({
                "description": "An OpenAPI 3.1 document.",
                "headers": headers(),
                "content": { "application/json": { "schema": { "type": "object" } } },
            }), &[ACCESS]),
        }},
        "/metrics": metrics(),
        "/v1/admin/switches": switches(),
    })
}

fn metrics() -> Value {
    json!({ "get": {
        "operationId": "metrics",
        "summary": "What the service counts, for Prometheus",
        "description": "Served at `server.operator_listen`, or beside everything else on a loopback address.",
        "security": [{ "operatorToken": [] }, {}],
        "responses": responses(json!({
            "description": "The Prometheus text format, or OpenMetrics where `Accept` asks for it.",
            "headers": headers(),
            "content": { "text/plain": { "schema": { "type": "string" } } },
        }), &[ACCESS]),
    }})
}

fn switches() -> Value {
    let status = |description: &str| {
        json!({
            "description": description,
            "headers": headers(),
            "content": { "application/json": { "schema": { "type": "object" } } },
        })
    };
    json!({
        "get": {
            "operationId": "switches",
            "summary": "What is switched on, and who says so",
            "description": "Served on a loopback address where there is a `server.operator_token_file`.",
            "security": [{ "operatorToken": [] }],
            "responses": responses(status("Every switch, the model client, the files and the guard."), &[ACCESS]),
        },
        "patch": {
            "operationId": "changeSwitches",
            "summary": "Switch something off, or take the operator's own off back",
            "description": "A slip changes nothing at all. What is off in the settings stays off.",
            "security": [{ "operatorToken": [] }],
            "requestBody": {
                "required": true,
                "content": { "application/json": {
                    "schema": {
                        "type": "object",
                        "minProperties": 1,
                        "properties": { "guard": { "const": "armed" } },
                        "additionalProperties": { "enum": ["off", null] },
                    },
                    "example": { "shadow_router": "off" },
                }},
            },
            "responses": responses(status("What is switched on from now on."), &[ACCESS, CHANGE]),
        },
    })
}

fn batch(examples: &Examples) -> Value {
    json!({
        "operationId": "decideBatch",
        "summary": "Decide a command on each line",
        "description": "Streams both ways: each line is answered before more is read. A line that cannot be decided is answered with its \
            number and a problem document, and the rest goes on.",
        "parameters": [traceparent()],
        "requestBody": {
            "required": true,
            "content": { "application/x-ndjson": {
                "schema": { "type": "string", "description": "JSON lines, each a `Command`." },
                "x-line-schema": { "$ref": "#/components/schemas/Command" },
                "example": examples.batch,
            }},
        },
        "responses": responses(json!({
            "description": "A line for each line that is not blank, in the same order.",
            "headers": headers(),
            "content": { "application/x-ndjson": {
                "schema": { "type": "string", "description": "JSON lines, each a `Decision` or a `BadLine`." },
                "x-line-schema": { "oneOf": [
                    { "$ref": "#/components/schemas/Decision" },
                    { "$ref": "#/components/schemas/BadLine" },
                ]},
                "example": examples.batch_answer,
            }},
        }), &[ACCESS, LINES]),
    })
}

fn ready(examples: &Examples) -> Value {
    const SCHEMA: &str = "#/components/schemas/Readiness";
    let report = |status: &str| json!({ "status": status, "pack_version": examples.pack_version, "details": {} });
    let mut stopping = answer("The service is stopping.", SCHEMA, &report("stopping"));
    if let Some(headers) = stopping.get_mut("headers").and_then(Value::as_object_mut) {
        headers.insert("Retry-After".to_owned(), retry_after());
    }
    json!({ "get": {
        "operationId": "ready",
        "summary": "Whether commands should be sent here",
        "security": [],
        "responses": {
            "200": answer("They should.", SCHEMA, &report("ready")),
            "503": stopping,
        },
    }})
}

/// An operation that anybody may ask for.
fn get(operation_id: &str, summary: &str, schema: &str, example: &Value) -> Value {
    json!({ "get": {
        "operationId": operation_id,
        "summary": summary,
        "security": [],
        "responses": { "200": answer(summary, schema, example) },
    }})
}

fn traceparent() -> Value {
    json!({
        "name": "traceparent",
        "in": "header",
        "description": "W3C Trace Context. Its trace id becomes the decision's `trace_id`; without a valid one it gets a new one.",
        "schema": { "type": "string" },
        "example": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    })
}

fn body(schema: &str, example: &Value) -> Value {
    json!({
        "required": true,
        "content": { "application/json": { "schema": { "$ref": schema }, "example": example } },
    })
}

fn answer(description: &str, schema: &str, example: &Value) -> Value {
    json!({
        "description": description,
        "headers": headers(),
        "content": { "application/json": { "schema": { "$ref": schema }, "example": example } },
    })
}

fn headers() -> Map<String, Value> {
    let version =
        json!({ "description": "The version of this API.", "schema": { "const": API_VERSION } });
    Map::from_iter([("API-Version".to_owned(), version)])
}

fn retry_after() -> Value {
    json!({ "description": "Seconds until another try may succeed.", "schema": { "type": "string" } })
}

/// The answer where all goes well, and one for each status of the refusals.
fn responses(ok: Value, refusals: &[&[Kind]]) -> Value {
    let mut by_status: BTreeMap<u16, Vec<Kind>> = BTreeMap::new();
    for kind in refusals.iter().copied().flatten() {
        by_status
            .entry(kind.status().as_u16())
            .or_default()
            .push(*kind);
    }
    let mut responses = Map::from_iter([("200".to_owned(), ok)]);
    for (status, kinds) in by_status {
        responses.insert(status.to_string(), refused(status, &kinds));
    }
    Value::Object(responses)
}

fn refused(status: u16, kinds: &[Kind]) -> Value {
    let words: Vec<_> = kinds.iter().map(|kind| kind.code()).collect();
    let examples: Map<String, Value> = kinds
        .iter()
        .map(|kind| {
            let document = json!(Refusal::of(*kind).document());
            (
                kind.code().to_owned(),
                json!({ "summary": kind.title(), "value": document }),
            )
        })
        .collect();
    let mut headers = headers();
    let special = match status {
        401 | 403 => Some((
            "WWW-Authenticate",
            json!({ "description": "What is asked for (RFC 6750).", "schema": { "type": "string" } }),
        )),
        429 | 503 => Some(("Retry-After", retry_after())),
        _ => None,
    };
    if let Some((name, header)) = special {
        headers.insert(name.to_owned(), header);
    }
    json!({
        "description": format!("One of: {}.", words.join(", ")),
        "headers": headers,
        "content": { "application/problem+json": {
            "schema": {
                "allOf": [{ "$ref": "#/components/schemas/Problem" }],
                "properties": { "status": { "const": status }, "code": { "enum": words } },
            },
            "examples": examples,
        }},
    })
}
