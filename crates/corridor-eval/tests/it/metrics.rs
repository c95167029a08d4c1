//! Every figure against numbers worked out by hand.

use std::collections::BTreeMap;

use corridor_eval::metrics::{Column, Metrics, Ratio, Scores};
use corridor_eval::{Breakdown, Difficulty, EntryLanguage, Intent, Run, RunSize};
use proptest::prelude::*;
use serde_json::json;

use crate::home::{clarify, dataset, easy, entry, reject, shopping, tasks};
use crate::scripted::{Scripted, ask, buy, do_tasks, refuse};

/// The figures of one script over some entries.
fn metrics(entries: &str, script: &Scripted) -> Metrics {
    let dataset = dataset(entries);
    let run = Run::of(&dataset.entries, script, RunSize::ONCE);
    Metrics::over(&run.outcomes)
}

fn ratio(part: u64, whole: u64) -> Ratio {
    Ratio { part, whole }
}

fn scores(expected: u64, got: u64, matched: u64) -> Scores {
    Scores {
        expected,
        got,
        matched,
    }
}

/// Five entries: shopping right; shopping taken for a task; a task right; a clarify that is executed; one without an answer.
fn five() -> (String, Scripted) {
    let entries = [
        easy(1, &shopping("{ name = \"milk\" }")),
        easy(2, &shopping("{ name = \"rye\" }")),
        easy(3, &tasks("{ title = \"Mop\" }")),
        easy(4, &clarify("intent")),
        easy(5, &reject("payment")),
    ];
    let script = Scripted::default()
        .answer(1, buy(&[json!({ "name": "milk" })]))
        .answer(2, do_tasks(&[json!({ "title": "Rye" })]))
        .answer(3, do_tasks(&[json!({ "title": "Mop" })]))
        .answer(4, buy(&[json!({ "name": "tea" })]));
    (entries.concat(), script)
}

#[test]
fn intents() {
    let (entries, script) = five();
    let metrics = metrics(&entries, &script);
    assert_eq!(metrics.right, ratio(2, 5));
    assert_eq!(metrics.intents.accuracy, ratio(2, 5));
    let expected = BTreeMap::from([
        (Intent::AddShoppingItem, scores(2, 2, 1)),
        (Intent::CreateTask, scores(1, 2, 1)),
        (Intent::ClarifyNeeded, scores(1, 0, 0)),
        (Intent::Reject, scores(1, 0, 0)),
        (Intent::Confirm, scores(0, 0, 0)),
    ]);
    assert_eq!(metrics.intents.each, expected);
    // (1/2 + 2/3 + 0 + 0) / 4: an intent that was neither expected nor got has no F1.
    let macro_f1 = metrics.intents.macro_f1.unwrap();
    assert!((macro_f1 - 7.0 / 24.0).abs() < 1e-12, "{macro_f1}");
}

#[test]
fn confusion() {
    let (entries, script) = five();
    let confusion = metrics(&entries, &script).intents.confusion;
    let filled = [
        (
            Intent::AddShoppingItem,
            Column::Intent(Intent::AddShoppingItem),
        ),
        (Intent::AddShoppingItem, Column::Intent(Intent::CreateTask)),
        (Intent::CreateTask, Column::Intent(Intent::CreateTask)),
        (
            Intent::ClarifyNeeded,
            Column::Intent(Intent::AddShoppingItem),
        ),
        (Intent::Reject, Column::None),
    ];
    for expected in Intent::ALL {
        for got in Column::all() {
            assert_eq!(
                confusion.cell(*expected, got),
                u64::from(filled.contains(&(*expected, got))),
                "{expected} {got}"
            );
        }
    }
}

#[test]
fn rates() {
    let (entries, script) = five();
    let rates = metrics(&entries, &script).rates;
    assert_eq!(
        (rates.clarify, rates.clarify_expected),
        (ratio(0, 5), ratio(1, 5))
    );
    assert_eq!(
        (rates.start_job, rates.start_job_expected),
        (ratio(4, 5), ratio(3, 5))
    );
    // Of the clarify and the reject, one is executed. Shopping taken for a task is wrong, but an execute was expected.
    assert_eq!(rates.false_execute, ratio(1, 2));
}

