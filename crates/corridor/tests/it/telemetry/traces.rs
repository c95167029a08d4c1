//! Traces as a collector gets them.

use std::{net::TcpListener, sync::Arc, time::Duration};

use corridor::{
    config::Sources,
    engine::{Engine, measured_steps, stamp},
    http::TraceParent,
    telemetry::{
        Telemetry,
        records::{RecordPlan, RecordWriter},
        traces::{SEMANTIC_CONVENTIONS, SpanCounts, Traces},
    },
};
use corridor_contract::Command;
use corridor_llm::{
    AttemptRecord, AttemptSink, Outcome,
    record::{AttemptKind, CostBasis},
};
use jiff::Timestamp;
use opentelemetry_proto::tonic::trace::v1::{Span, span::SpanKind, status::StatusCode};

use super::{
    collector::{Collector, attribute},
    emitted::command,
};
use crate::process::Process;

/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

const TRACE_ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn named<'s>(spans: &'s [Span], name: &str) -> &'s Span {
    spans.iter().find(|span| span.name == name).unwrap()
}

#[test]
fn a_command_is_a_span_with_its_steps_in_the_callers_trace() {
    let collector = Collector::start(200);
    let service = Process::start(&["--traces-endpoint", &collector.endpoint()]);
    let traceparent = format!("traceparent: 00-{TRACE_ID}-{CALLER}-01\r\n");
    service.post_with(&command("c1", "Купи canary"), &traceparent);
    let (code, log) = service.stop("-TERM");
    assert_eq!(code, Some(0), "{log}");

    let spans = collector.spans();
    let root = named(&spans, "decide");
    assert_eq!(hex(&root.trace_id), TRACE_ID);
    assert_eq!(hex(&root.parent_span_id), CALLER);
    assert_eq!(root.kind(), SpanKind::Server);
    assert_eq!(
        attribute(&root.attributes, "corridor.command_id").as_deref(),
        Some("c1")
    );
    assert_eq!(
        attribute(&root.attributes, "corridor.action").as_deref(),
        Some("start_job")
    );
    for name in ["validate_command", "normalize", "core_logic"] {
        let step = named(&spans, name);
        assert_eq!(step.trace_id, root.trace_id, "{name}");
        assert_eq!(step.parent_span_id, root.span_id, "{name}");
        assert_ne!(step.span_id, root.span_id, "{name}");
        assert_eq!(step.kind(), SpanKind::Internal, "{name}");
        assert!(
            step.start_time_unix_nano >= root.start_time_unix_nano,
            "{name}"
        );
        assert!(
            step.end_time_unix_nano >= step.start_time_unix_nano,
            "{name}"
        );
        assert!(step.end_time_unix_nano <= root.end_time_unix_nano, "{name}");
    }
    let requests = collector.requests();
    let resource = &requests[0].resource_spans[0];
    assert_eq!(resource.schema_url, SEMANTIC_CONVENTIONS);
    let told = resource.resource.as_ref().unwrap();
    assert_eq!(
        attribute(&told.attributes, "service.name").as_deref(),
        Some("corridor")
    );
    assert!(!format!("{requests:?}").contains("canary"));
}

#[test]
fn a_trace_that_the_caller_does_not_keep_is_not_sent() {
    let collector = Collector::start(200);
    let service = Process::start(&["--traces-endpoint", &collector.endpoint()]);
    let traceparent = format!("traceparent: 00-{TRACE_ID}-{CALLER}-00\r\n");
    service.post_with(&command("c1", "Купи молоко"), &traceparent);
    service.post(&command("c2", "Купи молоко"));
    service.stop("-TERM");
    let roots: Vec<Span> = collector
        .spans()
        .into_iter()
        .filter(|span| span.name == "decide")
        .collect();
    assert_eq!(roots.len(), 1);
    assert_ne!(hex(&roots[0].trace_id), TRACE_ID);
    assert!(roots[0].parent_span_id.is_empty());
}

fn attempt(outcome: Outcome) -> AttemptRecord {
    AttemptRecord {
        timestamp: Timestamp::now(),
        trace_id: TRACE_ID.to_owned(),
        command_id: "c1".to_owned(),
        task: "assist_normalization",
        profile: "cheap".into(),
        provider: "openai_compatible",
        model: "small-model".to_owned(),
        prompt_id: "p".into(),
        prompt_version: "1".into(),
        attempt: 2,
        kind: AttemptKind::Retry,
        escalated: false,
        outcome,
        outcome_detail: None,
        http_status: Some(200),
        latency_ms: 250.0,
        tokens_in: Some(30),
        tokens_out: None,
        cost: 0.5,
        cost_basis: CostBasis::Usage,
    }
}

