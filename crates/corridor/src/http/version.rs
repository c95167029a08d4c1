//! `GET /version`: what is running.

use axum::{extract::State, response::Response};
use corridor_contract::SCHEMA_VERSION;
use serde::Serialize;

use super::{API_VERSION, Shared, content::json_of};

#[derive(Serialize)]
struct Versions<'a> {
    version: &'static str,
    api_version: &'static str,
    schema_version: &'static str,
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
