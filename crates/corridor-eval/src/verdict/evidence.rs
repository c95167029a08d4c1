//! Records, counted as far as a verdict needs them.

use std::time::Duration;

use corridor_decision::records::{
    AssistRecord, AssistStatus, Comparison, ModelFailure, ReasonCode, RiskRecord, RiskStatus,
    ShadowRecord, ShadowStatus,
};

use jiff::Timestamp;

use super::{Limits, RolloutStage};
use crate::metrics::Ratio;

/// What the records of a rollout come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Shadow calls; `None` where no such log was read.
    pub shadow: Option<Tallies>,
    /// Assist hints; `None` where no such log was read.
    pub assist: Option<Tallies>,
    /// Visits to the corridor, by the share of commands that it took then: each rate is a stage, which is judged by its own visits.
    visits: Vec<AtRate>,
}

/// Visits to the corridor at one rate.
#[derive(Clone, Copy, Debug, PartialEq)]
struct AtRate {
    rate: f64,
    latest: Timestamp,
    tallies: Tallies,
}

/// Samples of one log, and how many of them were bad in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tallies {
    /// Of calls: those that failed.
    pub errors: Ratio,
    /// Of answers: those that the rules refused.
    pub refusals: Ratio,
    /// Of answers that could be compared: those that differ from the rules.
    pub disagreements: Ratio,
    /// Of calls: the slow ones.
    pub slow: Ratio,
}

/// Whether a record says something about the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It does.
    Sample,
    /// The model was not asked, or the call was cancelled by a switch.
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

    /// The share of commands that the corridor took at its latest visit; `None` where no such log was read.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        self.latest().map(|visits| visits.rate)
    }

    /// Visits to the corridor at that rate.
    #[must_use]
    pub fn risk_tallies(&self) -> Option<Tallies> {
        self.latest().map(|visits| visits.tallies)
    }

    fn latest(&self) -> Option<&AtRate> {
        self.visits.iter().max_by_key(|visits| visits.latest)
    }

    fn at_rate(&mut self, rate: f64, time: Timestamp) -> Option<&mut Tallies> {
        let known = self.visits.iter().position(|visits| visits.rate == rate);
        let position = known.unwrap_or_else(|| {
            self.visits.push(AtRate {
                rate,
                latest: time,
                tallies: Tallies::default(),
            });
            self.visits.len() - 1
        });
        let visits = self.visits.get_mut(position)?;
        visits.latest = visits.latest.max(time);
        Some(&mut visits.tallies)
    }

    /// Takes a shadow call into account.
    pub fn shadow(&mut self, record: &ShadowRecord, limits: &Limits) -> Counted {
        let tallies = self.shadow.get_or_insert_default();
        if is_cancelled(record.error_type) {
            return Counted::PassedOver;
        }
        tallies
            .errors
            .count(record.status != ShadowStatus::Compared);
        tallies.slow.count(is_slow(
            record.latency_ms.as_micros(),
            limits.shadow_slow_after,
        ));
        if let Some(diff) = &record.diff
            && diff.intent != Comparison::NotCompared
        {
            tallies
                .disagreements
                .count(diff.intent == Comparison::Different);
        }
        Counted::Sample
    }

    /// Takes an assist hint into account. A hint that changes a decision is what assist is for, so there is no disagreement to count.
    pub fn assist(&mut self, record: &AssistRecord, limits: &Limits) -> Counted {
        let tallies = self.assist.get_or_insert_default();
        if is_cancelled(record.error_type) {
            return Counted::PassedOver;
        }
        let failed = matches!(record.status, AssistStatus::Failed | AssistStatus::Error);
        tallies.errors.count(failed);
        tallies.slow.count(is_slow(
            record.latency_ms.as_micros(),
            limits.answer_slow_after,
        ));
        if !failed {
            tallies
                .refusals
                .count(record.status == AssistStatus::Refused);
        }
        Counted::Sample
    }

    /// Takes a visit to the corridor into account. The same reading of it as the guard's: what it passes over says nothing about the model.
    pub fn risk(&mut self, record: &RiskRecord, limits: &Limits) -> Counted {
        let Some(tallies) = self.at_rate(record.sample_rate, record.timestamp) else {
            return Counted::PassedOver;
        };
        let (failed, refused) = match (record.status, record.reason_code) {
            (RiskStatus::AcceptedLlm, _) => (false, false),
            (RiskStatus::Skipped | RiskStatus::NotSampled, _) => return Counted::PassedOver,
            (_, reason) if is_cancelled(reason) => return Counted::PassedOver,
            (RiskStatus::FallbackDeterministic, Some(ReasonCode::Trust(_))) => (false, true),
            (RiskStatus::FallbackDeterministic | RiskStatus::Error, _) => (true, false),
        };
        tallies.errors.count(failed);
        if let Some(latency) = record.latency_ms {
            tallies
                .slow
                .count(is_slow(latency.as_micros(), limits.answer_slow_after));
        }
        if !failed {
            tallies.refusals.count(refused);
        }
        if record.status == RiskStatus::AcceptedLlm
            && let Some(diff) = &record.diff
        {
            let differs = diff.items_missing > 0 || diff.items_extra > 0;
            tallies.disagreements.count(differs);
        }
        Counted::Sample
    }
}

fn is_cancelled(reason: Option<ReasonCode>) -> bool {
    reason == Some(ReasonCode::Model(ModelFailure::Cancelled))
}

fn is_slow(micros: u64, after: Duration) -> bool {
    u128::from(micros) > after.as_micros()
}
