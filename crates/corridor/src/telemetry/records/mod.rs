//! Records on disk: a bounded queue and one thread that appends whole lines, rotates, compresses and removes.
//!
//! Writing never stops a decision. What finds the queue full is dropped and counted, save that a record of a decision waits for a
//! moment; what the disk does not take is counted and reported. Every record type is an allow-list; this module adds nothing to them
//! but the one file that holds what people said, for operators who ask for it.

mod appender;
mod archive;
mod compress;
mod entry;
mod health;
mod log_file;
mod plan;
mod queue;
mod writer;

use std::{
    io,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use jiff::Timestamp;

pub use archive::is_rotated_piece;
pub use entry::{Entry, UserText};
pub use health::FileHealth;
pub use log_file::{LogFile, PerFile};
pub use plan::{PlanError, RecordPlan};

use health::Health;
use queue::Queue;
use writer::Writer;

/// The way to the record files. Cheap to share in an `Arc`.
#[derive(Debug)]
pub struct RecordWriter {
    queue: Arc<Queue>,
    health: Arc<Health>,
    is_written: PerFile<bool>,
    ended: std::sync::Mutex<Option<mpsc::Receiver<()>>>,
}

impl RecordWriter {
    /// Starts the thread, where the plan has anything to write. `clock` tells the time of day.
    ///
    /// # Errors
    /// When the system gives no thread. Files that cannot be written are no error here: they are reported by [`Self::health`].
    pub fn start(
        plan: RecordPlan,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let queue = Arc::new(Queue::new(plan.queue_length));
        let health = Arc::new(Health::new());
        let is_written = PerFile::from_fn(|file| plan.paths.get(file).is_some());
        let mut ended = None;
        if plan.writes_anything() {
            let writer = Writer::new(
                plan,
                Arc::clone(&queue),
                Arc::clone(&health),
                Arc::new(clock),
            );
            let (end, wait_for_end) = mpsc::channel();
            thread::Builder::new()
                .name("records".to_owned())
                .spawn(move || {
                    writer.run();
                    drop(end);
                })?;
            ended = Some(wait_for_end);
        }
        Ok(Self {
            queue,
            health,
            is_written,
            ended: std::sync::Mutex::new(ended),
        })
    }

    /// Whether entries of this file are written at all.
    #[must_use]
    pub fn writes(&self, file: LogFile) -> bool {
        *self.is_written.get(file)
    }

    /// Hands an entry to the writer, or counts it as dropped. What is not written at all is forgotten.
    pub fn submit(&self, entry: Entry) {
        let file = entry.file();
        if self.writes(file) && self.queue.push(entry).is_err() {
            self.health.count_dropped(file);
        }
    }

    /// Has everything submitted so far written now. Says whether it was in time.
    #[must_use]
    pub fn flush(&self, patience: Duration) -> bool {
        self.is_off() || self.queue.flush(patience)
    }

    /// Writes what is queued and ends; later entries are dropped. Says whether the disk took everything in time.
    pub fn close(&self, patience: Duration) -> bool {
        self.queue.close();
        let ended = self
            .ended
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        ended.is_none_or(|ended| {
            ended.recv_timeout(patience) == Err(mpsc::RecvTimeoutError::Disconnected)
        })
    }

    /// Whether no file is written.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.is_written.iter().all(|(_, is_written)| !is_written)
    }

    /// How many entries wait to be written.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.queue.len()
    }

    /// Half lines found and set aside since the start.
    #[must_use]
    pub fn half_lines(&self) -> u64 {
        self.health.half_lines()
    }

    /// Whether records are being lost: a file could not be written when it was last tried, records were dropped since the last batch was
    /// written, or the writer has ended before its time.
    #[must_use]
    pub fn is_failing(&self) -> bool {
        self.health.is_failing() || self.health.is_dropping() || self.has_died()
    }

    /// Whether the thread has ended without having been asked to.
    #[must_use]
    pub fn has_died(&self) -> bool {
        self.ended
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .as_ref()
            .is_some_and(|ended| ended.try_recv() == Err(mpsc::TryRecvError::Disconnected))
    }

    /// What became of a file's records.
    #[must_use]
    pub fn health(&self, file: LogFile) -> FileHealth {
        self.health.of(file)
    }
}

/// Without this the thread would wait forever for an owner that is gone.
impl Drop for RecordWriter {
    fn drop(&mut self) {
        self.queue.close();
    }
}
