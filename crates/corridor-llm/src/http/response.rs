//! The response: its status, its `Retry-After`, and its body within limits of size and time.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Response, StatusCode};
use tokio::time::{Instant, timeout_at};

use super::completion_reply::is_whole;
use super::diagnose::{is_out_of_quota, rejection};
use super::retry_after::retry_after;
use super::{sooner, transport};
use crate::call::{CallError, CallSpec, TimeoutPhase, UnavailableCause};

/// The failure that a status means; none for success. What a rejection means more exactly is in its body.
pub(super) fn refusal(response: &Response, now: Option<Timestamp>) -> Option<CallError> {
    let status = response.status();
    if status.is_success() {
        return None;
    }
    let retry_after = retry_after(response.headers(), now);
    let code = status.as_u16();
    Some(match status {
        StatusCode::TOO_MANY_REQUESTS => CallError::RateLimited { retry_after },
        // The server gave up waiting for the request: its trouble, not the request's.
        StatusCode::REQUEST_TIMEOUT => CallError::Unavailable(UnavailableCause::Status(code)),
        _ if status.is_server_error() => CallError::Unavailable(match retry_after {
            Some(retry_after) => UnavailableCause::Overloaded {
                status: code,
                retry_after,
            },
            None => UnavailableCause::Status(code),
        }),
        _ => rejection(code, &[]),
    })
}

/// The same, told more exactly by the codes in the body. The body itself may echo key or prompt and is dropped; one that
/// is too large or does not come tells nothing.
pub(super) async fn told_by_body(
    error: CallError,
    response: Response,
    spec: &CallSpec,
    deadline: Instant,
) -> CallError {
    let status = response.status().as_u16();
    if !matches!(
        error,
        CallError::Rejected { .. } | CallError::RateLimited { .. }
    ) {
        return error;
    }
    let soon = Instant::now().checked_add(BODY_OF_REFUSAL);
    let limit = soon.map_or(deadline, |soon| soon.min(deadline));
    let Ok(body) = read_body(response, spec, limit).await else {
        return error;
    };
    let told = rejection(status, &body);
    match error {
        // A long quota is no short wait: asking again cannot help.
        CallError::RateLimited { .. } if !is_out_of_quota(told) => error,
        _ => told,
    }
}

/// How long the body of a refusal may take: its status is known already.
const BODY_OF_REFUSAL: Duration = Duration::from_millis(250);

/// How long a whole answer waits for the end of its transfer, so that its connection can be used again.
const END_OF_TRANSFER: Duration = Duration::from_millis(20);

/// Reads the body, at most as large and as slow as the call allows.
pub(super) async fn read_body(
    mut response: Response,
    spec: &CallSpec,
    deadline: Instant,
) -> Result<Vec<u8>, CallError> {
    let too_large = CallError::TooLarge {
        limit_bytes: spec.max_response_bytes,
    };
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |length| length > spec.max_response_bytes) {
        return Err(too_large);
    }
    let mut body = Vec::new();
    let mut completed = None;
    loop {
        let (limit, phase) = sooner(
            Instant::now().checked_add(spec.timeouts.idle),
            TimeoutPhase::Idle,
            deadline,
        );
        let limit = match completed {
            Some(completed) => limit.min(completed),
            None => limit,
        };
        let chunk = match timeout_at(limit, response.chunk()).await {
            Ok(Ok(chunk)) => chunk,
            // The answer is whole; only the end of the transfer is missing.
            _ if completed.is_some() => return Ok(body),
            Ok(Err(error)) => return Err(transport::of_reading(&error)),
            Err(_) => return Err(CallError::Timeout(phase)),
        };
        let Some(chunk) = chunk else { return Ok(body) };
        if body.len().saturating_add(chunk.len()) > spec.max_response_bytes {
            return Err(too_large);
        }
        body.extend_from_slice(&chunk);
        completed = is_whole(&body)
            .then(|| Instant::now().checked_add(END_OF_TRANSFER))
            .flatten();
    }
}
