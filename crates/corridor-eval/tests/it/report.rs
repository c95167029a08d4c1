//! The report as text and as JSON, over a script that has something of everything.

use std::time::Duration;

use corridor_eval::{Baseline, Miss, Report, Run, RunSize, Speed};
use serde_json::{Value, json};

use crate::home::{clarify, dataset, easy, entry, reject, shopping, tasks};
use crate::scripted::{Scripted, ask, buy, do_tasks, refuse};

fn report() -> Report {
    let confirm = "intent = \"confirm\"\naction = \"confirm\"\nitems = [{ name = \"milk\" }]\ntasks = [{ title = \"Mop\" }]";
    let entries = [
        easy(
            1,
            &shopping(
                "{ name = \"milk\", quantity = \"2\", unit = \"l\", list = \"l-food\" }, { name = \"rye\" }",
            ),
        ),
        entry(
            2,
            "two",
            "hard",
            &tasks(
                "{ title = \"Mop\", assignee = \"u-ann\", due = \"2026-06-16\", description = \"all\" }",
            ),
        ),
        entry(
            3,
            "one",
            "medium",
            &(clarify("intent") + "\nnotes = \"Nothing is ordered.\""),
        ),
        easy(4, &reject("payment")),
        entry(5, "one\", \"two", "hard", confirm),
        easy(6, &clarify("item.name")),
    ];
    let script = Scripted::default()
        .answer(
            1,
            buy(&[
                json!({ "name": "milk", "quantity": "2", "unit": "bottle", "list_id": "l-food" }),
            ]),
        )
        .answer(
            2,
            do_tasks(&[json!({ "title": "Mop up", "assignee_id": "u-ann", "due": "2026-06-17" })]),
        )
        .answer(3, buy(&[json!({ "name": "tea" })]))
        .answer(4, refuse("payment"))
        .answer(6, ask(&["item.name"]))
        .spoilt(6, "confidence", json!(7));
    let dataset = dataset(&entries.concat());
    let run = Run::of(&dataset.entries, &script, RunSize::ONCE);
    let speed = Speed {
        decided: 6,
        threads: 2,
        elapsed: Duration::from_millis(12),
    };
    let mut report = Report::of(&run, speed);
    let accepted =
        r#"{"version": 1, "entries": {"en-001": "right", "en-004": {"wrong": ["reject_code"]}}}"#;
    report.gate = Some(
        Baseline::parse(accepted)
            .unwrap()
            .compare(&Baseline::of(&run)),
    );
    report.misses = Some(run.outcomes.iter().filter_map(Miss::of).collect());
    report
}

#[test]
fn as_text() {
    insta::assert_snapshot!("report_as_text", report());
}

#[test]
fn as_json() {
    let mut report = serde_json::to_value(report()).unwrap();
    let by: Vec<Value> = ["language", "difficulty", "tag"]
        .map(|part| report["by"][part].take())
        .to_vec();
    insta::assert_json_snapshot!("report_as_json", report);
    // Every part of the set has the figures of the whole.
    let names = |object: &Value| {
        object
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        by.iter().map(names).collect::<Vec<_>>(),
        [
            vec!["en"],
            vec!["easy", "hard", "medium"],
            vec!["one", "two"]
        ]
    );
    for figures in by
        .iter()
        .flat_map(|groups| groups.as_object().unwrap().values())
    {
        assert_eq!(names(figures), names(&report["metrics"]));
    }
}
