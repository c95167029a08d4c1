//! `corridor stats`.

use std::{fs, io::Write as _};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::{
    folder::Folder,
    program::{Run, corridor},
};

fn latency(minute: u32, total_ms: f64, llm_ms: f64) -> Value {
    json!({
        "timestamp": format!("2026-06-15T07:{minute:02}:00Z"),
        "trace_id": "t",
        "command_id": "c",
        "total_ms": total_ms,
        "steps": {
            "validate_command_ms": 0.02, "normalize_ms": 0.01, "shadow_ms": 0.0, "assist_ms": llm_ms,
            "core_logic_ms": 0.2, "partial_trust_ms": 0.0, "validate_decision_ms": 0.0,
        },
        "llm_enabled": llm_ms > 0.0,
        "llm_ms": llm_ms,
    })
}

fn fallback(minute: u32, outcome: &str, reason: Option<&str>) -> Value {
    let skipped = json!({"status": "skipped", "reason": "switched_off", "latency_ms": null});
    let assist = match reason {
        Some(reason) => json!({"status": "failed", "reason": reason, "latency_ms": 1200.0}),
        None => skipped.clone(),
    };
    json!({
        "timestamp": format!("2026-06-15T07:{minute:02}:00Z"),
        "trace_id": "t",
        "command_id": "c",
        "intent": "add_shopping_item",
        "decision_action": "start_job",
        "llm_outcome": outcome,
        "fallback_reason": reason,
        "deterministic_used": true,
        "llm_latency_ms": 0.0,
        "components": {
            "shadow": skipped, "assist_normalizer": assist, "assist_entities": skipped,
            "assist_clarify": skipped, "partial_trust": skipped,
        },
    })
}

fn call(task: &str, outcome: &str) -> Value {
    json!({
        "timestamp": "2026-06-15T07:00:00Z", "trace_id": "t", "command_id": "c", "task": task, "profile": "cheap",
        "provider": "openai_compatible", "model": "m", "attempt": 1, "escalated": false, "outcome": outcome,
        "latency_ms": 300.0, "tokens_in": 100, "tokens_out": 20, "cost": 0.25,
    })
}

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

/// A folder with files as they are after a while: rotated, compressed, torn, and others beside them.
fn logs(name: &str) -> Folder {
    let folder = Folder::new(name);
    let write = |name: &str, text: &str| fs::write(folder.path(name), text).unwrap();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed
        .write_all(lines(&[latency(0, 1.0, 0.0), latency(1, 2.0, 0.0)]).as_bytes())
        .unwrap();
    let packed = packed.finish().unwrap();
    let rotated = "pipeline_latency.20260615T070000Z.jsonl.gz";
    fs::write(folder.path(rotated), &packed).unwrap();
    // While a file is being replaced by its compressed one, both are there.
    write(
        rotated.trim_end_matches(".gz"),
        &lines(&[latency(0, 1.0, 0.0), latency(1, 2.0, 0.0)]),
    );
    write(
        "pipeline_latency.jsonl",
        &format!(
            "{}canary\n{{\"canary\": 1}}\n{}{{\"timestamp\": \"canary",
            lines(&[latency(2, 3.0, 0.0)]),
            lines(&[latency(3, 1000.0, 900.0)]),
        ),
    );
    write(
        "fallback_metrics.jsonl",
        &lines(&[
            fallback(0, "skipped", None),
            fallback(1, "fallback", Some("timeout")),
            fallback(2, "deterministic_only", None),
            fallback(3, "success", None),
        ]),
    );
    write(
        "llm_calls.jsonl.1",
        &lines(&[
            call("shopping_extraction", "success"),
            call("shopping_extraction", "timeout"),
            call("assist_clarify", "success"),
        ]),
    );
    fs::write(
        folder.path("decisions.jsonl.2.gz"),
        &packed[..packed.len() / 2],
    )
    .unwrap();
    write(
        "assist.jsonl",
        "{\"timestamp\": \"2026-06-15T07:02:00Z\"}\ncanary\n",
    );
    write("user_text.jsonl", "canary\n");
    write("pipeline_latency.20260615T060000Z.half", "canary");
    folder
}

