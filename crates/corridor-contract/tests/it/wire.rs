//! The wire form as peers see it: order of fields, words of messages.

use corridor_contract::{Command, Decision, Problem, ProblemCode, Problems};

#[test]
fn a_decision_keeps_its_fields_in_order() {
    let decision = Decision::from_slice(include_bytes!(
        "../../fixtures/decisions/valid/confirm.json"
    ))
    .unwrap();
    insta::assert_snapshot!(
        "a_decision_on_the_wire",
        serde_json::to_string_pretty(&decision).unwrap()
    );
    assert_eq!(
        decision.to_json_vec().unwrap(),
        decision.to_json_string().unwrap().into_bytes()
    );
}

#[test]
fn an_outcome_left_out_is_sent_again() {
    let decision = Decision::from_slice(include_bytes!(
        "../../fixtures/decisions/valid/without_outcome.json"
    ))
    .unwrap();
    assert!(
        decision
            .to_json_string()
            .unwrap()
            .contains("\"decision_outcome\":\"reject\"")
    );
}

#[test]
fn problems_tell_what_to_do() {
    let files: [&[u8]; 7] = [
        include_bytes!("../../fixtures/commands/invalid/unknown_properties_at_every_level.json"),
        include_bytes!("../../fixtures/commands/invalid/wrong_types_everywhere.json"),
        include_bytes!("../../fixtures/commands/invalid/unknown_capability.json"),
        include_bytes!("../../fixtures/commands/invalid/max_open_tasks_negative.json"),
        include_bytes!("../../fixtures/commands/invalid/timestamp_no_offset.json"),
        include_bytes!("../../fixtures/commands/invalid/cut_short.json"),
        include_bytes!("../../fixtures/commands/invalid/empty_object.json"),
    ];
    let told: Vec<String> = files
        .iter()
        .map(|file| problems(file).to_string())
        .collect();
    insta::assert_snapshot!("problems_of_bad_commands", told.join("\n\n"));
    let decision = include_bytes!("../../fixtures/decisions/invalid/status_of_another_action.json");
    insta::assert_snapshot!(
        "problems_of_a_bad_decision",
        Decision::from_slice(decision).unwrap_err()
    );
}

#[test]
fn problems_have_a_wire_form() {
    let problem = problems(br#"{"text": 1}"#)
        .into_iter()
        .find(|problem| problem.pointer() == "/text")
        .unwrap();
    let wire = serde_json::to_value(&problem).unwrap();
    assert_eq!(wire["code"], "wrong_type");
    assert_eq!(wire["message"], problem.message());
}

#[test]
fn codes_are_words_that_nobody_else_has() {
    let mut words: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
    assert!(words.iter().all(|word| {
        word.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'8')
    }));
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), ProblemCode::ALL.len());
    assert!(
        ProblemCode::ALL
            .iter()
            .all(|code| code.meaning().ends_with('.') && code.hint().ends_with('.'))
    );
}

fn problems(bytes: &[u8]) -> Problems {
    let problems = Command::from_slice(bytes).unwrap_err();
    assert!(
        problems
            .iter()
            .all(|problem: &Problem| problem.message().ends_with('.'))
    );
    problems
}
