//! `assist.jsonl`: what became of each hint.

use super::field::record;
use super::model_meta::ModelMeta;
use super::reason::ReasonCode;
use super::scalar::{Millis, RecordId};
use super::words::{AssistStatus, AssistStep};

/// The version of the rules that decide what to take from hints. It changes whenever they do.
pub const ASSIST_VERSION: &str = "1";

record! {
    /// One assist step that was asked for.
    AssistRecord {
        /// When the step ended.
        timestamp: jiff::Timestamp,
        /// Ties the record to the caller's trace.
        trace_id: RecordId,
        /// The product's id of the command.
        command_id: RecordId,
        /// Which hint.
        step: AssistStep,
        /// How it ended.
        status: AssistStatus,
        /// Whether the hint changed the decision.
        accepted: bool,
        /// Why it was not taken; null where it was, or had nothing to take.
        error_type: Option<ReasonCode>,
        /// From the start of assist to the step's end.
        latency_ms: Millis,
        /// What the hint holds, in figures.
        counts: AssistCounts,
        /// The version of the rules that decide what to take.
        assist_version: RecordId,
        /// Who answered; null where nobody did.
        model_meta: Option<ModelMeta>,
    }
}

record! {
    /// What a hint holds, in figures.
    AssistCounts {
        /// Words that the normalised text changes.
        words_changed: u32,
        /// Items named.
        items: u32,
        /// Items taken.
        items_taken: u32,
        /// Titles named: 0 or 1.
        titles: u32,
    }
}
