//! `decisions.jsonl`: what was decided and by which rules.

use corridor_contract::{Action, JobType, MissingField, Status};

use super::field::record;
use super::scalar::RecordId;
use super::words::{AnswerLanguage, DecisionReason, Intent, Source};

record! {
    /// One decision.
    DecisionRecord {
        /// When it was decided.
        timestamp: jiff::Timestamp,
        /// Ties the record to the caller's trace.
        trace_id: RecordId,
        /// The product's id of the command.
        command_id: RecordId,
        /// The id of the decision.
        decision_id: RecordId,
        /// What the product was told to do.
        action: Action,
        /// How it ended.
        status: Status,
        /// What it is about.
        intent: Intent,
        /// Why it is what it is, by the rules.
        reason: DecisionReason,
        /// Who made the decision that was sent.
        source: Source,
        /// What the job is about; null where no job is started.
        job_type: Option<JobType>,
        /// What is missing.
        missing_fields: Vec<MissingField>,
        /// How sure it is, 0 to 1.
        confidence: f64,
        /// The language of the answer, ISO 639-1.
        language: AnswerLanguage,
        /// The contract's version.
        schema_version: RecordId,
        /// The engine and pack that decided.
        decision_version: RecordId,
        /// The rules that fired, by their names in the pack.
        rule_ids: Vec<RecordId>,
        /// Items proposed.
        item_count: u32,
        /// Tasks proposed.
        task_count: u32,
    }
}
