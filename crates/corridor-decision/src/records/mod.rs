//! What is recorded of a command: figures, ids and closed words, never what a person said or a model wrote.
//!
//! A record is an allow-list by type: its fields can only be what [`FieldType`] is implemented for. Each is declared once, with the
//! documentation of its fields, so that files, metrics and guides cannot drift apart. Nothing here knows files: a [`RecordSink`] takes the
//! records, and whoever runs the pipeline decides where they go.

mod assist;
mod decision;
mod fallback;
mod field;
mod latency;
mod model_meta;
mod reason;
mod risk;
mod scalar;
mod shadow;
pub(crate) mod words;

use serde::Serialize;

pub use assist::{ASSIST_VERSION, AssistCounts, AssistRecord};
pub use decision::DecisionRecord;
pub use fallback::{ComponentRecord, ComponentsRecord, FallbackRecord};
pub use field::{FieldDoc, FieldType, Shape};
pub use latency::{LatencyRecord, StepsRecord};
pub use model_meta::ModelMeta;
pub use reason::{
    AssistRefusal, InternalError, ModelFailure, ReasonCode, SkipReason, TrustRefusal,
};
pub use risk::{RiskDiff, RiskRecord, RiskSummary};
pub use scalar::{Millis, RecordId};
pub use shadow::{ShadowDiff, ShadowRecord};
pub use words::{
    AnswerLanguage, AssistStatus, AssistStep, Comparison, ComponentStatus, CorridorIntent,
    DecisionReason, Intent, LlmOutcome, Master, RiskStatus, ShadowStatus, Source,
};

/// One record, as it leaves the pipeline. Serialises as the record itself, so that a line of a file is one of these.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(
    clippy::large_enum_variant,
    reason = "moved once into a queue; a box would cost the answering thread more"
)]
pub enum Record {
    /// What was decided; one a decision.
    Decision(DecisionRecord),
    /// Where the time went; one a decision.
    Latency(LatencyRecord),
    /// How models fared; one a decision.
    Fallback(FallbackRecord),
    /// One a shadow call.
    Shadow(ShadowRecord),
    /// One an assist step asked for.
    Assist(AssistRecord),
    /// One a visit to the corridor.
    Risk(RiskRecord),
}

impl Record {
    /// The file it belongs to.
    #[must_use]
    pub const fn file(&self) -> RecordFile {
        match self {
            Self::Decision(_) => RecordFile::Decisions,
            Self::Latency(_) => RecordFile::PipelineLatency,
            Self::Fallback(_) => RecordFile::FallbackMetrics,
            Self::Shadow(_) => RecordFile::ShadowRouter,
            Self::Assist(_) => RecordFile::Assist,
            Self::Risk(_) => RecordFile::PartialTrustRisk,
        }
    }
}

/// Takes records.
///
/// Called on the thread that answers: an implementation queues and returns. The pipeline shields its answers from a sink that panics.
pub trait RecordSink: Send + Sync + 'static {
    /// Takes one record.
    fn record(&self, record: Record);

    /// Whether records are taken at all; where not, none is made.
    fn is_wanted(&self) -> bool {
        true
    }
}

/// Forgets every record.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRecords;

impl RecordSink for NoRecords {
    fn record(&self, _: Record) {}

    fn is_wanted(&self) -> bool {
        false
    }
}

words::words! {
    /// The files of records.
    RecordFile {
        /// One line a decision.
        Decisions = "decisions.jsonl",
        /// One line a decision.
        PipelineLatency = "pipeline_latency.jsonl",
        /// One line a decision.
        FallbackMetrics = "fallback_metrics.jsonl",
        /// One line a shadow call.
        ShadowRouter = "shadow_router.jsonl",
        /// One line an assist step.
        Assist = "assist.jsonl",
        /// One line a visit to the corridor.
        PartialTrustRisk = "partial_trust_risk.jsonl",
        /// One line an attempt at a model call; its records are the model client's.
        LlmCalls = "llm_calls.jsonl",
    }
}

impl RecordFile {
    /// The fields of its lines; none for the model client's, which are documented with it.
    #[must_use]
    pub const fn fields(self) -> &'static [FieldDoc] {
        match self {
            Self::Decisions => DecisionRecord::FIELDS,
            Self::PipelineLatency => LatencyRecord::FIELDS,
            Self::FallbackMetrics => FallbackRecord::FIELDS,
            Self::ShadowRouter => ShadowRecord::FIELDS,
            Self::Assist => AssistRecord::FIELDS,
            Self::PartialTrustRisk => RiskRecord::FIELDS,
            Self::LlmCalls => &[],
        }
    }
}
