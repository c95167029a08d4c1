//! What a model did in a run: from the records that the pipeline and the model client leave, never from what was said.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::metrics::Ratio;

/// What became of the model's part.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ModelUse {
    /// The models asked, as they are configured.
    pub models: Vec<String>,
    /// Attempts at calls.
    pub calls: CallUse,
    /// How each component fared, by status.
    pub components: BTreeMap<String, BTreeMap<String, u64>>,
    /// Why components were not followed, by reason; those that did not run are left out.
    pub reasons: BTreeMap<String, BTreeMap<String, u64>>,
    /// Whose decisions were sent.
    pub decided_by: BTreeMap<String, u64>,
    /// How the shadow's own reading compares, where there was a shadow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shadow: Option<ShadowUse>,
}

/// Attempts at calls, in figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CallUse {
    /// How many.
    pub calls: u64,
    /// Those with an answer that fits its schema.
    pub answered: Ratio,
    /// How they ended.
    pub outcomes: BTreeMap<String, u64>,
    /// How long they took; nothing where there was none.
    pub latency: Option<LatencyUse>,
    /// Tokens sent, as far as the provider counts them.
    pub tokens_in: u64,
    /// Tokens answered, as far as the provider counts them.
    pub tokens_out: u64,
}

/// Latencies, milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LatencyUse {
    /// Half took no longer.
    pub median_ms: f64,
    /// 95 % took no longer.
    pub p95_ms: f64,
    /// The longest.
    pub longest_ms: f64,
}

/// A model's own readings against the expected answers and against the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ShadowUse {
    /// Of shadow calls: those with a reading to compare.
    pub compared: Ratio,
    /// Of readings: the intent is the expected one.
    pub intent_right: Ratio,
    /// Of readings: the intent is that of the rules.
    pub agrees_intent: Ratio,
    /// Of readings: the action is that of the rules.
    pub agrees_action: Ratio,
    /// Of readings with items to compare: they are those of the rules.
    pub agrees_items: Ratio,
}
