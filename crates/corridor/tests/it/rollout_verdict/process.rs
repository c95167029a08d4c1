//! The command over log files: what it says, and by which exit code.

use std::{fs, io::Write as _, path::PathBuf};

use flate2::{Compression, write::GzEncoder};
use serde_json::Value;

use super::records::{Quality, risk, shadow};
use crate::program::{Run, corridor};

const GOOD: Quality = Quality {
    errors: 0.005,
    refusals: 0.05,
    disagreements: 0.02,
    slow: 0.005,
};

/// A folder of logs, removed in the end.
struct Logs(PathBuf);

impl Logs {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("corridor-verdict-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn write(&self, name: &str, lines: &[Value]) {
        fs::write(self.path(name), text(lines)).unwrap();
    }

    fn pack(&self, name: &str, lines: &[Value]) {
        let mut packed = GzEncoder::new(
            fs::File::create(self.path(name)).unwrap(),
            Compression::fast(),
        );
        packed.write_all(text(lines).as_bytes()).unwrap();
        packed.finish().unwrap();
    }

    fn verdict(&self, arguments: &[&str]) -> (Run, Value) {
        let mut all = vec!["rollout", "verdict", "--json"];
        all.extend(arguments);
        let run = corridor(&all);
        let json = serde_json::from_str(&run.stdout).unwrap_or(Value::Null);
        (run, json)
    }
}

