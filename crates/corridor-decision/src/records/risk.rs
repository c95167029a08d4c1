//! `partial_trust_risk.jsonl`: every visit to the corridor and how it ended.

use corridor_contract::Action;

use super::field::record;
use super::model_meta::ModelMeta;
use super::reason::ReasonCode;
use super::scalar::{Millis, RecordId};
use super::words::{Comparison, Intent, RiskStatus};

record! {
    /// One visit: a command decided while partial trust was on, whether or not the model was asked.
    RiskRecord {
        /// When the visit ended.
        timestamp: jiff::Timestamp,
        /// Ties the record to the caller's trace.
        trace_id: RecordId,
        /// The product's id of the command.
        command_id: RecordId,
        /// The baseline's intent, which the corridor either covers or not.
        corridor_intent: Intent,
        /// The share of commands that the corridor takes, 0 to 1.
        sample_rate: f64,
        /// Whether the command is in the sample; that hangs on its id alone.
        sampled: bool,
        /// How it ended.
        status: RiskStatus,
        /// Why the baseline was sent; null where the candidate was.
        reason_code: Option<ReasonCode>,
        /// From the start of the visit to its end; null where the model was not asked.
        latency_ms: Option<Millis>,
        /// Who answered; null where nobody was asked.
        model_meta: Option<ModelMeta>,
        /// The baseline in figures.
        baseline: RiskSummary,
        /// The candidate in figures; null where there is none.
        llm: Option<RiskSummary>,
        /// How they differ, in figures; null where there is no candidate.
        diff: Option<RiskDiff>,
    }
}

record! {
    /// A decision in figures.
    RiskSummary {
        /// Its action.
        action: Action,
        /// What it is about.
        intent: Intent,
        /// Items.
        item_count: u32,
        /// Items with a quantity.
        quantity_count: u32,
        /// Items with a unit.
        unit_count: u32,
        /// Items with a list.
        list_count: u32,
        /// How sure it is, 0 to 1; null where it does not say.
        confidence: Option<f64>,
    }
}

record! {
    /// How a candidate differs from the baseline, in figures.
    RiskDiff {
        /// Whether they are the same but for the words of names.
        items: Comparison,
        /// Items that both have, by normalised name.
        items_shared: u32,
        /// Items that the baseline alone has.
        items_missing: u32,
        /// Items that the candidate alone has.
        items_extra: u32,
        /// Items that both have with different amounts.
        amounts_different: u32,
        /// Items that both have on different lists.
        lists_different: u32,
    }
}
