//! Record files: whole lines, rotated, compressed, kept within bounds, and never in the way of a decision.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread,
    time::Duration,
};

use corridor::telemetry::records::{
    Entry, FileHealth, LogFile, PerFile, RecordPlan, RecordWriter, UserText,
};
use corridor_contract::Said;
use jiff::{SignedDuration, Timestamp};

use super::record_folder::RecordFolder;

/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

const START: i64 = 1_781_500_000;

/// A clock that a test turns.
#[derive(Clone)]
struct Clock(Arc<AtomicI64>);

impl Clock {
    fn new() -> Self {
        Self(Arc::new(AtomicI64::new(START)))
    }

    fn turn(&self, hours: i64) {
        self.0.fetch_add(hours * 3600, Ordering::Relaxed);
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

/// A plan that writes the texts alone: they are the simplest entries.
fn plan(path: &Path) -> RecordPlan {
    RecordPlan {
        paths: PerFile::from_fn(|file| (file == LogFile::UserText).then(|| path.to_owned())),
        retired: Vec::new(),
        queue_length: 10_000,
        flush_interval: Duration::from_millis(5),
        rotate_bytes: 1 << 30,
        rotate_age: SignedDuration::from_hours(24),
        keep_age: SignedDuration::from_hours(24 * 30),
        keep_bytes: 1 << 30,
    }
}

fn start(plan: RecordPlan, clock: &Clock) -> RecordWriter {
    let clock = clock.clone();
    RecordWriter::start(plan, move || clock.now()).unwrap()
}

fn say(writer: &RecordWriter, clock: &Clock, text: &str) {
    writer.submit(Entry::UserText(UserText {
        timestamp: clock.now(),
        trace_id: "trace".to_owned(),
        command_id: "command".to_owned(),
        text: Said::new(text),
    }));
}

/// Turns the clock on and on until it is so: after a failure the writer leaves a file alone for a second of it.
fn until(writer: &RecordWriter, clock: &Clock, mut is_so: impl FnMut(FileHealth) -> bool) {
    for _ in 0..1000 {
        clock.turn(1);
        assert!(writer.flush(PATIENCE));
        if is_so(writer.health(LogFile::UserText)) {
            return;
        }
    }
    panic!("{:?}", writer.health(LogFile::UserText));
}

#[test]
fn records_become_whole_lines_and_a_restart_goes_on() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let path = folder.path().join("user_text.jsonl");
    for _ in 0..2 {
        let writer = start(plan(&path), &clock);
        (0..1000).for_each(|_| say(&writer, &clock, "молоко"));
        assert!(writer.close(PATIENCE));
        say(&writer, &clock, "too late");
        let health = writer.health(LogFile::UserText);
        assert_eq!(
            (health.written, health.dropped, health.failed),
            (1000, 1, 0)
        );
    }
    let records = folder.records("user_text");
    assert_eq!(records.len(), 2000);
    assert!(records.iter().all(|record| record["text"] == "молоко"));
}

#[test]
fn nothing_is_touched_where_nothing_is_written() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let plan = RecordPlan {
        paths: PerFile::default(),
        ..plan(&folder.path())
    };
    let writer = start(plan, &clock);
    say(&writer, &clock, "молоко");
    assert!(writer.is_off() && writer.flush(PATIENCE) && writer.close(PATIENCE));
    assert_eq!(writer.health(LogFile::UserText).dropped, 0);
    assert!(folder.names().is_empty());
}

