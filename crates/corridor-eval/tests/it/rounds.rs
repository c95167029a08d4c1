//! Rounds and threads: any number of them gives the same run.

use std::num::NonZeroUsize;

use corridor_eval::{Baseline, InProcess, Mode, Report, Run, RunSize, Speed};
use serde_json::json;

use crate::golden::{decider, golden};
use crate::home::{clarify, dataset, easy};
use crate::scripted::{Scripted, ask};

fn size(threads: usize, rounds: usize) -> RunSize {
    RunSize {
        threads: NonZeroUsize::new(threads).unwrap(),
        rounds: NonZeroUsize::new(rounds).unwrap(),
    }
}

#[test]
fn threads_and_rounds_change_nothing_but_the_count() {
    let dataset = golden();
    let decider = decider();
    let entries = &dataset.entries[..100];
    let told = |size| {
        let run = Run::of(entries, &InProcess::new(&decider), size);
        assert_eq!(run.decided, 100 * size.rounds.get());
        let speed = Speed {
            decided: 0,
            threads: 0,
            elapsed: std::time::Duration::ZERO,
        };
        let report = serde_json::to_value(Report::of(&run, Mode::Baseline, speed)).unwrap();
        (report, Baseline::of(&run))
    };
    let once = told(RunSize::ONCE);
    assert_eq!(once.0["entries"], 100);
    for (threads, rounds) in [(2, 1), (7, 3), (200, 2)] {
        assert_eq!(
            told(size(threads, rounds)),
            once,
            "{threads} threads, {rounds} rounds"
        );
    }
}

#[test]
fn every_entry_is_decided_in_every_round() {
    let entries: String = (1..=50)
        .map(|number| easy(number, &clarify("intent")))
        .collect();
    let dataset = dataset(&entries);
    let script = (1..=50).fold(Scripted::default(), |script, number| {
        script.answer(number, ask(&["intent"]))
    });
    let run = Run::of(&dataset.entries, &script, size(3, 4));
    assert_eq!(
        (script.asked(), run.right(), run.outcomes.len()),
        (200, 50, 50)
    );
    assert!(
        run.outcomes
            .iter()
            .zip(&dataset.entries)
            .all(|(outcome, entry)| outcome.entry.id == entry.id)
    );
}

#[test]
fn an_answer_that_changes_between_rounds_is_not_right() {
    let dataset = dataset(&easy(1, &clarify("intent")));
    let script = Scripted::default()
        .answer(1, ask(&["intent"]))
        .answer(1, ask(&["text"]));
    let once = Run::of(&dataset.entries, &script, RunSize::ONCE);
    assert!(once.outcomes[0].is_right());
    let script = Scripted::default()
        .answer(1, ask(&["intent"]))
        .answer(1, ask(&["text"]));
    let twice = Run::of(&dataset.entries, &script, size(1, 2));
    assert!(!twice.outcomes[0].is_right() && !twice.outcomes[0].is_sound());
    let speed = Speed {
        decided: 2,
        threads: 1,
        elapsed: std::time::Duration::ZERO,
    };
    assert_eq!(
        serde_json::to_value(Report::of(&twice, Mode::Baseline, speed)).unwrap()["unsound"],
        json!(["en-001"])
    );
}

#[test]
fn a_set_of_nothing_is_a_run_of_nothing() {
    let run = Run::of(&[], &Scripted::default(), size(2, 3));
    assert_eq!(
        (run.outcomes.len(), run.decided, run.decision_version),
        (0, 0, None)
    );
}
