//! One record per attempt, for `llm_calls.jsonl`: an allow-list of figures, ids and closed names, never text.

mod log;

use std::sync::Arc;

use serde::{Serialize, Serializer};

pub use log::{AttemptLog, AttemptLogStats};

use crate::call::Outcome;

/// One attempt at one call. A task that was retried, repaired or escalated has several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttemptRecord {
    /// When the attempt ended, UTC, RFC 3339.
    pub timestamp: jiff::Timestamp,
    /// The trace of the request.
    pub trace_id: String,
    /// The product's id of the command.
    pub command_id: String,
    /// The task's name.
    pub task: &'static str,
    /// The profile of the route.
    #[serde(serialize_with = "arc_text")]
    pub profile: Arc<str>,
    /// The provider's dialect.
    pub provider: &'static str,
    /// The model, as configured.
    pub model: String,
    /// The prompt's id.
    #[serde(serialize_with = "arc_text")]
    pub prompt_id: Arc<str>,
    /// The prompt's version.
    #[serde(serialize_with = "arc_text")]
    pub prompt_version: Arc<str>,
    /// The number of the attempt within its task, from 1.
    pub attempt: u32,
    /// Why this attempt was made.
    pub kind: AttemptKind,
    /// Whether the task had left its first profile.
    pub escalated: bool,
    /// How it ended.
    pub outcome: Outcome,
    /// What exactly happened, a closed name such as `first_byte`; null where the outcome says it all.
    pub outcome_detail: Option<&'static str>,
    /// The HTTP status; null where none arrived.
    pub http_status: Option<u16>,
    /// From the start of the attempt to its end, milliseconds.
    pub latency_ms: f64,
    /// Tokens sent, as the provider counts; null where it does not say.
    pub tokens_in: Option<u64>,
    /// Tokens answered, as the provider counts; null where it does not say.
    pub tokens_out: Option<u64>,
    /// Cost in the policy's currency.
    pub cost: f64,
    /// What the cost rests on.
    pub cost_basis: CostBasis,
}

/// Why an attempt was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptKind {
    /// The first one of the task.
    First,
    /// The same call again.
    Retry,
    /// To have an answer mended.
    Repair,
    /// The first one under another profile.
    Escalation,
    /// Asked for by an operator.
    Ping,
}

/// What a cost rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CostBasis {
    /// The provider's own token counts.
    Usage,
    /// The most it can have been: the provider did not say, but may have done the work.
    UpperBound,
    /// Nothing was done that a provider would charge for.
    Free,
}

/// Takes records. Must not block: it is called on the way of an answer.
pub trait AttemptSink: Send + Sync + 'static {
    /// Takes one record.
    fn record(&self, record: AttemptRecord);
}

/// Forgets every record, for command-line runs that write no logs.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRecords;

impl AttemptSink for NoRecords {
    fn record(&self, _: AttemptRecord) {}
}

fn arc_text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}
