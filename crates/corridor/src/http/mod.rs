//! The HTTP service: one file an action, problem documents for everything refused.
//!
//! Handlers read bytes, hand them to the decider and write bytes; what a command means is not known here.

mod body;
mod content;
mod decide;
mod health;
pub mod problem;
mod ready;
mod server;
mod trace_context;
mod version;

pub use server::{BindError, Drained, Server};

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    routing::{get, post},
};

use crate::{config::ServerSettings, engine::Engine};
use problem::{Kind, Refusal};

/// The version of the HTTP API, in its paths and in the `API-Version` header of every answer.
pub const API_VERSION: &str = "v1";

/// What every handler may use.
struct Service {
    engine: Engine,
    settings: ServerSettings,
}

type Shared = State<Arc<Service>>;

fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/v1/decide", post(decide::decide))
        .route("/decide", post(decide::decide))
        .route("/health", get(health::health))
        .route("/ready", get(ready::ready))
        .route("/version", get(version::version))
        .fallback(async || Refusal::of(Kind::NotFound))
        .method_not_allowed_fallback(async || Refusal::of(Kind::MethodNotAllowed))
        .with_state(service)
}
