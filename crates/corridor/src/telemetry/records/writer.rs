//! The writer's thread: takes batches, makes lines of them, appends them, and keeps house.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};

use super::{
    appender::{Appender, RotateAt},
    archive::{self, Keep, Piece, PieceKind, Swept},
    compress::{Compressing, Progress},
    entry::Entry,
    health::Health,
    log_file::{LogFile, PerFile},
    plan::RecordPlan,
    queue::{Queue, Taken},
};

/// Lines gathered for one write.
const WRITE_BYTES: usize = 256 * 1024;

/// How often to look for files that have become too old.
const SWEEP_INTERVAL: Duration = Duration::from_secs(600);

/// How long to leave a file alone that could not be opened.
const RETRY_INTERVAL: SignedDuration = SignedDuration::from_secs(1);

/// A flush interval with more entries than this leaves no leisure for compressing.
const LEISURE_ENTRIES: usize = 1000;

/// The time of day, handed in so that tests can turn it.
pub(super) type WallClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A clock that only goes forward, handed in for the same reason.
type SteadyClock = fn() -> Instant;

/// Everything the thread owns.
pub(super) struct Writer {
    queue: Arc<Queue>,
    health: Arc<Health>,
    clock: WallClock,
    steady: SteadyClock,
    flush_interval: Duration,
    rotate_at: RotateAt,
    keep: Keep,
    retired: Vec<PathBuf>,
    files: PerFile<Option<Writing>>,
    swept: Option<Instant>,
    compressing: Option<Compressing>,
    buffer: Vec<u8>,
}

/// A file that is written, with what waits for it.
struct Writing {
    appender: Appender,
    lines: Vec<u8>,
    count: u64,
    /// When it failed last, if it did the last time.
    failed_at: Option<Timestamp>,
    /// Whether the file should have been rotated and could not be.
    is_stuck: bool,
}

impl Writer {
    pub(super) fn new(
        plan: RecordPlan,
        queue: Arc<Queue>,
        health: Arc<Health>,
        clock: WallClock,
    ) -> Self {
        Self {
            queue,
            health,
            clock,
            steady: Instant::now,
            flush_interval: plan.flush_interval,
            rotate_at: RotateAt {
                bytes: plan.rotate_bytes,
                age: plan.rotate_age,
            },
            keep: Keep {
                age: plan.keep_age,
                bytes: plan.keep_bytes,
            },
            retired: plan.retired,
            files: PerFile::from_fn(|file| {
                plan.paths.get(file).clone().map(|path| Writing {
                    appender: Appender::new(file, path),
                    lines: Vec::new(),
                    count: 0,
                    failed_at: None,
                    is_stuck: false,
                })
            }),
            swept: None,
            compressing: None,
            buffer: Vec::new(),
        }
    }

    /// Runs until the queue is closed and everything in it is written.
    pub(super) fn run(mut self) {
        // Opening everything at once finds half lines, and a folder that cannot be written to, before the first record.
        for file in LogFile::ALL {
            self.flush(file);
        }
        let mut batch = Vec::new();
        let mut until = Some((self.steady)() + self.flush_interval);
        while let Some(due) = until {
            until = self.round(&mut batch, due);
        }
    }

    /// Waits until `due` at the longest, writes what there is, and keeps house. Gives the time at which the next batch is due; none after
    /// the last. That time runs from when this batch was taken, so that housekeeping makes no record wait longer.
    fn round(&mut self, batch: &mut Vec<Entry>, due: Instant) -> Option<Instant> {
        let taken = self.queue.take(batch, due);
        let next = (self.steady)() + self.flush_interval;
        let dropped = self.health.dropped();
        let has_leisure = batch.len() < LEISURE_ENTRIES;
        for entry in batch.drain(..) {
            self.add(&entry);
        }
        for file in LogFile::ALL {
            self.flush(file);
        }
        self.health.caught_up(dropped);
        match taken {
            Taken::Last => return None,
            Taken::More { flush } => self.queue.flushed(flush),
        }
        self.sweep_if_due();
        if has_leisure {
            self.compress(next);
        }
        Some(next)
    }

