//! The records of one command.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use corridor_contract::{Command, Payload, ProposedAction};
use corridor_llm::Clock;

use crate::decide::{Decided, Stamp};
use crate::records::{
    ComponentsRecord, DecisionRecord, FallbackRecord, Intent, LatencyRecord, Master, Record,
    RecordId, RecordSink, Source, StepsRecord,
};
use crate::steps::{Step, StepTimes};

/// Where the records of one command go, and what they share.
pub(super) struct Account<'p> {
    sink: &'p dyn RecordSink,
    clock: &'p dyn Clock,
    trace_id: RecordId,
    command_id: RecordId,
}

impl<'p> Account<'p> {
    pub(super) fn new(
        sink: &'p dyn RecordSink,
        clock: &'p dyn Clock,
        stamp: &Stamp,
        command: &Command,
    ) -> Self {
        Self {
            sink,
            clock,
            trace_id: RecordId::new(stamp.trace_id.as_str()),
            command_id: RecordId::new(command.command_id.as_str()),
        }
    }

    /// What was decided.
    pub(super) fn decided(&self, decided: &Decided) {
        let decision = &decided.decision;
        let (job_type, actions): (_, &[ProposedAction]) = match &decision.payload {
            Payload::StartJob(job) => (Some(job.job_type), &job.proposed_actions),
            Payload::Confirm(confirm) => (None, &confirm.proposed_actions),
            _ => (None, &[]),
        };
        let items = actions
            .iter()
            .filter(|action| matches!(action, ProposedAction::AddShoppingItem(_)))
            .count();
        self.write(Record::Decision(DecisionRecord {
            timestamp: self.clock.now(),
            trace_id: self.trace_id.clone(),
            command_id: self.command_id.clone(),
            decision_id: RecordId::new(decision.decision_id.as_str()),
            action: decision.action(),
            status: decision.status(),
            intent: Intent::of(&decision.payload),
            reason: decided.reason.kind(),
            source: decided.source,
            job_type,
            missing_fields: match &decision.payload {
                Payload::Clarify(clarify) => clarify.missing_fields.clone(),
                _ => Vec::new(),
            },
            confidence: decision.confidence.value(),
            language: decided.language.into(),
            schema_version: RecordId::new(decision.schema_version.to_string()),
            decision_version: RecordId::new(decision.decision_version.as_str()),
            rule_ids: decided.rules.iter().cloned().map(RecordId::new).collect(),
            item_count: count(items),
            task_count: count(actions.len().saturating_sub(items)),
        }));
    }

    /// Where the time went.
    pub(super) fn took(&self, steps: &StepTimes, master: Master) {
        let spent = |step| steps.spent(step).into();
        self.write(Record::Latency(LatencyRecord {
            timestamp: self.clock.now(),
            trace_id: self.trace_id.clone(),
            command_id: self.command_id.clone(),
            total_ms: steps.total().into(),
            steps: StepsRecord {
                validate_command_ms: spent(Step::ValidateCommand),
                normalize_ms: spent(Step::Normalize),
                shadow_ms: spent(Step::Shadow),
                assist_ms: spent(Step::Assist),
                core_logic_ms: spent(Step::CoreLogic),
                partial_trust_ms: spent(Step::PartialTrust),
                validate_decision_ms: spent(Step::ValidateDecision),
            },
            llm_enabled: master == Master::On,
            llm_ms: steps.waited().into(),
        }));
    }

    /// How models fared, once every component has settled.
    pub(super) fn settled(
        &self,
        decided: &Decided,
        components: &ComponentsRecord,
        master: Master,
        waited: Duration,
    ) {
        let (llm_outcome, fallback_reason) = components.outcome(master);
        self.write(Record::Fallback(FallbackRecord {
            timestamp: self.clock.now(),
            trace_id: self.trace_id.clone(),
            command_id: self.command_id.clone(),
            intent: Intent::of(&decided.decision.payload),
            decision_action: decided.decision.action(),
            llm_outcome,
            fallback_reason,
            deterministic_used: decided.source == Source::Baseline,
            llm_latency_ms: waited.into(),
            components: components.clone(),
        }));
    }

    /// A sink that panics loses its record and nothing else.
    fn write(&self, record: Record) {
        let _ = catch_unwind(AssertUnwindSafe(|| self.sink.record(record)));
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
