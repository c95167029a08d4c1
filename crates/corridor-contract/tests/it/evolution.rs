//! Schema changes and the versions they need.
//!
//! `tests/evolution/NAME/{old,new}.json` are two versions of a schema, `expect.json` the changes between them, each as `"POINTER KIND"` in
//! any order, and the bump they need on either side. Adding a case is adding a folder.

use std::fs;
use std::path::Path;

use corridor_contract::Side;
use corridor_contract::evolution::{Bump, Change, Contract, check, compare, required_bump};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expectation {
    command: Option<String>,
    decision: Option<String>,
    changes: Vec<String>,
}

#[test]
fn every_case_needs_the_bump_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evolution");
    let cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    for case in cases {
        let read = |file: &str| fs::read(case.join(file)).unwrap();
        let old: Value = serde_json::from_slice(&read("old.json")).unwrap();
        let new: Value = serde_json::from_slice(&read("new.json")).unwrap();
        let mut expected: Expectation = serde_json::from_slice(&read("expect.json")).unwrap();
        expected.changes.sort();
        for (side, bump) in [
            (Side::Command, expected.command),
            (Side::Decision, expected.decision),
        ] {
            let changes = compare(&old, &new, side);
            let name = case.file_name().unwrap().to_string_lossy();
            assert_eq!(lines(&changes), expected.changes, "{name}: {changes:#?}");
            assert_eq!(
                required_bump(&changes).map(|bump| bump.to_string()),
                bump,
                "{name} as {side:?}"
            );
        }
    }
}

#[test]
fn the_committed_version_tells_what_changed_since_the_baseline() {
    let verdict = check(
        &Contract::baseline().unwrap(),
        &Contract::current().unwrap(),
    );
    assert!(verdict.is_accepted(), "{verdict}");
}

#[test]
fn only_the_version_that_fits_is_accepted() {
    let word = |schema: &str| schema.replacen("\"title\": \"", "\"title\": \"The ", 1);
    let value = |schema: &str| schema.replace("\"confirm\"]", "\"confirm\", \"postpone\"]");
    let same = str::to_owned;
    for (command, decision, bump, fits) in [
        (
            same(Side::Command.schema()),
            same(Side::Decision.schema()),
            None,
            "2.1.0",
        ),
        (
            word(Side::Command.schema()),
            same(Side::Decision.schema()),
            Some(Bump::Patch),
            "2.1.1",
        ),
        (
            value(Side::Command.schema()),
            word(Side::Decision.schema()),
            Some(Bump::Minor),
            "2.2.0",
        ),
        (
            value(Side::Command.schema()),
            value(Side::Decision.schema()),
            Some(Bump::Major),
            "3.0.0",
        ),
    ] {
        let baseline =
            Contract::from_texts("2.1.0", Side::Command.schema(), Side::Decision.schema()).unwrap();
        for version in [
            "2.0.9", "2.1.0", "2.1.1", "2.1.2", "2.2.0", "2.2.1", "2.3.0", "3.0.0", "3.0.1",
            "4.0.0",
        ] {
            let verdict = check(
                &baseline,
                &Contract::from_texts(version, &command, &decision).unwrap(),
            );
            assert_eq!(verdict.required_bump(), bump, "{verdict}");
            assert_eq!(
                verdict.is_accepted(),
                version == fits,
                "{version}: {verdict}"
            );
            assert!(
                version == fits
                    || verdict
                        .to_string()
                        .contains(&format!("Set VERSION to {fits}")),
                "{verdict}"
            );
        }
    }
}

#[test]
fn a_file_that_is_no_schema_is_named() {
    let decision = Side::Decision.schema();
    for (version, command, expected) in [
        ("two", "{}", "VERSION: "),
        ("2.1.0", "{", "command.schema.json: not JSON"),
        (
            "2.1.0",
            "{\"type\": \"text\"}",
            "command.schema.json: the schema cannot be used",
        ),
        (
            "2.1.0",
            "{\"$ref\": \"#/$defs/gone\"}",
            "command.schema.json: the schema cannot be used",
        ),
    ] {
        let error = Contract::from_texts(version, command, decision)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

fn lines(changes: &[Change]) -> Vec<String> {
    let kind = |change: &Change| {
        serde_json::to_value(change.kind)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    let mut lines: Vec<_> = changes
        .iter()
        .map(|change| format!("{} {}", change.pointer, kind(change)))
        .collect();
    lines.sort();
    lines
}
