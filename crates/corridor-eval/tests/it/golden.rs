//! The golden data set itself, through the door, and the contract's fixtures through the same one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use corridor_contract::{Decision, ProblemCode, SchemaValidator, Side};
use corridor_decision::{Decider, DecisionSettings};
use corridor_eval::check::check;
use corridor_eval::dataset::{Dataset, DatasetFiles};
use corridor_eval::{Baseline, ExecutionError, Executor as _, InProcess, Run, RunSize};
use corridor_nlu::{Engine, Language};
use serde_json::Value;

pub(crate) fn decider() -> Decider {
    let settings = DecisionSettings {
        language: Language::Ru,
        timezone: None,
    };
    Decider::new(Engine::embedded().unwrap(), settings)
}

pub(crate) fn golden() -> &'static Dataset {
    static GOLDEN: OnceLock<Dataset> = OnceLock::new();
    GOLDEN.get_or_init(|| {
        let reading = Dataset::read(&golden_files());
        assert_eq!(reading.problems, []);
        reading.dataset
    })
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn golden_files() -> DatasetFiles {
    let root = repository().join("datasets/golden");
    let mut files = Vec::new();
    for folder in ["", "contexts", "en", "ru", "mixed"] {
        for path in files_of(&root.join(folder), "toml") {
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            files.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    DatasetFiles::new("datasets/golden", files)
}

fn files_of(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .filter(|file| file.extension().is_some_and(|found| found == extension))
        .collect()
}

#[test]
fn the_set_is_sound_and_covers_what_it_has_to() {
    let report = check(&golden_files());
    assert!(
        report.passes(),
        "{:#?}\n{:#?}",
        report.problems,
        report.gaps
    );
    assert!(report.coverage.entries >= 240);
}

#[test]
fn every_entry_gets_a_decision_that_is_valid_by_the_schema() {
    let decider = decider();
    let executor = InProcess::new(&decider);
    let validator = SchemaValidator::of(Side::Decision).unwrap();
    let (dataset, mut checked) = (golden(), 0);
    for entry in &dataset.entries {
        let bytes = executor.execute(&entry.command).unwrap();
        let problems = validator.validate(&serde_json::from_slice(&bytes).unwrap());
        assert!(problems.is_empty(), "{}: {problems}", entry.id);
        checked += 1;
    }
    assert_eq!(checked, dataset.entries.len());
    let run = Run::of(&dataset.entries, &executor, RunSize::ONCE);
    assert!(run.outcomes.iter().all(corridor_eval::Outcome::is_sound));
}

#[test]
fn the_committed_baseline_is_of_this_set_and_in_its_own_layout() {
    let text = fs::read_to_string(repository().join("datasets/baseline.json")).unwrap();
    let baseline = Baseline::parse(&text).unwrap();
    assert_eq!(
        baseline.to_text().unwrap(),
        text,
        "write it with `corridor eval --accept`, not by hand"
    );
    assert_eq!(baseline.len(), golden().entries.len());
}

/// The fixtures of the contract: a folder that moved must not pass as empty.
fn fixtures(folder: &str, at_least: usize) -> Vec<PathBuf> {
    let files = files_of(
        &repository()
            .join("crates/corridor-contract/fixtures")
            .join(folder),
        "json",
    );
    let cases: Vec<PathBuf> = files
        .into_iter()
        .filter(|file| !file.to_string_lossy().ends_with(".problems.json"))
        .collect();
    assert!(
        cases.len() >= at_least,
        "{folder} has {} cases",
        cases.len()
    );
    cases
}

#[test]
fn valid_commands_of_the_contract_get_valid_decisions() {
    let decider = decider();
    for file in fixtures("commands/valid", 12) {
        let command = fs::read(&file).unwrap();
        let bytes = InProcess::new(&decider)
            .execute(&command)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let decision: Value = serde_json::from_slice(&bytes).unwrap();
        let problems = SchemaValidator::of(Side::Decision)
            .unwrap()
            .validate(&decision);
        assert!(problems.is_empty(), "{}: {problems}", file.display());
        let command: Value = serde_json::from_slice(&command).unwrap();
        assert_eq!(
            decision["command_id"],
            command["command_id"],
            "{}",
            file.display()
        );
    }
}

#[test]
fn invalid_commands_of_the_contract_are_refused_with_their_problems() {
    let decider = decider();
    for file in fixtures("commands/invalid", 15) {
        let expected: Vec<String> =
            serde_json::from_slice(&fs::read(file.with_extension("problems.json")).unwrap())
                .unwrap();
        match InProcess::new(&decider).execute(&fs::read(&file).unwrap()) {
            Err(ExecutionError::Command(problems)) => {
                let found = problems
                    .iter()
                    .map(|problem| format!("{} {}", problem.pointer(), problem.code()));
                assert_eq!(
                    sorted(found.collect()),
                    sorted(expected),
                    "{}",
                    file.display()
                );
            }
            other => panic!("{}: {other:?}", file.display()),
        }
    }
}

/// Answers every command with one document.
struct Document(Vec<u8>);

impl corridor_eval::Executor for Document {
    fn execute(&self, _command: &[u8]) -> Result<Vec<u8>, ExecutionError> {
        Ok(self.0.clone())
    }
}

#[test]
fn decisions_of_the_contract_count_where_they_are_valid_and_nowhere_else() {
    let entries = &golden().entries[..1];
    for file in fixtures("decisions/valid", 12) {
        let document = fs::read(&file).unwrap();
        assert!(Decision::from_slice(&document).is_ok());
        let run = Run::of(entries, &Document(document), RunSize::ONCE);
        assert!(
            run.outcomes[0].is_sound(),
            "{}: {:?}",
            file.display(),
            run.outcomes[0].got
        );
    }
    for file in fixtures("decisions/invalid", 15) {
        let run = Run::of(entries, &Document(fs::read(&file).unwrap()), RunSize::ONCE);
        match &run.outcomes[0].got {
            Err(ExecutionError::Decision(problems)) => {
                assert!(
                    problems
                        .iter()
                        .all(|problem| problem.code() != ProblemCode::SchemaViolation)
                );
            }
            other => panic!("{}: {other:?}", file.display()),
        }
    }
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}
