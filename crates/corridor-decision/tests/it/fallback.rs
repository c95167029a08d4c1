//! The fallback record: what the outcome of a command is, over every combination of its components.

use corridor_decision::records::{
    AssistRefusal, ComponentRecord, ComponentStatus, ComponentsRecord, InternalError, LlmOutcome,
    Master, ModelFailure, ReasonCode, SkipReason, TrustRefusal,
};

use crate::scripted::{Scripted, bench, command};

fn component(status: ComponentStatus, reason: Option<ReasonCode>) -> ComponentRecord {
    ComponentRecord {
        status,
        reason,
        latency_ms: None,
    }
}

fn ok() -> ComponentRecord {
    component(ComponentStatus::Success, None)
}

fn failed() -> ComponentRecord {
    component(
        ComponentStatus::Failed,
        Some(ReasonCode::Model(ModelFailure::Timeout)),
    )
}

fn refused(reason: impl Into<ReasonCode>) -> ComponentRecord {
    component(ComponentStatus::Refused, Some(reason.into()))
}

fn broken() -> ComponentRecord {
    component(ComponentStatus::Error, Some(InternalError::Panic.into()))
}

fn off() -> ComponentRecord {
    ComponentRecord::skipped(SkipReason::SwitchedOff)
}

#[test]
fn precedence() {
    use LlmOutcome::{DeterministicOnly, Error, Fallback, Success};
    // Shadow, normaliser, entities, question, corridor; outcome and reason.
    let table: [([ComponentRecord; 5], LlmOutcome, Option<&str>); 16] = [
        ([off(), off(), off(), off(), off()], DeterministicOnly, None),
        ([ok(), off(), off(), off(), off()], Success, None),
        // Shadow alone decides only where nothing else ran.
        (
            [failed(), off(), off(), off(), off()],
            Fallback,
            Some("timeout"),
        ),
        ([failed(), off(), off(), off(), ok()], Success, None),
        ([failed(), ok(), off(), off(), off()], Success, None),
        (
            [ok(), off(), off(), off(), failed()],
            Fallback,
            Some("timeout"),
        ),
        (
            [
                off(),
                off(),
                off(),
                off(),
                refused(TrustRefusal::CoverageLost),
            ],
            Fallback,
            Some("coverage_lost"),
        ),
        (
            [off(), refused(AssistRefusal::WordAdded), ok(), ok(), off()],
            Fallback,
            Some("word_added"),
        ),
        (
            [
                off(),
                ok(),
                ok(),
                refused(AssistRefusal::QuestionQuotes),
                off(),
            ],
            Fallback,
            Some("question_quotes"),
        ),
        // The corridor stands nearest to the answer.
        (
            [
                off(),
                failed(),
                failed(),
                failed(),
                refused(TrustRefusal::ItemAdded),
            ],
            Fallback,
            Some("item_added"),
        ),
        (
            [off(), failed(), failed(), failed(), ok()],
            Fallback,
            Some("timeout"),
        ),
        (
            [
                off(),
                off(),
                refused(AssistRefusal::HintNotGrounded),
                refused(AssistRefusal::QuestionQuotes),
                off(),
            ],
            Fallback,
            Some("hint_not_grounded"),
        ),
        // Broken inside goes before everything, wherever it broke.
        ([broken(), off(), off(), off(), off()], Error, Some("panic")),
        ([broken(), ok(), ok(), ok(), ok()], Error, Some("panic")),
        (
            [off(), broken(), ok(), ok(), failed()],
            Error,
            Some("panic"),
        ),
        ([off(), ok(), ok(), ok(), broken()], Error, Some("panic")),
    ];
    for (row, (components, outcome, reason)) in table.into_iter().enumerate() {
        let [
            shadow,
            assist_normalizer,
            assist_entities,
            assist_clarify,
            partial_trust,
        ] = components;
        let components = ComponentsRecord {
            shadow,
            assist_normalizer,
            assist_entities,
            assist_clarify,
            partial_trust,
        };
        let (got, why) = components.outcome(Master::On);
        assert_eq!(
            (got, why.map(ReasonCode::as_str)),
            (outcome, reason),
            "row {row}"
        );
        assert_eq!(
            components.outcome(Master::Off),
            (LlmOutcome::Skipped, None),
            "row {row}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_timeout_falls_back_and_says_so() {
    let bench = bench(Scripted::new([]), |stages| {
        stages.shadow = None;
        stages.assist = None;
    });
    bench.decide(&command("купи молоко")).await;
    let record = serde_json::to_value(&bench.records.fallbacks()[0]).unwrap();
    assert_eq!(record["llm_outcome"], "fallback");
    assert_eq!(record["fallback_reason"], "timeout");
    assert_eq!(record["deterministic_used"], true);
    assert_eq!(record["llm_latency_ms"], 1200.0);
}

#[tokio::test(start_paused = true)]
async fn with_the_master_switch_off_nothing_runs_whatever_else_is_on() {
    let bench = bench(Scripted::new([]), |stages| stages.master = Master::Off);
    for text in ["купи молоко", "абракадабра швабракадабра"] {
        bench.settle(&command(text)).await;
    }
    assert_eq!(bench.caller.calls(), 0);
    assert!(bench.records.risks().is_empty() && bench.records.assists().is_empty());
    for record in bench.records.fallbacks() {
        assert_eq!(record.llm_outcome, LlmOutcome::Skipped);
        assert_eq!(record.fallback_reason, None);
        assert_eq!(
            record.components,
            ComponentsRecord::skipped(SkipReason::MasterOff)
        );
    }
    assert!(
        bench
            .records
            .latencies()
            .iter()
            .all(|record| !record.llm_enabled)
    );
}

#[tokio::test(start_paused = true)]
async fn a_client_that_could_not_be_started_is_no_error() {
    let bench = bench(Scripted::new([]), |stages| stages.runtime = None);
    for text in ["купи молоко", "абракадабра швабракадабра"] {
        bench.settle(&command(text)).await;
    }
    for record in bench.records.fallbacks() {
        assert_eq!(record.llm_outcome, LlmOutcome::DeterministicOnly);
        assert_eq!(
            record.components.shadow.reason,
            Some(SkipReason::NoClient.into())
        );
    }
    assert!(
        bench
            .records
            .latencies()
            .iter()
            .all(|record| record.llm_enabled)
    );
}
