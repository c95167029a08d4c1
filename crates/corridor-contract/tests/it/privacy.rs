//! What people said shows on the wire alone.

use corridor_contract::{Command, Decision, Problems, SchemaValidator, Side};
use serde_json::{Value, json};

const CANARY: &str = "канарейка";

#[test]
fn debug_of_a_command_keeps_what_was_said() {
    let command =
        Command::from_slice(fixture("commands/valid/full.json").to_string().as_bytes()).unwrap();
    let canaried = with_canaries(
        serde_json::to_value(&command).unwrap(),
        &["text", "name", "display_name", "role", "quiet_hours"],
    );
    let command = Command::from_slice(canaried.to_string().as_bytes()).unwrap();
    assert!(serde_json::to_string(&command).unwrap().contains(CANARY));
    assert_silent(&format!("{command:?} {command:#?}"));
}

#[test]
fn debug_of_a_decision_keeps_what_was_said() {
    let said = [
        "title",
        "description",
        "due",
        "name",
        "quantity",
        "unit",
        "question",
        "options",
        "explanation",
        "ui_message",
        "summary",
        "reasons",
        "reason",
        "details",
    ];
    for file in [
        "start_job_shopping",
        "start_job_tasks",
        "clarify_options",
        "reject_with_details",
        "confirm",
    ] {
        let canaried = with_canaries(fixture(&format!("decisions/valid/{file}.json")), &said);
        let decision = Decision::from_slice(canaried.to_string().as_bytes()).unwrap();
        assert!(decision.to_json_string().unwrap().contains(CANARY));
        assert_silent(&format!("{decision:?} {decision:#?}"));
    }
}

/// Each value of a valid document becomes a canary in turn, as a value and as a name.
#[test]
fn problems_repeat_nothing_of_the_document() {
    for (side, file) in [
        (Side::Command, "commands/valid/full.json"),
        (Side::Decision, "decisions/valid/confirm.json"),
    ] {
        let document = fixture(file);
        let mut pointers = Vec::new();
        every_pointer(&document, String::new(), &mut pointers);
        for pointer in pointers {
            for damage in [
                json!(CANARY),
                json!({ CANARY: CANARY }),
                json!([CANARY]),
                json!([{ CANARY: { CANARY: 1 } }]),
            ] {
                let mut damaged = document.clone();
                *damaged.pointer_mut(&pointer).unwrap() = damage;
                tell_all(side, damaged.to_string().as_bytes());
                tell_all(side, format!("{damaged} {CANARY}").as_bytes());
            }
        }
    }
}

#[test]
fn broken_json_is_not_repeated() {
    for broken in [
        format!("{{\"{CANARY}\" 1}}"),
        format!("{{\"{CANARY}\": {CANARY}}}"),
        format!("{{\"{CANARY}\": 1, \"{CANARY}\": 1e999}}"),
        format!("{{\"{CANARY}\\ud800\": \"{CANARY}\\udc00\"}}"),
        format!("{{\"text\": \"{CANARY}"),
    ] {
        tell_all(Side::Command, broken.as_bytes());
    }
}

fn tell_all(side: Side, bytes: &[u8]) {
    if let Some(problems) = crate::agreement::typed(side, bytes) {
        assert_told_silently(&problems);
    }
    if let Ok(document) = serde_json::from_slice(bytes) {
        assert_told_silently(&SchemaValidator::of(side).unwrap().validate(&document));
    }
}

fn assert_told_silently(problems: &Problems) {
    assert_silent(&format!(
        "{problems} {problems:?} {}",
        serde_json::to_string(problems).unwrap()
    ));
}

fn assert_silent(told: &str) {
    assert!(!told.contains(CANARY), "{told}");
}

/// Puts the canary into every string below a property of one of these names.
fn with_canaries(mut value: Value, names: &[&str]) -> Value {
    match &mut value {
        Value::Object(object) => {
            for (name, value) in object.iter_mut() {
                let below = value.take();
                *value = if names.contains(&name.as_str()) && !below.is_object() {
                    canary_in_place_of(below)
                } else {
                    with_canaries(below, names)
                };
            }
            if names.contains(&"details")
                && let Some(details) = object.get_mut("details")
            {
                *details = json!({ CANARY: CANARY });
            }
        }
        Value::Array(array) => array
            .iter_mut()
            .for_each(|value| *value = with_canaries(value.take(), names)),
        _ => {}
    }
    value
}

fn canary_in_place_of(value: Value) -> Value {
    match value {
        Value::String(_) => json!(CANARY),
        Value::Array(array) => array.into_iter().map(canary_in_place_of).collect(),
        other => other,
    }
}

fn every_pointer(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(object) => object
            .iter()
            .for_each(|(name, value)| every_pointer(value, format!("{pointer}/{name}"), pointers)),
        Value::Array(array) => array.iter().enumerate().for_each(|(index, value)| {
            every_pointer(value, format!("{pointer}/{index}"), pointers)
        }),
        _ => {}
    }
    pointers.push(pointer);
}

fn fixture(path: &str) -> Value {
    let file = format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}
