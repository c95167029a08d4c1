//! What people say, what models answer and keys: in the decision alone. Every golden command, with every fault a provider can have.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use corridor_eval::dataset::{Dataset, DatasetFiles};
use corridor_llm::rehearsal::{Rehearsal, Script};
use serde_json::Value;

use super::{
    collector::{Collector, attribute},
    metrics::assert_declared,
    record_folder::RecordFolder,
};
use crate::{
    folder::Folder,
    process::{Process, body},
    program::corridor,
};

/// In every text and name that is sent, and in the key.
const CANARY: &str = "canary";

/// Requests under way at once.
const CLIENTS: usize = 8;

/// The kinds of plays in the script.
const FAULTS: usize = 17;

/// Everything a provider can do, one after the other.
const SCRIPT: &str = r#"
order = "in_order"
plays = [
    { play = "answer" },
    { play = "fenced" },
    { play = "prose" },
    { play = "ungrounded" },
    { play = "wrong_enum" },
    { play = "truncated" },
    { play = "half_json" },
    { play = "empty" },
    { play = "error_body" },
    { play = "html" },
    { play = "status", status = 429, retry_after_s = 1 },
    { play = "status", status = 500 },
    { play = "echo_key" },
    { play = "oversize", bytes = 400000 },
    { play = "reset" },
    { play = "no_first_byte" },
    { play = "drip", interval_ms = 5 },
    { play = "cut_body" },
]
"#;

/// The golden commands with the canary in each place that holds what a household says.
fn commands() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/golden");
    let mut files = Vec::new();
    read_folder(&root, "", &mut files);
    let reading = Dataset::read(&DatasetFiles::new("golden", files));
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let planted = |entry: &corridor_eval::dataset::Entry| {
        let mut command: Value = serde_json::from_slice(&entry.command).unwrap();
        plant(&mut command["text"]);
        let household = &mut command["context"]["household"];
        for (list, name) in [
            ("members", "display_name"),
            ("zones", "name"),
            ("shopping_lists", "name"),
        ] {
            for thing in household[list].as_array_mut().into_iter().flatten() {
                plant(&mut thing[name]);
            }
        }
        command.to_string()
    };
    // Twice: a route that was asked to wait is passed over meanwhile, and each fault has to be met often.
    let entries = &reading.dataset.entries;
    entries.iter().chain(entries).map(planted).collect()
}

fn plant(text: &mut Value) {
    let planted = format!("{} {CANARY}", text.as_str().unwrap_or_default());
    *text = planted.into();
}

fn read_folder(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            read_folder(&path, &format!("{prefix}{name}/"), files);
        } else if name.ends_with(".toml") {
            files.push((
                format!("{prefix}{name}"),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

/// A service with every stage on, with the provider that plays the script.
fn service(
    home: &Folder,
    records: &RecordFolder,
    collector: &Collector,
    base_url: &str,
) -> Process {
    // Breakers would keep the faults away.
    let policy = include_str!("../../../../../config/llm-policy.toml")
        .replace("state = \"on\"", "state = \"off\"")
        .replace("max_calls_per_day = 20000", "max_calls_per_day = 1000000");
    let policy_file = home.path("policy.toml");
    fs::write(&policy_file, policy).unwrap();
    let flags = [
        "--records-enabled=true",
        "--records-dir",
        &records.argument(),
        "--records-queue-length",
        "100000",
        "--state-dir",
        &home.path("state").display().to_string(),
        "--llm-policy-path",
        &policy_file.display().to_string(),
        "--traces-endpoint",
        &collector.endpoint(),
        "--log-level",
        "debug",
        "--shadow-timeout-ms",
        "100",
        "--assist-timeout-ms",
        "100",
        "--partial-trust-timeout-ms",
        "100",
        "--partial-trust-sample-rate",
        "1",
    ]
    .map(str::to_owned);
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let on = [
        "LLM_POLICY_ENABLED",
        "SHADOW_ROUTER_ENABLED",
        "ASSIST_MODE_ENABLED",
        "ASSIST_NORMALIZATION_ENABLED",
        "ASSIST_ENTITY_EXTRACTION_ENABLED",
        "ASSIST_CLARIFY_ENABLED",
        "PARTIAL_TRUST_ENABLED",
    ];
    let mut environment: Vec<(&str, &str)> = on.iter().map(|name| (*name, "true")).collect();
    environment.extend([
        ("LLM_MODEL", "rehearsed"),
        ("LLM_BASE_URL", base_url),
        ("LLM_API_KEY", "canary-key"),
    ]);
    Process::start_with(&flags, &environment)
}

/// Sends every command, several at once. Gives what was answered.
fn decide_all(service: &Process, commands: &[String]) -> Vec<String> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(|| {
                    let mut answers = Vec::new();
                    while let Some(command) = commands.get(next.fetch_add(1, Ordering::Relaxed)) {
                        answers.push(service.post(command));
                    }
                    answers
                })
            })
            .collect();
        clients
            .into_iter()
            .flat_map(|client| client.join().unwrap())
            .collect()
    })
}

