//! When an answer is right, and what it is measured by where more than one would be.

use corridor_eval::{Difference, InProcess, Run, RunSize};
use serde_json::{Value, json};

use crate::home::{clarify, dataset, easy, shopping, tasks};
use crate::scripted::{Scripted, ask, buy, confirm, do_tasks, refuse};

/// Where the answer to one entry differs from what it expects.
fn differences(expected: &str, got: (&str, Value)) -> Vec<Difference> {
    let dataset = dataset(&easy(1, expected));
    let run = Run::of(
        &dataset.entries,
        &Scripted::default().answer(1, got),
        RunSize::ONCE,
    );
    let outcome = &run.outcomes[0];
    assert_eq!(outcome.is_right(), outcome.judgement.differences.is_empty());
    outcome.judgement.differences.clone()
}

#[test]
fn texts_agree_but_for_composition_yo_and_spaces() {
    let expected = shopping("{ name = \"Свёкла и йод\", unit = \"пачка\" }");
    let right = [
        json!({ "name": "Свекла  и йод", "unit": "пачка" }),
        json!({ "name": "Све\u{308}кла и и\u{306}од ", "unit": "пачка" }),
    ];
    for item in right {
        assert_eq!(differences(&expected, buy(&[item])), []);
    }
    let in_lower_case = json!({ "name": "свёкла и йод", "unit": "пачка" });
    assert_eq!(
        differences(&expected, buy(&[in_lower_case])),
        [Difference::Name]
    );
}

#[test]
fn a_field_that_is_absent_must_be_absent() {
    let expected = shopping("{ name = \"milk\" }");
    let got = json!({ "name": "milk", "quantity": "1", "unit": "l", "list_id": "l-food" });
    assert_eq!(
        differences(&expected, buy(&[got])),
        [Difference::Quantity, Difference::Unit, Difference::List]
    );
    let expected = tasks("{ title = \"Mop\", assignee = \"u-ann\" }");
    let got = json!({ "title": "Mop", "assignee_id": "u-bob", "zone_id": "z-kitchen", "due": "2026-06-16" });
    assert_eq!(
        differences(&expected, do_tasks(&[got])),
        [Difference::Assignee, Difference::Zone, Difference::Due]
    );
}

#[test]
fn a_description_counts_only_where_it_is_given_and_in_any_case() {
    let said = json!({ "title": "Mop", "description": "Every  Friday" });
    assert_eq!(
        differences(
            &tasks("{ title = \"Mop\" }"),
            do_tasks(std::slice::from_ref(&said))
        ),
        []
    );
    let given = tasks("{ title = \"Mop\", description = \"every friday\" }");
    assert_eq!(differences(&given, do_tasks(&[said])), []);
    assert_eq!(
        differences(&given, do_tasks(&[json!({ "title": "Mop" })])),
        [Difference::Description]
    );
}

#[test]
fn items_and_tasks_are_in_the_order_of_the_command() {
    let expected = shopping("{ name = \"milk\" }, { name = \"rye\" }");
    let swapped = buy(&[json!({ "name": "rye" }), json!({ "name": "milk" })]);
    assert_eq!(differences(&expected, swapped), [Difference::Name]);
    let more = buy(&[
        json!({ "name": "milk" }),
        json!({ "name": "rye" }),
        json!({ "name": "tea" }),
    ]);
    assert_eq!(differences(&expected, more), [Difference::ItemCount]);
}

#[test]
fn missing_fields_are_a_set() {
    let expected = "intent = \"clarify_needed\"\naction = \"clarify\"\nmissing_fields = [\"task.due\", \"intent\"]";
    assert_eq!(differences(expected, ask(&["intent", "task.due"])), []);
    assert_eq!(
        differences(expected, ask(&["intent"])),
        [Difference::MissingFields]
    );
}

#[test]
fn another_action_is_another_answer() {
    let found = differences(&shopping("{ name = \"milk\" }"), ask(&["intent"]));
    let expected = [
        Difference::Intent,
        Difference::Action,
        Difference::ItemCount,
        Difference::MissingFields,
    ];
    assert_eq!(found, expected);
    let found = differences(&crate::home::reject("payment"), refuse("device_control"));
    assert_eq!(found, [Difference::RejectCode]);
    let mixed = confirm(&[json!({ "name": "milk" })], &[json!({ "title": "Mop" })]);
    let found = differences(&shopping("{ name = \"milk\" }"), mixed);
    assert_eq!(
        found,
        [
            Difference::Intent,
            Difference::Action,
            Difference::TaskCount
        ]
    );
}

#[test]
fn a_single_proposal_is_not_a_job() {
    let got = (
        "propose_add_shopping_item",
        json!({ "item": { "name": "milk" } }),
    );
    assert_eq!(
        differences(&shopping("{ name = \"milk\" }"), got),
        [Difference::Action]
    );
}

#[test]
fn a_job_of_unknown_type_has_no_intent() {
    let (action, mut payload) = buy(&[json!({ "name": "milk" })]);
    payload["job_type"] = json!("unknown");
    assert_eq!(
        differences(&shopping("{ name = \"milk\" }"), (action, payload)),
        [Difference::Intent]
    );
}

#[test]
fn every_accepted_answer_is_right_and_the_nearest_one_is_the_measure() {
    let entry = easy(
        1,
        &format!(
            "{}\naccept = [\n  {{ action = \"start_job\", items = [{{ name = \"oat milk\" }}] }},\n  \
             {{ intent = \"clarify_needed\", action = \"clarify\", missing_fields = [\"item.name\"] }},\n]",
            shopping("{ name = \"milk\", quantity = \"2\" }")
        ),
    );
    let dataset = dataset(&entry);
    let judged = |got| {
        let run = Run::of(
            &dataset.entries,
            &Scripted::default().answer(1, got),
            RunSize::ONCE,
        );
        let judgement = run.outcomes[0].judgement.clone();
        (judgement.reference.clone(), judgement.differences)
    };
    let expected: Vec<_> = dataset.entries[0].expected.iter().cloned().collect();
    let milk = |name| buy(&[json!({ "name": name })]);
    assert_eq!(judged(milk("oat milk")), (expected[1].clone(), vec![]));
    assert_eq!(judged(ask(&["item.name"])), (expected[2].clone(), vec![]));
    // As near to the first as to the second: the preferred answer is the measure.
    assert_eq!(
        judged(milk("milk")),
        (expected[0].clone(), vec![Difference::Quantity])
    );
    assert_eq!(
        judged(ask(&["intent"])),
        (expected[2].clone(), vec![Difference::MissingFields])
    );
}

#[test]
fn what_is_no_decision_is_a_difference_of_its_own() {
    let dataset = dataset(&easy(1, &clarify("intent")));
    let no_actions = ("clarify", json!({ "missing_fields": ["intent"] }));
    for executor in [
        Scripted::default(),
        Scripted::default().answer(1, no_actions),
    ] {
        let run = Run::of(&dataset.entries, &executor, RunSize::ONCE);
        assert_eq!(
            run.outcomes[0].judgement.differences,
            [Difference::Decision]
        );
        assert!(!run.outcomes[0].is_sound());
    }
}

#[test]
fn in_process_answers_are_the_same_to_the_byte() {
    use corridor_eval::Executor as _;

    let dataset = dataset(&easy(1, &clarify("intent")));
    let decider = crate::golden::decider();
    let executor = InProcess::new(&decider);
    let command = &dataset.entries[0].command;
    assert_eq!(
        executor.execute(command).unwrap(),
        executor.execute(command).unwrap()
    );
}
