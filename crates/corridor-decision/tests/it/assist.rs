//! Assist: what of a hint is taken, by cases as data; when it is asked for at all; what it may cost.

use std::collections::BTreeSet;
use std::time::Duration;

use corridor_decision::records::{
    AssistRefusal, AssistStatus, AssistStep, ComponentRecord, LlmOutcome, ModelFailure, ReasonCode,
    Source,
};
use corridor_decision::stages::Switch;
use corridor_llm::TaskId;
use serde::Deserialize;
use serde_json::Value;
use tokio::time::Instant;

use crate::scripted::{Bench, Play, Scripted, baseline, bench, command, wire};

/// One file: a command, the hints a model gives, and what becomes of each.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    say: String,
    #[serde(default)]
    normalization: Value,
    #[serde(default)]
    entities: Value,
    #[serde(default)]
    clarify: Value,
    expect: Expect,
    /// Why the case is there.
    #[allow(dead_code, reason = "for readers")]
    why: String,
}

/// For each hint `accepted`, `nothing_to_take`, or the reason why not; hints that are left out are not looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    normalizer: Option<String>,
    entities: Option<String>,
    clarify: Option<String>,
    /// The kind of decision that is sent.
    reason: String,
    /// Names and titles that are sent.
    #[serde(default)]
    names: Vec<String>,
}

fn cases() -> Vec<(String, Case)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/cases/assist");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let case =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, case)
        })
        .collect()
}

fn assist_alone(caller: std::sync::Arc<Scripted>) -> Bench {
    bench(caller, |stages| {
        stages.shadow = None;
        stages.partial_trust = None;
    })
}

/// What became of a hint, in the words of a case.
fn fate(bench: &Bench, step: AssistStep, component: &ComponentRecord) -> String {
    match bench
        .records
        .assists()
        .into_iter()
        .find(|record| record.step == step)
    {
        Some(record) => record
            .error_type
            .map_or(record.status.to_string(), |reason| reason.to_string()),
        None => component
            .reason
            .map_or(String::new(), |reason| reason.to_string()),
    }
}

