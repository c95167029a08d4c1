//! The HTTP service: one file an action, problem documents for everything refused.
//!
//! Handlers read bytes, hand them to the decider and write bytes; what a command means is not known here.

pub mod access;
mod admin;
mod batch;
mod body;
mod caught;
mod connection;
mod content;
mod decide;
mod explain;
mod explanation;
mod health;
mod limits;
pub mod openapi;
mod parts;
pub mod problem;
mod ready;
mod request_log;
mod routes;
mod server;
mod trace_context;
mod version;

pub use admin::admin;
pub use explanation::Explained;
pub use parts::Parts;
pub use ready::ReadyDetail;
pub use server::{Drained, Server, StartError, Stop};
pub use trace_context::TraceParent;

use std::sync::{Arc, OnceLock};

use axum::{body::Bytes, extract::State};

use corridor_decision::Pipeline;
use tokio::sync::watch;

use crate::{config::ServerSettings, telemetry::Telemetry};
use access::Gate;
use limits::InFlight;
use ready::Readiness;

/// The version of the HTTP API, in its paths and in the `API-Version` header of every answer.
pub const API_VERSION: &str = "v1";

/// What the handlers for clients may use.
struct Service {
    pipeline: Arc<Pipeline>,
    telemetry: Option<Arc<Telemetry>>,
    settings: ServerSettings,
    clients: Gate,
    in_flight: InFlight,
    readiness: Readiness,
    /// `/openapi.json`, once somebody asked for it.
    openapi: OnceLock<Bytes>,
    /// Turns true once nothing new is read.
    stopping: watch::Receiver<bool>,
    details: Vec<Arc<dyn ReadyDetail>>,
}

type Shared = State<Arc<Service>>;
