//! Which records count, and for what.

use corridor_decision::{
    records::ModelFailure,
    stages::{Guard, GuardLimits, GuardState},
};
use corridor_eval::verdict::{
    Action, Counted, Evidence, Limits, MeasureName, RolloutStage, verdict,
};
use serde_json::{Value, json};

use super::records::{Draw, Drawn, risk, shadow};

const SAME: Draw = Draw {
    outcome: Drawn::TakenSame,
    slow: false,
};
const FAILED: Draw = Draw {
    outcome: Drawn::Failed,
    slow: false,
};

fn with(mut record: Value, path: &str, value: Value) -> Value {
    *record.pointer_mut(path).unwrap() = value;
    record
}

fn visits(records: impl IntoIterator<Item = Value>) -> Evidence {
    let mut evidence = Evidence::default();
    for record in records {
        evidence.risk(&serde_json::from_value(record).unwrap(), &Limits::default());
    }
    evidence
}

fn shadows(records: impl IntoIterator<Item = Value>) -> Evidence {
    let mut evidence = Evidence::default();
    for record in records {
        evidence.shadow(&serde_json::from_value(record).unwrap(), &Limits::default());
    }
    evidence
}

fn action(evidence: &Evidence) -> Action {
    verdict(evidence.stage(), evidence, &Limits::default()).action
}

/// The verdict, the guard and the vocabulary are of one mind about every failure.
#[test]
fn guard_and_verdict_pass_over_the_same_failures() {
    for failure in ModelFailure::ALL.iter().copied() {
        let mut evidence = Evidence::default();
        let mut guard = Guard::new(GuardLimits::default(), GuardState::default());
        let mut counted = Counted::Sample;
        for number in 0..60 {
            let record = with(risk(number, FAILED, 0.01), "/reason_code", json!(failure));
            let record = serde_json::from_value(record).unwrap();
            guard.observe(&record);
            counted = evidence.risk(&record, &Limits::default());
        }
        let blames = !matches!(
            failure,
            ModelFailure::Cancelled
                | ModelFailure::BudgetExhausted
                | ModelFailure::NotConfigured
                | ModelFailure::Refused
        );
        assert_eq!(counted == Counted::Sample, blames, "{failure}");
        assert_eq!(action(&evidence) == Action::RollBack, blames, "{failure}");
        assert_eq!(guard.trip().is_some(), blames, "{failure}");
        let shadow = with(shadow(0, FAILED), "/error_type", json!(failure));
        let tallies = shadows([shadow]).shadow_tallies().unwrap();
        assert_eq!(tallies.errors.whole == 1, blames, "{failure}");
    }
}

#[test]
fn good_days_long_gone_do_not_hide_a_model_that_is_down() {
    let good = (0..2500).map(|number| risk(number, SAME, 0.01));
    let down = (2500..2560).map(|number| risk(number, FAILED, 0.01));
    // In any order of files.
    assert_eq!(
        action(&visits(good.clone().chain(down.clone()))),
        Action::RollBack
    );
    assert_eq!(action(&visits(down.chain(good))), Action::RollBack);
}

#[test]
fn evidence_begins_again_where_the_profile_or_a_prompt_changes() {
    let meta = |profile: &str, prompt: &str, version: &str, escalated: bool| {
        json!({
            "profile": profile, "route": format!("shopping/{profile}"), "prompt_id": prompt, "prompt_version": version,
            "escalated": escalated, "repaired": false, "attempts": 1,
        })
    };
    let count = |last: Vec<Value>| {
        let old = (0..100).map(|number| {
            with(
                risk(number, SAME, 0.01),
                "/model_meta",
                meta("small", "en", "1", false),
            )
        });
        let new = last
            .into_iter()
            .zip(100..)
            .map(|(meta, number)| with(risk(number, SAME, 0.01), "/model_meta", meta));
        visits(old.chain(new)).risk_tallies().unwrap().errors.whole
    };
    assert_eq!(count(vec![meta("large", "en", "1", false); 30]), 30);
    assert_eq!(count(vec![meta("small", "en", "2", false); 30]), 30);
    // Another language's prompt, an escalation, or nobody to tell of is no change.
    assert_eq!(count(vec![meta("small", "ru", "7", false); 30]), 130);
    assert_eq!(count(vec![meta("large", "en", "1", true); 30]), 130);
    assert_eq!(count(vec![Value::Null; 30]), 130);
}

#[test]
fn whatever_would_be_executed_differently_is_disagreement() {
    for field in ["intent", "action", "items", "amounts", "lists"] {
        let record = with(
            shadow(0, SAME),
            &format!("/diff/{field}"),
            json!("different"),
        );
        let tallies = shadows([record]).shadow_tallies().unwrap();
        assert_eq!(tallies.disagreements.part, 1, "{field}");
    }
    for field in [
        "items_missing",
        "items_extra",
        "amounts_different",
        "lists_different",
    ] {
        let record = with(risk(0, SAME, 0.01), &format!("/diff/{field}"), json!(1));
        let tallies = visits([record]).risk_tallies().unwrap();
        assert_eq!(tallies.disagreements.part, 1, "{field}");
    }
    assert_eq!(
        visits([risk(0, SAME, 0.01)])
            .risk_tallies()
            .unwrap()
            .disagreements
            .part,
        0
    );
    assert_eq!(
        shadows([shadow(0, SAME)])
            .shadow_tallies()
            .unwrap()
            .disagreements
            .part,
        0
    );
}

#[test]
fn a_visit_outside_of_the_sample_is_no_new_stage() {
    let timeouts = (0..200).map(|number| risk(number, FAILED, 0.01));
    let outside = with(risk(200, FAILED, 0.0), "/status", json!("not_sampled"));
    let outside = with(outside, "/reason_code", json!("not_sampled"));
    assert_eq!(
        action(&visits(timeouts.chain([outside.clone()]))),
        Action::RollBack
    );
    // Without any sample, it tells at least the stage.
    let alone = visits([with(outside, "/sample_rate", json!(0.05))]);
    assert_eq!(
        (alone.stage(), action(&alone)),
        (RolloutStage::Corridor5, Action::Hold)
    );
}

#[test]
fn calls_turned_away_at_once_are_not_fast() {
    let refused = with(risk(0, FAILED, 0.01), "/reason_code", json!("unavailable"));
    let evidence = visits([refused, risk(1, FAILED, 0.01), risk(2, SAME, 0.01)]);
    let verdict = verdict(RolloutStage::Corridor1, &evidence, &Limits::default());
    let samples = |name| {
        let of_name = |measure: &&corridor_eval::verdict::Measure| measure.measure == name;
        verdict.measures.iter().find(of_name).unwrap().samples
    };
    assert_eq!(samples(MeasureName::Error), 3);
    assert_eq!(samples(MeasureName::Latency), 2);
}