#[test]
fn a_single_proposal_executes_too() {
    let script = Scripted::default().answer(
        1,
        ("propose_create_task", json!({ "task": { "title": "Mop" } })),
    );
    let rates = metrics(&easy(1, &clarify("intent")), &script).rates;
    assert_eq!(
        (rates.start_job, rates.false_execute),
        (ratio(0, 1), ratio(1, 1))
    );
}

#[test]
fn items() {
    let expected = "{ name = \"milk\", quantity = \"2\", unit = \"l\", list = \"l-food\" }, { name = \"rye\" }, { name = \"tea\" }";
    let got = [
        json!({ "name": "tea", "quantity": "1" }),
        json!({ "name": "milk", "quantity": "2", "unit": "bottle", "list_id": "l-home" }),
        json!({ "name": "rye bread" }),
        json!({ "name": "salt" }),
    ];
    let entries = [
        easy(1, &shopping(expected)),
        easy(2, &shopping("{ name = \"ham\" }")),
    ]
    .concat();
    let script = Scripted::default()
        .answer(1, buy(&got))
        .answer(2, buy(&[json!({ "name": "ham" })]));
    let items = metrics(&entries, &script).items;
    assert_eq!(items.names, scores(4, 5, 3));
    assert_eq!(items.whole, scores(4, 5, 1));
    // Fields count where the name agrees and either side has them: milk has all three, tea a quantity too many.
    assert_eq!(
        (items.quantity, items.unit, items.list),
        (ratio(1, 2), ratio(0, 1), ratio(0, 1))
    );
    assert_eq!(items.exact_lists, ratio(1, 2));
    assert_eq!(items.names.precision().value, Some(0.6));
    assert_eq!(items.names.recall().value, Some(0.75));
    assert_eq!(items.names.f1().value, Some(6.0 / 9.0));
}

#[test]
fn an_item_is_matched_once_and_with_the_one_that_fits_best() {
    let expected = "{ name = \"milk\", quantity = \"1\" }, { name = \"milk\", quantity = \"2\" }";
    let got = [
        json!({ "name": "milk", "quantity": "2" }),
        json!({ "name": "milk", "quantity": "3" }),
    ];
    let items = metrics(
        &easy(1, &shopping(expected)),
        &Scripted::default().answer(1, buy(&got)),
    )
    .items;
    assert_eq!(
        (items.names, items.whole, items.quantity),
        (scores(2, 2, 2), scores(2, 2, 1), ratio(1, 2))
    );
}

#[test]
fn items_of_what_is_no_shopping_count_as_false_ones() {
    let script = Scripted::default().answer(1, buy(&[json!({ "name": "tea" })]));
    let items = metrics(&easy(1, &clarify("intent")), &script).items;
    assert_eq!(
        (items.whole, items.exact_lists),
        (scores(0, 1, 0), ratio(0, 0))
    );
    assert_eq!(
        (items.whole.precision().value, items.whole.recall().value),
        (Some(0.0), None)
    );
}

#[test]
fn tasks_and_their_fields() {
    let expected = "{ title = \"Mop\", assignee = \"u-ann\", due = \"2026-06-16\", description = \"all of it\" }, \
                    { title = \"Dust\", zone = \"z-kitchen\" }, { title = \"Cook\" }";
    let got = [
        json!({ "title": "Dust", "assignee_id": "u-bob", "zone_id": "z-kitchen", "due": "2026-06-16" }),
        json!({ "title": "Mop it", "assignee_id": "u-ann", "due": "2026-06-17" }),
    ];
    let script = Scripted::default().answer(1, do_tasks(&got));
    let found = metrics(&easy(1, &tasks(expected)), &script).tasks;
    // Dust goes with Dust, Mop with what is left, and Cook with nothing.
    assert_eq!(found.whole, scores(3, 2, 0));
    assert_eq!(found.title, ratio(1, 3));
    assert_eq!(found.assignee, ratio(1, 3));
    assert_eq!(found.zone, ratio(1, 1));
    assert_eq!(found.due, ratio(0, 2));
    assert_eq!(found.description, ratio(0, 1));
}

