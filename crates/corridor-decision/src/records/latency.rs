//! `pipeline_latency.jsonl`: where the time of a command went.

use super::field::record;
use super::scalar::{Millis, RecordId};

record! {
    /// The time of one command, by a monotonic clock.
    LatencyRecord {
        /// When the decision was ready.
        timestamp: jiff::Timestamp,
        /// Ties the record to the caller's trace.
        trace_id: RecordId,
        /// The product's id of the command.
        command_id: RecordId,
        /// From the first step to the decision. Never less than the steps together.
        total_ms: Millis,
        /// Each step.
        steps: StepsRecord,
        /// Whether the master switch was on.
        llm_enabled: bool,
        /// The part of the total in which the answer waited for a model; the rest is Corridor's own.
        llm_ms: Millis,
    }
}

record! {
    /// The time of each step of a command.
    StepsRecord {
        /// Bytes to a valid command.
        validate_command_ms: Millis,
        /// Text to tokens.
        normalize_ms: Millis,
        /// Handing over to the shadow; not the shadow's own work.
        shadow_ms: Millis,
        /// Assist hints, waiting included.
        assist_ms: Millis,
        /// Understanding and the baseline decision.
        core_logic_ms: Millis,
        /// The corridor, waiting included.
        partial_trust_ms: Millis,
        /// The check of the decision that is sent.
        validate_decision_ms: Millis,
    }
}
