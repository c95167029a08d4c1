//! Every way in which a call can end without a usable answer.

use std::time::Duration;

use super::diagnosis::Diagnosis;
use super::outcome::Outcome;

/// Why there is no usable answer. Holds figures and closed names alone: nothing a person, a model or a provider wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// Time ran out; the phase says which limit.
    #[error("the model did not answer in time ({0})")]
    Timeout(TimeoutPhase),
    /// The provider could not be reached or is out of order.
    #[error("the provider is unavailable ({0})")]
    Unavailable(UnavailableCause),
    /// HTTP 429, with the wait the provider asks for.
    #[error("the provider limits the rate of calls")]
    RateLimited {
        /// The wait of `Retry-After`, where sent.
        retry_after: Option<Duration>,
    },
    /// The provider refuses this request: key, project, model name or request are wrong. Trying again cannot help.
    #[error("the provider rejected the request with HTTP status {status}: {diagnosis}")]
    Rejected {
        /// The HTTP status, such as 401.
        status: u16,
        /// What is wrong, as far as status and codes tell.
        diagnosis: Diagnosis,
    },
    /// A success status with something else than a chat completion in the body.
    #[error("the provider's reply is no chat completion ({0})")]
    ProviderError(MalformedReply),
    /// The answer holds no JSON object, or more than one.
    #[error("the model's answer is not a JSON object")]
    InvalidJson,
    /// The answer is JSON of another shape than asked for.
    #[error("the model's answer does not fit the schema")]
    SchemaValidationFailed,
    /// The answer is blank.
    #[error("the model's answer is empty")]
    Empty,
    /// The model ran into its token limit.
    #[error("the model's answer was cut at its token limit")]
    Truncated,
    /// The model or the provider's content filter declined this text. The provider works; asking again cannot help.
    #[error("the provider's filter or the model declined to answer this text")]
    Refused,
    /// The response is larger than allowed.
    #[error("the response is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The limit it passed.
        limit_bytes: usize,
    },
    /// A daily limit is used up.
    #[error("the daily limit of {0} is used up")]
    BudgetExhausted(BudgetLimit),
    /// The route failed too often lately and rests.
    #[error("the route rests after repeated failures")]
    CircuitOpen,
    /// The caller went away or models were switched off.
    #[error("the call was cancelled")]
    Cancelled,
    /// The policy leaves this route without a model or address.
    #[error("the route is not configured")]
    NotConfigured,
}

impl CallError {
    /// The name of this end in records, metrics and fallback chains.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Timeout(_) => Outcome::Timeout,
            Self::Unavailable(_) => Outcome::Unavailable,
            Self::RateLimited { .. } => Outcome::RateLimited,
            Self::Rejected { .. } => Outcome::Rejected,
            Self::ProviderError(_) => Outcome::ProviderError,
            Self::InvalidJson => Outcome::InvalidJson,
            Self::SchemaValidationFailed => Outcome::SchemaValidationFailed,
            Self::Empty => Outcome::Empty,
            Self::Truncated => Outcome::Truncated,
            Self::Refused => Outcome::Refused,
            Self::TooLarge { .. } => Outcome::TooLarge,
            Self::BudgetExhausted(_) => Outcome::BudgetExhausted,
            Self::CircuitOpen => Outcome::CircuitOpen,
            Self::Cancelled => Outcome::Cancelled,
            Self::NotConfigured => Outcome::NotConfigured,
        }
    }
}

/// Which limit ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeoutPhase {
    /// Waiting for a free place among the calls a route may make at once.
    #[error("waiting for a free place")]
    Queue,
    /// Opening the connection.
    #[error("connecting")]
    Connect,
    /// Waiting for the first byte of the reply.
    #[error("waiting for the first byte")]
    FirstByte,
    /// A pause inside the reply.
    #[error("a pause in the reply")]
    Idle,
    /// The attempt's or the whole task's time.
    #[error("the time allowed is over")]
    Total,
}

