//! Input nobody should send, over HTTP and as lines: each file of `cases/bad-input` is a body, `NAME.expected` what comes of it.

use std::{fmt::Write as _, fs, path::Path};

use serde_json::Value;

use crate::{
    committed::{assert_file, cases},
    program::corridor_with_input,
    service::Service,
};

const FOLDER: &str = "tests/it/cases/bad-input";

fn bodies() -> Vec<(String, Vec<u8>)> {
    let mut bodies: Vec<_> = ["json", "bin"]
        .iter()
        .flat_map(|extension| cases(FOLDER, extension))
        .map(|file| (name_of(&file), fs::read(&file).unwrap()))
        .collect();
    bodies.sort();
    bodies
}

fn name_of(file: &Path) -> String {
    file.file_stem().unwrap().to_string_lossy().into_owned()
}

#[test]
fn every_body_gets_a_decision_or_a_problem_document() {
    for (name, body) in bodies() {
        let answer = Service::shared().post("/v1/decide", &body);
        let expected = match answer.status {
            200 => decision_in_short(&answer.json()),
            _ => problem_in_short(&answer.json()),
        };
        assert_file(
            format!("{FOLDER}/{name}.expected"),
            &format!("{} {expected}", answer.status),
        );
    }
}

/// As lines there is no limit of 64 KiB, so more of them reach the decider; none stops the run.
#[test]
fn every_line_gets_a_decision_or_an_error() {
    let lines: Vec<_> = bodies()
        .into_iter()
        .map(|(name, body)| (name, body.trim_ascii().to_vec()))
        .filter(|(_, body)| !body.is_empty() && !body.contains(&b'\n'))
        .collect();
    let input = lines.iter().fold(Vec::new(), |mut input, (_, body)| {
        input.extend_from_slice(body);
        input.push(b'\n');
        input
    });
    let run = corridor_with_input(&["decide", "--stdin"], &input);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let answers: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), lines.len());
    for ((name, _), answer) in lines.iter().zip(&answers) {
        assert!(
            answer["action"].is_string() || answer["error"]["code"].is_string(),
            "{name}: {answer}"
        );
    }
}

/// Outcome, then what makes it: missing fields, or the number of proposed actions.
fn decision_in_short(decision: &Value) -> String {
    let payload = &decision["payload"];
    let facts = [
        ("missing_fields", &payload["missing_fields"]),
        ("code", &payload["code"]),
    ];
    let mut short = decision["decision_outcome"].as_str().unwrap().to_owned();
    for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_null()) {
        write!(short, " {name}={fact}").unwrap();
    }
    if let Some(actions) = payload["proposed_actions"].as_array() {
        write!(short, " proposed_actions={}", actions.len()).unwrap();
    }
    short + "\n"
}

/// The document's code, then each error's code and place.
fn problem_in_short(document: &Value) -> String {
    let mut short = format!("{}\n", document["code"].as_str().unwrap());
    for error in document["errors"].as_array().into_iter().flatten() {
        writeln!(
            short,
            "  {} {}",
            error["code"].as_str().unwrap(),
            error["pointer"].as_str().unwrap()
        )
        .unwrap();
    }
    short
}
