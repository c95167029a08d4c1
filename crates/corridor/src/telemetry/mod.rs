//! What the service tells its operator: log lines, records, metrics and traces.
//!
//! All of them carry ids, counts, times and closed words; none carries what a person said or a model answered. The one exception
//! is a record file that an operator has to ask for.

pub mod log;
pub mod metrics;
pub mod records;
pub mod reference;
pub mod traces;

use std::{sync::Arc, time::Duration};

use corridor_contract::{Command, Said};
use corridor_decision::{Decided, Record, RecordSink, Stamp, StepTimes};
use corridor_llm::{AttemptRecord, AttemptSink};
use serde_json::{Map, Value, json};

use crate::http::{ReadyDetail, TraceParent};
use metrics::Metrics;
use records::{Entry, LogFile, RecordWriter, UserText};
use traces::{CommandTrace, SpanCounts, Traces};

/// Where everything that is told goes: one record is counted, traced and written. Share it in an `Arc`.
#[derive(Debug)]
pub struct Telemetry {
    metrics: Metrics,
    records: RecordWriter,
    traces: Option<Traces>,
}

impl Telemetry {
    /// With these ways out. Metrics are counted in any case.
    #[must_use]
    pub fn new(records: RecordWriter, traces: Option<Traces>) -> Self {
        Self {
            metrics: Metrics::default(),
            records,
            traces,
        }
    }

    /// The metrics.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The record files.
    #[must_use]
    pub fn records(&self) -> &RecordWriter {
        &self.records
    }

    /// What became of spans; none where traces are off.
    #[must_use]
    pub fn span_counts(&self) -> Option<SpanCounts> {
        self.traces.as_ref().map(Traces::counts)
    }

    /// A command is about to be decided. Gives its span, where it is traced.
    #[must_use]
    pub fn begin(
        &self,
        command: &Command,
        stamp: &Stamp,
        parent: Option<TraceParent>,
    ) -> Option<CommandTrace> {
        if self.records.writes(LogFile::UserText) {
            self.records.submit(Entry::UserText(UserText {
                timestamp: stamp.created_at,
                trace_id: stamp.trace_id.clone(),
                command_id: command.command_id.as_str().to_owned(),
                text: Said::new(command.text.expose()),
            }));
        }
        self.traces.as_ref()?.begin(command, stamp, parent)
    }

    /// A command is decided.
    pub fn end(&self, trace: Option<CommandTrace>, decided: &Decided, steps: &StepTimes) {
        if let (Some(traces), Some(trace)) = (&self.traces, trace) {
            traces.end(trace, decided, steps);
        }
    }

    /// Writes and sends what is queued, for as long as `patience` in all. Call it when nothing will be told any more.
    pub async fn close(self: Arc<Self>, patience: Duration) {
        let telemetry = Arc::clone(&self);
        // Waits for the disk, so not on a thread that answers, and beside the collector, which may not answer at all.
        let records = tokio::task::spawn_blocking(move || telemetry.records.close(patience));
        if let Some(traces) = &self.traces
            && !traces.close(patience).await
        {
            tracing::warn!("stopped before the collector had taken every trace");
        }
        if !records.await.unwrap_or_default() {
            tracing::warn!("stopped before the disk had taken every record");
        }
    }
}

impl RecordSink for Telemetry {
    fn record(&self, record: Record) {
        self.metrics.count(&record);
        self.records.submit(Entry::Record(record));
    }
}

impl AttemptSink for Telemetry {
    fn record(&self, record: AttemptRecord) {
        self.metrics.count_attempt(&record);
        if let Some(traces) = &self.traces {
            traces.attempt(&record);
        }
        self.records.submit(Entry::Attempt(record));
    }
}

impl ReadyDetail for Telemetry {
    fn name(&self) -> &'static str {
        "records"
    }

    fn detail(&self) -> Value {
        let writer = &self.records;
        let state = match (writer.is_off(), writer.is_failing()) {
            (true, _) => "off",
            (false, true) => "failing",
            (false, false) => "ok",
        };
        let files: Map<String, Value> = LogFile::ALL
            .into_iter()
            .filter(|file| writer.writes(*file))
            .map(|file| (file.to_string(), json!(writer.health(file))))
            .collect();
        json!({
            "state": state,
            "writer_ended": writer.has_died(),
            "queued": writer.queued(),
            "half_lines": writer.half_lines(),
            "files": files,
        })
    }
}
