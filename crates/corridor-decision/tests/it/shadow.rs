//! Shadow: compared and recorded, bounded, shed first, drained at the end, and never felt.

use std::sync::Arc;
use std::time::Duration;

use corridor_decision::Load;
use corridor_decision::records::{
    Comparison, ComponentStatus, Intent, LlmOutcome, ShadowStatus, SkipReason,
};
use corridor_decision::stages::ShadowLimits;
use corridor_llm::TaskId;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::scripted::{Bench, Play, Scripted, baseline, bench, command};

fn shadow_alone(caller: Arc<Scripted>, limits: ShadowLimits) -> Bench {
    bench(caller, |stages| {
        stages.assist = None;
        stages.partial_trust = None;
        stages.shadow = Some(limits);
    })
}

fn reading(play: Play) -> Bench {
    shadow_alone(
        Scripted::new([(TaskId::ShoppingExtraction, play)]),
        ShadowLimits::default(),
    )
}

/// Name, quantity, unit, list.
type Read<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a str>);

fn items(items: &[Read<'_>]) -> Value {
    let items: Vec<Value> = items
        .iter()
        .map(|(name, quantity, unit, list)| {
            json!({"name": name, "quantity": quantity, "unit": unit, "list": list})
        })
        .collect();
    json!({"intent": "add_shopping_item", "items": items, "confidence": 0.9})
}

#[tokio::test(start_paused = true)]
async fn the_answer_does_not_wait_and_the_record_does() {
    let bench = reading(Play::json(&items(&[("молоко", None, None, None)])).after_ms(300));
    let command = command("купи молоко");
    let started = Instant::now();
    let decided = bench.decide(&command).await;
    assert_eq!(started.elapsed(), Duration::ZERO);
    assert_eq!(decided.decision, baseline(&command).decision);
    assert!(
        bench.records.fallbacks().is_empty(),
        "the shadow has not settled"
    );
    assert_eq!(bench.records.latencies().len(), 1);

    bench.pipeline.drain(Duration::from_secs(1)).await;
    assert_eq!(started.elapsed(), Duration::from_millis(300));
    let shadow = bench.records.shadows().remove(0);
    assert_eq!(shadow.status, ShadowStatus::Compared);
    assert_eq!(shadow.latency_ms, Duration::from_millis(300).into());
    let fallback = bench.records.fallbacks().remove(0);
    assert_eq!(fallback.llm_outcome, LlmOutcome::Success);
    assert_eq!(fallback.components.shadow.status, ComponentStatus::Success);
    // Nobody waited for it.
    assert_eq!(fallback.llm_latency_ms, Duration::ZERO.into());
    assert!(fallback.deterministic_used);
}

#[tokio::test(start_paused = true)]
async fn decisions_are_compared_on_normalised_values() {
    use Comparison::{Different, NotCompared, Same};
    let shopping = "купи 2 литра молока и красную рыбу";
    let milk = ("молоко", Some("2"), Some("литра"), None);
    let cases = [
        // Case forms, the order of words, forms of units: the same.
        (
            shopping,
            items(&[
                ("рыба красная", None, None, None),
                ("Молока", Some("2.0"), Some("л"), None),
            ]),
            [Same, Same, Same, Same, Same],
        ),
        (
            shopping,
            items(&[milk]),
            [Same, Same, Different, Same, Same],
        ),
        (
            shopping,
            items(&[
                milk,
                ("красная рыба", None, None, None),
                ("сыр", None, None, None),
            ]),
            [Same, Same, Different, Same, Same],
        ),
        (
            shopping,
            items(&[
                ("молоко", Some("3"), Some("л"), None),
                ("красная рыба", None, None, None),
            ]),
            [Same, Same, Same, Different, Same],
        ),
        (
            shopping,
            items(&[milk, ("красная рыба", None, None, Some("Хозтовары"))]),
            [Same, Same, Same, Same, Different],
        ),
        // A list that the household does not have would be asked for.
        (
            shopping,
            items(&[("молоко", None, None, Some("Дача"))]),
            [Different, Different, Different, NotCompared, NotCompared],
        ),
        (
            shopping,
            json!({"intent": "create_task", "items": [], "confidence": null}),
            [Different, Same, Different, NotCompared, NotCompared],
        ),
        (
            shopping,
            json!({"intent": "unknown", "items": [], "confidence": null}),
            [Different, Different, Different, NotCompared, NotCompared],
        ),
        (
            "вынеси мусор",
            json!({"intent": "create_task", "items": [], "confidence": null}),
            [Same, Same, NotCompared, NotCompared, NotCompared],
        ),
        (
            "сколько времени",
            json!({"intent": "unknown", "items": [], "confidence": null}),
            [Same, Same, NotCompared, NotCompared, NotCompared],
        ),
        (
            "сколько времени",
            items(&[("молоко", None, None, None)]),
            [Different, Different, Different, NotCompared, NotCompared],
        ),
    ];
    for (text, answer, expected) in cases {
        let bench = reading(Play::json(&answer));
        bench.settle(&command(text)).await;
        let shadow = bench.records.shadows().remove(0);
        let diff = shadow.diff.unwrap();
        let got = [
            diff.intent,
            diff.action,
            diff.items,
            diff.amounts,
            diff.lists,
        ];
        assert_eq!(got, expected, "{text}: {answer}");
        assert_eq!(
            shadow.suggested_item_count,
            Some(u32::try_from(answer["items"].as_array().unwrap().len()).unwrap())
        );
        assert_eq!(
            diff.items_shared + diff.items_missing,
            shadow.baseline_item_count
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_suggested_is_told_by_kind() {
    let bench = reading(Play::json(
        &json!({"intent": "create_task", "items": [], "confidence": 1}),
    ));
    bench.settle(&command("купи молоко")).await;
    let shadow = bench.records.shadows().remove(0);
    assert_eq!(shadow.suggested_intent, Some(Intent::CreateTask));
    assert_eq!(shadow.baseline_intent, Intent::AddShoppingItem);
    assert_eq!(
        shadow.model_meta.unwrap().route.as_str(),
        "shopping_extraction/cheap"
    );
}

#[tokio::test(start_paused = true)]
async fn calls_are_bounded_and_what_is_too_much_is_shed_and_counted() {
    let bench = shadow_alone(
        Scripted::new([]),
        ShadowLimits {
            timeout: Duration::from_millis(3000),
            max_concurrency: 2,
            queue_len: 3,
        },
    );
    for _ in 0..10 {
        bench.decide(&command("купи молоко")).await;
        tokio::task::yield_now().await;
    }
    let load = bench.pipeline.shadow_load();
    assert_eq!((load.under_way, load.waiting, load.shed), (2, 3, 5));
    assert_eq!(bench.caller.gauge(), (2, 2));
    let shed = bench.records.fallbacks();
    assert_eq!(shed.len(), 5, "what was shed is settled at once");
    for record in shed {
        assert_eq!(record.llm_outcome, LlmOutcome::DeterministicOnly);
        assert_eq!(
            record.components.shadow.reason,
            Some(SkipReason::Shed.into())
        );
    }
    // The deadline covers the wait for a place: everything has settled when it ends, and nothing goes on.
    tokio::time::sleep(Duration::from_millis(3001)).await;
    assert_eq!(bench.records.fallbacks().len(), 10);
    assert_eq!(bench.records.shadows().len(), 5);
    for record in bench.records.shadows() {
        assert_eq!(record.error_type.unwrap().as_str(), "timeout");
        assert_eq!(record.latency_ms, Duration::from_millis(3000).into());
    }
    assert_eq!(bench.caller.gauge(), (0, 2));
    assert_eq!(bench.pipeline.shadow_load().under_way, 0);
}

#[tokio::test(start_paused = true)]
async fn the_model_client_sees_the_time_out_of_a_shadow() {
    let bench = shadow_alone(Scripted::new([]), ShadowLimits::default());
    bench.settle(&command("купи молоко")).await;
    // Who answered is told by the client alone: it ended the call itself, so its records and its breaker know.
    let shadow = bench.records.shadows().remove(0);
    assert_eq!(shadow.error_type.unwrap().as_str(), "timeout");
    assert_eq!(shadow.model_meta.unwrap().profile.as_str(), "cheap");
}

#[tokio::test(start_paused = true)]
async fn calls_that_wait_are_made_when_a_place_is_free() {
    let answer = items(&[("молоко", None, None, None)]);
    let bench = shadow_alone(
        Scripted::new([(
            TaskId::ShoppingExtraction,
            Play::json(&answer).after_ms(100),
        )]),
        ShadowLimits {
            max_concurrency: 1,
            ..ShadowLimits::default()
        },
    );
    for _ in 0..5 {
        bench.decide(&command("купи молоко")).await;
    }
    let started = Instant::now();
    bench.pipeline.drain(Duration::from_secs(10)).await;
    assert_eq!(started.elapsed(), Duration::from_millis(500));
    assert_eq!(bench.caller.calls(), 5);
    assert_eq!(bench.caller.gauge(), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn draining_waits_for_a_while_and_then_cancels() {
    let bench = shadow_alone(Scripted::new([]), ShadowLimits::default());
    for _ in 0..3 {
        bench.decide(&command("купи молоко")).await;
    }
    let started = Instant::now();
    bench.pipeline.drain(Duration::from_millis(500)).await;
    assert_eq!(started.elapsed(), Duration::from_millis(500));
    assert_eq!(bench.caller.gauge().0, 0, "cancelled, not abandoned");
    let fallbacks = bench.records.fallbacks();
    assert_eq!(fallbacks.len(), 3);
    for record in fallbacks {
        assert_eq!(record.fallback_reason.unwrap().as_str(), "cancelled");
        assert_eq!(record.llm_outcome, LlmOutcome::Fallback);
    }
    // Later commands are decided all the same.
    let command = command("купи хлеб");
    let decided = bench.decide(&command).await;
    assert_eq!(decided.decision, baseline(&command).decision);
    assert_eq!(
        bench.records.fallbacks()[3].components.shadow.reason,
        Some(SkipReason::Stopping.into())
    );
}

#[tokio::test(start_paused = true)]
async fn switching_models_off_cancels_the_calls_under_way() {
    let bench = shadow_alone(Scripted::new([]), ShadowLimits::default());
    bench.decide(&command("купи молоко")).await;
    tokio::task::yield_now().await;
    assert_eq!(bench.caller.gauge().0, 1);
    bench.runtime.close();
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!(bench.caller.gauge().0, 0);
    assert_eq!(
        bench.records.shadows()[0].error_type.unwrap().as_str(),
        "cancelled"
    );
}

#[tokio::test(start_paused = true)]
async fn under_load_no_shadow_is_begun() {
    let bench = shadow_alone(Scripted::new([]), ShadowLimits::default());
    bench.pipeline.set_load(Load::High);
    bench.decide(&command("купи молоко")).await;
    assert_eq!(bench.pipeline.shadow_load().shed, 1);
    assert_eq!(bench.caller.calls(), 0);
    bench.pipeline.set_load(Load::Normal);
    bench.settle(&command("купи молоко")).await;
    assert_eq!(bench.caller.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_shadow_that_breaks_is_an_error_and_is_recorded_once() {
    let bench = reading(Play::Panic);
    bench.settle(&command("купи молоко")).await;
    let fallbacks = bench.records.fallbacks();
    assert_eq!(fallbacks.len(), 1);
    assert_eq!(fallbacks[0].llm_outcome, LlmOutcome::Error);
    assert_eq!(bench.records.shadows()[0].status, ShadowStatus::Error);
}

#[tokio::test(start_paused = true)]
async fn texts_that_are_no_household_commands_are_not_sent() {
    let long = "молоко ".repeat(200);
    for text in ["", "   ", long.as_str()] {
        let bench = shadow_alone(Scripted::new([]), ShadowLimits::default());
        bench.settle(&command(text)).await;
        assert_eq!(bench.caller.calls(), 0);
        assert_eq!(
            bench.records.fallbacks()[0].components.shadow.reason,
            Some(SkipReason::TextLength.into())
        );
    }
}
