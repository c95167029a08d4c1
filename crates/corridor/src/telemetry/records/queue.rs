//! The bounded queue between those who answer commands and the writer's thread.
//!
//! The writer is not woken for each entry, which would cost the answering thread a system call: it looks again when the flush
//! interval ends, or when the queue has filled to a part.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::entry::Entry;

/// How long an entry that may wait waits for room.
const PATIENCE: Duration = Duration::from_millis(20);

/// After a wait in vain nobody waits for this long, so that a disk that hangs slows one answer in many.
const PAUSE_AFTER_VAIN_WAIT: Duration = Duration::from_secs(1);

/// A bounded queue of entries with one reader.
#[derive(Debug)]
pub(super) struct Queue {
    state: Mutex<State>,
    /// Something for the writer to do before its time.
    work: Condvar,
    /// Room for those who wait, or an end of a flush.
    progress: Condvar,
    capacity: usize,
}

#[derive(Debug, Default)]
struct State {
    entries: Vec<Entry>,
    closed: bool,
    /// Flushes asked for, and those of them that are done.
    flushes: u64,
    flushed: u64,
    no_waiting_until: Option<Instant>,
}

/// The queue was full or closed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoRoom;

/// What the writer is to do with what it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// Write it and come again.
    More {
        /// The flush that is complete once all taken so far is written.
        flush: u64,
    },
    /// Write it; nothing more will come.
    Last,
}

impl Queue {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            state: Mutex::default(),
            work: Condvar::new(),
            progress: Condvar::new(),
            capacity: capacity.max(1),
        }
    }

    /// How full the queue has to be for the writer to look before the flush interval ends.
    fn wake_at(&self) -> usize {
        self.capacity.div_ceil(4)
    }

    /// Adds an entry. One that may wait waits briefly for room.
    pub(super) fn push(&self, entry: Entry) -> Result<(), NoRoom> {
        let mut state = self.lock();
        if state.entries.len() >= self.capacity && entry.file().may_wait() {
            state = self.wait_for_room(state);
        }
        if state.closed || state.entries.len() >= self.capacity {
            return Err(NoRoom);
        }
        state.entries.push(entry);
        if state.entries.len() == self.wake_at() {
            self.work.notify_one();
        }
        Ok(())
    }

    fn wait_for_room<'q>(&'q self, state: MutexGuard<'q, State>) -> MutexGuard<'q, State> {
        if state
            .no_waiting_until
            .is_some_and(|until| Instant::now() < until)
        {
            return state;
        }
        self.work.notify_one();
        let (mut state, waited) = self
            .progress
            .wait_timeout_while(state, PATIENCE, |state| {
                state.entries.len() >= self.capacity && !state.closed
            })
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            state.no_waiting_until = Some(Instant::now() + PAUSE_AFTER_VAIN_WAIT);
        }
        state
    }

    /// Moves everything queued into `batch`, once `until` has come, the queue fills, a flush is asked for or the end is near.
    pub(super) fn take(&self, batch: &mut Vec<Entry>, until: Instant) -> Taken {
        let patience = until.saturating_duration_since(Instant::now());
        let (mut state, _) = self
            .work
            .wait_timeout_while(self.lock(), patience, |state| {
                state.entries.len() < self.wake_at()
                    && !state.closed
                    && state.flushed == state.flushes
            })
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::swap(&mut state.entries, batch);
        let taken = if state.closed {
            Taken::Last
        } else {
            Taken::More {
                flush: state.flushes,
            }
        };
        drop(state);
        self.progress.notify_all();
        taken
    }

    /// Says that everything taken up to this flush is written.
    pub(super) fn flushed(&self, flush: u64) {
        let mut state = self.lock();
        if state.flushed != flush {
            state.flushed = flush;
            self.progress.notify_all();
        }
    }

    /// Has everything queued so far written now; says whether it was in time.
    pub(super) fn flush(&self, patience: Duration) -> bool {
        let mut state = self.lock();
        state.flushes = state.flushes.saturating_add(1);
        let wanted = state.flushes;
        self.work.notify_one();
        let (state, _) = self
            .progress
            .wait_timeout_while(state, patience, |state| state.flushed < wanted)
            .unwrap_or_else(PoisonError::into_inner);
        state.flushed >= wanted
    }

    /// Takes no more entries; the writer writes what is queued and ends.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.work.notify_one();
        self.progress.notify_all();
    }

    /// How many entries wait to be written.
    pub(super) fn len(&self) -> usize {
        self.lock().entries.len()
    }

    /// Whether the writer has something better to do than housekeeping.
    pub(super) fn is_pressing(&self) -> bool {
        let state = self.lock();
        state.closed || state.flushed != state.flushes || state.entries.len() >= self.wake_at()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic while holding the lock cannot leave the state half changed: every change is one assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, thread};

    use corridor_contract::Said;
    use jiff::Timestamp;

    use super::*;
    use crate::telemetry::records::UserText;

    fn entry() -> Entry {
        Entry::UserText(UserText {
            timestamp: Timestamp::UNIX_EPOCH,
            trace_id: String::new(),
            command_id: String::new(),
            text: Said::new(""),
        })
    }

    #[test]
    fn a_full_queue_takes_no_more() {
        let queue = Queue::new(2);
        assert_eq!(queue.push(entry()), Ok(()));
        assert_eq!(queue.push(entry()), Ok(()));
        assert_eq!(queue.push(entry()), Err(NoRoom));
        let mut batch = Vec::new();
        queue.take(&mut batch, Instant::now());
        assert_eq!(batch.len(), 2);
        assert_eq!(queue.push(entry()), Ok(()));
    }

    #[test]
    fn a_closed_queue_is_taken_once_more() {
        let queue = Queue::new(2);
        assert_eq!(queue.push(entry()), Ok(()));
        queue.close();
        assert_eq!(queue.push(entry()), Err(NoRoom));
        let mut batch = Vec::new();
        assert_eq!(queue.take(&mut batch, Instant::now()), Taken::Last);
        assert_eq!(batch.len(), 1);
    }

    #[test]
    fn a_flush_waits_for_what_was_queued_before() {
        let queue = Arc::new(Queue::new(100));
        assert_eq!(queue.push(entry()), Ok(()));
        let reader = thread::spawn({
            let queue = Arc::clone(&queue);
            move || {
                let mut batch = Vec::new();
                let far = Instant::now() + Duration::from_secs(600);
                let Taken::More { flush } = queue.take(&mut batch, far) else {
                    return 0;
                };
                queue.flushed(flush);
                batch.len()
            }
        });
        assert!(queue.flush(Duration::from_secs(600)));
        assert_eq!(reader.join().unwrap(), 1);
    }

    #[test]
    fn a_flush_that_nobody_serves_ends() {
        assert!(!Queue::new(1).flush(Duration::from_millis(1)));
    }
}
