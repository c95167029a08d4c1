//! How many shadow calls may be under way and wait: bounded, shed first, drained at the end.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::timeout;

use super::ShadowJob;
use crate::records::SkipReason;
use crate::stages::ShadowLimits;
use crate::stages::ask::contained;

/// Takes shadow calls and works them off.
pub(crate) struct ShadowDesk {
    state: Mutex<State>,
    /// Calls waiting and under way.
    left: watch::Sender<usize>,
    stop: watch::Sender<bool>,
    shed: AtomicU64,
}

#[derive(Default)]
struct State {
    under_way: usize,
    waiting: VecDeque<Box<ShadowJob>>,
    closed: bool,
}

/// How busy the shadow is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShadowLoad {
    /// Calls under way.
    pub under_way: usize,
    /// Calls that wait for a place.
    pub waiting: usize,
    /// Calls that were not made because the queue was full or the service under load, since the start.
    pub shed: u64,
}

impl ShadowDesk {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::default(),
            left: watch::Sender::new(0),
            stop: watch::Sender::new(false),
            shed: AtomicU64::new(0),
        })
    }

    /// Takes a call: begins it, or lets it wait where all places are taken.
    ///
    /// # Errors
    /// Where there is no room left, or the service is stopping; with the call back.
    pub(crate) fn take(
        self: &Arc<Self>,
        job: Box<ShadowJob>,
        limits: &ShadowLimits,
    ) -> Result<(), (SkipReason, Box<ShadowJob>)> {
        let mut state = self.state();
        if state.closed {
            return Err((SkipReason::Stopping, job));
        }
        if state.under_way < limits.max_concurrency {
            // Outside a runtime nothing can go on by itself.
            let Ok(runtime) = Handle::try_current() else {
                return Err((self.shed_one(), job));
            };
            state.under_way += 1;
            drop(state);
            self.left.send_modify(|left| *left += 1);
            let desk = Arc::clone(self);
            runtime.spawn(async move { desk.work(job).await });
            return Ok(());
        }
        if state.waiting.len() < limits.queue_len {
            state.waiting.push_back(job);
            self.left.send_modify(|left| *left += 1);
            return Ok(());
        }
        Err((self.shed_one(), job))
    }

    /// Counts a call that was not made.
    pub(crate) fn shed_one(&self) -> SkipReason {
        self.shed.fetch_add(1, Ordering::Relaxed);
        SkipReason::Shed
    }

    pub(crate) fn load(&self) -> ShadowLoad {
        let state = self.state();
        ShadowLoad {
            under_way: state.under_way,
            waiting: state.waiting.len(),
            shed: self.shed.load(Ordering::Relaxed),
        }
    }

    /// Takes no more calls, waits for those there are, at most for `patience`, then cancels what is left. All of them are recorded.
    pub(crate) async fn drain(&self, patience: Duration) {
        self.state().closed = true;
        let mut left = self.left.subscribe();
        if timeout(patience, left.wait_for(|left| *left == 0))
            .await
            .is_err()
        {
            self.stop.send_replace(true);
            // Cancelled calls end at once; the sender lives as long as this desk.
            let _ = left.wait_for(|left| *left == 0).await;
        }
    }

    /// Works off a call and then those that wait, one after the other.
    async fn work(self: Arc<Self>, first: Box<ShadowJob>) {
        let mut next = Some(first);
        while let Some(job) = next {
            // A job that panics has settled its records by being dropped.
            let _ = contained(job.run(self.stop.subscribe())).await;
            next = {
                let mut state = self.state();
                let next = state.waiting.pop_front();
                if next.is_none() {
                    state.under_way -= 1;
                }
                next
            };
            self.left.send_modify(|left| *left = left.saturating_sub(1));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
