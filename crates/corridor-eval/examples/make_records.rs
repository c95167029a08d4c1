//! Writes a file of records for measuring `corridor stats`: `make_records FILE LINES`, where the file's name says which records.
//!
//! The lines are made from the record types themselves, with figures that vary and repeat from run to run.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a tool for developers"
)]

use std::{
    env,
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
    process::ExitCode,
    time::Duration,
};

use corridor_contract::Action;
use corridor_decision::records::{
    ComponentsRecord, FallbackRecord, Intent, LatencyRecord, LlmOutcome, RecordFile, RecordId,
    SkipReason, StepsRecord,
};
use jiff::Timestamp;

/// A small generator of numbers: the figures need to vary, not to surprise (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [path, lines] = arguments.as_slice() else {
        eprintln!("usage: make_records FILE LINES");
        return ExitCode::from(2);
    };
    let name = Path::new(path).file_name().unwrap().to_string_lossy();
    let lines: u64 = lines.parse().unwrap();
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path).unwrap());
    let mut numbers = Numbers(1);
    for number in 0..lines {
        match RecordFile::from_word(&name) {
            Some(RecordFile::PipelineLatency) => {
                serde_json::to_writer(&mut file, &latency(number, &mut numbers)).unwrap();
            }
            Some(RecordFile::FallbackMetrics) => {
                serde_json::to_writer(&mut file, &fallback(number)).unwrap();
            }
            _ => {
                eprintln!("the name must be pipeline_latency.jsonl or fallback_metrics.jsonl");
                return ExitCode::from(2);
            }
        }
        file.write_all(b"\n").unwrap();
    }
    file.flush().unwrap();
    ExitCode::SUCCESS
}

fn timestamp(number: u64) -> Timestamp {
    let start: Timestamp = "2026-06-15T07:00:00Z".parse().unwrap();
    start
        .checked_add(Duration::from_micros(number * 2345))
        .unwrap()
}

fn trace_id(number: u64) -> RecordId {
    RecordId::new(format!("{:032x}", u128::from(number) << 64 | 0xabcd_ef01))
}

fn command_id(number: u64) -> RecordId {
    RecordId::new(format!("command-{number:012}"))
}

fn latency(number: u64, numbers: &mut Numbers) -> LatencyRecord {
    let mut micros = |limit| Duration::from_micros(numbers.below(limit));
    let (validate, normalize, core, check) = (micros(40), micros(15), micros(400), micros(10));
    // One in four waits for a model.
    let waits = number.is_multiple_of(4);
    let assist = if waits {
        micros(1_200_000)
    } else {
        Duration::ZERO
    };
    let steps = [validate, normalize, core, check, assist];
    LatencyRecord {
        timestamp: timestamp(number),
        trace_id: trace_id(number),
        command_id: command_id(number),
        total_ms: (steps.iter().sum::<Duration>() + Duration::from_micros(7)).into(),
        steps: StepsRecord {
            validate_command_ms: validate.into(),
            normalize_ms: normalize.into(),
            shadow_ms: Duration::ZERO.into(),
            assist_ms: assist.into(),
            core_logic_ms: core.into(),
            partial_trust_ms: Duration::ZERO.into(),
            validate_decision_ms: check.into(),
        },
        llm_enabled: !number.is_multiple_of(3),
        llm_ms: assist.into(),
    }
}

fn fallback(number: u64) -> FallbackRecord {
    FallbackRecord {
        timestamp: timestamp(number),
        trace_id: trace_id(number),
        command_id: command_id(number),
        intent: Intent::AddShoppingItem,
        decision_action: Action::StartJob,
        llm_outcome: LlmOutcome::Skipped,
        fallback_reason: None,
        deterministic_used: true,
        llm_latency_ms: Duration::ZERO.into(),
        components: ComponentsRecord::skipped(SkipReason::MasterOff),
    }
}
