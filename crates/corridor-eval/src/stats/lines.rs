//! The lines of record files, as far as figures need them. Texts are borrowed from the line; everything else in it is skipped.
//!
//! Closed words are taken as texts, so that files of a newer version with more words can be read.

use std::borrow::Cow;

use serde::Deserialize;

/// A record with a time.
pub(super) trait Stamped {
    /// RFC 3339.
    fn timestamp(&self) -> &str;
}

macro_rules! stamped {
    ($($name:ident)+) => {$(
        impl Stamped for $name<'_> {
            fn timestamp(&self) -> &str {
                &self.timestamp
            }
        }
    )+};
}

stamped! { DecisionLine LatencyLine FallbackLine ShadowLine AssistLine TrustLine CallLine }

/// A line of `decisions.jsonl`.
#[derive(Deserialize)]
pub(super) struct DecisionLine<'l> {
    #[serde(borrow)]
    timestamp: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) action: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) intent: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) source: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) language: Cow<'l, str>,
}

/// A line of `pipeline_latency.jsonl`.
#[derive(Deserialize)]
pub(super) struct LatencyLine<'l> {
    #[serde(borrow)]
    timestamp: Cow<'l, str>,
    pub(super) total_ms: f64,
    pub(super) steps: StepsLine,
    pub(super) llm_enabled: bool,
    pub(super) llm_ms: f64,
}

/// The steps of a command, in milliseconds.
#[derive(Deserialize)]
pub(super) struct StepsLine {
    pub(super) validate_command_ms: f64,
    pub(super) normalize_ms: f64,
    pub(super) shadow_ms: f64,
    pub(super) assist_ms: f64,
    pub(super) core_logic_ms: f64,
    pub(super) partial_trust_ms: f64,
    pub(super) validate_decision_ms: f64,
}

/// A line of `fallback_metrics.jsonl`.
#[derive(Deserialize)]
pub(super) struct FallbackLine<'l> {
    #[serde(borrow)]
    timestamp: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) llm_outcome: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) fallback_reason: Option<Cow<'l, str>>,
    #[serde(borrow)]
    pub(super) components: ComponentsLine<'l>,
}

/// The components of a command.
#[derive(Deserialize)]
pub(super) struct ComponentsLine<'l> {
    #[serde(borrow)]
    pub(super) shadow: ComponentLine<'l>,
    #[serde(borrow)]
    pub(super) assist_normalizer: ComponentLine<'l>,
    #[serde(borrow)]
    pub(super) assist_entities: ComponentLine<'l>,
    #[serde(borrow)]
    pub(super) assist_clarify: ComponentLine<'l>,
    #[serde(borrow)]
    pub(super) partial_trust: ComponentLine<'l>,
}

/// One component of a command.
#[derive(Deserialize)]
pub(super) struct ComponentLine<'l> {
    #[serde(borrow)]
    pub(super) status: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) reason: Option<Cow<'l, str>>,
    pub(super) latency_ms: Option<f64>,
}

/// A line of `shadow_router.jsonl`.
#[derive(Deserialize)]
pub(super) struct ShadowLine<'l> {
    #[serde(borrow)]
    timestamp: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) status: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) diff: Option<ShadowDiffLine<'l>>,
}

/// How a shadow's reading compares.
#[derive(Deserialize)]
pub(super) struct ShadowDiffLine<'l> {
    #[serde(borrow)]
    pub(super) intent: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) action: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) items: Cow<'l, str>,
}

/// A line of `assist.jsonl`. What it tells stands in the fallback records too.
#[derive(Deserialize)]
pub(super) struct AssistLine<'l> {
    #[serde(borrow)]
    timestamp: Cow<'l, str>,
}

/// A line of `partial_trust_risk.jsonl`.
#[derive(Deserialize)]
pub(super) struct TrustLine<'l> {
    #[serde(borrow)]
    timestamp: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) status: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) reason_code: Option<Cow<'l, str>>,
}

/// A line of `llm_calls.jsonl`.
#[derive(Deserialize)]
pub(super) struct CallLine<'l> {
    #[serde(borrow)]
    timestamp: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) task: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) outcome: Cow<'l, str>,
    pub(super) latency_ms: f64,
    pub(super) tokens_in: Option<u64>,
    pub(super) tokens_out: Option<u64>,
    pub(super) cost: f64,
}
