//! Typed validation and the schema files say the same of every document.

use corridor_contract::{
    Command, Decision, Problem, ProblemCode, Problems, SchemaValidator, Side, generate,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::mutation::{edited, edits};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn on_commands(command in generate::command(), edits in edits()) {
        let document = edited(serde_json::to_value(command).unwrap(), &edits);
        agree(Side::Command, &document)?;
    }

    #[test]
    fn on_decisions(decision in generate::decision(), edits in edits()) {
        let document = edited(serde_json::to_value(decision).unwrap(), &edits);
        agree(Side::Decision, &document)?;
    }
}

fn agree(side: Side, document: &Value) -> Result<(), TestCaseError> {
    let typed = typed(side, &serde_json::to_vec(document).unwrap());
    let by_schema = SchemaValidator::of(side).unwrap().validate(document);
    prop_assert_eq!(
        places(typed.iter().flatten()),
        places(&by_schema),
        "{}",
        document
    );
    Ok(())
}

pub(crate) fn typed(side: Side, bytes: &[u8]) -> Option<Problems> {
    match side {
        Side::Command => Command::from_slice(bytes).err(),
        Side::Decision => Decision::from_slice(bytes).err(),
    }
}

/// What is wrong where, in an order of its own.
fn places<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> Vec<(String, ProblemCode)> {
    let mut places: Vec<_> = problems
        .into_iter()
        .map(|problem| (problem.pointer().to_owned(), problem.code()))
        .collect();
    places.sort();
    places
}
