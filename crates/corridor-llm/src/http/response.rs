//! The response: its status, its `Retry-After`, and its body within limits of size and time.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use tokio::time::{Instant, timeout_at};

use super::{sooner, transport};
use crate::call::{CallError, CallSpec, TimeoutPhase, UnavailableCause};

/// The failure that a status means; none for success. Bodies of refusals are not read: they may echo key or prompt.
pub(super) fn refusal(response: &Response) -> Option<CallError> {
    let status = response.status();
    match status {
        _ if status.is_success() => None,
        StatusCode::TOO_MANY_REQUESTS => Some(CallError::RateLimited {
            retry_after: retry_after(response.headers()),
        }),
        // The server gave up waiting for the request: its trouble, not the request's.
        StatusCode::REQUEST_TIMEOUT => Some(CallError::Unavailable(UnavailableCause::Status(
            status.as_u16(),
        ))),
        _ if status.is_server_error() => Some(CallError::Unavailable(UnavailableCause::Status(
            status.as_u16(),
        ))),
        _ => Some(CallError::Rejected {
            status: status.as_u16(),
        }),
    }
}

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
    loop {
        let (limit, phase) = sooner(
            Instant::now().checked_add(spec.timeouts.idle),
            TimeoutPhase::Idle,
            deadline,
        );
        let chunk = timeout_at(limit, response.chunk())
            .await
            .map_err(|_| CallError::Timeout(phase))?
            .map_err(|error| transport::of_reading(&error))?;
        let Some(chunk) = chunk else { return Ok(body) };
        if body.len().saturating_add(chunk.len()) > spec.max_response_bytes {
            return Err(too_large);
        }
        body.extend_from_slice(&chunk);
    }
}

/// The wait that is asked for: seconds, or a date, which is measured from the response's own `Date` since this crate
/// has no wall clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let value = text(RETRY_AFTER)?;
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let parser = DateTimeParser::new();
    let until = parser.parse_timestamp(value).ok()?;
    let now = parser.parse_timestamp(text(DATE)?).ok()?;
    u64::try_from(until.as_second().saturating_sub(now.as_second()))
        .ok()
        .map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn wait(retry_after_value: &'static str, date: Option<&'static str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(retry_after_value));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        retry_after(&headers)
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = Some("Mon, 15 Jun 2026 10:00:00 GMT");
        assert_eq!(wait("2", None), Some(Duration::from_secs(2)));
        assert_eq!(
            wait("Mon, 15 Jun 2026 10:00:30 GMT", now),
            Some(Duration::from_secs(30))
        );
        assert_eq!(wait("Mon, 15 Jun 2026 09:00:00 GMT", now), None);
        assert_eq!(wait("Mon, 15 Jun 2026 10:00:30 GMT", None), None);
        assert_eq!(wait("soon", now), None);
        assert_eq!(wait("-1", now), None);
    }
}
