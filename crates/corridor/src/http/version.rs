//! `GET /version`: what is running.

use axum::{extract::State, response::Response};
use corridor_contract::SCHEMA_VERSION;
use schemars::JsonSchema;
use serde::Serialize;

use super::{API_VERSION, Shared, content::json_of};

/// What `/version` answers with.
#[derive(JsonSchema, Serialize)]
pub(super) struct Versions<'a> {
    /// Of the program.
    version: &'static str,
    /// Of the HTTP API.
    api_version: &'static str,
    /// Of the contract.
    schema_version: &'static str,
    /// Of the pack, with its name.
    pack_version: &'a str,
}

/// The versions of program, HTTP API, contract and pack.
pub(super) async fn version(State(service): Shared) -> Response {
    json_of(&Versions {
        version: env!("CARGO_PKG_VERSION"),
        api_version: API_VERSION,
        schema_version: SCHEMA_VERSION,
        pack_version: service.pipeline.decider().engine().pack_version(),
    })
}
