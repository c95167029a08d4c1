//! What is written is read back the same, by the rules of the schema.

use corridor_contract::{Command, Decision, SchemaValidator, Side, Status, generate};
use proptest::prelude::*;

proptest! {
    #[test]
    fn commands(command in generate::command()) {
        let bytes = serde_json::to_vec(&command).unwrap();
        prop_assert_eq!(Command::from_slice(&bytes).unwrap(), command);
    }

    #[test]
    fn decisions(decision in generate::decision()) {
        let bytes = decision.to_json_vec().unwrap();
        prop_assert_eq!(Decision::from_slice(&bytes).unwrap(), decision);
    }

    #[test]
    fn every_decision_that_can_be_built_is_valid(decision in generate::decision()) {
        let document = serde_json::to_value(&decision).unwrap();
        let problems = SchemaValidator::of(Side::Decision).unwrap().validate(&document);
        prop_assert!(problems.is_empty(), "{}", problems);
        prop_assert_eq!(document["decision_outcome"].as_str(), Some(decision.outcome().as_str()));
        prop_assert!(decision.action().statuses().contains(&decision.status()));
    }
}

#[test]
fn a_clarify_keeps_whether_it_stands_in_for_a_reject() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/decisions/valid/clarify_stands_in_for_reject.json"
    );
    let decision = Decision::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(decision.status(), Status::Error);
}
