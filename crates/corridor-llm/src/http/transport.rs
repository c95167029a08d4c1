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
        let cause = tls_cause(error).unwrap_or(UnavailableCause::Refused);
        return CallError::Unavailable(cause);
    }
    // A server that wants a client certificate says so after the handshake, when the request is under way.
    if let Some(cause @ UnavailableCause::ClientCertificateWanted) = tls_cause(error) {
        return CallError::Unavailable(cause);
    }
    CallError::Unavailable(UnavailableCause::Disconnected)
}

/// Why a reply broke off.
pub(super) fn of_reading(_: &reqwest::Error) -> CallError {
    CallError::Unavailable(UnavailableCause::Disconnected)
}

fn tls_cause(error: &reqwest::Error) -> Option<UnavailableCause> {
    let mut next: Option<&(dyn Error + 'static)> = error.source();
    while let Some(cause) = next {
        if let Some(error) = cause.downcast_ref::<rustls::Error>() {
            return Some(of_tls(error));
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
    None
}

fn of_tls(error: &rustls::Error) -> UnavailableCause {
    use rustls::CertificateError as Certificate;
    match error {
        rustls::Error::InvalidCertificate(problem) => match problem {
            Certificate::Expired
            | Certificate::ExpiredContext { .. }
            | Certificate::NotValidYet
            | Certificate::NotValidYetContext { .. } => UnavailableCause::CertificateExpired,
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
                UnavailableCause::CertificateWrongHost
            }
            Certificate::UnknownIssuer => UnavailableCause::CertificateUnknownAuthority,
            _ => UnavailableCause::Tls,
        },
        rustls::Error::AlertReceived(rustls::AlertDescription::CertificateRequired) => {
            UnavailableCause::ClientCertificateWanted
        }
        _ => UnavailableCause::Tls,
    }
}
