//! Assist: where the rules did not understand, lack something or met a word nobody knows, a model may give hints. Rules decide what to
//! take of them.
//!
//! Three hints are asked for at once under one deadline: the text with slips repaired, the items and title in it, and a question to the
//! person. What may become what is in [`transition`]; why, in `docs/decisions/assist-transitions.md`.

mod entities;
mod normalized;
mod question;
mod transition;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use corridor_contract::{ClarifyPurpose, MissingField, Payload};
use corridor_llm::{Outcome, Runtime, TaskId, TaskInput};
use tokio::time::Instant;

use crate::decide::{Baseline, Decided};
use crate::reason::Reason;
use crate::records::{
    AssistCounts, AssistStatus, AssistStep, ComponentRecord, ComponentStatus, InternalError,
    ModelMeta, ReasonCode, SkipReason, Source,
};
use crate::steps::StepTimes;

use super::ask::{Asked, ask};
use super::scene::{Scene, passes_contract};
use super::{AssistLimits, Switch};

/// What came of assist.
pub(crate) struct Assisted {
    /// The decision that takes the baseline's place, where a hint was taken.
    pub(crate) decided: Option<Decided>,
    pub(crate) normalizer: Hint,
    pub(crate) entities: Hint,
    pub(crate) clarify: Hint,
}

/// One hint: not asked for, or what came of it.
pub(crate) enum Hint {
    NotAsked(SkipReason),
    Asked(Box<AskedHint>),
}

/// A hint that was asked for.
pub(crate) struct AskedHint {
    pub(crate) status: AssistStatus,
    pub(crate) reason: Option<ReasonCode>,
    pub(crate) latency: Duration,
    pub(crate) counts: AssistCounts,
    pub(crate) meta: Option<ModelMeta>,
}

/// What the rules make of one hint.
struct Verdict {
    result: Result<Taken, ReasonCode>,
    counts: AssistCounts,
}

/// Whether something was taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Something,
    Nothing,
}

/// Which hints a baseline can use.
struct Wanted {
    normalizer: Result<(), SkipReason>,
    entities: Result<(), SkipReason>,
    clarify: Result<(), SkipReason>,
}

/// Asks for the hints that the baseline can use, and takes of them what the rules allow. Ends by the stage's deadline; asks nothing where
/// the baseline is sure.
pub(crate) async fn assist(
    scene: Scene<'_>,
    limits: &AssistLimits,
    steps: &mut StepTimes,
) -> Assisted {
    let wanted = wanted(&scene, limits);
    let Some(runtime) = scene.stages.runtime.as_deref() else {
        return Assisted::not_asked(wanted.map(|wish| wish.and(Err(SkipReason::NoClient))));
    };
    if wanted.nothing() {
        return Assisted::not_asked(wanted);
    }
    let deadline = Instant::now() + limits.timeout;
    let input = || scene.input();
    let waiting = steps.now();
    let (normalizer, entities, clarify) = tokio::join!(
        hint(
            runtime,
            TaskId::AssistNormalization,
            wanted.normalizer,
            input,
            deadline
        ),
        hint(
            runtime,
            TaskId::AssistEntityExtraction,
            wanted.entities,
            input,
            deadline
        ),
        hint(
            runtime,
            TaskId::AssistClarify,
            wanted.clarify,
            || input().with_missing_fields(missing(scene.baseline)),
            deadline
        ),
    );
    steps.add_wait_since(waiting);
    take(scene, normalizer, entities, clarify)
}