/// Telemetry that only traces.
fn telemetry(endpoint: &str) -> Arc<Telemetry> {
    let settings = Sources {
        environment: [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
            ("CORRIDOR_RECORDS_ENABLED", "false"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into(),
        ..Sources::default()
    }
    .load()
    .unwrap();
    let plan = RecordPlan::new(&settings.records).unwrap();
    let records = RecordWriter::start(plan, Timestamp::now).unwrap();
    let traces = Traces::start(&settings.traces).unwrap();
    Arc::new(Telemetry::new(records, traces))
}

/// Decides a command with two attempts at model calls on the way, and one of a command that nobody knows.
async fn decide_with_calls(telemetry: &Arc<Telemetry>) {
    let settings = Sources::default().load().unwrap();
    let pipeline = Engine::load(&settings.decision)
        .unwrap()
        .pipeline(Arc::clone(telemetry) as _);
    let command = Command::from_slice(command("c1", "Купи молоко").as_bytes()).unwrap();
    let parent = TraceParent {
        trace_id: u128::from_str_radix(TRACE_ID, 16).unwrap(),
        span_id: u64::from_str_radix(CALLER, 16).unwrap(),
        is_sampled: true,
    };
    let stamp = stamp(Some(TRACE_ID), Timestamp::now());
    let mut steps = measured_steps();
    let trace = telemetry.begin(&command, &stamp, Some(parent));
    let calls: &dyn AttemptSink = &**telemetry;
    calls.record(attempt(Outcome::Success));
    calls.record(AttemptRecord {
        command_id: "another".to_owned(),
        ..attempt(Outcome::Success)
    });
    let decided = pipeline.decide(&command, stamp, &mut steps).await;
    telemetry.end(trace, &decided, &steps);
    // A shadow's call may end after its command.
    calls.record(attempt(Outcome::Timeout));
}

#[tokio::test]
async fn model_calls_are_children_by_the_names_of_the_conventions() {
    let collector = Collector::start(200);
    let telemetry = telemetry(&collector.endpoint());
    decide_with_calls(&telemetry).await;
    Arc::clone(&telemetry).close(PATIENCE).await;

    let spans = collector.spans();
    let root = named(&spans, "decide");
    let calls: Vec<&Span> = spans
        .iter()
        .filter(|span| span.name == "chat small-model")
        .collect();
    assert_eq!(calls.len(), 2);
    for call in &calls {
        assert_eq!(call.parent_span_id, root.span_id);
        assert_eq!(call.kind(), SpanKind::Client);
        let took = call.end_time_unix_nano - call.start_time_unix_nano;
        assert_eq!(took, 250_000_000);
        for (key, expected) in [
            ("gen_ai.operation.name", Some("chat")),
            ("gen_ai.provider.name", Some("openai_compatible")),
            ("gen_ai.request.model", Some("small-model")),
            ("gen_ai.usage.input_tokens", Some("30")),
            ("gen_ai.usage.output_tokens", None),
            ("corridor.task", Some("assist_normalization")),
            ("corridor.attempt", Some("2")),
        ] {
            assert_eq!(
                attribute(&call.attributes, key).as_deref(),
                expected,
                "{key}"
            );
        }
    }
    let errors: Vec<_> = calls
        .iter()
        .map(|call| attribute(&call.attributes, "error.type"))
        .collect();
    assert_eq!(errors, [None, Some("timeout".to_owned())]);
    assert_eq!(calls[1].status.as_ref().unwrap().code(), StatusCode::Error);
    let sent = u64::try_from(spans.len()).unwrap();
    assert_eq!(
        telemetry.span_counts(),
        Some(SpanCounts {
            sent,
            ..SpanCounts::default()
        })
    );
}

#[tokio::test]
async fn a_collector_that_takes_nothing_is_counted() {
    let collector = Collector::start(503);
    let telemetry = telemetry(&collector.endpoint());
    decide_with_calls(&telemetry).await;
    Arc::clone(&telemetry).close(PATIENCE).await;
    let counts = telemetry.span_counts().unwrap();
    assert_eq!((counts.sent, counts.dropped), (0, 0));
    assert!(counts.failed > 0);
}

/// A collector that takes connections and never says anything.
fn silent_collector() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    (listener, endpoint)
}

/// By its own clock: every batch would wait for the collector by itself, which is far longer than stopping may take.
#[tokio::test(start_paused = true)]
async fn a_collector_that_hangs_holds_up_the_end_for_no_longer_than_it_may() {
    const MAY_TAKE: Duration = Duration::from_secs(5);
    let (_listener, endpoint) = silent_collector();
    let telemetry = telemetry(&endpoint);
    let settings = Sources::default().load().unwrap();
    let pipeline = Engine::load(&settings.decision)
        .unwrap()
        .pipeline(Arc::clone(&telemetry) as _);
    let command = Command::from_slice(command("c1", "Купи молоко").as_bytes()).unwrap();
    for _ in 0..1000 {
        let stamp = stamp(None, Timestamp::now());
        let mut steps = measured_steps();
        let trace = telemetry.begin(&command, &stamp, None);
        let decided = pipeline.decide(&command, stamp, &mut steps).await;
        telemetry.end(trace, &decided, &steps);
    }
    let begun = tokio::time::Instant::now();
    Arc::clone(&telemetry).close(MAY_TAKE).await;
    let took = begun.elapsed();
    // A millisecond more, as the timer counts whole ones.
    assert!(took <= MAY_TAKE + Duration::from_millis(1), "{took:?}");
    assert_eq!(telemetry.span_counts().unwrap().sent, 0);
}

#[test]
fn a_service_stops_although_the_collector_hangs() {
    let (_listener, endpoint) = silent_collector();
    let service = Process::start(&["--traces-endpoint", &endpoint]);
    service.post(&command("c1", "Купи молоко"));
    let (code, log) = service.stop("-TERM");
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("\"stopped\""), "{log}");
    assert!(
        log.contains("does not take traces")
            || log.contains("before the collector had taken every trace"),
        "{log}"
    );
}