#[test]
fn a_task_too_many_counts_against_what_it_has() {
    let got = [
        json!({ "title": "Mop" }),
        json!({ "title": "Dust", "due": "2026-06-16", "zone_id": "z-kitchen" }),
    ];
    let found = metrics(
        &easy(1, &tasks("{ title = \"Mop\" }")),
        &Scripted::default().answer(1, do_tasks(&got)),
    )
    .tasks;
    assert_eq!((found.whole, found.title), (scores(1, 2, 1), ratio(1, 1)));
    assert_eq!((found.due, found.zone), (ratio(0, 1), ratio(0, 1)));
}

#[test]
fn questions_and_refusals() {
    let entries = [
        easy(1, &clarify("intent")),
        easy(2, &clarify("item.name")),
        easy(3, &clarify("text")),
        easy(4, &reject("payment")),
        easy(5, &reject("payment")),
    ];
    let script = Scripted::default()
        .answer(1, ask(&["intent"]))
        .answer(2, ask(&["intent"]))
        .answer(3, refuse("payment"))
        .answer(4, refuse("payment"))
        .answer(5, refuse("standing_rule"));
    let found = metrics(&entries.concat(), &script);
    assert_eq!(
        (found.missing_fields, found.reject_code),
        (ratio(1, 3), ratio(1, 2))
    );
}

#[test]
fn parts_of_a_set_have_the_same_figures() {
    let entries = [
        entry(1, "one", "easy", &clarify("intent")),
        entry(2, "two", "hard", &clarify("intent")),
        entry(3, "one\", \"two", "hard", &clarify("intent")),
    ];
    let dataset = dataset(&entries.concat());
    let script = Scripted::default()
        .answer(1, ask(&["intent"]))
        .answer(2, ask(&["text"]))
        .answer(3, ask(&["intent"]));
    let run = Run::of(&dataset.entries, &script, RunSize::ONCE);
    let by = Breakdown::of(&run.outcomes);
    let right = |metrics: &Metrics| (metrics.right.part, metrics.right.whole);
    assert_eq!(
        by.language
            .iter()
            .map(|(key, of)| (*key, right(of)))
            .collect::<Vec<_>>(),
        [(EntryLanguage::English, (2, 3))]
    );
    assert_eq!(
        by.difficulty
            .iter()
            .map(|(key, of)| (*key, right(of)))
            .collect::<Vec<_>>(),
        [(Difficulty::Easy, (1, 1)), (Difficulty::Hard, (1, 2))]
    );
    // An entry counts under each of its tags.
    let tags: Vec<_> = by
        .tag
        .iter()
        .map(|(key, of)| (key.as_str(), right(of)))
        .collect();
    assert_eq!(tags, [("one", (2, 2)), ("two", (1, 2))]);
}

proptest! {
    #[test]
    fn figures_keep_their_bounds(expected in prop::collection::vec(0_usize..4, 1..5), got in prop::collection::vec(0_usize..4, 0..5)) {
        let names = ["milk", "rye", "tea", "ham"];
        let wanted: Vec<String> = expected.iter().map(|name| format!("{{ name = \"{}\" }}", names[*name])).collect();
        let bought: Vec<_> = got.iter().map(|name| json!({ "name": names[*name] })).collect();
        let found = metrics(&easy(1, &shopping(&wanted.join(", "))), &Scripted::default().answer(1, buy(&bought)));
        let whole = found.items.whole;
        // What matches is what both have, as often as both have it.
        let common: usize = (0..4)
            .map(|name| {
                let count = |list: &[usize]| list.iter().filter(|other| **other == name).count();
                count(&expected).min(count(&got))
            })
            .sum();
        prop_assert_eq!(whole, scores(expected.len() as u64, got.len() as u64, common as u64));
        for figure in [whole.precision(), whole.recall(), whole.f1()] {
            let inside = figure.value.is_none_or(|value| {
                figure.interval.unwrap().low <= value + 1e-12 && value <= figure.interval.unwrap().high + 1e-12
            });
            prop_assert!(inside);
            prop_assert_eq!(figure.value.is_some(), figure.interval.is_some());
        }
        if let (Some(precision), Some(recall), Some(f1)) =
            (whole.precision().value, whole.recall().value, whole.f1().value)
        {
            prop_assert!(f1 <= precision.max(recall) + 1e-12 && f1 + 1e-12 >= precision.min(recall));
            prop_assert_eq!(found.right.part == 1, expected == got);
        }
    }
}
