//! What records and metrics cost the thread that answers: the same commands decided with all of them on and with none, in turn.
//!
//! `cargo bench -p corridor --bench records`. Prints the median time of a decision in both, over many turns, and the difference.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for developers"
)]

use std::{env, fs, process, sync::Arc, time::Instant};

use corridor::{
    config::Sources,
    engine::{Engine, measured_steps, stamp},
    telemetry::{
        Telemetry,
        records::{LogFile, RecordPlan, RecordWriter},
    },
};
use corridor_contract::Command;
use corridor_decision::{Pipeline, Step, records::NoRecords};
use jiff::Timestamp;

/// The same allocator as the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Decisions in one turn: short enough that both kinds see the same machine.
const DECISIONS: u32 = 500;
const TURNS: usize = 400;

fn main() {
    let folder = env::temp_dir().join(format!("corridor-bench-records-{}", process::id()));
    let settings = Sources {
        environment: [(
            "CORRIDOR_RECORDS_DIR".to_owned(),
            folder.display().to_string(),
        )]
        .into(),
        ..Sources::default()
    }
    .load()
    .unwrap();
    let plan = RecordPlan::new(&settings.records).unwrap();
    let records = RecordWriter::start(plan, Timestamp::now).unwrap();
    let telemetry = Arc::new(Telemetry::new(records, None));
    let engine = Engine::load(&settings.decision).unwrap();
    let with = engine.pipeline(Arc::clone(&telemetry) as _);
    let without = engine.pipeline(Arc::new(NoRecords));
    let body = include_str!("../tests/it/fixtures/command.json");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();

    let (mut on, mut off) = (Vec::new(), Vec::new());
    for turn in 0..TURNS + 20 {
        let first = runtime.block_on(decide(&without, body));
        let second = runtime.block_on(decide(&with, body));
        // The first turns warm up.
        if turn >= 20 {
            off.push(first);
            on.push(second);
        }
    }
    let (on, off) = (median(&mut on), median(&mut off));
    println!(
        "a decision without records and metrics: {off:.2} µs (median of {TURNS} turns of {DECISIONS})"
    );
    println!("a decision with all of them:            {on:.2} µs");
    println!("difference: {:.2} µs (at most 5)", on - off);
    let dropped: u64 = LogFile::ALL
        .into_iter()
        .map(|file| telemetry.records().health(file).dropped)
        .sum();
    println!("records dropped because the queue was full: {dropped}");
    drop(telemetry);
    let _ = fs::remove_dir_all(folder);
}

/// Microseconds a decision.
async fn decide(pipeline: &Pipeline, body: &str) -> f64 {
    let started = Instant::now();
    for _ in 0..DECISIONS {
        let mut steps = measured_steps();
        let command = steps.measure(Step::ValidateCommand, || {
            Command::from_slice(body.as_bytes()).unwrap()
        });
        let stamp = stamp(None, Timestamp::now());
        std::hint::black_box(pipeline.decide(&command, stamp, &mut steps).await);
    }
    started.elapsed().as_secs_f64() * 1e6 / f64::from(DECISIONS)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
