//! How writing goes: counted by those who add and by the writer, read by metrics and `/ready`.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use serde::Serialize;

use super::log_file::{LogFile, PerFile};

/// Counters of every file and what is wrong at the moment.
#[derive(Debug)]
pub(super) struct Health {
    files: PerFile<FileCounts>,
    half_lines: AtomicU64,
    /// The records dropped before the last batch that was written to its end.
    settled_drops: AtomicU64,
}

#[derive(Debug, Default)]
struct FileCounts {
    written: AtomicU64,
    dropped: AtomicU64,
    failed: AtomicU64,
    is_failing: AtomicBool,
    /// What the system said last, while it is failing.
    error: Mutex<Option<String>>,
}

/// What became of one file's records since the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileHealth {
    /// Records written.
    pub written: u64,
    /// Records that found the queue full.
    pub dropped: u64,
    /// Records that the disk did not take.
    pub failed: u64,
    /// Why nothing can be written at the moment; none where writing works.
    pub error: Option<String>,
}

impl Health {
    pub(super) fn new() -> Self {
        Self {
            files: PerFile::from_fn(|_| FileCounts::default()),
            half_lines: AtomicU64::new(0),
            settled_drops: AtomicU64::new(0),
        }
    }

    pub(super) fn count_dropped(&self, file: LogFile) {
        self.files.get(file).dropped.fetch_add(1, Ordering::Relaxed);
    }

    /// Records dropped so far, of all files.
    pub(super) fn dropped(&self) -> u64 {
        self.files.iter().fold(0, |sum, (_, counts)| {
            sum.saturating_add(counts.dropped.load(Ordering::Relaxed))
        })
    }

    /// A batch is written to its end; `dropped` had been dropped when it was taken.
    pub(super) fn caught_up(&self, dropped: u64) {
        self.settled_drops.store(dropped, Ordering::Relaxed);
    }

    /// Whether records were dropped since: the disk hangs or is too slow.
    pub(super) fn is_dropping(&self) -> bool {
        self.dropped() > self.settled_drops.load(Ordering::Relaxed)
    }

    pub(super) fn count_half_line(&self) {
        self.half_lines.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts lines written. Says whether writing has just begun to work again.
    pub(super) fn count_written(&self, file: LogFile, lines: u64) -> bool {
        let counts = self.files.get(file);
        counts.written.fetch_add(lines, Ordering::Relaxed);
        let recovered = counts.is_failing.swap(false, Ordering::Relaxed);
        if recovered {
            *counts.error.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        recovered
    }

    /// Counts lines that could not be written. Says whether that is new.
    pub(super) fn count_failed(&self, file: LogFile, lines: u64, error: &str) -> bool {
        let counts = self.files.get(file);
        counts.failed.fetch_add(lines, Ordering::Relaxed);
        *counts.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_owned());
        !counts.is_failing.swap(true, Ordering::Relaxed)
    }

    /// Whether a file could not be written when it was last tried.
    pub(super) fn is_failing(&self) -> bool {
        self.files
            .iter()
            .any(|(_, counts)| counts.is_failing.load(Ordering::Relaxed))
    }

    pub(super) fn half_lines(&self) -> u64 {
        self.half_lines.load(Ordering::Relaxed)
    }

    pub(super) fn of(&self, file: LogFile) -> FileHealth {
        let counts = self.files.get(file);
        FileHealth {
            written: counts.written.load(Ordering::Relaxed),
            dropped: counts.dropped.load(Ordering::Relaxed),
            failed: counts.failed.load(Ordering::Relaxed),
            error: counts
                .error
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        }
    }
}