#[test]
fn what_people_say_shows_in_decisions_alone_whatever_a_provider_does() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let script = Script::parse("script.toml", SCRIPT).unwrap();
    let rehearsal = runtime
        .block_on(Rehearsal::start("127.0.0.1:0".parse().unwrap(), script))
        .unwrap();
    let (home, records, collector) = (
        Folder::new("private"),
        RecordFolder::new(),
        Collector::start(200),
    );
    let service = service(&home, &records, &collector, &rehearsal.base_url());
    let commands = commands();
    assert!(commands.len() > 500);

    let answers = decide_all(&service, &commands);
    assert_eq!(answers.len(), commands.len());
    for answer in &answers {
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    assert!(
        answers.iter().any(|answer| answer.contains(CANARY)),
        "the canary is where it may be"
    );
    let refusals = [
        format!("{{\"text\": \"{CANARY}\"}}"),
        format!("{CANARY} is not JSON"),
        format!("{{\"{CANARY}\": 1}}"),
    ]
    .map(|body| service.post(&body));
    let asked = [
        service.get("/metrics", ""),
        service.get("/ready", ""),
        service.get("/version", ""),
        service.get(&format!("/{CANARY}"), ""),
    ];
    let (code, log) = service.stop("-TERM");
    assert_eq!(code, Some(0), "{log}");

    let plays = rehearsal.report().plays;
    assert_eq!(plays.len(), FAULTS, "{plays:?}");
    assert!(plays.values().all(|count| *count >= 20), "{plays:?}");
    let asked_all = asked.concat();
    for (what, told) in [
        ("records", records.everything()),
        ("log", log),
        ("metrics and state", asked_all),
        ("problems", refusals.concat()),
        ("traces", format!("{:?}", collector.requests())),
    ] {
        assert!(!told.is_empty(), "{what}");
        let place = told.find(CANARY).map(|place| {
            let end = (place + 300).min(told.len());
            String::from_utf8_lossy(&told.as_bytes()[place.saturating_sub(300)..end]).into_owned()
        });
        assert_eq!(place, None, "{what}");
    }
    assert_declared(body(&asked[0]));
    assert_accounted_for(&records, &collector, commands.len());
}

/// Each command has its records, and what is in them fits together.
fn assert_accounted_for(records: &RecordFolder, collector: &Collector, commands: usize) {
    for start in ["decisions", "pipeline_latency", "fallback_metrics"] {
        assert_eq!(records.records(start).len(), commands, "{start}");
    }
    for record in records.records("pipeline_latency") {
        assert_eq!(record["llm_enabled"], true);
        let steps: f64 = record["steps"]
            .as_object()
            .unwrap()
            .values()
            .map(|step| step.as_f64().unwrap())
            .sum();
        let (total, waited) = (
            record["total_ms"].as_f64().unwrap(),
            record["llm_ms"].as_f64().unwrap(),
        );
        assert!(steps <= total + 1e-6 && waited <= steps + 1e-6, "{record}");
    }
    let fallback = records.records("fallback_metrics");
    let with = |field: &str| -> BTreeSet<&str> {
        fallback
            .iter()
            .filter_map(|record| record[field].as_str())
            .collect()
    };
    let outcomes = with("llm_outcome");
    assert!(
        outcomes.contains("success") && outcomes.contains("fallback"),
        "{outcomes:?}"
    );
    assert!(!outcomes.contains("skipped"), "{outcomes:?}");
    assert!(with("fallback_reason").contains("timeout"));
    for record in &fallback {
        let is_success = record["llm_outcome"] == "success";
        assert!(
            !is_success || record["fallback_reason"].is_null(),
            "{record}"
        );
        let timed_out = record["fallback_reason"] == "timeout";
        assert!(
            !timed_out || record["llm_outcome"] == "fallback",
            "{record}"
        );
    }
    for start in ["shadow_router", "assist", "partial_trust_risk", "llm_calls"] {
        assert!(!records.records(start).is_empty(), "{start}");
    }
    let calls = collector
        .spans()
        .iter()
        .filter(|span| attribute(&span.attributes, "gen_ai.operation.name").is_some())
        .count();
    assert!(calls > 0, "model calls are traced");

    let run = corridor(&["stats", &records.argument(), "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let stats: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(stats["broken"]["lines"], 0, "{}", stats["broken"]);
    assert_eq!(stats["decisions"]["count"], commands);
    let readable = corridor(&["stats", &records.argument()]);
    assert_eq!(readable.code, 0);
    assert!(!readable.stdout.contains(CANARY));
}