    fn add(&mut self, entry: &Entry) {
        let file = entry.file();
        let Some(writing) = self.files.get_mut(file) else {
            return;
        };
        if entry.write_line(&mut writing.lines) {
            writing.count = writing.count.saturating_add(1);
        } else {
            self.health
                .count_failed(file, 1, "a record cannot be written as JSON");
        }
        if writing.lines.len() >= WRITE_BYTES {
            self.flush(file);
        }
    }

    /// Writes what waits for a file, or counts it as lost.
    fn flush(&mut self, file: LogFile) {
        let now = (self.clock)();
        let Some(writing) = self.files.get_mut(file) else {
            return;
        };
        if writing.failed_at.is_some_and(|failed_at| {
            // Also where the clock was set back meanwhile.
            now.duration_since(failed_at).abs() < RETRY_INTERVAL
        }) {
            if writing.count > 0 {
                let error = self.health.of(file).error.unwrap_or_default();
                self.health.count_failed(file, writing.count, &error);
            }
        } else {
            let result = write(writing, self.rotate_at, now);
            tell(file, writing, result, now, &self.health, &mut self.swept);
        }
        writing.lines.clear();
        writing.count = 0;
    }

    fn sweep_if_due(&mut self) {
        if self
            .swept
            .is_some_and(|swept| swept.elapsed() < SWEEP_INTERVAL)
        {
            return;
        }
        self.swept = Some(Instant::now());
        let now = (self.clock)();
        let files = || self.files.iter().filter_map(|(_, file)| file.as_ref());
        let paths: Vec<&Path> = files().map(|file| file.appender.path()).collect();
        let written = files().fold(0_u64, |sum, file| sum.saturating_add(file.appender.bytes()));
        let swept = Swept {
            written: &paths,
            written_bytes: written,
            retired: &self.retired,
        };
        match archive::sweep(swept, self.keep, now) {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "removed record files past their time or size"),
            Err(error) => {
                tracing::warn!(%error, "cannot remove record files past their time or size")
            }
        }
    }

    /// Compresses rotated files until then, or until something more pressing comes up.
    fn compress(&mut self, until: Instant) {
        while (self.steady)() < until && !self.queue.is_pressing() {
            let Some(mut compressing) = self.compressing.take().or_else(|| self.next_to_compress())
            else {
                return;
            };
            match compressing.step(&mut self.buffer) {
                Ok(Progress::Going) => self.compressing = Some(compressing),
                Ok(Progress::Done) => {}
                Err(error) => {
                    tracing::warn!(%error, "cannot compress a rotated record file");
                    return;
                }
            }
        }
    }

    fn next_to_compress(&self) -> Option<Compressing> {
        let paths = self.files.iter().filter_map(|(_, file)| file.as_ref());
        for file in paths {
            let pieces = Piece::all_of(file.appender.path()).ok()?;
            for piece in pieces {
                match piece.kind {
                    // The one it was made of is still there.
                    PieceKind::Partial => drop(std::fs::remove_file(&piece.path)),
                    PieceKind::Rotated => return Compressing::begin(piece.path).ok(),
                    PieceKind::Compressed | PieceKind::HalfLine | PieceKind::Retired => {}
                }
            }
        }
        None
    }
}

/// Opens and rotates the file as needed and appends what waits for it.
fn write(writing: &mut Writing, at: RotateAt, now: Timestamp) -> io::Result<Written> {
    let mut written = Written::default();
    written.set_aside |= open(writing, now)?;
    if writing.appender.is_due(at, writing.lines.len(), now) {
        match writing.appender.rotate(now) {
            Ok(()) => {
                written.rotated = true;
                written.set_aside |= open(writing, now)?;
            }
            // A file that is too large is better than records that are lost.
            Err(error) => written.not_rotated = Some(error),
        }
    }
    if !writing.lines.is_empty() {
        writing.appender.append(&writing.lines, now)?;
    }
    Ok(written)
}

