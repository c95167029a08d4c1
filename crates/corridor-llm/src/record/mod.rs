//! One record per attempt, for `llm_calls.jsonl`: an allow-list of figures, ids and closed names, never text.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::call::Outcome;

/// One field of an attempt's record, as a guide shows it.
#[derive(Debug, Clone, Copy)]
pub struct AttemptField {
    /// The key in the JSON object.
    pub name: &'static str,
    /// What it may hold, with its unit.
    pub kind: &'static str,
    /// What it says.
    pub doc: &'static str,
}

/// Declares the record once: the type, and the documentation of its fields.
macro_rules! attempt_record {
    ($(#[$record_doc:meta])+ $name:ident {
        $($(#[doc = $doc:literal])+ $(#[serde($serde:meta)])? $field:ident: $type:ty = $kind:literal,)+
    }) => {
        $(#[$record_doc])+
        #[derive(Debug, Clone, PartialEq, Serialize)]
        pub struct $name {
            $($(#[doc = $doc])+ $(#[serde($serde)])? pub $field: $type,)+
        }

        impl $name {
            /// Its fields, in the order they are written.
            pub const FIELDS: &'static [AttemptField] = &[
                $(AttemptField {
                    name: stringify!($field),
                    kind: $kind,
                    doc: concat!($($doc),+),
                },)+
            ];
        }
    };
}

attempt_record! {
    /// One attempt at one call. A task that was retried, repaired or escalated has several.
    AttemptRecord {
        /// When the attempt ended, UTC, RFC 3339.
        timestamp: jiff::Timestamp = "time",
        /// The trace of the request.
        trace_id: String = "id",
        /// The product's id of the command.
        command_id: String = "id",
        /// The task's name.
        task: &'static str = "word",
        /// The profile of the route.
        #[serde(serialize_with = "arc_text")]
        profile: Arc<str> = "id",
        /// The provider's dialect.
        provider: &'static str = "word",
        /// The model, as configured.
        model: String = "id",
        /// The prompt's id.
        #[serde(serialize_with = "arc_text")]
        prompt_id: Arc<str> = "id",
        /// The prompt's version.
        #[serde(serialize_with = "arc_text")]
        prompt_version: Arc<str> = "id",
        /// The number of the attempt within its task, from 1.
        attempt: u32 = "whole number",
        /// Why this attempt was made.
        kind: AttemptKind = "`first` `retry` `repair` `escalation` `ping`",
        /// Whether the task had left its first profile.
        escalated: bool = "true or false",
        /// How it ended.
        outcome: Outcome = "`success`, or why not",
        /// What exactly happened, a closed name such as `first_byte`; null where the outcome says it all.
        outcome_detail: Option<&'static str> = "word, or null",
        /// The HTTP status; null where none arrived.
        http_status: Option<u16> = "whole number, or null",
        /// From the start of the attempt to its end, milliseconds.
        latency_ms: f64 = "number, ms",
        /// Tokens sent, as the provider counts; null where it does not say.
        tokens_in: Option<u64> = "whole number, or null",
        /// Tokens answered, as the provider counts; null where it does not say.
        tokens_out: Option<u64> = "whole number, or null",
        /// Cost in the policy's currency.
        cost: f64 = "number",
        /// What the cost rests on.
        cost_basis: CostBasis = "`usage` `upper_bound` `free`",
    }
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
