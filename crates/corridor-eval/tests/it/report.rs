//! The report as text and as JSON, over a script that has something of everything.

use std::time::Duration;

use corridor_eval::{
    Baseline, ComparisonReport, Miss, Mode, REPORT_SCHEMA, Report, Run, RunSize, Speed, Subject,
    page,
};
use proptest::prelude::*;
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
    let mut report = Report::of(&run, Mode::Baseline, speed);
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

/// What the schema does not hold of a report, as text; empty where it holds.
pub(crate) fn violations(report: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(REPORT_SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator
        .iter_errors(report)
        .map(|error| error.to_string())
        .collect()
}

#[test]
fn the_schema_holds_what_is_printed_and_nothing_else() {
    let good = serde_json::to_value(report()).unwrap();
    assert_eq!(violations(&good), [""; 0]);
    for spoil in [
        |report: &mut Value| report["report_version"] = json!(1),
        |report: &mut Value| report["metrics"]["right"]["value"] = json!(1.5),
        |report: &mut Value| report["by"]["tag"]["one"]["right"]["surprise"] = json!(0),
        |report: &mut Value| drop(report.as_object_mut().unwrap().remove("calibration")),
    ] {
        let mut bad = good.clone();
        spoil(&mut bad);
        assert_ne!(violations(&bad), [""; 0]);
    }
}

/// Two runs over eight entries: three better, one worse, one wrong in another way.
fn comparison() -> ComparisonReport {
    let entries: String = (1..=8)
        .map(|number| easy(number, &clarify("intent")))
        .collect();
    let dataset = dataset(&entries);
    let script = |right: &[usize]| {
        (1..=8).fold(Scripted::default(), |script, number| {
            let field = if right.contains(&number) {
                "intent"
            } else {
                "text"
            };
            script.answer(number, ask(&[field]))
        })
    };
    let (first, second) = (
        script(&[1, 2]),
        script(&[2, 3, 4, 5]).answer(8, refuse("payment")),
    );
    let second = second.spoilt(7, "confidence", json!(0.1));
    let speed = Speed {
        decided: 8,
        threads: 1,
        elapsed: Duration::from_millis(3),
    };
    let baseline = Run::of(&dataset.entries, &first, RunSize::ONCE);
    let assisted = Run::of(&dataset.entries, &second, RunSize::ONCE);
    let told = |run: &Run<'_>, mode| {
        let mut report = Report::of(run, mode, speed);
        report.misses = Some(run.outcomes.iter().filter_map(Miss::of).collect());
        report
    };
    ComparisonReport::of(
        (&baseline, told(&baseline, Mode::Baseline)),
        (&assisted, told(&assisted, Mode::Assisted)),
    )
}

#[test]
fn two_runs_as_text() {
    insta::assert_snapshot!("comparison_as_text", comparison());
}

#[test]
fn two_runs_as_json() {
    let report = serde_json::to_value(comparison()).unwrap();
    assert_eq!(violations(&report), [""; 0]);
    insta::assert_json_snapshot!("comparison_as_json", report["comparison"]);
}

/// What stands after the style sheet.
fn body(page: &str) -> &str {
    page.split_once("</style>").unwrap().1
}

/// Whether every element that is opened is closed, in order.
fn is_balanced(page: &str) -> bool {
    let mut open: Vec<&str> = vec!["html", "head"];
    for tag in body(page).split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        match tag.strip_prefix('/') {
            Some(closed) => {
                if open.pop() != Some(closed) {
                    return false;
                }
            }
            None if tag.ends_with('/') || tag == "br" => {}
            None => open.push(tag.split(' ').next().unwrap()),
        }
    }
    open.is_empty()
}

#[test]
fn the_page_is_self_contained() {
    let (run, both) = (report(), comparison());
    for page in [page(Subject::Run(&run)), page(Subject::Comparison(&both))] {
        assert!(is_balanced(&page));
        for forbidden in [
            "<script", "http:", "https:", "url(", "@import", "src=", "<link", "<img",
        ] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        for section in [
            "summary",
            "parts",
            "confusion",
            "confidence",
            "content",
            "misses",
        ] {
            assert!(
                page.contains(&format!("<section id=\"{section}\"")),
                "{section}"
            );
        }
    }
}

#[test]
fn the_page_shows_expected_against_got() {
    let run = report();
    let page = page(Subject::Run(&run));
    for miss in run.misses.iter().flatten() {
        assert!(page.contains(miss.id.as_str()) && page.contains(&miss.text));
    }
    assert!(page.contains("<td class=\"differs\"><span>≠</span> milk · 2 bottle · l-food</td>"));
}

proptest! {
    #[test]
    fn nothing_said_becomes_markup(said in "[<>&\"'a-zа-я/=!-]{0,40}") {
        let mut run = report();
        for miss in run.misses.iter_mut().flatten() {
            miss.text.clone_from(&said);
            miss.rows[0].got = Some(said.clone());
            miss.tags = vec![said.clone()];
            miss.notes = Some(said.clone());
        }
        let page = page(Subject::Run(&run));
        prop_assert!(is_balanced(&page));
        let tags = |page: &str| page.matches('<').count();
        let plain = {
            for miss in run.misses.iter_mut().flatten() {
                miss.text = "x".to_owned();
                miss.rows[0].got = Some("x".to_owned());
                miss.tags = vec!["x".to_owned()];
                miss.notes = Some("x".to_owned());
            }
            corridor_eval::page(Subject::Run(&run))
        };
        prop_assert_eq!(tags(body(&page)), tags(body(&plain)));
    }
}
