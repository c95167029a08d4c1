//! How much the service does at once. What is above a limit is refused at once and never queued.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use corridor_decision::Load;

use super::problem::{Kind, Refusal};
use crate::config::ServerSettings;

/// When a refused client may try again. Nearly every decision takes microseconds; a load of long commands may outlast this, and whoever
/// comes back is refused again.
pub(super) const RETRY_AFTER: Duration = Duration::from_secs(1);

/// The size from which an answer is counted by its bytes. What is smaller weighs no more than the body of its request may.
const LARGE_ANSWER_BYTES: usize = 64 * 1024;

/// The most that large answers may hold together until their clients have taken them, in KiB.
const LARGE_ANSWERS_KIB: usize = 128 * 1024;

/// The connections that one address may have open.
#[derive(Debug)]
pub(super) struct Connections {
    room: Arc<Semaphore>,
    /// The part of the room that HTTP/2 may take: such a connection keeps what its largest burst of requests took until it ends.
    http2: Arc<Semaphore>,
}

/// Room for one connection, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    _place: OwnedSemaphorePermit,
    http2: Arc<Semaphore>,
}

impl Connections {
    pub(super) fn new(most: usize, most_http2: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(most)),
            http2: Arc::new(Semaphore::new(most_http2)),
        }
    }

    /// Room for one connection, where there is any.
    pub(super) fn enter(&self) -> Option<Place> {
        Some(Place {
            _place: Arc::clone(&self.room).try_acquire_owned().ok()?,
            http2: Arc::clone(&self.http2),
        })
    }
}

impl Place {
    /// Room among the connections that turn out to speak HTTP/2, where there is any. To be kept beside the place.
    pub(super) fn enter_http2(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.http2).try_acquire_owned().ok()
    }
}

/// Requests that are being answered.
#[derive(Debug)]
pub(super) struct InFlight {
    room: Arc<Semaphore>,
    /// The part of the room that batches may take: each lasts as long as its client likes, and must not keep everybody else out.
    batches: Arc<Semaphore>,
    /// In KiB.
    large_answers: Arc<Semaphore>,
    /// All the room there is.
    most: usize,
}

/// Room for one request, until it is dropped.
#[derive(Debug)]
pub(super) struct Room {
    _place: OwnedSemaphorePermit,
    /// Of a batch, or of a large answer.
    _part: Option<OwnedSemaphorePermit>,
}

impl InFlight {
    pub(super) fn new(settings: &ServerSettings) -> Self {
        Self::with_room(settings.max_requests_in_flight.get())
    }

    fn with_room(most: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(most)),
            batches: Arc::new(Semaphore::new((most / 2).max(1))),
            large_answers: Arc::new(Semaphore::new(LARGE_ANSWERS_KIB)),
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

    /// Room for one request, to be kept until its answer is written.
    ///
    /// # Errors
    /// No room.
    pub(super) fn enter(&self) -> Result<Room, Refusal> {
        Ok(Room {
            _place: taken(&self.room, 1)?,
            _part: None,
        })
    }

    /// As [`InFlight::enter`], for a batch.
    ///
    /// # Errors
    /// No room, or none for another batch.
    pub(super) fn enter_batch(&self) -> Result<Room, Refusal> {
        Ok(Room {
            _part: Some(taken(&self.batches, 1)?),
            _place: taken(&self.room, 1)?,
        })
    }

    /// The same room, with what an answer of so many bytes weighs until it is written.
    ///
    /// # Errors
    /// Large answers that nobody has taken yet hold all there is for them.
    pub(super) fn keep(&self, room: Room, answer_bytes: usize) -> Result<Room, Refusal> {
        if answer_bytes < LARGE_ANSWER_BYTES {
            return Ok(room);
        }
        let kib = u32::try_from(answer_bytes.div_ceil(1024)).unwrap_or(u32::MAX);
        Ok(Room {
            _part: Some(taken(&self.large_answers, kib)?),
            ..room
        })
    }
}

fn taken(semaphore: &Arc<Semaphore>, permits: u32) -> Result<OwnedSemaphorePermit, Refusal> {
    Arc::clone(semaphore)
        .try_acquire_many_owned(permits)
        .map_err(|_| Refusal::of(Kind::Overloaded))
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

    #[test]
    fn batches_leave_room_for_others() {
        let in_flight = InFlight::with_room(4);
        let batches = [
            in_flight.enter_batch().unwrap(),
            in_flight.enter_batch().unwrap(),
        ];
        assert!(in_flight.enter_batch().is_err());
        let single = in_flight.enter().unwrap();
        drop(batches);
        assert!(in_flight.enter_batch().is_ok());
        drop(single);
    }

    #[test]
    fn large_answers_that_nobody_takes_are_bounded_together() {
        let in_flight = InFlight::with_room(200);
        let hold = |bytes| in_flight.keep(in_flight.enter().unwrap(), bytes);
        let held: Vec<_> = (0..64).map(|_| hold(2 << 20).unwrap()).collect();
        assert!(hold(LARGE_ANSWER_BYTES).is_err());
        assert!(hold(LARGE_ANSWER_BYTES - 1).is_ok());
        drop(held);
        assert!(hold(2 << 20).is_ok());
    }
}
