//! `GET /ready`: the service decides.

use axum::{extract::State, response::Response};
use serde::Serialize;

use super::{Shared, content::json_of};

#[derive(Serialize)]
struct Readiness<'a> {
    status: &'static str,
    pack_version: &'a str,
}

/// Always 200: the service accepts connections only once its pack is loaded.
pub(super) async fn ready(State(service): Shared) -> Response {
    json_of(&Readiness {
        status: "ready",
        pack_version: service.engine.pack_version(),
    })
}
