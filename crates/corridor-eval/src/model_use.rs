//! What a model did in a run: from the records that the pipeline and the model client leave, never from what was said.

mod collect;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use corridor_decision::records::{Comparison, ComponentStatus, Record, ShadowRecord};
use corridor_llm::AttemptRecord;
use corridor_llm::call::Outcome as CallOutcome;
use serde::Serialize;

pub use collect::RunRecords;

use crate::dataset::Entry;
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

type Counts = BTreeMap<String, u64>;

fn count(counts: &mut Counts, name: impl Display) {
    *counts.entry(name.to_string()).or_default() += 1;
}

impl ModelUse {
    /// Sums up the records of a run over these entries.
    #[must_use]
    pub fn of(records: &RunRecords, entries: &[Entry]) -> Self {
        records.look(|records, attempts| {
            let mut used = Self {
                calls: CallUse::of(attempts),
                ..Self::default()
            };
            let models: BTreeSet<&str> = attempts
                .iter()
                .map(|attempt| attempt.model.as_str())
                .collect();
            used.models = models.into_iter().map(str::to_owned).collect();
            let mut shadows = Vec::new();
            for record in records {
                match record {
                    Record::Decision(decision) => count(&mut used.decided_by, decision.source),
                    Record::Fallback(fallback) => used.components(&fallback.components),
                    Record::Shadow(shadow) => shadows.push(shadow),
                    Record::Latency(_) | Record::Assist(_) | Record::Risk(_) => {}
                }
            }
            used.shadow = (!shadows.is_empty()).then(|| ShadowUse::of(&shadows, entries));
            used
        })
    }

    /// What was replayed took no time that says anything.
    pub fn forget_latency(&mut self) {
        self.calls.latency = None;
    }

    fn components(&mut self, components: &corridor_decision::records::ComponentsRecord) {
        let each = [
            ("shadow", &components.shadow),
            ("assist_normalizer", &components.assist_normalizer),
            ("assist_entities", &components.assist_entities),
            ("assist_clarify", &components.assist_clarify),
            ("partial_trust", &components.partial_trust),
        ];
        for (name, component) in each {
            count(
                self.components.entry(name.to_owned()).or_default(),
                component.status,
            );
            let counts = component.status != ComponentStatus::Skipped;
            if let Some(reason) = component.reason.filter(|_| counts) {
                count(self.reasons.entry(name.to_owned()).or_default(), reason);
            }
        }
    }
}

impl CallUse {
    fn of(attempts: &[AttemptRecord]) -> Self {
        let mut used = Self {
            calls: attempts.len() as u64,
            latency: LatencyUse::of(attempts),
            ..Self::default()
        };
        for attempt in attempts {
            used.answered.count(attempt.outcome == CallOutcome::Success);
            count(&mut used.outcomes, attempt.outcome.as_str());
            used.tokens_in += attempt.tokens_in.unwrap_or(0);
            used.tokens_out += attempt.tokens_out.unwrap_or(0);
        }
        used
    }
}

impl LatencyUse {
    fn of(attempts: &[AttemptRecord]) -> Option<Self> {
        let mut latencies: Vec<f64> = attempts.iter().map(|attempt| attempt.latency_ms).collect();
        latencies.sort_by(f64::total_cmp);
        // The nearest rank: a latency that occurred, and not one in between.
        let rank = |percent: usize| {
            let rank = (latencies.len() * percent).div_ceil(100).max(1);
            latencies.get(rank - 1).copied()
        };
        Some(Self {
            median_ms: rank(50)?,
            p95_ms: rank(95)?,
            longest_ms: rank(100)?,
        })
    }
}

impl ShadowUse {
    fn of(shadows: &[&ShadowRecord], entries: &[Entry]) -> Self {
        let expected: BTreeMap<&str, &Entry> = entries
            .iter()
            .map(|entry| (entry.id.as_str(), entry))
            .collect();
        let mut used = Self::default();
        for shadow in shadows {
            used.compared.count(shadow.diff.is_some());
            let Some(diff) = &shadow.diff else { continue };
            if let Some(entry) = expected.get(shadow.command_id.as_str()) {
                let suggested = shadow.suggested_intent.map(|intent| intent.as_str());
                let preferred = entry
                    .expected
                    .preferred
                    .intent
                    .map(|intent| intent.as_str());
                used.intent_right
                    .count(suggested.is_some() && suggested == preferred);
            }
            let respects = [
                (&mut used.agrees_intent, diff.intent),
                (&mut used.agrees_action, diff.action),
                (&mut used.agrees_items, diff.items),
            ];
            for (ratio, comparison) in respects {
                if comparison != Comparison::NotCompared {
                    ratio.count(comparison == Comparison::Same);
                }
            }
        }
        used
    }
}