impl Drop for Logs {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn visits(from: usize, count: usize, quality: Quality, rate: f64) -> Vec<Value> {
    let mut random = fastrand::Rng::with_seed(7);
    (from..from + count)
        .map(|number| risk(number, quality.draw(&mut random), rate))
        .collect()
}

fn shadows(count: usize, quality: Quality) -> Vec<Value> {
    let mut random = fastrand::Rng::with_seed(7);
    (0..count)
        .map(|number| shadow(number, quality.draw(&mut random)))
        .collect()
}

#[test]
fn a_good_shadow_goes_on_to_assist() {
    let logs = Logs::new("shadow");
    logs.write("shadow_router.jsonl", &shadows(300, GOOD));
    let (run, json) = logs.verdict(&["--shadow-log", &logs.path("shadow_router.jsonl")]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    assert_eq!(json["stage"], "shadow");
    assert_eq!(json["action"], "promote");
    assert_eq!(json["next"], "assist");
    assert_eq!(json["rule"], "all_below");
    assert_eq!(json["decided_by"], Value::Null);
    assert_eq!(json["broken_lines"], 0);
}

#[test]
fn few_samples_hold_and_say_how_many_more() {
    let logs = Logs::new("few");
    logs.write("shadow_router.jsonl", &shadows(20, GOOD));
    let (run, json) = logs.verdict(&["--shadow-log", &logs.path("shadow_router.jsonl")]);
    assert_eq!(run.code, 3);
    assert_eq!(
        (&json["action"], &json["rule"]),
        (&"hold".into(), &"too_few_samples".into())
    );
    assert_eq!(json["next"], "shadow");
    assert!(json["decided_by"]["more_samples"].as_u64().unwrap() >= 30);
}

#[test]
fn a_failing_corridor_goes_back_a_stage() {
    let logs = Logs::new("failing");
    let failing = Quality {
        errors: 0.4,
        ..GOOD
    };
    logs.write("partial_trust_risk.jsonl", &visits(0, 120, failing, 0.05));
    let (run, json) = logs.verdict(&["--risk-log", &logs.path("partial_trust_risk.jsonl")]);
    assert_eq!(run.code, 4);
    assert_eq!(json["stage"], "corridor_5");
    assert_eq!(json["action"], "roll_back");
    assert_eq!(json["next"], "corridor_1");
    assert_eq!(json["decided_by"]["measure"], "error");
    assert_eq!(json["decided_by"]["log"], "risk");
}

#[test]
fn a_shadow_that_drifts_sends_a_corridor_back_too() {
    let logs = Logs::new("drift");
    logs.write("partial_trust_risk.jsonl", &visits(0, 400, GOOD, 0.01));
    logs.write(
        "shadow_router.jsonl",
        &shadows(
            400,
            Quality {
                disagreements: 0.4,
                ..GOOD
            },
        ),
    );
    let (run, json) = logs.verdict(&[
        "--risk-log",
        &logs.path("partial_trust_risk.jsonl"),
        "--shadow-log",
        &logs.path("shadow_router.jsonl"),
    ]);
    assert_eq!(run.code, 4);
    assert_eq!(json["next"], "assist");
    assert_eq!(json["decided_by"]["measure"], "disagreement");
    assert_eq!(json["decided_by"]["log"], "shadow");
}

#[test]
fn rotated_and_packed_pieces_count_and_a_new_rate_begins_anew() {
    let logs = Logs::new("pieces");
    let bad = Quality {
        errors: 0.5,
        ..GOOD
    };
    logs.pack(
        "partial_trust_risk.20260615T000000Z.jsonl.gz",
        &visits(0, 200, bad, 0.01),
    );
    logs.pack(
        "partial_trust_risk.20260616T000000Z.jsonl.gz",
        &visits(200, 200, GOOD, 0.05),
    );
    logs.write("partial_trust_risk.jsonl", &visits(400, 300, GOOD, 0.05));
    let (run, json) = logs.verdict(&["--risk-log", &logs.path("partial_trust_risk.jsonl")]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert_eq!(json["stage"], "corridor_5");
    assert_eq!(json["next"], "corridor_10");
    // The newest, across files.
    assert_eq!(json["measures"][0]["samples"], 400);
    // The last visits alone.
    let (_, later) = logs.verdict(&[
        "--risk-log",
        &logs.path("partial_trust_risk.jsonl"),
        "--since",
        "2026-06-15T06:40:00Z",
    ]);
    assert_eq!(later["measures"][0]["samples"], 300);
}

#[test]
fn what_is_no_record_is_told_and_does_not_count() {
    let logs = Logs::new("broken");
    let mut lines = text(&shadows(100, GOOD));
    lines.push_str("{\"timestamp\":\"2026-06-15T00:00:00Z\",\"canary\":\"молоко\"}\n{\"timest");
    fs::write(logs.path("shadow_router.jsonl"), lines).unwrap();
    let (_, json) = logs.verdict(&["--shadow-log", &logs.path("shadow_router.jsonl")]);
    assert_eq!(json["broken_lines"], 2);
    assert_eq!(json["measures"][0]["samples"], 100);
    let run = corridor(&[
        "rollout",
        "verdict",
        "--shadow-log",
        &logs.path("shadow_router.jsonl"),
    ]);
    assert!(
        run.stdout.contains("2 lines are no records"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("shadow_router.jsonl:101"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("молоко"), "{}", run.stdout);
}

#[test]
fn many_lines_that_are_no_records_promote_nothing() {
    let logs = Logs::new("unreadable");
    let mut lines = text(&shadows(300, GOOD));
    lines.push_str(&"{\"timestamp\":\"2026-06-15T00:00:00Z\"}\n".repeat(4));
    fs::write(logs.path("shadow_router.jsonl"), lines).unwrap();
    let (run, json) = logs.verdict(&["--shadow-log", &logs.path("shadow_router.jsonl")]);
    assert_eq!(run.code, 3);
    assert_eq!(
        (&json["action"], &json["rule"]),
        (&"hold".into(), &"unreadable".into())
    );
    assert_eq!(
        (&json["lines"], &json["broken_lines"]),
        (&304.into(), &4.into())
    );
}

#[test]
fn times_are_taken_as_stats_takes_them() {
    let logs = Logs::new("times");
    let log = logs.path("shadow_router.jsonl");
    logs.write("shadow_router.jsonl", &shadows(300, GOOD));
    let (_, json) = logs.verdict(&[
        "--shadow-log",
        &log,
        "--since",
        "2026-06-15",
        "--until",
        "2026-06-15T02:00:00Z",
    ]);
    assert_eq!(json["measures"][0]["samples"], 120);
}

#[test]
fn a_copy_of_a_log_is_no_piece_of_it() {
    let logs = Logs::new("copy");
    logs.write("shadow_router.jsonl", &shadows(60, GOOD));
    logs.write("shadow_router.copy.jsonl", &shadows(60, GOOD));
    let (_, json) = logs.verdict(&["--shadow-log", &logs.path("shadow_router.jsonl")]);
    assert_eq!(json["measures"][0]["samples"], 60);
}

#[test]
fn limits_and_stage_can_be_given() {
    let logs = Logs::new("limits");
    logs.write("shadow_router.jsonl", &shadows(300, GOOD));
    let log = logs.path("shadow_router.jsonl");
    let (run, json) = logs.verdict(&["--shadow-log", &log, "--shadow-slow-after-ms", "500"]);
    assert_eq!(run.code, 4);
    assert_eq!(json["decided_by"]["measure"], "latency");
    assert_eq!(json["next"], Value::Null);
    // The corridor was not visited at all: nothing to judge it by.
    let (run, json) = logs.verdict(&["--shadow-log", &log, "--stage", "corridor-10"]);
    assert_eq!((run.code, &json["rule"]), (3, &"too_few_samples".into()));
    let (run, _) = logs.verdict(&["--shadow-log", &log, "--max-error-share", "2"]);
    assert_eq!(run.code, 2);
}

#[test]
fn without_a_log_the_call_is_wrong_and_a_missing_file_fails() {
    assert_eq!(corridor(&["rollout", "verdict"]).code, 2);
    let missing = corridor(&["rollout", "verdict", "--risk-log", "no-such-file.jsonl"]);
    assert_eq!(missing.code, 1);
    assert!(
        missing
            .stderr
            .contains("no-such-file.jsonl: cannot be read"),
        "{}",
        missing.stderr
    );
}

#[test]
fn in_words() {
    let logs = Logs::new("words");
    logs.write("partial_trust_risk.jsonl", &visits(0, 150, GOOD, 0.01));
    logs.write("shadow_router.jsonl", &shadows(150, GOOD));
    let run = corridor(&[
        "rollout",
        "verdict",
        "--risk-log",
        &logs.path("partial_trust_risk.jsonl"),
        "--shadow-log",
        &logs.path("shadow_router.jsonl"),
    ]);
    insta::assert_snapshot!("rollout_verdict_in_words", run.stdout);
}
