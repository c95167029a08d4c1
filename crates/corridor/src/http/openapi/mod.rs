//! `GET /openapi.json`: what clients find here, as OpenAPI 3.1.
//!
//! Put together from what is in force: the contract's schema files, the types of every other answer, the kinds of refusals, and examples that
//! the service decides itself. Operators' paths are in it too, as part of one interface, wherever they are served.

mod contract;
mod examples;
mod operations;

use axum::{body::Bytes, extract::State, response::Response};
use corridor_decision::Decider;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{
    API_VERSION, Service, Shared,
    content::json as json_answer,
    explanation::Explained,
    health::Health,
    problem::{BadLine, Document, Kind},
    ready::Report,
    version::Versions,
};
use examples::Examples;

/// Answers with the document, which is made when it is first asked for.
pub(super) async fn openapi(State(service): Shared) -> Response {
    json_answer(bytes(&service).clone())
}

fn bytes(service: &Service) -> &Bytes {
    service.openapi.get_or_init(|| {
        let document = document(service.pipeline.decider());
        serde_json::to_vec(&document).unwrap_or_default().into()
    })
}

/// The document, with examples that this decider decides.
#[must_use]
pub fn document(decider: &Decider) -> Value {
    let examples = Examples::by(decider);
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Corridor",
            "version": API_VERSION,
            "summary": "Turns what people say at home into decisions a product can execute.",
            "description": "A valid command always gets a decision. What cannot be read as a command is answered with a problem \
                document (RFC 9457) whose `code` is stable; each is listed with what to do in the schema `ProblemCode`.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        // An address means the service the document came from.
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }, {}],
        "paths": operations::paths(&examples),
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token that the service's operator made. Asked for where the service was started with tokens.",
                },
                "operatorToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of `server.operator_token_file`.",
                },
            },
        },
    })
}

fn schemas() -> Value {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.meta_schema = None;
    settings.definitions_path = "/components/schemas".into();
    settings.inline_subschemas = false;
    let mut generator = SchemaGenerator::new(settings);
    generator.subschema_for::<Health>();
    generator.subschema_for::<Report<'_>>();
    generator.subschema_for::<Versions<'_>>();
    generator.subschema_for::<Explained<'_>>();
    generator.subschema_for::<Document<'_>>();
    generator.subschema_for::<BadLine<'_>>();
    let mut schemas: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    schemas.insert("ProblemCode".to_owned(), problem_codes());
    for (name, schema) in contract::schemas() {
        schemas.insert(name, schema);
    }
    Value::Object(schemas)
}

/// Every kind of refusal, with its status, what it means and what to do.
fn problem_codes() -> Value {
    let words: Vec<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    let lines: Vec<_> = Kind::ALL
        .iter()
        .map(|kind| {
            format!(
                "- `{}` ({}): {}. {}",
                kind.code(),
                kind.status().as_u16(),
                kind.title(),
                kind.detail()
            )
        })
        .collect();
    json!({ "type": "string", "enum": words, "description": lines.join("\n") })
}
