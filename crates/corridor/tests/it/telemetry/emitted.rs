//! The records of a running service: what a command leaves behind, and what is left after a sudden end.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use serde_json::Value;

use super::record_folder::RecordFolder;
use crate::{
    process::{Process, body},
    program::corridor,
};

/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// The command of the fixtures with another id and text.
pub(super) fn command(id: &str, text: &str) -> String {
    let fixture = include_str!("../fixtures/command.json");
    let mut command: Value = serde_json::from_str(fixture).unwrap();
    command["command_id"] = id.into();
    command["text"] = text.into();
    command.to_string()
}

/// A service that writes records to this folder, and is quick about it.
fn service(folder: &RecordFolder, flags: &[&str]) -> Process {
    let records = folder.argument();
    let own = [
        "--records-enabled=true",
        "--records-dir",
        &records,
        "--records-flush-interval-ms",
        "10",
    ];
    Process::start(&[&own[..], flags].concat())
}

fn decide(service: &Process, id: &str, text: &str) -> Value {
    let answer = service.post(&command(id, text));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    serde_json::from_str(body(&answer)).unwrap()
}

#[test]
fn each_command_leaves_its_records() {
    let folder = RecordFolder::new();
    let service = service(&folder, &[]);
    let decisions: Vec<Value> = [("c1", "Купи молоко"), ("c2", "оплати счёт"), ("c3", "эм")]
        .into_iter()
        .map(|(id, text)| decide(&service, id, text))
        .collect();
    let refused = service.post("{");
    assert!(refused.starts_with("HTTP/1.1 400 "));
    let (code, log) = service.stop("-TERM");
    assert_eq!(code, Some(0), "{log}");

    for start in ["decisions", "pipeline_latency", "fallback_metrics"] {
        let records = folder.records(start);
        assert_eq!(
            records.len(),
            3,
            "{start}: a request that is no command leaves none"
        );
        for (record, decision) in records.iter().zip(&decisions) {
            assert_eq!(record["trace_id"], decision["trace_id"], "{start}");
            assert_eq!(record["command_id"], decision["command_id"], "{start}");
        }
    }
    for (record, decision) in folder.records("decisions").iter().zip(&decisions) {
        for field in ["decision_id", "action", "status", "confidence"] {
            assert_eq!(record[field], decision[field], "{field}");
        }
    }
    for record in folder.records("pipeline_latency") {
        let total = record["total_ms"].as_f64().unwrap();
        let steps: Vec<f64> = record["steps"]
            .as_object()
            .unwrap()
            .values()
            .map(|step| step.as_f64().unwrap())
            .collect();
        assert_eq!(steps.len(), 7);
        assert!(steps.iter().all(|step| *step >= 0.0), "{record}");
        assert!(steps.iter().sum::<f64>() <= total + 1e-9, "{record}");
        assert!(record["steps"]["validate_command_ms"].as_f64() > Some(0.0));
        assert_eq!(record["llm_enabled"], false);
        assert_eq!(record["llm_ms"], 0.0);
    }
    for record in folder.records("fallback_metrics") {
        assert_eq!(record["llm_outcome"], "skipped");
        assert_eq!(record["fallback_reason"], Value::Null);
        assert_eq!(record["deterministic_used"], true);
    }
    assert!(folder.filled("user_text").is_empty());
    assert_stats_agree(&folder);
}

/// `corridor stats` reads what the service writes.
fn assert_stats_agree(folder: &RecordFolder) {
    let run = corridor(&["stats", &folder.argument(), "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let stats: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(stats["broken"]["lines"], 0, "{stats}");
    assert_eq!(stats["decisions"]["count"], 3);
    assert_eq!(stats["latency"]["all"]["total"]["count"], 3);
    assert_eq!(stats["fallback"]["outcomes"]["skipped"], 3);
}

#[test]
fn what_is_switched_off_is_not_written() {
    for (flags, absent) in [
        (
            &["--records-pipeline-latency=false"][..],
            &["pipeline_latency"][..],
        ),
        (&["--records-fallback-metrics=false"], &["fallback_metrics"]),
        (
            &["--records-enabled=false"],
            &["decisions", "pipeline_latency", "fallback_metrics"],
        ),
    ] {
        let folder = RecordFolder::new();
        let records = folder.argument();
        let flags = [
            &["--records-dir", &records][..],
            if flags.contains(&"--records-enabled=false") {
                &[]
            } else {
                &["--records-enabled=true"]
            },
            flags,
        ]
        .concat();
        let service = Process::start(&flags);
        decide(&service, "c1", "Купи молоко");
        service.stop("-TERM");
        for start in ["decisions", "pipeline_latency", "fallback_metrics"] {
            let expected = usize::from(!absent.contains(&start));
            assert_eq!(folder.records(start).len(), expected, "{flags:?} {start}");
        }
    }
}

#[test]
fn a_file_may_have_a_path_of_its_own() {
    let (folder, elsewhere) = (RecordFolder::new(), RecordFolder::new());
    let path = elsewhere.path().join("times.jsonl").display().to_string();
    let service = service(&folder, &["--records-pipeline-latency-path", &path]);
    decide(&service, "c1", "Купи молоко");
    service.stop("-TERM");
    assert_eq!(elsewhere.records("times").len(), 1);
    assert!(folder.filled("pipeline_latency").is_empty());

    let twice = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--records-enabled=true",
        "--records-assist-path",
        &path,
        "--records-pipeline-latency-path",
        &path,
    ];
    let run = corridor(&twice);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("have the same path"), "{}", run.stderr);
}

