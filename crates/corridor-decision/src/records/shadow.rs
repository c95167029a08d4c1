//! `shadow_router.jsonl`: how a model's own reading compares with the decision of the rules.

use corridor_contract::{Action, JobType};

use super::field::record;
use super::model_meta::ModelMeta;
use super::reason::ReasonCode;
use super::scalar::{Millis, RecordId};
use super::words::{Comparison, Intent, ShadowStatus};

record! {
    /// One shadow call.
    ShadowRecord {
        /// When it ended.
        timestamp: jiff::Timestamp,
        /// Ties the record to the caller's trace.
        trace_id: RecordId,
        /// The product's id of the command.
        command_id: RecordId,
        /// How it ended.
        status: ShadowStatus,
        /// Why there is nothing to compare; null where there is.
        error_type: Option<ReasonCode>,
        /// From the hand-over to the end, waiting in the queue included.
        latency_ms: Millis,
        /// What the model thinks it is about; null without an answer.
        suggested_intent: Option<Intent>,
        /// The action that a decision made from the model's reading would have.
        suggested_action: Option<Action>,
        /// The job that a decision made from the model's reading would start.
        suggested_job_type: Option<JobType>,
        /// What the baseline is about.
        baseline_intent: Intent,
        /// The baseline's action.
        baseline_action: Action,
        /// The job that the baseline starts.
        baseline_job_type: Option<JobType>,
        /// The comparison; null without an answer.
        diff: Option<ShadowDiff>,
        /// Items in the model's reading; null without an answer.
        suggested_item_count: Option<u32>,
        /// Items in the baseline.
        baseline_item_count: u32,
        /// Who answered; null where nobody was asked.
        model_meta: Option<ModelMeta>,
    }
}

record! {
    /// Two decisions compared on normalised values.
    ShadowDiff {
        /// Intents.
        intent: Comparison,
        /// Actions.
        action: Comparison,
        /// The sets of items, by normalised name.
        items: Comparison,
        /// Quantities and units of the items that both have.
        amounts: Comparison,
        /// Lists of the items that both have.
        lists: Comparison,
        /// Items that both have.
        items_shared: u32,
        /// Items that the baseline alone has.
        items_missing: u32,
        /// Items that the model alone has.
        items_extra: u32,
        /// Items that both have with different amounts.
        amounts_different: u32,
        /// Items that both have on different lists.
        lists_different: u32,
    }
}
