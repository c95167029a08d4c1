//! How often a token may be used: so many requests a second, and as many at once after a quiet second.

use std::{fmt, num::NonZeroU32, sync::Arc, time::Duration};

use governor::{
    DefaultDirectRateLimiter, Quota,
    clock::{Clock as _, DefaultClock},
};

/// The pace of one token. Copies count together.
#[derive(Clone)]
pub(super) struct Pace(Option<Arc<DefaultDirectRateLimiter>>);

impl Pace {
    /// A pace of so many requests a second, or none.
    pub(super) fn new(requests_per_second: Option<NonZeroU32>) -> Self {
        Self(
            requests_per_second
                .map(|rate| Arc::new(DefaultDirectRateLimiter::direct(Quota::per_second(rate)))),
        )
    }

    /// Counts a request.
    ///
    /// # Errors
    /// One too many; the time until the next is taken.
    pub(super) fn take(&self) -> Result<(), Duration> {
        match &self.0 {
            Some(limiter) => limiter
                .check()
                .map_err(|early| early.wait_time_from(DefaultClock::default().now())),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Pace(limited)"
        } else {
            "Pace(free)"
        })
    }
}
