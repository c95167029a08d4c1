//! What reading, checking and writing cost: `cargo bench -p corridor-contract`.
//!
//! `serde_json::Value` is the yardstick: what a service pays that parses and checks nothing.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark fails by panicking and has no readers of its items"
)]

use corridor_contract::{Command, Decision, SchemaValidator, Side};
use divan::{Bencher, black_box};
use serde_json::Value;

const TYPICAL: &[u8] = include_bytes!("../fixtures/commands/valid/full.json");
const LARGE: &[u8] = include_bytes!("../fixtures/commands/valid/large_household.json");
const BAD: &[u8] =
    include_bytes!("../fixtures/commands/invalid/unknown_properties_at_every_level.json");
const DECISION: &[u8] = include_bytes!("../fixtures/decisions/valid/start_job_shopping.json");

fn main() {
    divan::main();
}

#[divan::bench(args = [("typical", TYPICAL), ("large", LARGE), ("bad", BAD)].map(Named))]
fn command(input: &Named) -> bool {
    Command::from_slice(black_box(input.0.1)).is_ok()
}

#[divan::bench(args = [("typical", TYPICAL), ("large", LARGE), ("bad", BAD)].map(Named))]
fn command_as_value(input: &Named) -> Value {
    serde_json::from_slice(black_box(input.0.1)).unwrap()
}

#[divan::bench]
fn decision_read() -> Decision {
    Decision::from_slice(black_box(DECISION)).unwrap()
}

#[divan::bench]
fn decision_written(bencher: Bencher<'_, '_>) {
    let decision = Decision::from_slice(DECISION).unwrap();
    bencher.bench_local(|| black_box(&decision).to_json_vec().unwrap());
}

#[divan::bench]
fn decision_checked_by_schema(bencher: Bencher<'_, '_>) {
    let document: Value = serde_json::from_slice(DECISION).unwrap();
    let validator = SchemaValidator::of(Side::Decision).unwrap();
    bencher.bench_local(|| validator.validate(black_box(&document)).is_empty());
}

#[derive(Clone, Copy)]
struct Named((&'static str, &'static [u8]));

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.0)
    }
}
