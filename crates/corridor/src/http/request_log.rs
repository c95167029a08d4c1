//! One line a request, for those who look for one: method, path, status, time and ids; never content.

use std::time::{Duration, Instant};

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use corridor_contract::Decision;
use tracing::Level;

use super::trace_context::{self, TraceParent};

/// What a handler adds to the line of its request, as an extension of the response. Ids and closed words alone.
#[derive(Clone, Debug)]
pub(super) enum Told {
    /// A command was decided.
    Decided {
        trace_id: String,
        command_id: String,
        action: &'static str,
    },
    /// The request was refused with this code.
    Refused(&'static str),
}

impl Told {
    /// Whether anybody reads the lines: if not, there is no need to make them.
    pub(super) fn is_wanted() -> bool {
        tracing::enabled!(Level::DEBUG)
    }

    pub(super) fn of(decision: &Decision) -> Self {
        Self::Decided {
            trace_id: decision.trace_id.as_str().to_owned(),
            command_id: decision.command_id.as_str().to_owned(),
            action: decision.action().as_str(),
        }
    }
}

/// To the microsecond: no more is of any use.
#[allow(
    clippy::cast_precision_loss,
    reason = "exact up to 285 years of microseconds"
)]
fn milliseconds(time: Duration) -> f64 {
    time.as_micros() as f64 / 1000.0
}

/// A method of our own or of the standard; a client may send any word.
fn known(method: &Method) -> &str {
    let standard = [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::HEAD,
        Method::OPTIONS,
        Method::TRACE,
        Method::CONNECT,
    ];
    if standard.contains(method) {
        method.as_str()
    } else {
        "(unknown)"
    }
}

/// Writes the line once the request is answered.
pub(super) async fn log_request(request: Request, next: Next) -> Response {
    if !Told::is_wanted() {
        return next.run(request).await;
    }
    let started = Instant::now();
    let method = request.method().clone();
    // A path that is not ours may be anything.
    let path = request.extensions().get::<MatchedPath>().cloned();
    let callers = trace_context::trace_parent(request.headers()).map(TraceParent::trace_id);
    let mut response = next.run(request).await;
    let (trace_id, command_id, action, code) = match response.extensions_mut().remove::<Told>() {
        Some(Told::Decided {
            trace_id,
            command_id,
            action,
        }) => (Some(trace_id), Some(command_id), Some(action), None),
        Some(Told::Refused(code)) => (callers, None, None, Some(code)),
        None => (callers, None, None, None),
    };
    tracing::debug!(
        method = known(&method),
        path = path.as_ref().map_or("(unknown)", MatchedPath::as_str),
        status = response.status().as_u16(),
        ms = milliseconds(started.elapsed()),
        trace_id,
        command_id,
        action,
        code,
        "request"
    );
    response
}