fn stats(folder: &Folder, flags: &[&str]) -> Run {
    let path = folder.path("");
    corridor(&[&["stats", path.to_str().unwrap()], flags].concat())
}

fn json_of(run: &Run) -> Value {
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn files_of_every_kind_become_figures() {
    let folder = logs("stats-figures");
    let run = stats(&folder, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains("canary"), "{}", run.stdout);
    let shown = run
        .stdout
        .replace(folder.path("").to_str().unwrap(), "LOGDIR/");
    insta::assert_snapshot!("stats", shown.trim_end());
}

#[test]
fn the_same_figures_come_as_json() {
    let folder = logs("stats-json");
    let stats = json_of(&stats(&folder, &["--json"]));
    for (pointer, expected) in [
        ("/latency/all/total/count", json!(4)),
        ("/latency/all/total/p50_ms", json!(2.0)),
        ("/latency/with_model/total/count", json!(1)),
        ("/latency/without_model/total/max_ms", json!(3.0)),
        ("/latency/waited_for_model/own/count", json!(1)),
        ("/fallback/outcomes/fallback", json!(1)),
        ("/fallback/reasons/timeout", json!(1)),
        ("/fallback/components/1/times/max_ms", json!(1200.0)),
        ("/calls/attempts", json!(3)),
        ("/calls/cost", json!(0.75)),
        ("/calls/tasks/1/tokens_in", json!(200)),
        ("/calls/tasks/1/outcomes/timeout", json!(1)),
        ("/records", json!(12)),
        ("/broken/lines", json!(4)),
        ("/broken/first/0/line", json!(2)),
        ("/broken/first/0/reason", json!("not_json")),
        ("/broken/first/1/reason", json!("no_record")),
        ("/broken/first/2/reason", json!("cut_short")),
        ("/broken/first/3/reason", json!("not_json")),
    ] {
        assert_eq!(
            stats.pointer(pointer),
            Some(&expected),
            "{pointer}: {stats}"
        );
    }
    let broken = stats["broken"]["files"].as_array().unwrap();
    assert_eq!(broken.len(), 1, "a file that ends in the middle is named");
    assert!(broken[0]["file"].as_str().unwrap().ends_with(".2.gz"));
    assert_ne!(broken[0]["reason"], "", "and why");
}

#[test]
fn a_window_of_time_is_kept_to() {
    let folder = logs("stats-window");
    let run = stats(
        &folder,
        &[
            "--json",
            "--since",
            "2026-06-15T07:01:00Z",
            "--until",
            "2026-06-15T10:03:00+03:00",
        ],
    );
    let stats = json_of(&run);
    assert_eq!(stats["latency"]["all"]["total"]["count"], 2);
    assert_eq!(stats["fallback"]["commands"], 2);
    assert_eq!(stats["from"], "2026-06-15T07:01:00Z");
    assert_eq!(stats["to"], "2026-06-15T07:02:00Z");
    assert!(stats["outside_window"].as_u64() > Some(0));
}

#[test]
fn only_what_counts_is_called_a_record() {
    let folder = logs("stats-headline");
    let run = stats(&folder, &["--since", "2030-01-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in [
        "0 records in 6 files",
        "12 more outside the time asked for",
        "Lines that are no records, skipped  4",
    ] {
        assert!(run.stdout.contains(line), "{}", run.stdout);
    }
}

#[test]
fn a_folder_without_records_is_told() {
    let folder = Folder::new("stats-empty");
    let run = stats(&folder, &[]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("there are no record files"),
        "{}",
        run.stderr
    );
    let run = corridor(&["stats", "absent"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("absent: cannot be read"),
        "{}",
        run.stderr
    );
    let run = corridor(&["stats", "--since", "yesterday"]);
    assert_eq!(run.code, 2);
}
