//! What a transport error was, found by type along its causes; its text is never looked at or kept.

use std::error::Error;
use std::io;

use crate::call::{CallError, TimeoutPhase, UnavailableCause};

/// Why a request could not be sent or got no reply.
pub(super) fn of_sending(error: &reqwest::Error) -> CallError {
    if error.is_connect() {
        if error.is_timeout() {
            return CallError::Timeout(TimeoutPhase::Connect);
        }
        if error.is_dns() {
            return CallError::Unavailable(UnavailableCause::Dns);
        }
        if has_tls_cause(error) {
            return CallError::Unavailable(UnavailableCause::Tls);
        }
        return CallError::Unavailable(UnavailableCause::Refused);
    }
    CallError::Unavailable(UnavailableCause::Disconnected)
}

/// Why a reply broke off.
pub(super) fn of_reading(_: &reqwest::Error) -> CallError {
    CallError::Unavailable(UnavailableCause::Disconnected)
}

fn has_tls_cause(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = error.source();
    while let Some(cause) = next {
        if cause.is::<rustls::Error>() {
            return true;
        }
        // An I/O error's source is that of the error it wraps, which would step over the wrapped one itself.
        next = match cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped),
            None => cause.source(),
        };
    }
    false
}
