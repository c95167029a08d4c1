//! Records: what is documented is what is written, and nothing else can be.

use corridor_contract::{Action, JobType, MissingField, Status};
use corridor_decision::records::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

const AT: &str = "2026-06-15T12:00:00Z";

fn at() -> jiff::Timestamp {
    AT.parse().expect("a timestamp")
}

fn id(text: &str) -> RecordId {
    RecordId::new(text)
}

fn ms(micros: u64) -> Millis {
    Duration::from_micros(micros).into()
}

fn meta() -> ModelMeta {
    ModelMeta {
        profile: id("cheap"),
        route: id("partial_trust_shopping/cheap"),
        prompt_id: Some(id("partial_trust_shopping.ru")),
        prompt_version: Some(id("1")),
        escalated: false,
        repaired: true,
        attempts: 2,
    }
}

fn summary() -> RiskSummary {
    RiskSummary {
        action: Action::StartJob,
        intent: Intent::AddShoppingItem,
        item_count: 2,
        quantity_count: 1,
        unit_count: 1,
        list_count: 2,
        confidence: Some(0.9),
    }
}

/// One of each, with nothing left out.
fn full() -> Vec<Record> {
    let (timestamp, trace_id, command_id) = (at(), id("trace-1"), id("command-1"));
    let mut components = ComponentsRecord::skipped(SkipReason::SwitchedOff);
    components.shadow.latency_ms = Some(ms(1));
    components.assist_normalizer.latency_ms = Some(ms(1));
    components.assist_entities.latency_ms = Some(ms(1));
    components.assist_clarify.latency_ms = Some(ms(1));
    components.partial_trust.latency_ms = Some(ms(1));
    let steps = StepsRecord {
        validate_command_ms: ms(1),
        normalize_ms: ms(2),
        shadow_ms: ms(3),
        assist_ms: ms(4),
        core_logic_ms: ms(5),
        partial_trust_ms: ms(6),
        validate_decision_ms: ms(7),
    };
    vec![
        Record::Decision(DecisionRecord {
            timestamp,
            trace_id: trace_id.clone(),
            command_id: command_id.clone(),
            decision_id: id("decision-1"),
            action: Action::StartJob,
            status: Status::Ok,
            intent: Intent::AddShoppingItem,
            reason: DecisionReason::Clear,
            source: Source::Baseline,
            job_type: Some(JobType::AddShoppingItem),
            missing_fields: vec![MissingField::ItemName],
            confidence: 0.97,
            language: AnswerLanguage::Russian,
            schema_version: id("2.1.0"),
            decision_version: id("corridor-0.1.0+household@1.0.0"),
            rule_ids: vec![id("ru.buy")],
            item_count: 2,
            task_count: 0,
        }),
        Record::Latency(LatencyRecord {
            timestamp,
            trace_id: trace_id.clone(),
            command_id: command_id.clone(),
            total_ms: ms(1234),
            steps,
            llm_enabled: true,
            llm_ms: ms(1000),
        }),
        Record::Fallback(FallbackRecord {
            timestamp,
            trace_id: trace_id.clone(),
            command_id: command_id.clone(),
            intent: Intent::AddShoppingItem,
            decision_action: Action::StartJob,
            llm_outcome: LlmOutcome::Fallback,
            fallback_reason: Some(ReasonCode::Model(ModelFailure::Timeout)),
            deterministic_used: true,
            llm_latency_ms: ms(1200),
            components,
        }),
        Record::Shadow(ShadowRecord {
            timestamp,
            trace_id: trace_id.clone(),
            command_id: command_id.clone(),
            status: ShadowStatus::Compared,
            error_type: Some(InternalError::Panic.into()),
            latency_ms: ms(300_000),
            suggested_intent: Some(Intent::CreateTask),
            suggested_action: Some(Action::StartJob),
            suggested_job_type: Some(JobType::CreateTask),
            baseline_intent: Intent::AddShoppingItem,
            baseline_action: Action::StartJob,
            baseline_job_type: Some(JobType::AddShoppingItem),
            diff: Some(ShadowDiff {
                intent: Comparison::Different,
                action: Comparison::Same,
                items: Comparison::Different,
                amounts: Comparison::NotCompared,
                lists: Comparison::NotCompared,
                items_shared: 0,
                items_missing: 2,
                items_extra: 0,
                amounts_different: 0,
                lists_different: 0,
            }),
            suggested_item_count: Some(0),
            baseline_item_count: 2,
            model_meta: Some(meta()),
        }),
        Record::Assist(AssistRecord {
            timestamp,
            trace_id: trace_id.clone(),
            command_id: command_id.clone(),
            step: AssistStep::Normalizer,
            status: AssistStatus::Refused,
            accepted: false,
            error_type: Some(AssistRefusal::WordAdded.into()),
            latency_ms: ms(250_000),
            counts: AssistCounts {
                words_changed: 1,
                items: 0,
                items_taken: 0,
                titles: 0,
            },
            assist_version: id(ASSIST_VERSION),
            model_meta: Some(meta()),
        }),
        Record::Risk(RiskRecord {
            timestamp,
            trace_id,
            command_id,
            corridor_intent: Intent::AddShoppingItem,
            sample_rate: 0.01,
            sampled: true,
            status: RiskStatus::FallbackDeterministic,
            reason_code: Some(TrustRefusal::NameNotGrounded.into()),
            latency_ms: Some(ms(250_000)),
            model_meta: Some(meta()),
            baseline: summary(),
            llm: Some(summary()),
            diff: Some(RiskDiff {
                items: Comparison::Different,
                items_shared: 1,
                items_missing: 1,
                items_extra: 1,
                amounts_different: 0,
                lists_different: 0,
            }),
        }),
    ]
}

