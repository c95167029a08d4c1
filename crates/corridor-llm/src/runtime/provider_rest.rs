//! The wait that a provider asked a route for: until it is over nothing is sent, so that sixty commands are not sixty
//! refused requests.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The longest wait that is believed: a wrong date must not put a route off for a year.
const LONGEST: Duration = Duration::from_secs(3600);

#[derive(Debug, Default)]
pub(super) struct ProviderRest(Mutex<Option<Instant>>);

impl ProviderRest {
    /// Remembers a wait that begins now.
    pub(super) fn ask_for(&self, wait: Duration, now: Instant) {
        let until = now.checked_add(wait.min(LONGEST));
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *rest = (*rest).max(until);
    }

    /// What is left of the wait.
    pub(super) fn left(&self, now: Instant) -> Option<Duration> {
        let until = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        until
            .checked_duration_since(now)
            .filter(|left| !left.is_zero())
    }
}