#[test]
fn what_people_say_is_for_the_services_user_alone() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let path = folder.path().join("user_text.jsonl");
    fs::write(folder.path().join("user_text.jsonl"), "{\"half").unwrap();
    // As a restored folder may be.
    let rotated = folder.path().join("user_text.20260615T000000Z.jsonl");
    fs::write(&rotated, "{\"text\":\"earlier\"}\n").unwrap();
    for wide in [&path, &rotated] {
        fs::set_permissions(wide, fs::Permissions::from_mode(0o644)).unwrap();
    }
    let small = RecordPlan {
        rotate_bytes: 10,
        ..plan(&path)
    };
    let writer = start(small, &clock);
    for text in ["молоко", "хлеб"] {
        say(&writer, &clock, text);
        assert!(writer.flush(PATIENCE));
    }
    assert!(writer.close(PATIENCE));
    let names = folder.names();
    assert!(names.len() >= 4, "{names:?}");
    for name in names {
        let mode = fs::metadata(folder.path().join(&name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_full_file_is_put_aside_and_compressed() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let path = folder.path().join("user_text.jsonl");
    let writer = start(
        RecordPlan {
            rotate_bytes: 10_000,
            ..plan(&path)
        },
        &clock,
    );
    for number in 0..1000 {
        say(&writer, &clock, &number.to_string());
        assert!(number % 50 != 0 || writer.flush(PATIENCE));
    }
    until(&writer, &clock, |_| {
        let mut names = folder.filled("user_text.");
        names.retain(|name| name != "user_text.jsonl");
        names.len() > 5 && names.iter().all(|name| name.ends_with(".gz"))
    });
    assert!(writer.close(PATIENCE));
    let mut numbers: Vec<u32> = folder
        .records("user_text")
        .iter()
        .map(|record| record["text"].as_str().unwrap().parse().unwrap())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
    assert!(
        folder
            .names()
            .iter()
            .any(|name| name == "user_text.20260615T050640Z.jsonl.gz"),
        "{:?}",
        folder.names()
    );
}

#[test]
fn an_old_file_is_put_aside_and_an_older_one_removed() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let path = folder.path().join("user_text.jsonl");
    let writer = start(plan(&path), &clock);
    say(&writer, &clock, "old");
    assert!(writer.flush(PATIENCE));
    clock.turn(23);
    assert!(writer.flush(PATIENCE));
    assert_eq!(folder.count("user_text"), 1, "not a day old yet");
    clock.turn(1);
    say(&writer, &clock, "new");
    assert!(writer.flush(PATIENCE));
    assert_eq!(folder.count("user_text"), 2);
    drop(writer);

    clock.turn(24 * 29);
    let writer = start(plan(&path), &clock);
    until(&writer, &clock, |_| folder.count("user_text") < 2);
    assert!(writer.close(PATIENCE));
    let records = folder.records("user_text");
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["text"], "new");
}

/// Switched off, a file is not written, but what it holds is not kept longer for it.
#[test]
fn what_was_written_before_a_file_was_switched_off_goes_in_its_time() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let written = folder.path().join("user_text.jsonl");
    let retired = folder.path().join("pipeline_latency.jsonl");
    let line = format!("{{\"timestamp\":\"{}\"}}\n", clock.now());
    fs::write(&retired, &line).unwrap();
    fs::write(
        folder
            .path()
            .join("pipeline_latency.20260615T000000Z.jsonl"),
        &line,
    )
    .unwrap();
    // A path that is written under another name, too.
    let same = folder.path().join(".").join("user_text.jsonl");
    let plan = || RecordPlan {
        retired: vec![retired.clone(), same.clone()],
        ..plan(&written)
    };
    let writer = start(plan(), &clock);
    say(&writer, &clock, "new");
    assert!(writer.close(PATIENCE));
    assert_eq!(folder.count("pipeline_latency"), 2, "not old yet");

    clock.turn(24 * 31);
    let writer = start(plan(), &clock);
    say(&writer, &clock, "newer");
    until(&writer, &clock, |_| {
        folder.filled("pipeline_latency").is_empty()
    });
    assert!(writer.close(PATIENCE));
    assert!(written.exists(), "what is written stays");
}

#[test]
fn what_a_retired_file_holds_counts_towards_the_total() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let retired = folder.path().join("pipeline_latency.jsonl");
    fs::write(&retired, "{}\n".repeat(1000)).unwrap();
    let writer = start(
        RecordPlan {
            retired: vec![retired.clone()],
            keep_bytes: 2000,
            ..plan(&folder.path().join("user_text.jsonl"))
        },
        &clock,
    );
    until(&writer, &clock, |_| !retired.exists());
    assert!(writer.close(PATIENCE));
}

#[test]
fn the_oldest_go_where_all_together_are_too_large() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let path = folder.path().join("user_text.jsonl");
    let writer = start(
        RecordPlan {
            rotate_bytes: 1000,
            keep_bytes: 4000,
            ..plan(&path)
        },
        &clock,
    );
    // Random digits, which do not compress to nothing.
    for number in 0..200_u64 {
        let noise: String = (0..10)
            .map(|turn| {
                format!(
                    "{:x}",
                    (number * 10 + turn).wrapping_mul(0x9E37_79B9_7F4A_7C15)
                )
            })
            .collect();
        say(&writer, &clock, &format!("{number} {noise}"));
        clock.turn(1);
        assert!(writer.flush(PATIENCE));
    }
    assert!(writer.close(PATIENCE));
    let total: u64 = folder
        .names()
        .iter()
        .map(|name| fs::metadata(folder.path().join(name)).unwrap().len())
        .sum();
    // What was kept whole may have been compressed since, to half its size.
    assert!((1500..=5000).contains(&total), "{total}");
    let records = folder.records("user_text");
    let newest = records
        .iter()
        .filter_map(|record| {
            record["text"]
                .as_str()?
                .split(' ')
                .next()?
                .parse::<u64>()
                .ok()
        })
        .max();
    assert_eq!(newest, Some(199));
}

