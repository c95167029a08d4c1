//! The writer of `llm_calls.jsonl`.

use std::sync::Arc;

use corridor_llm::TaskId;
use corridor_llm::record::{AttemptLog, AttemptSink};

use crate::scripted::{GOOD, bench, in_ms, input, two_profiles};

fn file(name: &str) -> std::path::PathBuf {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    path
}

async fn record() -> corridor_llm::AttemptRecord {
    let bench = bench(&two_profiles("", "", ""), [GOOD]);
    bench
        .runtime
        .run_task(TaskId::AssistNormalization, input(), in_ms(100))
        .await
        .unwrap();
    bench.records.all()[0].clone()
}

#[tokio::test(start_paused = true)]
async fn records_become_whole_lines_and_appends_go_on() {
    let path = file("llm_calls.jsonl");
    let record = record().await;
    for _ in 0..2 {
        let log = AttemptLog::open(&path, 2000).unwrap();
        (0..1000).for_each(|_| log.record(record.clone()));
        log.close();
        let stats = log.stats();
        assert_eq!((stats.written, stats.dropped, stats.failed), (1000, 0, 0));
        log.record(record.clone());
        assert_eq!(log.stats().dropped, 1, "nothing is taken after the end");
    }
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 2000);
    assert!(text.ends_with('\n'));
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["outcome"], "success");
    }
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_drops_and_counts_and_never_blocks() {
    let record = record().await;
    // A queue without room takes a record only while the writer waits for one.
    let log = Arc::new(AttemptLog::open(&file("full.jsonl"), 0).unwrap());
    (0..1000).for_each(|_| log.record(record.clone()));
    log.close();
    let stats = log.stats();
    assert_eq!(stats.written + stats.dropped, 1000);
}

#[cfg(target_os = "linux")]
#[tokio::test(start_paused = true)]
async fn a_full_disk_is_counted() {
    let log = AttemptLog::open(std::path::Path::new("/dev/full"), 10).unwrap();
    log.record(record().await);
    log.close();
    assert_eq!((log.stats().written, log.stats().failed), (0, 1));
}
