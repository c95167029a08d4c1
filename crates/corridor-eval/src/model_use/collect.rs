//! Takes the records of a run, and says when a command has settled.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use corridor_decision::records::{Record, RecordSink};
use corridor_llm::{AttemptRecord, AttemptSink};
use tokio::sync::Notify;

/// The records of a run, kept in memory.
#[derive(Debug, Default)]
pub struct RunRecords {
    kept: Mutex<Kept>,
    settled: Notify,
}

#[derive(Debug, Default)]
struct Kept {
    records: Vec<Record>,
    attempts: Vec<AttemptRecord>,
    settled: BTreeSet<String>,
}

impl RunRecords {
    /// Waits until everything about a command has ended, shadow included. Each call takes one settling away, so that another round waits
    /// for its own.
    pub(crate) async fn settled(&self, command_id: &str) {
        loop {
            let notified = self.settled.notified();
            tokio::pin!(notified);
            // Listening begins before looking, so that nothing is missed in between.
            notified.as_mut().enable();
            if self.kept().settled.remove(command_id) {
                return;
            }
            notified.await;
        }
    }

    /// Looks at everything kept so far.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&[Record], &[AttemptRecord]) -> T) -> T {
        let kept = self.kept();
        at(&kept.records, &kept.attempts)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RecordSink for RunRecords {
    fn record(&self, record: Record) {
        let mut kept = self.kept();
        // The last record of a command, written when its last component has settled.
        let settles = match &record {
            Record::Fallback(fallback) => {
                kept.settled.insert(fallback.command_id.as_str().to_owned())
            }
            _ => false,
        };
        kept.records.push(record);
        drop(kept);
        if settles {
            self.settled.notify_waiters();
        }
    }
}

impl AttemptSink for RunRecords {
    fn record(&self, record: AttemptRecord) {
        self.kept().attempts.push(record);
    }
}