/// What may help. The rules being sure, or having refused, is final.
fn wanted(scene: &Scene<'_>, limits: &AssistLimits) -> Wanted {
    use SkipReason::{BaselineConfident, BaselineFinal, NothingMissing};
    let unknown = || {
        scene
            .engine()
            .has_unknown_word(&scene.baseline.understanding.utterance)
    };
    let (normalizer, entities, clarify) = match scene.baseline.decided.reason {
        Reason::NotUnderstood
        | Reason::Unsure
        | Reason::Incomplete(MissingField::ItemName | MissingField::TaskTitle) => {
            (Ok(()), Ok(()), Ok(()))
        }
        Reason::Clear | Reason::Compound if unknown() => {
            (Ok(()), Err(NothingMissing), Err(NothingMissing))
        }
        Reason::Incomplete(_) if unknown() => (Err(NothingMissing), Err(NothingMissing), Ok(())),
        Reason::Clear | Reason::Compound | Reason::Incomplete(_) => (
            Err(BaselineConfident),
            Err(BaselineConfident),
            Err(BaselineConfident),
        ),
        Reason::NoText
        | Reason::NotOurs(_)
        | Reason::NotCapable(_)
        | Reason::CompoundUnconfirmable
        | Reason::Rejected(_)
        | Reason::RejectedUnshown(_) => {
            (Err(BaselineFinal), Err(BaselineFinal), Err(BaselineFinal))
        }
    };
    let allowed = |switch, wish: Result<(), SkipReason>| {
        match switch {
            Switch::Off => return Err(SkipReason::SwitchedOff),
            Switch::On => wish?,
        }
        scene.unfit_text().map_or(Ok(()), Err)
    };
    Wanted {
        normalizer: allowed(limits.normalization, normalizer),
        entities: allowed(limits.entities, entities),
        clarify: allowed(limits.clarify, clarify),
    }
}

async fn hint(
    runtime: &Runtime,
    task: TaskId,
    wanted: Result<(), SkipReason>,
    input: impl FnOnce() -> TaskInput,
    deadline: Instant,
) -> Result<Asked, SkipReason> {
    wanted?;
    Ok(ask(runtime, task, input(), deadline).await)
}

/// Lets the rules decide, hint after hint: the repaired text first, then what is still missing, then the question.
fn take(
    scene: Scene<'_>,
    normalizer: Result<Asked, SkipReason>,
    entities: Result<Asked, SkipReason>,
    clarify: Result<Asked, SkipReason>,
) -> Assisted {
    let mut better: Option<Baseline<'_>> = None;
    let normalizer = judged(normalizer, |answer| {
        normalized::judge(scene, answer, &mut better)
    });
    let entities = judged(entities, |answer| {
        entities::judge(scene, answer, &mut better)
    });
    let clarify = judged(clarify, |answer| {
        question::judge(scene, answer, &mut better)
    });
    let decided = better.map(|better| Decided {
        source: Source::Assist,
        ..better.decided
    });
    Assisted {
        decided,
        normalizer,
        entities,
        clarify,
    }
}

/// A hint with what the rules make of it. A panic there takes nothing.
fn judged(
    asked: Result<Asked, SkipReason>,
    judge: impl FnOnce(&corridor_llm::private::Answer) -> Verdict,
) -> Hint {
    let asked = match asked {
        Ok(asked) => asked,
        Err(reason) => return Hint::NotAsked(reason),
    };
    let verdict = match &asked.result {
        Ok(answer) => catch_unwind(AssertUnwindSafe(|| judge(answer)))
            .unwrap_or_else(|_| Verdict::refused(InternalError::Panic)),
        Err(reason) => Verdict::refused(*reason),
    };
    let (status, reason) = match verdict.result {
        Ok(Taken::Something) => (AssistStatus::Accepted, None),
        Ok(Taken::Nothing) => (AssistStatus::NothingToTake, None),
        Err(reason @ ReasonCode::Internal(_)) => (AssistStatus::Error, Some(reason)),
        Err(reason @ ReasonCode::Assist(_)) => (AssistStatus::Refused, Some(reason)),
        Err(reason) => (AssistStatus::Failed, Some(reason)),
    };
    Hint::Asked(Box::new(AskedHint {
        status,
        reason,
        latency: asked.latency,
        counts: verdict.counts,
        meta: asked.meta,
    }))
}

