//! `GET /ready`: whether commands should be sent here, and what the parts of the service say of themselves.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{Shared, content::json_of, limits::RETRY_AFTER};

/// A part of the service that has something to say at `/ready`. It never makes the service unready.
pub trait ReadyDetail: Send + Sync + 'static {
    /// Its key in `details`.
    fn name(&self) -> &'static str;

    /// Its state as a JSON object: closed words, counts, times and names of settings; nothing that was said and no key.
    fn detail(&self) -> Value;
}

/// Whether the service wants commands. Shared by those who ask and whoever stops the service.
#[derive(Debug, Default)]
pub(super) struct Readiness {
    is_stopping: AtomicBool,
}

impl Readiness {
    /// From now on the service asks for no more commands.
    pub(super) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }
}

/// What `/ready` answers with.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Readiness")]
pub(super) struct Report<'a> {
    /// `ready`, or `stopping` once the service was told to stop.
    status: &'static str,
    /// Name and version of the pack that decides.
    pack_version: &'a str,
    /// What each part of the service says of itself; for those who may send commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<BTreeMap<&'static str, Value>>,
}

/// 200 from the first connection on, as none is accepted before the pack is loaded; 503 once the service is told to stop.
///
/// Anybody may ask; the details are for those who may send commands.
pub(super) async fn ready(State(service): Shared, headers: HeaderMap) -> Response {
    let is_stopping = service.readiness.is_stopping();
    let details = service.clients.admit(&headers).ok().map(|_| {
        let describe = |part: &Arc<dyn ReadyDetail>| (part.name(), part.detail());
        service.details.iter().map(describe).collect()
    });
    let mut response = json_of(&Report {
        status: if is_stopping { "stopping" } else { "ready" },
        pack_version: service.pipeline.decider().engine().pack_version(),
        details,
    });
    if is_stopping {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        let seconds = HeaderValue::from(RETRY_AFTER.as_secs());
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}
