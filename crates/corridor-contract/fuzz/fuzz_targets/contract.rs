//! Any bytes as a command and as a decision: problems or a document that the schema takes too and that is written and read back the same.
//!
//! From `crates/corridor-contract`, with `cargo install cargo-fuzz` done once, for a minute, starting from the fixtures:
//!
//! ```text
//! mkdir -p fuzz/corpus/contract
//! cargo +nightly fuzz run contract fuzz/corpus/contract fixtures/commands/valid fixtures/commands/invalid \
//!     fixtures/decisions/valid fixtures/decisions/invalid -- -max_total_time=60 -max_len=4096
//! ```
//!
//! Bytes that break it are kept in `fuzz/artifacts`; make a fixture of them.

#![no_main]

use corridor_contract::{Command, Decision, Problems, SchemaValidator, Side};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match Command::from_slice(bytes) {
        Ok(command) => {
            valid_by_schema(Side::Command, bytes);
            let written = serde_json::to_vec(&command).expect("a command can be written");
            assert_eq!(Command::from_slice(&written).as_ref(), Ok(&command));
        }
        Err(problems) => told(&problems),
    }
    match Decision::from_slice(bytes) {
        Ok(decision) => {
            valid_by_schema(Side::Decision, bytes);
            let written = decision.to_json_vec().expect("a decision can be written");
            assert_eq!(Decision::from_slice(&written).as_ref(), Ok(&decision));
        }
        Err(problems) => told(&problems),
    }
});

fn valid_by_schema(side: Side, bytes: &[u8]) {
    let document = serde_json::from_slice(bytes).expect("what is accepted is JSON to others too");
    let problems = SchemaValidator::of(side)
        .expect("the schema is sound")
        .validate(&document);
    assert!(problems.is_empty(), "{problems}");
}

fn told(problems: &Problems) {
    assert!(!problems.is_empty());
    assert!(problems.iter().all(|problem| !problem.message().is_empty()));
}
