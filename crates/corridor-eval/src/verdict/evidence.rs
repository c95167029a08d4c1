//! Records, counted as far as a verdict needs them.

use std::time::Duration;

use corridor_decision::records::{
    AssistRecord, AssistStatus, Comparison, InternalError, Millis, ModelFailure, ReasonCode,
    RiskDiff, RiskRecord, RiskStatus, ShadowDiff, ShadowRecord, ShadowStatus,
};

use jiff::Timestamp;

use super::samples::{MadeBy, Sample, Samples};
use super::{Limits, RolloutStage, Tallies};
use crate::metrics::Ratio;

/// What the records of a rollout come to: of each log the newest [`Limits::WINDOW`] samples, as far back as the model is the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Lines that are no records, of all lines read.
    pub broken_lines: Ratio,
    /// Shadow calls; `None` where no such log was read.
    shadow: Option<Samples>,
    /// Assist hints; `None` where no such log was read.
    assist: Option<Samples>,
    /// Visits to the corridor, by the share of commands that it took then: each rate is a stage, which is judged by its own visits.
    visits: Vec<AtRate>,
    /// The latest visit that is no sample, and its rate: it tells the stage where there is no sample at all.
    passed_over: Option<(Timestamp, f64)>,
}

/// Visits to the corridor at one rate.
#[derive(Clone, Debug, PartialEq)]
struct AtRate {
    rate: f64,
    samples: Samples,
}

/// Whether a record says something about the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It does.
    Sample,
    /// The model was not asked, or not to the end.
    PassedOver,
}

impl Evidence {
    /// The stage that the records are of: the corridor's by its rate where it was visited, else the furthest log there is.
    #[must_use]
    pub fn stage(&self) -> RolloutStage {
        match (self.rate(), &self.assist) {
            (Some(rate), _) => RolloutStage::of_rate(rate),
            (None, Some(_)) => RolloutStage::Assist,
            (None, None) => RolloutStage::Shadow,
        }
    }

    /// The share of commands that the corridor took when the model was last asked in it; `None` where no such log was read.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        self.latest()
            .map(|visits| visits.rate)
            .or(self.passed_over.map(|(_, rate)| rate))
    }

    /// Shadow calls; `None` where no such log was read.
    #[must_use]
    pub fn shadow_tallies(&self) -> Option<Tallies> {
        self.shadow.as_ref().map(Samples::tallies)
    }

    /// Assist hints; `None` where no such log was read.
    #[must_use]
    pub fn assist_tallies(&self) -> Option<Tallies> {
        self.assist.as_ref().map(Samples::tallies)
    }

    /// Visits to the corridor at [`rate`](Self::rate).
    #[must_use]
    pub fn risk_tallies(&self) -> Option<Tallies> {
        self.latest().map(|visits| visits.samples.tallies())
    }

    fn latest(&self) -> Option<&AtRate> {
        self.visits
            .iter()
            .max_by_key(|visits| visits.samples.newest())
    }

    fn add_visit(&mut self, rate: f64, sample: Sample) {
        match self.visits.iter_mut().find(|visits| visits.rate == rate) {
            Some(visits) => visits.samples.add(sample),
            None => {
                let mut samples = Samples::default();
                samples.add(sample);
                self.visits.push(AtRate { rate, samples });
            }
        }
    }

    /// Takes a shadow call into account.
    pub fn shadow(&mut self, record: &ShadowRecord, limits: &Limits) -> Counted {
        let samples = self.shadow.get_or_insert_default();
        if says_nothing(record.error_type) {
            return Counted::PassedOver;
        }
        samples.add(Sample {
            at: record.timestamp,
            made_by: MadeBy::of(record.model_meta.as_ref()),
            failed: record.status != ShadowStatus::Compared,
            refused: None,
            differs: record.diff.as_ref().and_then(shadow_differs),
            slow: slow(
                record.error_type,
                Some(record.latency_ms),
                limits.shadow_slow_after,
            ),
        });
        Counted::Sample
    }

    /// Takes an assist hint into account. A hint that changes a decision is what assist is for, so there is no disagreement to count.
    pub fn assist(&mut self, record: &AssistRecord, limits: &Limits) -> Counted {
        let samples = self.assist.get_or_insert_default();
        if says_nothing(record.error_type) {
            return Counted::PassedOver;
        }
        let failed = matches!(record.status, AssistStatus::Failed | AssistStatus::Error);
        samples.add(Sample {
            at: record.timestamp,
            made_by: MadeBy::of(record.model_meta.as_ref()),
            failed,
            refused: (!failed).then_some(record.status == AssistStatus::Refused),
            differs: None,
            slow: slow(
                record.error_type,
                Some(record.latency_ms),
                limits.answer_slow_after,
            ),
        });
        Counted::Sample
    }

    /// Takes a visit to the corridor into account. The same reading of it as the guard's: what it passes over says nothing about the model.
    pub fn risk(&mut self, record: &RiskRecord, limits: &Limits) -> Counted {
        let (failed, refused) = match (record.status, record.reason_code) {
            (RiskStatus::AcceptedLlm, _) => (false, false),
            (status, reason)
                if matches!(status, RiskStatus::Skipped | RiskStatus::NotSampled)
                    || says_nothing(reason) =>
            {
                let time = record.timestamp;
                if self.passed_over.is_none_or(|(latest, _)| latest <= time) {
                    self.passed_over = Some((time, record.sample_rate));
                }
                return Counted::PassedOver;
            }
            (RiskStatus::FallbackDeterministic, Some(ReasonCode::Trust(_))) => (false, true),
            _ => (true, false),
        };
        let taken = record.status == RiskStatus::AcceptedLlm;
        let sample = Sample {
            at: record.timestamp,
            made_by: MadeBy::of(record.model_meta.as_ref()),
            failed,
            refused: (!failed).then_some(refused),
            differs: record.diff.as_ref().filter(|_| taken).map(risk_differs),
            slow: slow(
                record.reason_code,
                record.latency_ms,
                limits.answer_slow_after,
            ),
        };
        self.add_visit(record.sample_rate, sample);
        Counted::Sample
    }
}

fn says_nothing(reason: Option<ReasonCode>) -> bool {
    reason.is_some_and(ReasonCode::says_nothing_about_the_model)
}

/// Whether anything that the corridor would execute differs; `None` where the readings could not be compared.
fn shadow_differs(diff: &ShadowDiff) -> Option<bool> {
    (diff.intent != Comparison::NotCompared).then_some(
        [
            diff.intent,
            diff.action,
            diff.items,
            diff.amounts,
            diff.lists,
        ]
        .contains(&Comparison::Different),
    )
}

fn risk_differs(diff: &RiskDiff) -> bool {
    [
        diff.items_missing,
        diff.items_extra,
        diff.amounts_different,
        diff.lists_different,
    ]
    .iter()
    .any(|count| *count > 0)
}

/// Whether the call was slow. A call that was turned away at once says nothing about how fast answers are.
fn slow(reason: Option<ReasonCode>, latency: Option<Millis>, after: Duration) -> Option<bool> {
    let tells = match reason {
        Some(ReasonCode::Model(failure)) => matches!(
            failure,
            ModelFailure::Timeout
                | ModelFailure::InvalidJson
                | ModelFailure::SchemaValidationFailed
                | ModelFailure::Empty
                | ModelFailure::Truncated
                | ModelFailure::TooLarge
        ),
        Some(ReasonCode::Internal(InternalError::Panic)) => false,
        _ => true,
    };
    latency
        .filter(|_| tells)
        .map(|latency| u128::from(latency.as_micros()) > after.as_micros())
}
