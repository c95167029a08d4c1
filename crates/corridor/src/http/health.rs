//! `GET /health`: the process answers.

use axum::response::Response;

use super::content::json;

/// Always 200 while the process can answer at all; says nothing of what it can decide.
pub(super) async fn health() -> Response {
    json(br#"{"status":"ok"}"#.to_vec())
}
