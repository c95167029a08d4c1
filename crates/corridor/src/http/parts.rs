//! What the service is put together from.

use std::sync::Arc;

use axum::Router;
use corridor_decision::Pipeline;

use super::ReadyDetail;
use crate::telemetry::Telemetry;

/// The pipeline, and what other parts of the program answer over HTTP.
pub struct Parts {
    /// Decides.
    pub pipeline: Arc<Pipeline>,
    /// Is told of each command when it begins and ends, for traces; none where nobody wants to know.
    pub telemetry: Option<Arc<Telemetry>>,
    /// Answers `/metrics`. Served to operators: see `server.operator_listen` and `server.operator_token_file`.
    pub metrics: Router,
    /// Answers under `/v1/admin`. Served on a loopback address alone, to those with a token of `server.operator_token_file`; nowhere
    /// without such a file.
    pub admin: Router,
    /// What is told at `/ready` beside the state of the service itself.
    pub ready_details: Vec<Arc<dyn ReadyDetail>>,
}

impl Parts {
    /// A service that decides, and no more.
    #[must_use]
    pub fn new(pipeline: Arc<Pipeline>) -> Self {
        Self {
            pipeline,
            telemetry: None,
            metrics: Router::new(),
            admin: Router::new(),
            ready_details: Vec::new(),
        }
    }
}
