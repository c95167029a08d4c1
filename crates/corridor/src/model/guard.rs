//! The guard over partial trust, run: fed with every visit, and heard when it trips.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use corridor_decision::{
    Record, RecordSink,
    records::RiskRecord,
    stages::{Guard, GuardLimits, GuardState, Trip},
};
use tokio::sync::Notify;

use crate::config::GuardSettings;

/// The guard, shared by whoever feeds it and whoever switches partial trust off.
#[derive(Debug)]
pub struct GuardWatch {
    guard: Mutex<Guard>,
    tripped: Notify,
}

impl GuardWatch {
    /// A guard that has seen nothing yet.
    #[must_use]
    pub fn new(settings: &GuardSettings) -> Arc<Self> {
        Arc::new(Self {
            guard: Mutex::new(Guard::new(limits(settings), GuardState::default())),
            tripped: Notify::new(),
        })
    }

    /// A sink that shows the guard every visit and hands every record on.
    #[must_use]
    pub fn around(self: &Arc<Self>, next: Arc<dyn RecordSink>) -> Arc<dyn RecordSink> {
        Arc::new(Guarded {
            guard: Arc::clone(self),
            next,
        })
    }

    /// Waits until the guard trips. What it tripped on stays to be asked for.
    pub async fn tripped(&self) {
        self.tripped.notified().await;
    }

    /// The trip that nobody has re-armed yet.
    #[must_use]
    pub fn trip(&self) -> Option<Trip> {
        self.lock().trip().cloned()
    }

    /// Goes on from a trip before a restart.
    pub fn restore(&self, settings: &GuardSettings, trip: Option<Trip>) {
        *self.lock() = Guard::new(limits(settings), GuardState { trip });
    }

    /// Takes the trip back and begins with an empty window.
    pub fn rearm(&self) {
        self.lock().rearm(jiff::Timestamp::now());
    }

    /// Other limits from now on.
    pub fn set_limits(&self, settings: &GuardSettings) {
        self.lock().set_limits(limits(settings));
    }

    fn observe(&self, visit: &RiskRecord) {
        let tripped = self.lock().observe(visit).is_some();
        if tripped {
            // Remembered where nobody waits at this moment.
            self.tripped.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Guard> {
        self.guard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows the guard every visit.
struct Guarded {
    guard: Arc<GuardWatch>,
    next: Arc<dyn RecordSink>,
}

impl RecordSink for Guarded {
    fn record(&self, record: Record) {
        if let Record::Risk(visit) = &record {
            self.guard.observe(visit);
        }
        self.next.record(record);
    }
}

fn limits(settings: &GuardSettings) -> GuardLimits {
    GuardLimits {
        window_len: settings.window_length.get(),
        window_age: settings.window_hours.duration().unsigned_abs(),
        min_samples: settings.min_samples.get(),
        max_error_share: settings.max_error_share.get(),
        max_refusal_share: settings.max_refusal_share.get(),
        slow_after: settings.slow_after_ms.duration(),
        max_slow_share: settings.max_slow_share.get(),
    }
}
