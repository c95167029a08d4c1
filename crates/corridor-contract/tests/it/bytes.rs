//! Any bytes at all give a command or problems, and no quiet loss.

use corridor_contract::{
    Command, Context, Decision, Household, MAX_PROBLEMS, ProblemCode, Side, generate,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::agreement::typed;

proptest! {
    #[test]
    fn arbitrary_bytes(bytes in vec(any::<u8>(), 0..200)) {
        never_quiet(&bytes)?;
    }

    #[test]
    fn a_command_with_a_few_bytes_changed(command in generate::command(), changes in vec((any::<Index>(), any::<u8>()), 1..4)) {
        let mut bytes = serde_json::to_vec(&command).unwrap();
        for (place, byte) in changes {
            *place.get_mut(&mut bytes) = byte;
        }
        never_quiet(&bytes)?;
    }

    #[test]
    fn a_command_cut_short(command in generate::command(), place in any::<Index>()) {
        let bytes = serde_json::to_vec(&command).unwrap();
        let cut = &bytes[..place.index(bytes.len())];
        prop_assert!(Command::from_slice(cut).is_err());
        never_quiet(cut)?;
    }
}

/// Whatever is not accepted says why.
fn never_quiet(bytes: &[u8]) -> Result<(), TestCaseError> {
    for side in Side::ALL {
        if let Some(problems) = typed(side, bytes) {
            prop_assert!(!problems.is_empty());
        }
    }
    let _ = (Context::from_slice(bytes), Household::from_slice(bytes));
    Ok(())
}

#[test]
fn nesting_without_end_is_refused_rather_than_followed() {
    for opening in ["[", "{\"a\":", "{\"context\":["] {
        let problems = Command::from_slice(opening.repeat(100_000).as_bytes()).unwrap_err();
        assert_eq!(codes(&problems), [ProblemCode::TooDeep]);
    }
}

#[test]
fn details_may_be_as_deep_as_readers_can_follow() {
    let decision = |depth: usize| {
        let details = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let head = r#"{"decision_id":"d","command_id":"c","trace_id":"t","status":"error","action":"reject","confidence":1,"#;
        let tail = r#""explanation":"","schema_version":"2.1.0","decision_version":"","created_at":"2026-01-01T00:00:00Z"}"#;
        format!(r#"{head}"payload":{{"code":"c","reason":"","details":{{"a":{details}}}}},{tail}"#)
    };
    assert!(Decision::from_slice(decision(124).as_bytes()).is_ok());
    assert!(serde_json::from_str::<serde_json::Value>(&decision(124)).is_ok());
    assert_eq!(
        codes(&Decision::from_slice(decision(125).as_bytes()).unwrap_err())[0],
        ProblemCode::TooDeep
    );
    assert!(serde_json::from_str::<serde_json::Value>(&decision(125)).is_err());
}

#[test]
fn problems_beyond_the_limit_are_counted() {
    let unknown: Vec<String> = (0..5_000)
        .map(|number| format!("\"p{number}\":0"))
        .collect();
    let problems =
        Command::from_slice(format!("{{{}}}", unknown.join(",")).as_bytes()).unwrap_err();
    assert_eq!(problems.len(), MAX_PROBLEMS + 1);
    let last = problems.iter().last().unwrap();
    assert_eq!(last.code(), ProblemCode::MoreProblems);
    // 5,000 unknown properties and six missing ones.
    assert!(last.message().starts_with("4906 more problems"), "{last}");
}

#[test]
fn one_property_sent_often_costs_no_more_than_many() {
    let body = format!("{{{}\"text\":0}}", "\"text\":0,".repeat(200_000));
    let started = std::time::Instant::now();
    assert!(Command::from_slice(body.as_bytes()).is_err());
    let many: Vec<String> = (0..200_000)
        .map(|number| format!("\"{number}\":0"))
        .collect();
    assert!(Command::from_slice(format!("{{{}}}", many.join(",")).as_bytes()).is_err());
    // Quadratic time would take minutes.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

fn codes(problems: &corridor_contract::Problems) -> Vec<ProblemCode> {
    problems
        .iter()
        .map(corridor_contract::Problem::code)
        .collect()
}
