//! Calls over HTTP in the chat-completions shape.
//!
//! One client, and so one pool of connections, per endpoint. No redirects are followed (a key must not travel to where
//! a redirect points) and no proxy is taken from the environment.

mod chat_completion;
mod client;
mod completion_reply;
mod connections;
mod diagnose;
mod event_stream;
mod response;
mod retry_after;
mod transport;
mod usage;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::Arc;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use tokio::time::{Instant, timeout_at};

pub use client::ClientError;

use crate::call::{
    CallError, CallFailure, CallFuture, CallReply, CallRequest, CallSpec, LlmCaller, TimeoutPhase,
};
use crate::clock::Clock;
use crate::providers;
use client::{Endpoint, EndpointClient};

/// Calls providers over HTTP.
pub struct HttpCaller {
    clients: HashMap<Endpoint, EndpointClient>,
    clock: Option<Arc<dyn Clock>>,
}

impl HttpCaller {
    /// Prepares a client per endpoint of these calls. Opens no connection.
    ///
    /// # Errors
    /// When an extra certificate authority cannot be read or the system's own cannot be found.
    pub fn new<'a>(specs: impl IntoIterator<Item = &'a CallSpec>) -> Result<Self, ClientError> {
        let mut clients = HashMap::new();
        for spec in specs {
            let endpoint = Endpoint::of(spec);
            if let Entry::Vacant(place) = clients.entry(endpoint) {
                let client = EndpointClient::new(place.key())?;
                place.insert(client);
            }
        }
        Ok(Self {
            clients,
            clock: None,
        })
    }

    /// The same with a clock, which measures a `Retry-After` that is a date where the response has no `Date`.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    async fn exchange(
        &self,
        request: &CallRequest,
        deadline: Instant,
    ) -> Result<CallReply, CallFailure> {
        let spec = &request.spec;
        let endpoint = Endpoint::of(spec);
        let client = self
            .clients
            .get(&endpoint)
            .ok_or(CallError::NotConfigured)?;
        let dialect = providers::dialect(spec).map_err(|_| CallError::NotConfigured)?;
        let body = chat_completion::request_body(request, &dialect.model)
            .map_err(|_| CallError::NotConfigured)?;
        let sent = client.send(&endpoint, |client| {
            client
                .post(spec.base_url.chat_completions())
                .headers(dialect.headers.clone())
                .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
                .header(ACCEPT, HeaderValue::from_static("application/json"))
                .body(body.clone())
        });

        let (first_byte, phase) = sooner(
            Instant::now().checked_add(spec.timeouts.first_byte),
            TimeoutPhase::FirstByte,
            deadline,
        );
        let response = timeout_at(first_byte, sent)
            .await
            .map_err(|_| CallError::Timeout(phase))??;

        let http_status = Some(response.status().as_u16());
        let with_status = |error| CallFailure { error, http_status };
        if let Some(error) = response::refusal(&response, self.clock.as_deref().map(Clock::now)) {
            let error = response::told_by_body(error, response, spec, deadline).await;
            return Err(with_status(error));
        }
        let body = response::read_body(response, spec, deadline)
            .await
            .map_err(with_status)?;
        completion_reply::read_reply(&body, http_status).map_err(with_status)
    }
}

impl fmt::Debug for HttpCaller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpCaller")
            .field("clients", &self.clients.len())
            .finish_non_exhaustive()
    }
}

impl LlmCaller for HttpCaller {
    fn call<'a>(&'a self, request: &'a CallRequest, deadline: Instant) -> CallFuture<'a> {
        Box::pin(self.exchange(request, deadline))
    }
}

/// The nearer of a phase's own limit and the deadline, with the name of what ran out.
fn sooner(
    limit: Option<Instant>,
    phase: TimeoutPhase,
    deadline: Instant,
) -> (Instant, TimeoutPhase) {
    match limit {
        Some(limit) if limit < deadline => (limit, phase),
        _ => (deadline, TimeoutPhase::Total),
    }
}