#[derive(Default)]
struct Written {
    rotated: bool,
    set_aside: bool,
    not_rotated: Option<io::Error>,
}

fn open(writing: &mut Writing, now: Timestamp) -> io::Result<bool> {
    let set_aside = writing.appender.ensure_open(now)?;
    if let Some(set_aside) = &set_aside {
        tracing::warn!(
            file = %writing.appender.path().display(),
            set_aside = %set_aside.path.display(),
            bytes = set_aside.bytes,
            "a sudden end left half a record; it is set aside"
        );
    }
    Ok(set_aside.is_some())
}

/// Counts how a write went, and logs where that changes.
fn tell(
    file: LogFile,
    writing: &mut Writing,
    result: io::Result<Written>,
    now: Timestamp,
    health: &Health,
    swept: &mut Option<Instant>,
) {
    match result {
        Ok(written) => {
            if written.rotated {
                *swept = None;
            }
            if let Some(error) = written.not_rotated {
                if !writing.is_stuck {
                    tracing::warn!(
                        file = %writing.appender.path().display(),
                        %error,
                        "a record file cannot be put aside; it grows on"
                    );
                }
                writing.is_stuck = true;
            } else {
                writing.is_stuck = false;
            }
            if written.set_aside {
                health.count_half_line();
            }
            writing.failed_at = None;
            if health.count_written(file, writing.count) {
                tracing::info!(file = %writing.appender.path().display(), "records can be written again");
            }
        }
        Err(error) => {
            writing.failed_at = Some(now);
            if health.count_failed(file, writing.count, &error.to_string()) {
                tracing::warn!(
                    file = %writing.appender.path().display(),
                    %error,
                    "records cannot be written and are lost; decisions go on"
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        env, fs, process,
        sync::{
            OnceLock,
            atomic::{AtomicU32, Ordering},
        },
    };

    use super::*;

    const FLUSH_INTERVAL: Duration = Duration::from_millis(50);

    /// A clock that goes on by a fifth of a flush interval each time it is looked at.
    fn ticking() -> Instant {
        static START: OnceLock<Instant> = OnceLock::new();
        static LOOKS: AtomicU32 = AtomicU32::new(0);
        *START.get_or_init(Instant::now)
            + FLUSH_INTERVAL / 5 * LOOKS.fetch_add(1, Ordering::Relaxed)
    }

    #[test]
    fn compressing_makes_no_record_wait_longer() {
        let folder = env::temp_dir().join(format!("corridor-writer-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("decisions.jsonl");
        // Far more than can be compressed between two batches.
        fs::write(
            folder.join("decisions.20260615T070000Z.jsonl"),
            vec![b'\n'; 10_000_000],
        )
        .unwrap();
        let plan = RecordPlan {
            paths: PerFile::from_fn(|file| (file == LogFile::Decisions).then(|| path.clone())),
            retired: Vec::new(),
            queue_length: 100,
            flush_interval: FLUSH_INTERVAL,
            rotate_bytes: u64::MAX,
            rotate_age: SignedDuration::from_hours(24),
            keep_age: SignedDuration::from_hours(24),
            keep_bytes: u64::MAX,
        };
        let now = || "2026-06-15T08:00:00Z".parse().unwrap();
        let (queue, health) = (Arc::new(Queue::new(100)), Arc::new(Health::new()));
        let mut writer = Writer::new(plan, queue, health, Arc::new(now));
        writer.steady = ticking;
        let next = writer.round(&mut Vec::new(), Instant::now());
        assert!(writer.compressing.is_some(), "it had more to compress");
        assert!(
            next.is_some_and(|next| next <= ticking()),
            "the next batch is due at once"
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