#[test]
fn what_people_say_is_written_only_where_it_is_asked_for() {
    let folder = RecordFolder::new();
    let service = service(&folder, &["--records-user-text=true"]);
    decide(&service, "c1", "Купи canary");
    let (_, log) = service.stop("-TERM");
    assert!(
        log.contains("what people say is written to a file"),
        "{log}"
    );
    let records = folder.records("user_text");
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["text"], "Купи canary");
    assert_eq!(records[0]["command_id"], "c1");
    let mode = fs::metadata(folder.path().join("user_text.jsonl"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!folder.everything().contains("canary"));
    assert!(!log.contains("canary"), "{log}");
}

#[test]
fn a_folder_that_cannot_be_written_is_told_and_decisions_go_on() {
    let folder = RecordFolder::new();
    let blocked = folder.path().join("blocked");
    fs::write(&blocked, "in the way").unwrap();
    let blocked = blocked.display().to_string();
    let service = Process::start(&["--records-enabled=true", "--records-dir", &blocked]);
    decide(&service, "c1", "Купи молоко");
    let started = Instant::now();
    loop {
        let ready = service.get("/ready", "");
        assert!(ready.starts_with("HTTP/1.1 200 "), "{ready}");
        let ready: Value = serde_json::from_str(body(&ready)).unwrap();
        let records = &ready["details"]["records"];
        if records["files"]["decisions"]["failed"] == 1 {
            assert_eq!(records["state"], "failing");
            break;
        }
        assert!(started.elapsed() < PATIENCE, "{ready}");
    }
    let metrics = service.get("/metrics", "");
    assert!(
        metrics.contains("corridor_record_file_failing{file=\"decisions\"} 1"),
        "{metrics}"
    );
    let (code, log) = service.stop("-TERM");
    assert_eq!(code, Some(0));
    assert!(
        log.contains("records cannot be written and are lost"),
        "{log}"
    );
}

/// Loads the service from two threads until it is gone; gives the ids of the commands it answered, and when it had.
fn load(
    address: &str,
    is_over: &Arc<AtomicBool>,
    answered: &Arc<AtomicUsize>,
) -> Vec<thread::JoinHandle<Vec<(String, SystemTime)>>> {
    (0..2)
        .map(|worker| {
            let (address, is_over, answered) = (
                address.to_owned(),
                Arc::clone(is_over),
                Arc::clone(answered),
            );
            thread::spawn(move || {
                let mut ids = Vec::new();
                while !is_over.load(Ordering::Relaxed) {
                    let id = format!("{worker}-{}", ids.len());
                    if post_once(&address, &command(&id, "Купи молоко и хлеб")).is_none()
                    {
                        break;
                    }
                    ids.push((id, SystemTime::now()));
                    answered.fetch_add(1, Ordering::Relaxed);
                }
                ids
            })
        })
        .collect()
}

/// Posts to a service that may go away at any moment.
fn post_once(address: &str, body: &str) -> Option<()> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let request = format!(
        "POST /v1/decide HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.starts_with("HTTP/1.1 200 ").then_some(())
}

#[test]
fn a_sudden_end_under_load_leaves_readable_files_and_loses_no_more_than_what_was_not_flushed() {
    let folder = RecordFolder::new();
    let first = service(&folder, &[]);
    let (is_over, answered) = (Arc::default(), Arc::default());
    let workers = load(first.address(), &is_over, &answered);
    let started = Instant::now();
    // Everything answered up to this moment is on the disk a flush interval later.
    while answered.load(Ordering::Relaxed) < 200 {
        assert!(started.elapsed() < PATIENCE);
        thread::yield_now();
    }
    let settled = answered.load(Ordering::Relaxed);
    while lines_of(&folder) < settled {
        assert!(started.elapsed() < PATIENCE, "flushed in time");
        thread::yield_now();
    }
    // Between two writes lies a flush interval. However slow the machine, the later one holds everything answered before the earlier.
    let earlier = written_at(&folder);
    while written_at(&folder) == earlier {
        assert!(started.elapsed() < PATIENCE, "written again in time");
        thread::yield_now();
    }
    let (code, _) = first.stop("-KILL");
    assert_eq!(code, None, "it did not end by itself");
    is_over.store(true, Ordering::Relaxed);
    let ids: BTreeMap<String, SystemTime> = workers
        .into_iter()
        .flat_map(|worker| worker.join().unwrap())
        .collect();
    assert!(ids.len() >= settled);
    // As if the end had come in the middle of a write.
    let path = folder.path().join("decisions.jsonl");
    let mut torn = fs::read(&path).unwrap();
    torn.extend_from_slice(b"{\"timestamp\":\"2026-");
    fs::write(&path, torn).unwrap();

    let second = service(&folder, &[]);
    decide(&second, "after", "Купи молоко");
    let (_, log) = second.stop("-TERM");
    assert!(log.contains("a sudden end left half a record"), "{log}");
    let records = folder.records("decisions");
    let written: BTreeSet<&str> = records
        .iter()
        .map(|record| record["command_id"].as_str().unwrap())
        .collect();
    assert!(written.contains("after"));
    assert!(written.len() > settled, "{} of {settled}", written.len());
    assert_eq!(written.len(), records.len(), "nothing is written twice");
    let lost: Vec<_> = ids
        .iter()
        .filter(|(id, answered)| **answered < earlier && !written.contains(id.as_str()))
        .collect();
    assert!(lost.is_empty(), "lost of before {earlier:?}: {lost:?}");
}

/// When the decisions were written last.
fn written_at(folder: &RecordFolder) -> SystemTime {
    let file = fs::metadata(folder.path().join("decisions.jsonl"));
    file.and_then(|file| file.modified()).unwrap()
}

fn lines_of(folder: &RecordFolder) -> usize {
    fs::read(folder.path().join("decisions.jsonl")).map_or(0, |bytes| {
        bytes.iter().filter(|byte| **byte == b'\n').count()
    })
}
