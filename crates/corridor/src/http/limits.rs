//! How much the service does at once. What is above a limit is refused at once and never queued.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use corridor_decision::Load;

use super::problem::{Kind, Refusal};
use crate::config::ServerSettings;

/// When a refused client may try again. Decisions take microseconds, so that any load of this moment is gone by then.
pub(super) const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Requests that are being answered.
#[derive(Debug)]
pub(super) struct InFlight {
    room: Arc<Semaphore>,
    /// All the room there is.
    most: usize,
}

impl InFlight {
    pub(super) fn new(settings: &ServerSettings) -> Self {
        Self::with_room(settings.max_requests_in_flight.get())
    }

    fn with_room(most: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(most)),
            most,
        }
    }

    /// How busy the service is: high where less than a quarter of the room is left, so that shadow calls end before requests are refused.
    pub(super) fn load(&self) -> Load {
        if self.room.available_permits() < self.most / 4 {
            Load::High
        } else {
            Load::Normal
        }
    }

    /// Room for one request until the permit is dropped.
    ///
    /// # Errors
    /// No room.
    pub(super) fn enter(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        self.room
            .try_acquire()
            .map_err(|_| Refusal::of(Kind::Overloaded))
    }

    /// As [`InFlight::enter`], for a request whose answer outlives its handler.
    ///
    /// # Errors
    /// No room.
    pub(super) fn enter_owned(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.room)
            .try_acquire_owned()
            .map_err(|_| Refusal::of(Kind::Overloaded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_is_high_before_anybody_is_refused() {
        let in_flight = InFlight::with_room(8);
        let taken: Vec<_> = (0..6).map(|_| in_flight.enter().unwrap()).collect();
        assert_eq!(in_flight.load(), Load::Normal);
        let seventh = in_flight.enter().unwrap();
        assert_eq!(in_flight.load(), Load::High);
        assert!(in_flight.enter().is_ok());
        drop((seventh, taken));
        assert_eq!(in_flight.load(), Load::Normal);
    }
}
