//! `GET /health`: the process answers.

use axum::response::Response;
use schemars::JsonSchema;
use serde::Serialize;

use super::content::json_of;

/// What `/health` answers with.
#[derive(JsonSchema, Serialize)]
pub(super) struct Health {
    /// `ok`.
    status: &'static str,
}

/// Always 200 while the process can answer at all; says nothing of what it can decide.
pub(super) async fn health() -> Response {
    json_of(&Health { status: "ok" })
}
