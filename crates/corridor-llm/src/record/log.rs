//! A minimal writer for `llm_calls.jsonl`: a bounded queue and one thread that appends whole lines.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::{AttemptRecord, AttemptSink};

/// Appends records to a file, one JSON object a line. Records that find the queue full are dropped and counted.
#[derive(Debug)]
pub struct AttemptLog {
    queue: Mutex<Option<SyncSender<AttemptRecord>>>,
    counts: Arc<Counts>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

/// What became of the records so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptLogStats {
    /// Lines in the file.
    pub written: u64,
    /// Records that found the queue full or came after the end.
    pub dropped: u64,
    /// Records that the disk did not take.
    pub failed: u64,
}

#[derive(Debug, Default)]
struct Counts {
    written: AtomicU64,
    dropped: AtomicU64,
    failed: AtomicU64,
}

impl AttemptLog {
    /// Opens a file for appending, made if need be, with room for `queue` records that wait to be written.
    ///
    /// # Errors
    /// When the file cannot be opened or the writer's thread cannot be started.
    pub fn open(path: &Path, queue: usize) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let (sender, receiver) = sync_channel(queue);
        let counts = Arc::new(Counts::default());
        let writer = std::thread::Builder::new()
            .name("llm-calls-log".to_owned())
            .spawn({
                let counts = Arc::clone(&counts);
                move || write_all(file, &receiver, &counts)
            })?;
        Ok(Self {
            queue: Mutex::new(Some(sender)),
            counts,
            writer: Mutex::new(Some(writer)),
        })
    }

    /// What became of the records so far.
    #[must_use]
    pub fn stats(&self) -> AttemptLogStats {
        AttemptLogStats {
            written: self.counts.written.load(Ordering::Relaxed),
            dropped: self.counts.dropped.load(Ordering::Relaxed),
            failed: self.counts.failed.load(Ordering::Relaxed),
        }
    }

    /// Writes what is queued and ends; later records are dropped. Blocks until the disk has taken everything.
    pub fn close(&self) {
        drop(
            self.queue
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        let writer = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(writer) = writer {
            // A writer that panicked has nothing left to write; its records count as neither written nor failed.
            let _ = writer.join();
        }
    }
}

impl AttemptSink for AttemptLog {
    fn record(&self, record: AttemptRecord) {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = queue
            .as_ref()
            .is_some_and(|queue| queue.try_send(record).is_ok());
        if !taken {
            self.counts.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for AttemptLog {
    fn drop(&mut self) {
        self.close();
    }
}

/// The most bytes gathered before they go to the disk in one write of whole lines.
const BATCH_BYTES: usize = 64 * 1024;

fn write_all(mut file: File, records: &Receiver<AttemptRecord>, counts: &Counts) {
    let mut batch = Vec::with_capacity(BATCH_BYTES);
    while let Ok(first) = records.recv() {
        let mut lines = 0_u64;
        let mut next = Some(first);
        while let Some(record) = next {
            let start = batch.len();
            match serde_json::to_writer(&mut batch, &record) {
                Ok(()) => {
                    batch.push(b'\n');
                    lines = lines.saturating_add(1);
                }
                Err(_) => {
                    batch.truncate(start);
                    counts.failed.fetch_add(1, Ordering::Relaxed);
                }
            }
            next = if batch.len() < BATCH_BYTES {
                records.try_recv().ok()
            } else {
                None
            };
        }
        match file.write_all(&batch) {
            Ok(()) => counts.written.fetch_add(lines, Ordering::Relaxed),
            Err(_) => counts.failed.fetch_add(lines, Ordering::Relaxed),
        };
        batch.clear();
    }
}
