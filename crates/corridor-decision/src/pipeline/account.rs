//! The records of one command.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use corridor_contract::{Action, Command, Payload, ProposedAction};
use corridor_llm::Clock;

use crate::decide::{Decided, Stamp};
use crate::records::{
    ASSIST_VERSION, AssistRecord, AssistStatus, ComponentRecord, ComponentStatus, ComponentsRecord,
    DecisionRecord, FallbackRecord, Intent, InternalError, LatencyRecord, Master, Record, RecordId,
    RecordSink, RiskRecord, ShadowRecord, Source, StepsRecord,
};
use crate::stages::SampleRate;
use crate::stages::assist::{Assisted, Hint};
use crate::stages::partial_trust::Visit;
use crate::steps::{Step, StepTimes};

/// Where the records of one command go, and what they share.
#[derive(Clone)]
pub(crate) struct Account {
    sink: Arc<dyn RecordSink>,
    clock: Arc<dyn Clock>,
    trace_id: RecordId,
    command_id: RecordId,
}

impl Account {
    pub(super) fn new(
        sink: &Arc<dyn RecordSink>,
        clock: &Arc<dyn Clock>,
        stamp: &Stamp,
        command: &Command,
    ) -> Self {
        Self {
            sink: Arc::clone(sink),
            clock: Arc::clone(clock),
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
        self.write(|| {
            Record::Decision(DecisionRecord {
                timestamp: self.now(),
                trace_id: self.trace_id(),
                command_id: self.command_id(),
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
            })
        });
    }

    /// Where the time went.
    pub(super) fn took(&self, steps: &StepTimes, master: Master) {
        let spent = |step| steps.spent(step).into();
        self.write(|| {
            Record::Latency(LatencyRecord {
                timestamp: self.now(),
                trace_id: self.trace_id(),
                command_id: self.command_id(),
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
            })
        });
    }

    /// What became of each hint that was asked for.
    pub(super) fn assisted(&self, assisted: &Assisted) {
        for (step, hint) in assisted.hints() {
            let Hint::Asked(hint) = hint else { continue };
            self.write(|| {
                Record::Assist(AssistRecord {
                    timestamp: self.now(),
                    trace_id: self.trace_id(),
                    command_id: self.command_id(),
                    step,
                    status: hint.status,
                    accepted: hint.status == AssistStatus::Accepted,
                    error_type: hint.reason,
                    latency_ms: hint.latency.into(),
                    counts: hint.counts.clone(),
                    assist_version: RecordId::new(ASSIST_VERSION),
                    model_meta: hint.meta.clone(),
                })
            });
        }
    }

    /// How a visit to the corridor ended.
    pub(super) fn visited(&self, visit: &Visit, rate: SampleRate) {
        self.write(|| {
            Record::Risk(RiskRecord {
                timestamp: self.now(),
                trace_id: self.trace_id(),
                command_id: self.command_id(),
                corridor_intent: visit.baseline.intent,
                sample_rate: rate.get(),
                sampled: visit.sampled,
                status: visit.status,
                reason_code: visit.reason,
                latency_ms: visit.latency.map(Into::into),
                model_meta: visit.meta.clone(),
                baseline: visit.baseline.clone(),
                llm: visit.llm.clone(),
                diff: visit.diff.clone(),
            })
        });
    }

    /// How a shadow call ended.
    pub(crate) fn shadow(&self, record: ShadowRecord) {
        self.write(|| Record::Shadow(record));
    }

    /// How models fared, to be written when the last component, the shadow, has settled.
    pub(super) fn settlement(
        &self,
        decided: &Decided,
        components: ComponentsRecord,
        master: Master,
        waited: Duration,
    ) -> Settlement {
        Settlement {
            account: self.clone(),
            open: Some(Open {
                intent: Intent::of(&decided.decision.payload),
                action: decided.decision.action(),
                source: decided.source,
                components,
                master,
                waited,
            }),
        }
    }

    /// The time of day.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    pub(crate) fn trace_id(&self) -> RecordId {
        self.trace_id.clone()
    }

    pub(crate) fn command_id(&self) -> RecordId {
        self.command_id.clone()
    }

    /// A sink that panics loses its record and nothing else.
    fn write(&self, record: impl FnOnce() -> Record) {
        let _ = catch_unwind(AssertUnwindSafe(|| {
            if self.sink.is_wanted() {
                self.sink.record(record());
            }
        }));
    }
}

/// The fallback record of a command while its shadow is under way. Written exactly once, even where the shadow is lost.
pub(crate) struct Settlement {
    account: Account,
    open: Option<Open>,
}

/// What the record will say, but for the shadow.
struct Open {
    intent: Intent,
    action: Action,
    source: Source,
    components: ComponentsRecord,
    master: Master,
    waited: Duration,
}

impl Settlement {
    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// Writes the record: the shadow has settled.
    pub(crate) fn settle(mut self, shadow: ComponentRecord) {
        self.write(shadow);
    }

    fn write(&mut self, shadow: ComponentRecord) {
        let Some(open) = self.open.take() else { return };
        let components = ComponentsRecord {
            shadow,
            ..open.components
        };
        let (llm_outcome, fallback_reason) = components.outcome(open.master);
        self.account.write(|| {
            Record::Fallback(FallbackRecord {
                timestamp: self.account.now(),
                trace_id: self.account.trace_id(),
                command_id: self.account.command_id(),
                intent: open.intent,
                decision_action: open.action,
                llm_outcome,
                fallback_reason,
                deterministic_used: open.source == Source::Baseline,
                llm_latency_ms: open.waited.into(),
                components,
            })
        });
    }
}

impl Drop for Settlement {
    /// A shadow that was lost, by a panic or with the runtime that ran it, broke inside.
    fn drop(&mut self) {
        self.write(ComponentRecord {
            status: ComponentStatus::Error,
            reason: Some(InternalError::Panic.into()),
            latency_ms: None,
        });
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
