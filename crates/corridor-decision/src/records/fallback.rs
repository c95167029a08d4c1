//! `fallback_metrics.jsonl`: how models fared on a command, over all components.

use corridor_contract::Action;

use super::field::record;
use super::reason::{ReasonCode, SkipReason};
use super::scalar::{Millis, RecordId};
use super::words::{ComponentStatus, Intent, LlmOutcome, Master};

record! {
    /// How models fared on one command. Written when the last component has settled, shadow included.
    FallbackRecord {
        /// When the last component had settled.
        timestamp: jiff::Timestamp,
        /// Ties the record to the caller's trace.
        trace_id: RecordId,
        /// The product's id of the command.
        command_id: RecordId,
        /// What the decision that was sent is about.
        intent: Intent,
        /// The action of the decision that was sent.
        decision_action: Action,
        /// How models fared, over all components that ran.
        llm_outcome: LlmOutcome,
        /// The reason of the component that decides the outcome; null on success and where none ran.
        fallback_reason: Option<ReasonCode>,
        /// Whether the decision that was sent is that of the rules alone.
        deterministic_used: bool,
        /// The part of the answer's time that was spent waiting for a model.
        llm_latency_ms: Millis,
        /// Each component.
        components: ComponentsRecord,
    }
}

record! {
    /// Every model component of a command.
    ComponentsRecord {
        /// The shadow.
        shadow: ComponentRecord,
        /// Assist: normalised text.
        assist_normalizer: ComponentRecord,
        /// Assist: items and title.
        assist_entities: ComponentRecord,
        /// Assist: the question.
        assist_clarify: ComponentRecord,
        /// The corridor.
        partial_trust: ComponentRecord,
    }
}

record! {
    /// One model component of a command.
    ComponentRecord {
        /// How it fared.
        status: ComponentStatus,
        /// Why it did not run, failed, or was not followed; null on success.
        reason: Option<ReasonCode>,
        /// From its start to its end; null where it did not run.
        latency_ms: Option<Millis>,
    }
}

impl ComponentRecord {
    /// A component that did not run.
    #[must_use]
    pub const fn skipped(reason: SkipReason) -> Self {
        Self {
            status: ComponentStatus::Skipped,
            reason: Some(ReasonCode::Skip(reason)),
            latency_ms: None,
        }
    }

    /// Whether it ran at all.
    #[must_use]
    pub fn ran(&self) -> bool {
        self.status != ComponentStatus::Skipped
    }
}

impl ComponentsRecord {
    /// Nothing ran, all for the same reason.
    #[must_use]
    pub const fn skipped(reason: SkipReason) -> Self {
        Self {
            shadow: ComponentRecord::skipped(reason),
            assist_normalizer: ComponentRecord::skipped(reason),
            assist_entities: ComponentRecord::skipped(reason),
            assist_clarify: ComponentRecord::skipped(reason),
            partial_trust: ComponentRecord::skipped(reason),
        }
    }

    /// The components that can change an answer, the one that stands nearest to it first.
    const fn answering(&self) -> [&ComponentRecord; 4] {
        [
            &self.partial_trust,
            &self.assist_normalizer,
            &self.assist_entities,
            &self.assist_clarify,
        ]
    }

    /// How models fared over all components, and the reason of the component that decides it.
    ///
    /// With the master switch off: `skipped`. Else, where nothing ran: `deterministic_only`. Else, over the components that ran: `error`
    /// where one broke inside Corridor; `fallback` where one that can change answers failed or was refused, or where shadow alone ran and
    /// failed; `success` otherwise. Of several alike the corridor decides before the hints, and these in the order normaliser, entities,
    /// question.
    #[must_use]
    pub fn outcome(&self, master: Master) -> (LlmOutcome, Option<ReasonCode>) {
        if master == Master::Off {
            return (LlmOutcome::Skipped, None);
        }
        let answering = self.answering();
        let answers_ran = answering.iter().any(|component| component.ran());
        if !answers_ran && !self.shadow.ran() {
            return (LlmOutcome::DeterministicOnly, None);
        }
        let broken = answering
            .into_iter()
            .chain([&self.shadow])
            .find(|component| component.status == ComponentStatus::Error);
        if let Some(component) = broken {
            return (LlmOutcome::Error, component.reason);
        }
        let deciding: &[&ComponentRecord] = if answers_ran {
            &answering
        } else {
            &[&self.shadow]
        };
        let fallen_back = deciding.iter().find(|component| {
            matches!(
                component.status,
                ComponentStatus::Failed | ComponentStatus::Refused
            )
        });
        match fallen_back {
            Some(component) => (LlmOutcome::Fallback, component.reason),
            None => (LlmOutcome::Success, None),
        }
    }
}
