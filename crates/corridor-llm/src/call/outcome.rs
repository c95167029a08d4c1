//! The closed set of names for how an attempt ended: record values, metric labels and triggers of fallback chains.

use serde::Serialize;

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// An answer that fits the schema.
    Success,
    /// See [`super::CallError::Timeout`].
    Timeout,
    /// See [`super::CallError::Unavailable`].
    Unavailable,
    /// See [`super::CallError::RateLimited`].
    RateLimited,
    /// See [`super::CallError::Rejected`].
    Rejected,
    /// See [`super::CallError::ProviderError`].
    ProviderError,
    /// See [`super::CallError::InvalidJson`].
    InvalidJson,
    /// See [`super::CallError::SchemaValidationFailed`].
    SchemaValidationFailed,
    /// See [`super::CallError::Empty`].
    Empty,
    /// See [`super::CallError::Truncated`].
    Truncated,
    /// See [`super::CallError::Refused`].
    Refused,
    /// See [`super::CallError::TooLarge`].
    TooLarge,
    /// See [`super::CallError::BudgetExhausted`].
    BudgetExhausted,
    /// See [`super::CallError::CircuitOpen`].
    CircuitOpen,
    /// See [`super::CallError::Cancelled`].
    Cancelled,
    /// See [`super::CallError::NotConfigured`].
    NotConfigured,
}

impl Outcome {
    /// Every way to fail, in the order of the documentation.
    pub const FAILURES: [Self; 15] = [
        Self::Timeout,
        Self::Unavailable,
        Self::RateLimited,
        Self::Rejected,
        Self::ProviderError,
        Self::InvalidJson,
        Self::SchemaValidationFailed,
        Self::Empty,
        Self::Truncated,
        Self::Refused,
        Self::TooLarge,
        Self::BudgetExhausted,
        Self::CircuitOpen,
        Self::Cancelled,
        Self::NotConfigured,
    ];

    /// The name, as written in records and in fallback chains.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Timeout => "timeout",
            Self::Unavailable => "unavailable",
            Self::RateLimited => "rate_limited",
            Self::Rejected => "rejected",
            Self::ProviderError => "provider_error",
            Self::InvalidJson => "invalid_json",
            Self::SchemaValidationFailed => "schema_validation_failed",
            Self::Empty => "empty",
            Self::Truncated => "truncated",
            Self::Refused => "refused",
            Self::TooLarge => "too_large",
            Self::BudgetExhausted => "budget_exhausted",
            Self::CircuitOpen => "circuit_open",
            Self::Cancelled => "cancelled",
            Self::NotConfigured => "not_configured",
        }
    }

    /// Whether the same call may go better a moment later. What a provider rejected never does.
    #[must_use]
    pub const fn is_transient(self) -> bool {
        matches!(
            self,
            Self::Timeout
                | Self::Unavailable
                | Self::RateLimited
                | Self::ProviderError
                | Self::Empty
        )
    }

    /// Whether the model gave an answer that it can be shown and asked to mend.
    #[must_use]
    pub const fn is_repairable(self) -> bool {
        matches!(self, Self::InvalidJson | Self::SchemaValidationFailed)
    }

    /// Whether another route may do better. A used-up budget and a cancelled call end everything.
    #[must_use]
    pub const fn can_escalate(self) -> bool {
        !matches!(
            self,
            Self::Success | Self::BudgetExhausted | Self::Cancelled
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_chains_use_the_same_names() {
        for outcome in Outcome::FAILURES.into_iter().chain([Outcome::Success]) {
            let written = serde_json::to_value(outcome).unwrap();
            assert_eq!(written, outcome.as_str());
        }
    }
}
