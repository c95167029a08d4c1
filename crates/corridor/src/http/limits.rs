//! How much the service does at once. What is above a limit is refused at once and never queued.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::problem::{Kind, Refusal};
use crate::config::ServerSettings;

/// When a refused client may try again. Decisions take microseconds, so that any load of this moment is gone by then.
pub(super) const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Requests that are being answered.
#[derive(Debug)]
pub(super) struct InFlight(Arc<Semaphore>);

impl InFlight {
    pub(super) fn new(settings: &ServerSettings) -> Self {
        Self(Arc::new(Semaphore::new(
            settings.max_requests_in_flight.get(),
        )))
    }

    /// Room for one request until the permit is dropped.
    ///
    /// # Errors
    /// No room.
    pub(super) fn enter(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        self.0
            .try_acquire()
            .map_err(|_| Refusal::of(Kind::Overloaded))
    }

    /// As [`InFlight::enter`], for a request whose answer outlives its handler.
    ///
    /// # Errors
    /// No room.
    pub(super) fn enter_owned(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.0)
            .try_acquire_owned()
            .map_err(|_| Refusal::of(Kind::Overloaded))
    }
}
