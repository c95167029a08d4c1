//! The reader beside `serde_json`: the same texts are JSON, and they have the same values.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::read;
use crate::problem::{Findings, ProblemCode};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn pieces_of_json(pieces in vec(piece(), 0..24)) {
        compare(&pieces.concat())?;
    }

    #[test]
    fn one_value(piece in piece()) {
        compare(&format!("[{piece}]"))?;
    }

    #[test]
    fn whole_documents(document in document(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&document) } else { serde_json::to_string(&document) };
        let text = text.unwrap();
        let mut findings = Findings::default();
        let node = read(text.as_bytes(), &mut findings);
        prop_assert!(findings.into_problems().is_empty());
        prop_assert_eq!(node.unwrap().to_json(), document);
    }
}

fn compare(text: &str) -> Result<(), TestCaseError> {
    let mut findings = Findings::default();
    let node = read(text.as_bytes(), &mut findings);
    let problems = findings.into_problems();
    let has_duplicates = problems
        .iter()
        .any(|problem| problem.code() == ProblemCode::DuplicateKey);
    match serde_json::from_str::<Value>(text) {
        Ok(_) if has_duplicates => {}
        Ok(value) => {
            prop_assert!(problems.is_empty(), "{text}: {problems}");
            prop_assert!(
                node.is_some_and(|node| alike(&node.to_json(), &value)),
                "{text}"
            );
        }
        Err(error) => prop_assert!(!problems.is_empty(), "{text}: {error}"),
    }
    Ok(())
}

/// Equal, but for the last digit of a float, where `serde_json` trades exactness for speed.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() && other.is_f64() => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            (one - other).abs() <= one.abs() * 4.0 * f64::EPSILON
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|other| alike(value, other)))
        }
        _ => one == other,
    }
}

/// Something that JSON texts are made of, or nearly.
fn piece() -> BoxedStrategy<String> {
    let fixed = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"a\":",
        "\"b\":",
        "null",
        "true",
        "false",
        "nul",
        "True",
        " ",
        "\n",
        "\t",
        "\u{c}",
        "\u{feff}",
        "\"\\u0041\"",
        "\"\\u00e9\"",
        "\"\\ud83e\\udd5b\"",
        "\"\\ud83e\"",
        "\"\\udd5b\"",
        "\"\\ud83e\\ud83e\"",
        "\"\\ud83ex\"",
        "\"\\u12\"",
        "\"\\x\"",
        "\"\\n\\t\\\"\\\\\\/\"",
        "\"\u{0}\"",
        "\"\u{7f}\"",
        "\"молоко🥛\"",
        "1e308",
        "1e309",
        "-1e999",
        "1e-999",
        "0e999",
        "-0",
        "01",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "//",
        "'a'",
    ]);
    let number = "-?[0-9]{1,20}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?";
    prop_oneof![8 => fixed.prop_map(str::to_owned), 2 => number, 1 => "[ -~]{0,3}"].boxed()
}

fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("is finite", |float| float.is_finite())
            .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((any::<String>(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}
