//! A stage that is switched off while a command is under way is not followed any more, and begins nothing new.

use std::sync::Arc;
use std::time::Duration;

use corridor_decision::records::Source;
use corridor_decision::stages::{SampleRate, Stages};
use corridor_llm::TaskId;
use serde_json::json;

use crate::scripted::{Bench, Play, Scripted, all_on, baseline, bench, command};

const ANSWER_MS: u64 = 200;

/// Every task answers well, a little late.
fn model() -> Arc<Scripted> {
    let reading = json!({"intent": "add_shopping_item", "confidence": 0.9, "items": [
        {"name": "молоко", "quantity": null, "unit": null, "list": null}]});
    let plays = [
        (TaskId::ShoppingExtraction, reading.clone()),
        (TaskId::PartialTrustShopping, reading),
        (TaskId::AssistNormalization, json!({"text": "добавь хлеб"})),
        (
            TaskId::AssistEntityExtraction,
            json!({"items": [], "title": null}),
        ),
        (TaskId::AssistClarify, json!({"question": "Что добавить?"})),
    ];
    Scripted::new(plays.map(|(task, answer)| (task, Play::json(&answer).after_ms(ANSWER_MS))))
}

/// Decides, and changes the stages while the model is asked.
async fn decide_and_change(bench: &Bench, text: &str, change: impl FnOnce(&mut Stages)) -> Source {
    let mut stages = all_on(Arc::clone(&bench.runtime));
    change(&mut stages);
    let command = command(text);
    let (decided, ()) = tokio::join!(bench.decide(&command), async {
        tokio::time::sleep(Duration::from_millis(ANSWER_MS / 2)).await;
        bench.pipeline.set_stages(Arc::new(stages));
    });
    if decided.source == Source::Baseline {
        assert_eq!(decided.decision, baseline(&command).decision, "{text}");
    }
    decided.source
}

#[tokio::test(start_paused = true)]
async fn a_candidate_is_not_followed_when_the_corridor_has_closed() {
    let bench = bench(model(), |_| ());
    assert_eq!(
        decide_and_change(&bench, "купи молоко", |_| ()).await,
        Source::PartialTrust
    );
    let closed: [fn(&mut Stages); 3] = [
        |stages| stages.partial_trust = None,
        // As the guard does.
        |stages| stages.partial_trust.as_mut().unwrap().rate = SampleRate::NONE,
        |stages| *stages = Stages::off(),
    ];
    for change in closed {
        let bench = self::bench(model(), |_| ());
        assert_eq!(
            decide_and_change(&bench, "купи молоко", change).await,
            Source::Baseline
        );
        let risk = bench.records.risks().remove(0);
        assert_eq!(risk.reason_code.unwrap().as_str(), "cancelled");
    }
}

#[tokio::test(start_paused = true)]
async fn a_hint_is_not_taken_when_assist_is_off_by_then() {
    let bench = bench(model(), |_| ());
    assert_eq!(
        decide_and_change(&bench, "дбаавь хлеб", |_| ()).await,
        Source::Assist
    );
    let bench = self::bench(model(), |_| ());
    let source = decide_and_change(&bench, "дбаавь хлеб", |stages| {
        stages.assist = None
    })
    .await;
    assert_eq!(source, Source::Baseline);
    let assist = bench.records.assists().remove(0);
    assert_eq!(assist.error_type.unwrap().as_str(), "cancelled");
    assert!(!assist.accepted);
}

#[tokio::test(start_paused = true)]
async fn no_stage_begins_that_is_off_by_then() {
    let bench = bench(model(), |_| ());
    decide_and_change(&bench, "купи фыркопузик", |stages| {
        stages.partial_trust = None;
        stages.shadow = None;
    })
    .await;
    bench.pipeline.drain(Duration::from_secs(60)).await;
    let calls = bench.caller.calls.lock().unwrap().clone();
    assert_eq!(calls, ["assist_normalization"]);
    assert!(bench.records.risks().is_empty() && bench.records.shadows().is_empty());
    assert_eq!(bench.records.fallbacks().len(), 1);
}