impl TimeoutPhase {
    /// The name in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Connect => "connect",
            Self::FirstByte => "first_byte",
            Self::Idle => "idle",
            Self::Total => "total",
        }
    }
}

/// What made the provider unavailable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnavailableCause {
    /// Nobody listens, or the network has no way there.
    #[error("connection refused")]
    Refused,
    /// The host's name is unknown.
    #[error("host name not found")]
    Dns,
    /// The secure connection could not be agreed on.
    #[error("TLS failed")]
    Tls,
    /// The provider's certificate is over or not valid yet.
    #[error(
        "the provider's certificate is out of date; check this machine's clock, or ask the provider"
    )]
    CertificateExpired,
    /// The certificate is another host's.
    #[error("the certificate is for another host; check base_url")]
    CertificateWrongHost,
    /// Nobody trusted signed the certificate.
    #[error("an unknown authority signed the certificate; name its PEM file as extra_ca_file")]
    CertificateUnknownAuthority,
    /// The provider wants a certificate from us.
    #[error("the provider wants a client certificate")]
    ClientCertificateWanted,
    /// The connection broke before the reply was complete.
    #[error("connection lost")]
    Disconnected,
    /// The provider says so.
    #[error("HTTP status {0}")]
    Status(u16),
    /// The provider says so, and when to come again.
    #[error("HTTP status {status}")]
    Overloaded {
        /// The status, such as 503.
        status: u16,
        /// The wait of `Retry-After`.
        retry_after: Duration,
    },
}

impl UnavailableCause {
    /// The name in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Dns => "dns",
            Self::Tls => "tls",
            Self::CertificateExpired => "certificate_expired",
            Self::CertificateWrongHost => "certificate_wrong_host",
            Self::CertificateUnknownAuthority => "certificate_unknown_authority",
            Self::ClientCertificateWanted => "client_certificate_wanted",
            Self::Disconnected => "disconnected",
            Self::Status(_) | Self::Overloaded { .. } => "status",
        }
    }
}

/// What a success status carried instead of a chat completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedReply {
    /// A JSON body that reports an error.
    #[error("an error in the body")]
    ErrorBody,
    /// A web page, as proxies and captive portals send.
    #[error("an HTML page")]
    Html,
    /// Not JSON at all.
    #[error("not JSON")]
    NotJson,
    /// JSON without an answer in it.
    #[error("no answer in it")]
    NoChoice,
}

impl MalformedReply {
    /// The name in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ErrorBody => "error_body",
            Self::Html => "html",
            Self::NotJson => "not_json",
            Self::NoChoice => "no_choice",
        }
    }
}

/// Which daily limit is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BudgetLimit {
    /// Calls a day.
    #[error("calls")]
    Calls,
    /// Money a day.
    #[error("spend")]
    Spend,
}

impl BudgetLimit {
    /// The name in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Spend => "spend",
        }
    }
}

impl CallError {
    /// Whether what was sent is at fault, so that it says nothing about the provider's health: a breaker must not open
    /// for everybody because of one text or setting.
    #[must_use]
    pub const fn is_about_the_text(self) -> bool {
        matches!(
            self,
            Self::Refused
                | Self::Rejected {
                    status: 400 | 413 | 422,
                    ..
                }
        )
    }

    /// The wait that the provider asks for.
    #[must_use]
    pub const fn retry_after(self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } => retry_after,
            Self::Unavailable(UnavailableCause::Overloaded { retry_after, .. }) => {
                Some(retry_after)
            }
            _ => None,
        }
    }

    /// The closed name of what exactly happened, beside [`CallError::outcome`]; none where the outcome says it all.
    #[must_use]
    pub const fn detail(self) -> Option<&'static str> {
        match self {
            Self::Timeout(phase) => Some(phase.as_str()),
            Self::Unavailable(cause) => Some(cause.as_str()),
            Self::Rejected { diagnosis, .. } => Some(diagnosis.as_str()),
            Self::ProviderError(reply) => Some(reply.as_str()),
            Self::BudgetExhausted(limit) => Some(limit.as_str()),
            _ => None,
        }
    }
}
