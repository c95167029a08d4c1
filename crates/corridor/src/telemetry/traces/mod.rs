//! Traces: a span a command, with a child for each step and each model call, sent to an OpenTelemetry collector where there is one.
//!
//! Spans hold ids, times and closed words, never content. Those who answer put events into a bounded queue; what finds it full is dropped
//! and counted.

mod event;
mod exporter;
mod otlp;
mod spans;

use std::{
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use corridor_contract::Command;
use corridor_decision::{Decided, Stamp, StepTimes};
use corridor_llm::AttemptRecord;
use tokio::{
    sync::{Notify, mpsc, watch},
    task::JoinHandle,
    time::timeout,
};
use uuid::Uuid;

pub use event::CommandTrace;
pub use spans::SEMANTIC_CONVENTIONS;

use event::{Event, SpanId};
use exporter::{Counts, Exporter};
use otlp::KeyValue;

use crate::{config::TraceSettings, http::TraceParent};

/// The most events that wait to be sent.
const QUEUE_LENGTH: usize = 16_384;

/// The way to the collector.
#[derive(Debug)]
pub struct Traces {
    events: mpsc::Sender<Event>,
    wake: Arc<Notify>,
    counts: Arc<Counts>,
    close: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

/// What became of spans since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpanCounts {
    /// Taken by the collector.
    pub sent: u64,
    /// Events, each of one span or a few, that found the queue full.
    pub dropped: u64,
    /// Not taken by the collector.
    pub failed: u64,
}

/// Why traces cannot be sent.
#[derive(Debug, thiserror::Error)]
#[error("the client for the collector of traces cannot be built: {0}")]
pub struct TracesError(#[source] reqwest::Error);

impl Traces {
    /// Starts the task that sends, where there is an endpoint. Needs a tokio runtime around it.
    ///
    /// # Errors
    /// When no client can be built.
    pub fn start(settings: &TraceSettings) -> Result<Option<Self>, TracesError> {
        let Some(endpoint) = &settings.endpoint else {
            return Ok(None);
        };
        let url = format!("{}/v1/traces", endpoint.text().trim_end_matches('/'));
        let (events, receiver) = mpsc::channel(QUEUE_LENGTH);
        let (close, is_closing) = watch::channel(false);
        let wake = Arc::new(Notify::new());
        let counts = Arc::new(Counts::default());
        let exporter = Exporter {
            client: exporter::client(&url).map_err(TracesError)?,
            url,
            resource: vec![
                KeyValue::text("service.name", settings.service_name.as_str()),
                KeyValue::text("service.version", env!("CARGO_PKG_VERSION")),
                KeyValue::text("service.instance.id", &Uuid::new_v4().to_string()),
            ],
            events: receiver,
            wake: Arc::clone(&wake),
            is_closing,
            counts: Arc::clone(&counts),
        };
        Ok(Some(Self {
            events,
            wake,
            counts,
            close,
            task: Mutex::new(Some(tokio::spawn(exporter.run()))),
        }))
    }

    /// Begins the span of a command; none where the caller's trace is not sampled.
    #[must_use]
    pub fn begin(
        &self,
        command: &Command,
        stamp: &Stamp,
        parent: Option<TraceParent>,
    ) -> Option<CommandTrace> {
        if parent.is_some_and(|parent| !parent.is_sampled) {
            return None;
        }
        let parent = parent.map(|parent| SpanId::of(parent.span_id));
        let trace = CommandTrace::new(stamp, command.command_id.as_str(), parent);
        self.put(Event::Began(trace.key.clone(), trace.span));
        Some(trace)
    }

    /// Ends the span of a command.
    pub fn end(&self, trace: CommandTrace, decided: &Decided, steps: &StepTimes) {
        self.put(Event::Ended(Box::new(trace.ended(decided, steps))));
    }

    /// Adds the span of an attempt at a model call, if its command is traced.
    pub fn attempt(&self, record: &AttemptRecord) {
        self.put(Event::Attempted(Box::new(record.clone())));
    }

    /// What became of spans so far.
    #[must_use]
    pub fn counts(&self) -> SpanCounts {
        SpanCounts {
            sent: self.counts.sent.load(Ordering::Relaxed),
            dropped: self.counts.dropped.load(Ordering::Relaxed),
            failed: self.counts.failed.load(Ordering::Relaxed),
        }
    }

    /// Sends what is queued and ends. Says whether that was in time.
    pub async fn close(&self, patience: Duration) -> bool {
        self.close.send_replace(true);
        let task = self
            .task
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        match task {
            Some(mut task) => {
                let ended = timeout(patience, &mut task).await.is_ok();
                if !ended {
                    task.abort();
                }
                ended
            }
            None => true,
        }
    }

    fn put(&self, event: Event) {
        if self.events.try_send(event).is_err() {
            self.counts.dropped.fetch_add(1, Ordering::Relaxed);
        }
        // Waking for each event would cost the answering thread more than the event.
        if self.events.capacity() == QUEUE_LENGTH / 2 {
            self.wake.notify_one();
        }
    }
}