#[tokio::test(start_paused = true)]
async fn hints_are_taken_or_refused_for_their_reason() {
    let (mut failures, mut refusals) = (Vec::new(), BTreeSet::new());
    for (name, case) in cases() {
        let plays = [
            (TaskId::AssistNormalization, &case.normalization),
            (TaskId::AssistEntityExtraction, &case.entities),
            (TaskId::AssistClarify, &case.clarify),
        ];
        let caller = Scripted::new(
            plays
                .into_iter()
                .filter(|(_, answer)| !answer.is_null())
                .map(|(task, answer)| (task, Play::json(answer))),
        );
        let bench = assist_alone(caller);
        let command = command(&case.say);
        let decided = bench.decide(&command).await;
        let components = bench.records.fallbacks().remove(0).components;
        let fates = [
            (
                AssistStep::Normalizer,
                &case.expect.normalizer,
                &components.assist_normalizer,
            ),
            (
                AssistStep::Entities,
                &case.expect.entities,
                &components.assist_entities,
            ),
            (
                AssistStep::Clarify,
                &case.expect.clarify,
                &components.assist_clarify,
            ),
        ];
        let mut accepted = false;
        for (step, expected, component) in fates {
            let got = fate(&bench, step, component);
            accepted |= got == "accepted";
            refusals.insert(got.clone());
            if let Some(expected) = expected
                && got != *expected
            {
                failures.push(format!("{name}: {step} {got}, expected {expected}"));
            }
        }
        let sent = wire(&decided.decision);
        let got = (decided.reason.name().to_owned(), names(&sent));
        if got != (case.expect.reason.clone(), case.expect.names.clone()) {
            failures.push(format!("{name}: sent {got:?}"));
        }
        if accepted {
            assert_eq!(decided.source, Source::Assist, "{name}");
        } else {
            assert_eq!(decided.decision, baseline(&command).decision, "{name}");
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    for refusal in AssistRefusal::ALL {
        assert!(refusals.contains(refusal.as_str()), "no case for {refusal}");
    }
}

/// Item names and titles, or the question.
fn names(sent: &Value) -> Vec<String> {
    let payload = &sent["payload"];
    let actions = payload["proposed_actions"].as_array().into_iter().flatten();
    let mut names: Vec<String> = actions
        .filter_map(|action| {
            let payload = &action["payload"];
            payload["item"]["name"]
                .as_str()
                .or(payload["task"]["title"].as_str())
                .map(str::to_owned)
        })
        .collect();
    names.extend(payload["question"].as_str().map(str::to_owned));
    names
}

#[tokio::test(start_paused = true)]
async fn a_confident_baseline_never_waits() {
    for text in [
        "купи молоко",
        "вынеси мусор",
        "купи молоко и убери кухню",
        "не покупай молоко",
        "оплати счёт",
        "🙂",
    ] {
        let bench = assist_alone(Scripted::new([]));
        let started = Instant::now();
        bench.decide(&command(text)).await;
        assert_eq!(started.elapsed(), Duration::ZERO, "{text}");
        assert_eq!(bench.caller.calls(), 0, "{text}");
        assert!(bench.records.assists().is_empty(), "{text}");
        let fallback = bench.records.fallbacks().remove(0);
        assert_eq!(
            fallback.llm_outcome,
            LlmOutcome::DeterministicOnly,
            "{text}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn hints_are_asked_for_at_once_under_one_deadline() {
    let bench = assist_alone(Scripted::new([]));
    let started = Instant::now();
    let command = command("абракадабра швабракадабра");
    let decided = bench.decide(&command).await;
    assert_eq!(started.elapsed(), Duration::from_millis(1200));
    assert_eq!(
        bench.caller.gauge(),
        (0, 3),
        "three at once, none left behind"
    );
    assert_eq!(decided.decision, baseline(&command).decision);
    let records = bench.records.assists();
    assert_eq!(records.len(), 3);
    for record in records {
        assert_eq!(record.status, AssistStatus::Failed);
        assert_eq!(
            record.error_type,
            Some(ReasonCode::Model(ModelFailure::Timeout))
        );
        assert_eq!(record.latency_ms, Duration::from_millis(1200).into());
    }
    let latency = bench.records.latencies().remove(0);
    assert_eq!(latency.llm_ms, Duration::from_millis(1200).into());
    assert!(latency.steps.assist_ms >= latency.llm_ms);
    let fallback = bench.records.fallbacks().remove(0);
    assert_eq!(fallback.llm_outcome, LlmOutcome::Fallback);
    assert!(fallback.deterministic_used);
}

#[tokio::test(start_paused = true)]
async fn each_hint_has_a_switch_of_its_own() {
    for off in 0..8_u8 {
        let bench = bench(Scripted::new([]), |stages| {
            stages.shadow = None;
            stages.partial_trust = None;
            let limits = stages.assist.as_mut().unwrap();
            let switch = |bit: u8| {
                if off & bit == 0 {
                    Switch::On
                } else {
                    Switch::Off
                }
            };
            limits.normalization = switch(1);
            limits.entities = switch(2);
            limits.clarify = switch(4);
        });
        bench.decide(&command("абракадабра швабракадабра")).await;
        let calls: BTreeSet<String> = bench.caller.calls.lock().unwrap().iter().cloned().collect();
        let expected = [
            (1, TaskId::AssistNormalization),
            (2, TaskId::AssistEntityExtraction),
            (4, TaskId::AssistClarify),
        ];
        for (bit, task) in expected {
            assert_eq!(
                calls.contains(task.as_str()),
                off & bit == 0,
                "{off} {task:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_partial_answer_is_taken_though_another_hint_hangs() {
    let text = serde_json::json!({"text": "купи молоко"});
    let bench = assist_alone(Scripted::new([(
        TaskId::AssistNormalization,
        Play::json(&text),
    )]));
    let decided = bench.decide(&command("кпи млоко")).await;
    assert_eq!(
        decided.source,
        Source::Baseline,
        "three letters are no slip to repair"
    );
    let bench = assist_alone(Scripted::new([(
        TaskId::AssistNormalization,
        Play::json(&serde_json::json!({"text": "добавь хлеб"})),
    )]));
    let decided = bench.decide(&command("дбаавь хлеб")).await;
    assert_eq!(decided.source, Source::Assist);
    let fallback = bench.records.fallbacks().remove(0);
    // One that can change answers failed: the outcome says so, though another served.
    assert_eq!(fallback.llm_outcome, LlmOutcome::Fallback);
    assert!(!fallback.deterministic_used);
}
