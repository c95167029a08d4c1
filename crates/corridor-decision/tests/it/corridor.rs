//! Partial trust: every acceptance rule by cases as data, the sample, and what a visit records.

use std::time::Duration;

use corridor_decision::records::{ComponentStatus, LlmOutcome, RiskStatus, Source, TrustRefusal};
use corridor_decision::stages::SampleRate;
use corridor_llm::TaskId;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::scripted::{Bench, Play, Scripted, baseline, bench, command, wire};

/// One file: a command, what a model makes of it, and what becomes of that.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    say: String,
    answer: Value,
    /// `accepted`, or the reason code of the refusal.
    expect: String,
    /// Names sent, where the candidate is accepted.
    #[serde(default)]
    names: Vec<String>,
    /// Why the case is there.
    #[allow(dead_code, reason = "for readers")]
    why: String,
}

fn cases() -> Vec<(String, Case)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/cases/acceptance");
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

fn corridor(play: Play) -> Bench {
    bench(
        Scripted::new([(TaskId::PartialTrustShopping, play)]),
        |stages| {
            stages.shadow = None;
            stages.assist = None;
        },
    )
}

#[tokio::test(start_paused = true)]
async fn candidates_are_accepted_or_refused_for_their_reason() {
    let mut refusals = std::collections::BTreeSet::new();
    let mut failures = Vec::new();
    for (name, case) in cases() {
        let bench = corridor(Play::json(&case.answer));
        let command = command(&case.say);
        let decided = bench.decide(&command).await;
        let risk = bench.records.risks().remove(0);
        let got = match (risk.status, risk.reason_code) {
            (RiskStatus::AcceptedLlm, None) => "accepted".to_owned(),
            (_, Some(reason)) => reason.to_string(),
            (status, None) => status.to_string(),
        };
        if got != case.expect {
            failures.push(format!("{name}: {got}, expected {}", case.expect));
            continue;
        }
        refusals.insert(case.expect.clone());
        if case.expect == "accepted" {
            assert_eq!(decided.source, Source::PartialTrust, "{name}");
            let names: Vec<String> = wire(&decided.decision)["payload"]["proposed_actions"]
                .as_array()
                .unwrap()
                .iter()
                .map(|action| {
                    action["payload"]["item"]["name"]
                        .as_str()
                        .unwrap()
                        .to_owned()
                })
                .collect();
            assert_eq!(names, case.names, "{name}");
        } else {
            assert_eq!(decided.decision, baseline(&command).decision, "{name}");
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // Every rule that a candidate can break has a case that breaks it.
    let unreachable = [
        // What is built differs from the baseline only where an earlier rule has refused, so these three are last guards.
        TrustRefusal::OutcomeChanged,
        TrustRefusal::MessageChanged,
        TrustRefusal::ContractInvalid,
    ];
    for refusal in TrustRefusal::ALL {
        assert!(
            unreachable.contains(refusal) || refusals.contains(refusal.as_str()),
            "no case for {refusal}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_accepted_candidate_keeps_ids_and_says_who_answered() {
    let answer = json!({"intent": "add_shopping_item", "confidence": 0.9, "items": [
        {"name": "молоко", "quantity": "2", "unit": "литр", "list": null},
        {"name": "хлеб", "quantity": null, "unit": null, "list": null},
    ]});
    let bench = corridor(Play::json(&answer).after_ms(250));
    let command = command("купи 2 литра молока и хлеб");
    let decided = bench.decide(&command).await;
    let mut sent = wire(&decided.decision);
    let expected = wire(&baseline(&command).decision);
    assert_eq!(sent["confidence"], 0.9);
    sent["confidence"] = expected["confidence"].clone();
    assert_eq!(sent, expected);

    let risk = bench.records.risks().remove(0);
    assert_eq!(risk.status, RiskStatus::AcceptedLlm);
    assert_eq!(risk.latency_ms, Some(Duration::from_millis(250).into()));
    let meta = risk.model_meta.unwrap();
    assert_eq!(
        (meta.profile.as_str(), meta.route.as_str(), meta.escalated),
        ("cheap", "partial_trust_shopping/cheap", false)
    );
    assert!(meta.prompt_version.is_some());
    let fallback = bench.records.fallbacks().remove(0);
    assert_eq!(fallback.llm_outcome, LlmOutcome::Success);
    assert!(!fallback.deterministic_used);
    assert_eq!(fallback.fallback_reason, None);
    let latency = bench.records.latencies().remove(0);
    assert_eq!(latency.llm_ms, Duration::from_millis(250).into());
    assert!(latency.total_ms >= latency.llm_ms);
}

#[tokio::test(start_paused = true)]
async fn every_command_leaves_a_risk_record_while_the_corridor_is_open() {
    let cases = [
        ("купи молоко", 0.0, RiskStatus::NotSampled, "not_sampled"),
        (
            "вынеси мусор",
            1.0,
            RiskStatus::Skipped,
            "intent_not_allowed",
        ),
        (
            "сколько времени",
            1.0,
            RiskStatus::Skipped,
            "baseline_not_execute",
        ),
        ("купи", 1.0, RiskStatus::Skipped, "baseline_not_execute"),
        (
            "купи молоко",
            1.0,
            RiskStatus::FallbackDeterministic,
            "timeout",
        ),
    ];
    for (text, rate, status, reason) in cases {
        let bench = bench(Scripted::new([]), |stages| {
            stages.shadow = None;
            stages.assist = None;
            if let Some(limits) = &mut stages.partial_trust {
                limits.rate = SampleRate::new(rate).unwrap();
            }
        });
        bench.decide(&command(text)).await;
        let risks = bench.records.risks();
        assert_eq!(risks.len(), 1, "{text}");
        let got = (
            risks[0].status,
            risks[0].reason_code.map(|reason| reason.as_str()),
        );
        assert_eq!(got, (status, Some(reason)), "{text} at {rate}");
        assert_eq!(
            risks[0].latency_ms.is_some(),
            status == RiskStatus::FallbackDeterministic
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_panics_is_an_error_and_the_baseline_is_sent() {
    let bench = corridor(Play::Panic);
    let command = command("купи молоко");
    let decided = bench.decide(&command).await;
    assert_eq!(decided.decision, baseline(&command).decision);
    let fallback = bench.records.fallbacks().remove(0);
    assert_eq!(fallback.llm_outcome, LlmOutcome::Error);
    assert_eq!(
        fallback.components.partial_trust.status,
        ComponentStatus::Error
    );
    assert!(fallback.deterministic_used);
}

/// The table of `docs/decisions/acceptance-rules.md` has every rule.
#[test]
fn every_rule_is_documented() {
    let text = include_str!("../../../../docs/decisions/acceptance-rules.md");
    let documented: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let rules: Vec<&str> = TrustRefusal::ALL.iter().map(|rule| rule.as_str()).collect();
    let sorted = |mut words: Vec<&'static str>| {
        words.sort_unstable();
        words
    };
    assert_eq!(sorted(documented), sorted(rules));
}

#[tokio::test(start_paused = true)]
async fn answers_without_end_are_refused_unread() {
    let item =
        json!({"name": "молоко ".repeat(10_000), "quantity": null, "unit": null, "list": null});
    let short = json!({"name": "молоко", "quantity": null, "unit": null, "list": null});
    for (items, refusal) in [
        (vec![item], TrustRefusal::NameLength),
        (vec![short; 5_000], TrustRefusal::ItemCount),
    ] {
        let answer = json!({"intent": "add_shopping_item", "confidence": 0.9, "items": items});
        let bench = corridor(Play::json(&answer));
        bench.decide(&command("купи молоко")).await;
        let risk = bench.records.risks().remove(0);
        assert_eq!(risk.reason_code, Some(refusal.into()));
        assert!(risk.llm.unwrap().item_count <= 101);
    }
}