#[test]
fn what_is_documented_is_what_is_written() {
    for record in full() {
        let fields = record.file().fields();
        assert!(!fields.is_empty());
        let written = serde_json::to_value(&record).expect("a record is JSON");
        fits(&written, &Shape::Object(fields), record.file().as_str());
        // The common fields come first, in every file.
        let first: Vec<&str> = fields.iter().take(3).map(|field| field.name).collect();
        assert_eq!(first, ["timestamp", "trace_id", "command_id"]);
    }
}

/// Every value has its documented shape, and every documented word can be a word.
fn fits(value: &Value, shape: &Shape, place: &str) {
    match shape {
        Shape::Timestamp => assert_eq!(value, AT, "{place}"),
        Shape::Id => assert!(value.is_string(), "{place}"),
        Shape::Word(words) => {
            let words = words();
            let word = value.as_str().unwrap_or_default();
            assert!(words.contains(&word), "{place}: {value}");
        }
        Shape::Integer => assert!(value.is_u64(), "{place}"),
        Shape::Number => assert!(value.is_number(), "{place}"),
        Shape::Boolean => assert!(value.is_boolean(), "{place}"),
        Shape::List(of) => {
            for (at, one) in value.as_array().expect("a list").iter().enumerate() {
                fits(one, of, &format!("{place}[{at}]"));
            }
        }
        Shape::Object(fields) => {
            let object = value
                .as_object()
                .unwrap_or_else(|| panic!("{place}: no object"));
            let documented: BTreeSet<&str> = fields.iter().map(|field| field.name).collect();
            let written: BTreeSet<&str> = object.keys().map(String::as_str).collect();
            assert_eq!(written, documented, "{place}");
            for field in *fields {
                assert!(
                    field.doc().ends_with('.'),
                    "{place}.{}: {}",
                    field.name,
                    field.doc()
                );
                assert_eq!(
                    field.name.ends_with("_ms"),
                    field.unit == Some("ms"),
                    "{place}.{}",
                    field.name
                );
                fits(
                    &object[field.name],
                    &field.shape,
                    &format!("{place}.{}", field.name),
                );
            }
        }
    }
}

#[test]
fn records_are_read_back_as_they_were_written() {
    fn again<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(record: &T) {
        let line = serde_json::to_string(record).expect("a record is JSON");
        let read: T = serde_json::from_str(&line).expect("a line is a record");
        assert_eq!(&read, record);
        assert!(!line.contains('\n'));
    }
    for record in full() {
        match &record {
            Record::Decision(record) => again(record),
            Record::Latency(record) => again(record),
            Record::Fallback(record) => again(record),
            Record::Shadow(record) => again(record),
            Record::Assist(record) => again(record),
            Record::Risk(record) => again(record),
        }
    }
}

#[test]
fn durations_are_rounded_down_and_survive_reading() {
    for micros in [0, 1, 999, 1000, 1001, 123_456_789, 9_007_199_254_740] {
        let written = serde_json::to_string(&ms(micros)).expect("a number");
        let read: Millis = serde_json::from_str(&written).expect("a number");
        assert_eq!(read, ms(micros), "{written}");
    }
    assert_eq!(Millis::from(Duration::from_nanos(1_999)), ms(1));
    assert!(serde_json::from_str::<Millis>("-1").is_err());
}

#[test]
fn reasons_have_one_word_each_and_lead_back() {
    let words: Vec<&str> = ReasonCode::all().map(ReasonCode::as_str).collect();
    let distinct: BTreeSet<&str> = words.iter().copied().collect();
    assert_eq!(distinct.len(), words.len(), "a word stands for two reasons");
    for reason in ReasonCode::all() {
        assert_eq!(ReasonCode::from_word(reason.as_str()), Some(reason));
        assert!(reason.doc().ends_with('.'), "{reason}");
        assert_eq!(
            serde_json::to_value(reason).expect("a word"),
            json!(reason.as_str())
        );
    }
}

#[test]
fn every_outcome_of_the_model_client_has_its_word() {
    for outcome in corridor_llm::Outcome::FAILURES {
        let reason = ReasonCode::from(outcome);
        assert_eq!(reason.as_str(), outcome.as_str());
    }
}

#[test]
fn steps_have_the_names_of_the_pipeline() {
    let names: Vec<&str> = StepsRecord::FIELDS.iter().map(|field| field.name).collect();
    let steps: Vec<&str> = corridor_decision::Step::ALL
        .iter()
        .map(|step| step.name())
        .collect();
    assert_eq!(names, steps);
}
