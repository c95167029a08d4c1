//! The folders of fixtures: adding a case is adding a file.
//!
//! `fixtures/{commands,decisions}/valid/*.json` must pass; `invalid/NAME.json` must have the problems of `invalid/NAME.problems.json`, each
//! as `"POINTER CODE"`, in any order. Both are held to typed validation and, where the file is a JSON document, to the schema.

use std::fs;
use std::path::{Path, PathBuf};

use corridor_contract::{ProblemCode, Problems, SchemaValidator, Side};
use serde_json::Value;

use crate::agreement::typed;

const SIDES: [(Side, &str); 2] = [(Side::Command, "commands"), (Side::Decision, "decisions")];

#[test]
fn valid_documents_pass() {
    for (side, folder) in SIDES {
        for file in cases(&format!("{folder}/valid"), 12) {
            let bytes = fs::read(&file).unwrap();
            let problems = typed(side, &bytes);
            assert!(
                problems.is_none(),
                "{}: {}",
                file.display(),
                problems.unwrap()
            );
            let problems = by_schema(side, &serde_json::from_slice(&bytes).unwrap());
            assert!(
                problems.is_empty(),
                "{} by schema: {problems}",
                file.display()
            );
        }
    }
}

#[test]
fn invalid_documents_have_the_problems_beside_them() {
    for (side, folder) in SIDES {
        for file in cases(&format!("{folder}/invalid"), 15) {
            let bytes = fs::read(&file).unwrap();
            let expected: Vec<String> =
                serde_json::from_slice(&fs::read(file.with_extension("problems.json")).unwrap())
                    .unwrap_or_else(|error| {
                        panic!("{} needs its .problems.json: {error}", file.display())
                    });
            assert!(
                !expected.is_empty(),
                "{} expects no problem",
                file.display()
            );
            let expected = sorted(expected);
            let problems =
                typed(side, &bytes).unwrap_or_else(|| panic!("{} is valid", file.display()));
            assert_eq!(lines(&problems), expected, "{}", file.display());
            if let Some(document) = document(&bytes, &problems) {
                assert_eq!(
                    lines(&by_schema(side, &document)),
                    expected,
                    "{} by schema",
                    file.display()
                );
            }
        }
    }
}

/// The document as a schema sees it; `None` where what is wrong is not to be seen there.
fn document(bytes: &[u8], problems: &Problems) -> Option<Value> {
    let beyond_schema = problems.iter().any(|problem| {
        matches!(
            problem.code(),
            ProblemCode::DuplicateKey | ProblemCode::MoreProblems
        )
    });
    serde_json::from_slice(bytes)
        .ok()
        .filter(|_| !beyond_schema)
}

fn by_schema(side: Side, document: &Value) -> Problems {
    SchemaValidator::of(side).unwrap().validate(document)
}

fn lines(problems: &Problems) -> Vec<String> {
    sorted(
        problems
            .iter()
            .map(|problem| format!("{} {}", problem.pointer(), problem.code()))
            .collect(),
    )
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

/// The cases of a folder, which must have at least so many: a folder that moved must not pass as empty.
fn cases(folder: &str, at_least: usize) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(folder);
    let files = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let cases: Vec<PathBuf> = files
        .filter(|file| {
            file.extension()
                .is_some_and(|extension| extension == "json")
        })
        .filter(|file| !file.to_string_lossy().ends_with(".problems.json"))
        .collect();
    assert!(
        cases.len() >= at_least,
        "{} has {} cases",
        folder.display(),
        cases.len()
    );
    cases
}
