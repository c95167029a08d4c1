//! `corridor eval` with a model: rehearsed, recorded, replayed, and against a running service.

use std::{fs, path::PathBuf};

use serde_json::Value;

use crate::program::{Run, command, corridor, run};
use crate::service::Service;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/golden");
const STEADY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/it/eval_modes/steady.toml"
);
const ALL_STAGES: &str = "shadow,assist,partial-trust";

/// A folder for recordings and pages, removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("corridor-eval-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Over a part of the set that has something of everything.
fn eval(arguments: &[&str]) -> Run {
    let mut all = vec!["eval", "--golden", GOLDEN, "--only", "en-hard"];
    all.extend(arguments);
    corridor(&all)
}

/// What was printed, without what hangs on the clock.
fn timeless(run: &Run) -> Value {
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let mut report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(violations(&report), [""; 0]);
    for side in ["baseline", "assisted"] {
        if report["mode"] == "compare" {
            report[side]["speed"].take();
            report[side]["model"]["calls"]["latency"].take();
            // A replay does not know who answered.
            report[side]["model"]["models"].take();
        }
    }
    report["speed"].take();
    report
}

fn violations(report: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(corridor_eval::REPORT_SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator
        .iter_errors(report)
        .map(|error| error.to_string())
        .collect()
}

#[test]
fn a_recorded_comparison_repeats_exactly() {
    let folder = Folder::new("repeats");
    let recording = folder.path("recording");
    let compare = ["--mode", "compare", "--stages", ALL_STAGES, "--json"];
    let recorded = eval(
        &[
            &compare[..],
            &["--rehearsal", STEADY, "--record", &recording],
        ]
        .concat(),
    );
    let recorded = timeless(&recorded);
    let model = &recorded["assisted"]["model"];
    for component in ["shadow", "partial_trust"] {
        // How many succeed hangs on how busy the machine is while it records; that a model was asked does not.
        let asked = ["success", "refused", "failed"]
            .map(|status| model["components"][component][status].as_u64().unwrap_or(0));
        assert!(asked.iter().sum::<u64>() > 0, "{model}");
    }
    assert!(model["shadow"]["intent_right"]["whole"].as_u64().unwrap() > 0);
    for threads in ["1", "2", "7"] {
        let replayed = eval(
            &[
                &compare[..],
                &["--replay", &recording, "--threads", threads],
            ]
            .concat(),
        );
        assert_eq!(timeless(&replayed), recorded, "{threads} threads");
    }
}

#[test]
fn the_page_of_a_comparison_is_written() {
    let folder = Folder::new("page");
    let page = folder.path("page.html");
    let run = eval(&[
        "--mode",
        "compare",
        "--stages",
        "assist",
        "--rehearsal",
        STEADY,
        "--html",
        &page,
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("right in every part: "),
        "{}",
        run.stdout
    );
    let page = fs::read_to_string(page).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("<section id=\"changes\""));
}

#[test]
fn a_model_shows_its_own_variance() {
    let run = eval(&[
        "--mode",
        "assisted",
        "--stages",
        "partial-trust",
        "--rehearsal",
        STEADY,
        "--repeat",
        "3",
        "--json",
    ]);
    let report = timeless(&run);
    assert_eq!(report["mode"], "assisted");
    assert_eq!(report["variance"]["rounds"], 3);
    assert_eq!(
        report["unsound"],
        Value::Array(Vec::new()),
        "that a model varies is no defect"
    );
}

#[test]
fn a_call_that_was_not_recorded_fails_the_replay() {
    let folder = Folder::new("missing");
    let recording = folder.path("recording");
    let shadow = ["--mode", "assisted", "--stages", "shadow"];
    assert_eq!(
        eval(
            &[
                &shadow[..],
                &["--rehearsal", STEADY, "--record", &recording]
            ]
            .concat()
        )
        .code,
        0
    );
    let again = eval(
        &[
            &shadow[..],
            &["--rehearsal", STEADY, "--record", &recording],
        ]
        .concat(),
    );
    assert_eq!(again.code, 1);
    assert!(
        again.stderr.contains("holds a recording already"),
        "{}",
        again.stderr
    );
    let more = eval(&[
        "--mode", "assisted", "--stages", ALL_STAGES, "--replay", &recording,
    ]);
    assert_eq!(more.code, 1);
    assert!(
        more.stderr
            .contains("the recording has no answer of assist_clarify.en@"),
        "{}",
        more.stderr
    );
    let empty = eval(&[&shadow[..], &["--replay", &folder.path("")]].concat());
    assert!(
        empty.stderr.contains("no recording in this folder"),
        "{}",
        empty.stderr
    );
}

#[test]
fn calls_that_make_no_sense_are_refused() {
    for (arguments, complaint) in [
        (&["--mode", "assisted"][..], "models are off"),
        (&["--stages", "assist"], "--mode baseline asks no model"),
        (&["--mode", "assisted", "--rehearsal"], "no stage is on"),
        (
            &["--mode", "compare", "--url", "ftp://nowhere"],
            "--url is no http address",
        ),
        (
            &[
                "--mode",
                "assisted",
                "--llm-policy-enabled=true",
                "--stages",
                "assist",
            ],
            "${LLM_MODEL} has no value",
        ),
    ] {
        let run = eval(arguments);
        assert_ne!(run.code, 0, "{arguments:?}");
        assert!(
            run.stderr.contains(complaint),
            "{arguments:?}: {}",
            run.stderr
        );
    }
    let accept = corridor(&["eval", "--golden", GOLDEN, "--mode", "compare", "--accept"]);
    assert!(
        accept.stderr.contains("--accept is for the rules alone"),
        "{}",
        accept.stderr
    );
}

#[test]
fn an_explicit_off_wins_over_the_stages_asked_for() {
    let mut command = command(&[
        "eval",
        "--golden",
        GOLDEN,
        "--mode",
        "assisted",
        "--stages",
        "assist",
        "--rehearsal",
        STEADY,
    ]);
    command.env("ASSIST_MODE_ENABLED", "false");
    let off = run(command, b"");
    assert_eq!(off.code, 1);
    assert!(off.stderr.contains("no stage is on"), "{}", off.stderr);
}

#[test]
fn a_running_service_decides_like_the_rules_in_this_process() {
    let service = Service::start(&[]);
    let url = format!("http://{}", service.address());
    let run = eval(&["--mode", "compare", "--url", &url, "--json"]);
    let report = timeless(&run);
    assert_eq!(report["comparison"]["changed"], Value::Array(Vec::new()));
    assert_eq!(report["assisted"]["entries"], report["baseline"]["entries"]);
    drop(service);
    let gone = eval(&["--mode", "assisted", "--url", &url, "--json"]);
    assert_eq!(gone.code, 1, "entries without an answer are told");
    let report: Value = serde_json::from_str(&gone.stdout).unwrap();
    assert_eq!(
        report["unsound"].as_array().unwrap().len() as u64,
        report["entries"].as_u64().unwrap()
    );
}