/// Lets a decision that a hint led to take the place of what is decided by now, if it may. What takes a place is checked here alone.
fn replace<'c>(
    scene: Scene<'c>,
    better: &mut Option<Baseline<'c>>,
    next: Baseline<'c>,
) -> Result<Taken, ReasonCode> {
    let present = better.as_ref().unwrap_or(scene.baseline);
    transition::check(scene.engine(), &present.decided, &next.decided)?;
    if !passes_contract(&next.decided.decision) {
        return Err(InternalError::ContractBroken.into());
    }
    *better = Some(next);
    Ok(Taken::Something)
}

/// What is missing, in the contract's words.
fn missing(baseline: &Baseline<'_>) -> Vec<String> {
    asked_for(&baseline.decided)
        .map(|field| field.as_str().to_owned())
        .into_iter()
        .collect()
}

/// The field that a decision asks the person for.
fn asked_for(decided: &Decided) -> Option<MissingField> {
    match &decided.decision.payload {
        Payload::Clarify(clarify) if clarify.purpose == ClarifyPurpose::Ask => {
            clarify.missing_fields.first().copied()
        }
        _ => None,
    }
}

impl Verdict {
    fn refused(reason: impl Into<ReasonCode>) -> Self {
        Self {
            result: Err(reason.into()),
            counts: NO_COUNTS,
        }
    }
}

const NO_COUNTS: AssistCounts = AssistCounts {
    words_changed: 0,
    items: 0,
    items_taken: 0,
    titles: 0,
};

impl Wanted {
    fn nothing(&self) -> bool {
        self.normalizer.is_err() && self.entities.is_err() && self.clarify.is_err()
    }

    fn map(self, change: impl Fn(Result<(), SkipReason>) -> Result<(), SkipReason>) -> Self {
        Self {
            normalizer: change(self.normalizer),
            entities: change(self.entities),
            clarify: change(self.clarify),
        }
    }
}

impl Assisted {
    fn not_asked(wanted: Wanted) -> Self {
        let hint = |wish: Result<(), SkipReason>| {
            Hint::NotAsked(wish.err().unwrap_or(SkipReason::BaselineConfident))
        };
        Self {
            decided: None,
            normalizer: hint(wanted.normalizer),
            entities: hint(wanted.entities),
            clarify: hint(wanted.clarify),
        }
    }

    /// Takes back what hints changed: assist was switched off while they were asked for.
    pub(crate) fn withdraw(&mut self) {
        self.decided = None;
        for hint in [&mut self.normalizer, &mut self.entities, &mut self.clarify] {
            if let Hint::Asked(asked) = hint
                && asked.status == AssistStatus::Accepted
            {
                asked.status = AssistStatus::Failed;
                asked.reason = Some(Outcome::Cancelled.into());
            }
        }
    }

    /// The hints with their names, in the order of records.
    pub(crate) fn hints(&self) -> [(AssistStep, &Hint); 3] {
        [
            (AssistStep::Normalizer, &self.normalizer),
            (AssistStep::Entities, &self.entities),
            (AssistStep::Clarify, &self.clarify),
        ]
    }
}

impl Hint {
    /// The hint as a component of the command's fallback record.
    pub(crate) fn component(&self) -> ComponentRecord {
        match self {
            Self::NotAsked(reason) => ComponentRecord::skipped(*reason),
            Self::Asked(asked) => ComponentRecord {
                status: match asked.status {
                    AssistStatus::Accepted | AssistStatus::NothingToTake => {
                        ComponentStatus::Success
                    }
                    AssistStatus::Refused => ComponentStatus::Refused,
                    AssistStatus::Failed => ComponentStatus::Failed,
                    AssistStatus::Error => ComponentStatus::Error,
                },
                reason: asked.reason,
                latency_ms: Some(asked.latency.into()),
            },
        }
    }
}
