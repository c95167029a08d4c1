//! Events as spans, with the names of the semantic conventions.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use corridor_llm::{AttemptRecord, Outcome};
use jiff::Timestamp;

use super::{
    event::{CommandKey, EndedCommand, Event, SpanId},
    otlp::{KeyValue, Span, SpanKind, Status, StatusCode, Value},
};

/// The version of the OpenTelemetry semantic conventions that names are taken from; those for GenAI are still in development there.
pub const SEMANTIC_CONVENTIONS: &str = "https://opentelemetry.io/schemas/1.37.0";

/// How long a command's model calls are waited for after it began. The shadow's deadline is far shorter.
const OPEN_FOR: Duration = Duration::from_secs(60);

/// The most commands whose model calls are waited for.
const MAX_OPEN: usize = 16_384;

/// Makes spans, and knows which command a model call belongs to.
#[derive(Debug, Default)]
pub(super) struct SpanMaker {
    open: HashMap<CommandKey, Open>,
    purged: Option<Instant>,
}

#[derive(Debug)]
struct Open {
    span: SpanId,
    since: Instant,
}

impl SpanMaker {
    /// Adds the spans that an event gives. Calls of commands that are not traced give none.
    pub(super) fn add(&mut self, event: Event, spans: &mut Vec<Span>) {
        match event {
            Event::Began(key, span) => {
                self.purge();
                if self.open.len() < MAX_OPEN {
                    let since = Instant::now();
                    self.open.insert(key, Open { span, since });
                }
            }
            Event::Ended(command) => command_spans(&command, spans),
            Event::Attempted(attempt) => {
                let key = CommandKey {
                    trace_id: attempt.trace_id.clone(),
                    command_id: attempt.command_id.clone(),
                };
                if let Some(open) = self.open.get(&key) {
                    spans.extend(call_span(&attempt, open.span));
                }
            }
        }
    }

    fn purge(&mut self) {
        let is_due = self.purged.is_none_or(|purged| purged.elapsed() > OPEN_FOR);
        if is_due || self.open.len() >= MAX_OPEN {
            self.open.retain(|_, open| open.since.elapsed() < OPEN_FOR);
            self.purged = Some(Instant::now());
        }
    }
}

/// The command's own span, and one for each step that ran.
fn command_spans(command: &EndedCommand, spans: &mut Vec<Span>) {
    let Some(trace_id) = trace_id(&command.key.trace_id) else {
        return;
    };
    let began = nanos(command.began);
    spans.push(Span {
        trace_id: trace_id.clone(),
        span_id: command.span.bytes(),
        parent_span_id: command.parent.map(SpanId::bytes).unwrap_or_default(),
        name: "decide".to_owned(),
        kind: SpanKind::Server.into(),
        start_time_unix_nano: began,
        end_time_unix_nano: after(began, command.total),
        attributes: vec![
            KeyValue::text("corridor.command_id", &command.key.command_id),
            KeyValue::text("corridor.decision_id", &command.decision_id),
            KeyValue::text("corridor.action", command.action),
            KeyValue::text("corridor.status", command.status),
            KeyValue::text("corridor.intent", command.intent),
            KeyValue::text("corridor.source", command.source),
        ],
        status: None,
    });
    for step in &command.steps {
        let started = after(began, step.started);
        spans.push(Span {
            trace_id: trace_id.clone(),
            span_id: SpanId::random().bytes(),
            parent_span_id: command.span.bytes(),
            name: step.name.to_owned(),
            kind: SpanKind::Internal.into(),
            start_time_unix_nano: started,
            end_time_unix_nano: after(started, step.took),
            attributes: Vec::new(),
            status: None,
        });
    }
}

/// One attempt at a model call.
fn call_span(attempt: &AttemptRecord, parent: SpanId) -> Option<Span> {
    let end = nanos(attempt.timestamp);
    let took = Duration::try_from_secs_f64(attempt.latency_ms / 1000.0).unwrap_or_default();
    let took = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
    let mut attributes = vec![
        KeyValue::text("gen_ai.operation.name", "chat"),
        KeyValue::text("gen_ai.provider.name", attempt.provider),
        KeyValue::text("gen_ai.request.model", &attempt.model),
        KeyValue::text("gen_ai.output.type", "json"),
        KeyValue::text("corridor.task", attempt.task),
        KeyValue::text("corridor.profile", &attempt.profile),
        KeyValue::text("corridor.prompt_id", &attempt.prompt_id),
        KeyValue::text("corridor.prompt_version", &attempt.prompt_version),
        KeyValue::new("corridor.attempt", Value::Int(attempt.attempt.into())),
        KeyValue::new("corridor.escalated", Value::Bool(attempt.escalated)),
        KeyValue::new("corridor.cost", Value::Double(attempt.cost)),
    ];
    let counts = [
        ("gen_ai.usage.input_tokens", attempt.tokens_in),
        ("gen_ai.usage.output_tokens", attempt.tokens_out),
        (
            "http.response.status_code",
            attempt.http_status.map(u64::from),
        ),
    ];
    for (key, count) in counts {
        if let Some(count) = count.and_then(|count| i64::try_from(count).ok()) {
            attributes.push(KeyValue::new(key, Value::Int(count)));
        }
    }
    let status = (attempt.outcome != Outcome::Success).then(|| {
        attributes.push(KeyValue::text("error.type", attempt.outcome.as_str()));
        Status {
            code: StatusCode::Error.into(),
        }
    });
    Some(Span {
        trace_id: trace_id(&attempt.trace_id)?,
        span_id: SpanId::random().bytes(),
        parent_span_id: parent.bytes(),
        name: format!("chat {}", attempt.model),
        kind: SpanKind::Client.into(),
        start_time_unix_nano: end.saturating_sub(took),
        end_time_unix_nano: end,
        attributes,
        status,
    })
}

/// 32 hexadecimal digits as bytes.
fn trace_id(digits: &str) -> Option<Vec<u8>> {
    (digits.len() == 32)
        .then(|| u128::from_str_radix(digits, 16).ok())
        .flatten()
        .map(|id| id.to_be_bytes().to_vec())
}

fn nanos(time: Timestamp) -> u64 {
    u64::try_from(time.as_nanosecond()).unwrap_or_default()
}

fn after(nanos: u64, duration: Duration) -> u64 {
    nanos.saturating_add(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX))
}