#[test]
fn half_a_line_is_set_aside_and_what_was_whole_stays() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let path = folder.path().join("user_text.jsonl");
    let long = "x".repeat(200_000);
    for half in ["{\"timestamp\":\"20", long.as_str()] {
        let whole = "{\"text\":\"whole\"}\n".repeat(3);
        fs::write(&path, format!("{whole}{half}")).unwrap();
        let writer = start(plan(&path), &clock);
        say(&writer, &clock, "next");
        assert!(writer.close(PATIENCE));
        assert_eq!(writer.half_lines(), 1);
        assert_eq!(folder.records("user_text").len(), 4);
        let aside = folder
            .names()
            .into_iter()
            .find(|name| name.ends_with(".half"))
            .unwrap();
        let aside = folder.path().join(aside);
        assert_eq!(fs::read_to_string(&aside).unwrap(), half);
        fs::remove_file(aside).unwrap();
    }
}

#[test]
fn a_file_of_nothing_but_half_a_line_is_emptied() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let path = folder.path().join("user_text.jsonl");
    fs::write(&path, "{\"text\":").unwrap();
    let writer = start(plan(&path), &clock);
    say(&writer, &clock, "next");
    assert!(writer.close(PATIENCE));
    assert_eq!(folder.records("user_text.jsonl").len(), 1);
}

#[test]
fn a_folder_that_cannot_be_written_is_reported_and_tried_again() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let blocked = folder.path().join("logs");
    fs::write(&blocked, "in the way").unwrap();
    let writer = start(plan(&blocked.join("user_text.jsonl")), &clock);
    assert!(writer.flush(PATIENCE));
    assert!(writer.is_failing(), "known before the first record");
    say(&writer, &clock, "lost");
    assert!(writer.flush(PATIENCE));
    let health = writer.health(LogFile::UserText);
    assert_eq!((health.written, health.failed), (0, 1));
    assert!(health.error.is_some());

    fs::remove_file(&blocked).unwrap();
    until(&writer, &clock, |health| health.error.is_none());
    say(&writer, &clock, "kept");
    assert!(writer.close(PATIENCE));
    assert!(!writer.is_failing());
    let kept = fs::read_to_string(blocked.join("user_text.jsonl")).unwrap();
    assert!(kept.contains("kept") && !kept.contains("lost"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_counted() {
    let clock = Clock::new();
    let writer = start(plan(Path::new("/dev/full")), &clock);
    (0..10).for_each(|_| say(&writer, &clock, "молоко"));
    assert!(writer.close(PATIENCE));
    let health = writer.health(LogFile::UserText);
    assert_eq!((health.written, health.failed), (0, 10));
    assert!(health.error.unwrap().contains("No space left"));
}

/// A pipe that nobody reads is a disk that hangs.
#[test]
fn a_disk_that_hangs_holds_nobody_up() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let pipe = folder.path().join("user_text.jsonl");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let writer = start(
        RecordPlan {
            queue_length: 100,
            ..plan(&pipe)
        },
        &clock,
    );
    let text = "x".repeat(1000);
    (0..100_000).for_each(|_| say(&writer, &clock, &text));
    let dropped = writer.health(LogFile::UserText).dropped;
    assert!(dropped > 90_000, "{dropped}");
    assert!(!writer.flush(Duration::from_millis(10)));
    assert!(writer.is_failing(), "records are being lost");
    assert!(!writer.close(Duration::from_millis(10)));
    // Lets the thread end.
    drop(fs::File::options().read(true).write(true).open(&pipe));
}

#[test]
fn a_writer_that_has_died_is_told() {
    let folder = RecordFolder::new();
    let plan = plan(&folder.path().join("user_text.jsonl"));
    let writer = RecordWriter::start(plan, || panic!("a bug")).unwrap();
    // The thread ends by itself, and nothing else can make this end.
    while !writer.has_died() {
        thread::yield_now();
    }
    assert!(writer.is_failing());
}

#[test]
fn two_services_do_not_share_a_file() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let path = folder.path().join("user_text.jsonl");
    let first = start(plan(&path), &clock);
    assert!(first.flush(PATIENCE));
    let second = start(plan(&path), &clock);
    assert!(second.flush(PATIENCE));
    assert_eq!(
        second.health(LogFile::UserText).error.as_deref(),
        Some("another process writes this file")
    );
    assert!(first.close(PATIENCE));
    until(&second, &clock, |health| health.error.is_none());
}

#[test]
fn a_file_that_is_moved_away_is_begun_again() {
    let (folder, clock) = (RecordFolder::new(), Clock::new());
    let path = folder.path().join("user_text.jsonl");
    let writer = start(plan(&path), &clock);
    say(&writer, &clock, "before");
    assert!(writer.flush(PATIENCE));
    fs::rename(&path, folder.path().join("moved")).unwrap();
    say(&writer, &clock, "after");
    assert!(writer.close(PATIENCE));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("after") && !text.contains("before"));
}
