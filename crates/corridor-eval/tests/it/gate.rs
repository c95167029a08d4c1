//! The accepted baseline: what it holds, and what a run changes about it.

use corridor_eval::{Baseline, BaselineError, Run, RunSize};

use crate::home::{clarify, dataset, easy};
use crate::scripted::{Scripted, ask};

/// The outcomes of entries by number, each right or not.
fn outcomes(entries: &[(usize, bool)]) -> Baseline {
    let texts: String = entries
        .iter()
        .map(|(number, _)| easy(*number, &clarify("intent")))
        .collect();
    let script = entries
        .iter()
        .fold(Scripted::default(), |script, (number, is_right)| {
            script.answer(*number, ask(&[if *is_right { "intent" } else { "text" }]))
        });
    Baseline::of(&Run::of(&dataset(&texts).entries, &script, RunSize::ONCE))
}

fn ids(ids: &[corridor_eval::dataset::EntryId]) -> Vec<&str> {
    ids.iter().map(|id| id.as_str()).collect()
}

#[test]
fn a_baseline_has_a_line_for_each_entry_in_order() {
    let baseline = outcomes(&[(2, true), (1, false)]);
    let text = baseline.to_text().unwrap();
    insta::assert_snapshot!("baseline_file", text);
    assert_eq!(Baseline::parse(&text).unwrap(), baseline);
}

#[test]
fn only_a_right_entry_that_turned_wrong_fails_the_gate() {
    let accepted = outcomes(&[
        (1, true),
        (2, true),
        (3, false),
        (4, false),
        (5, true),
        (6, false),
    ]);
    let next = outcomes(&[
        (1, true),
        (2, false),
        (3, true),
        (4, false),
        (7, true),
        (8, false),
    ]);
    let gate = accepted.compare(&next);
    assert_eq!(ids(&gate.turned_wrong), ["en-002"]);
    assert_eq!(ids(&gate.turned_right), ["en-003"]);
    assert_eq!(ids(&gate.new_right), ["en-007"]);
    assert_eq!(ids(&gate.new_wrong), ["en-008"]);
    assert_eq!(ids(&gate.gone), ["en-005", "en-006"]);
    assert!(!gate.passes());
    let better = outcomes(&[
        (1, true),
        (2, true),
        (3, true),
        (4, false),
        (5, true),
        (6, false),
        (8, false),
    ]);
    assert!(accepted.compare(&better).passes() && !accepted.compare(&better).is_unchanged());
    assert!(accepted.compare(&accepted).is_unchanged());
}

#[test]
fn wrong_in_other_parts_is_told() {
    let accepted = r#"{"version": 1, "entries": {"en-001": {"wrong": ["due"]}, "en-002": {"wrong": ["missing_fields"]}}}"#;
    let gate = Baseline::parse(accepted)
        .unwrap()
        .compare(&outcomes(&[(1, false), (2, false)]));
    assert_eq!(ids(&gate.wrong_otherwise), ["en-001"]);
    assert!(gate.passes());
}

#[test]
fn what_is_no_baseline_is_told_by_line() {
    let cases = [
        ("", 1),
        ("{\"version\": 1,\n\"entries\": {\"a\": \"perhaps\"}}", 2),
        ("{\"version\": 1,\n\"entries\": {},\n\"more\": 1}", 3),
        (
            "{\"version\": 1,\n\"entries\": {\"a\": \"right\",\n\"a\": \"right\"}}",
            3,
        ),
        (
            "{\"version\": 1,\n\"entries\": {\n\"not an id\": \"right\"}}",
            3,
        ),
    ];
    for (text, expected) in cases {
        match Baseline::parse(text) {
            Err(BaselineError::Shape { line, .. }) => assert_eq!(line, expected, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    assert_eq!(
        Baseline::parse("{\"version\": 2, \"entries\": {}}"),
        Err(BaselineError::Version { found: 2 })
    );
}
