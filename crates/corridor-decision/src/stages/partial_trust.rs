//! Partial trust: for a stable share of commands that the rules execute, a model's candidate may take the baseline's place.
//!
//! Double run: the baseline is there already. The candidate is built into a decision by the same builder as the baseline's, and is sent
//! only if every acceptance rule passes. Whatever else happens, the baseline is sent.

mod acceptance;
mod candidate;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use corridor_contract::{Action, Payload};
use corridor_llm::private::Answer;
use corridor_llm::{Outcome, TaskId};
use tokio::time::Instant;

use crate::decide::Decided;
use crate::records::{
    ComponentRecord, ComponentStatus, Intent, InternalError, ModelMeta, ReasonCode, RiskDiff,
    RiskStatus, RiskSummary, SkipReason, Source,
};
use crate::steps::StepTimes;

use super::PartialTrustLimits;
use super::ask::ask;
use super::compare::{compare, compared, items_of};
use super::reading::Reading;
use super::scene::Scene;
use candidate::Candidate;

/// What came of a visit to the corridor.
pub(crate) struct Visit {
    /// The candidate, where it passed every rule.
    pub(crate) accepted: Option<Decided>,
    pub(crate) status: RiskStatus,
    pub(crate) reason: Option<ReasonCode>,
    pub(crate) sampled: bool,
    pub(crate) latency: Option<Duration>,
    pub(crate) meta: Option<ModelMeta>,
    pub(crate) baseline: RiskSummary,
    pub(crate) llm: Option<RiskSummary>,
    pub(crate) diff: Option<RiskDiff>,
}

/// A candidate that was looked at.
struct Judged {
    accepted: Result<Decided, ReasonCode>,
    llm: Option<RiskSummary>,
    diff: Option<RiskDiff>,
}

/// Visits the corridor. Ends by the stage's deadline.
pub(crate) async fn visit(
    scene: Scene<'_>,
    limits: &PartialTrustLimits,
    assisted: bool,
    steps: &mut StepTimes,
) -> Visit {
    let sampled = limits.rate.takes(&scene.command.command_id);
    let mut visit = Visit {
        accepted: None,
        status: RiskStatus::Skipped,
        reason: None,
        sampled,
        latency: None,
        meta: None,
        baseline: summary(&scene.baseline.decided, true),
        llm: None,
        diff: None,
    };
    let skip = skip(&scene, limits, assisted, sampled);
    if let Some(reason) = skip {
        visit.reason = Some(reason.into());
        if reason == SkipReason::NotSampled {
            visit.status = RiskStatus::NotSampled;
        }
        return visit;
    }
    let Some(runtime) = &scene.stages.runtime else {
        visit.reason = Some(SkipReason::NoClient.into());
        return visit;
    };
    let started = Instant::now();
    let mut input = scene.input_with_lists();
    if let Some(profile) = &limits.profile {
        input = input.with_profile(profile.clone());
    }
    let waiting = steps.now();
    let asked = ask(
        runtime,
        TaskId::PartialTrustShopping,
        input,
        started + limits.timeout,
    )
    .await;
    steps.add_wait_since(waiting);
    let judged = match asked.result {
        Ok(answer) => catch_unwind(AssertUnwindSafe(|| judge(scene, &answer)))
            .unwrap_or_else(|_| Judged::refused(InternalError::Panic)),
        Err(reason) => Judged::refused(reason),
    };
    visit.latency = Some(started.elapsed());
    visit.meta = asked.meta;
    visit.llm = judged.llm;
    visit.diff = judged.diff;
    match judged.accepted {
        Ok(decided) => {
            visit.status = RiskStatus::AcceptedLlm;
            visit.accepted = Some(decided);
        }
        Err(reason) => {
            visit.status = match reason {
                ReasonCode::Internal(_) => RiskStatus::Error,
                _ => RiskStatus::FallbackDeterministic,
            };
            visit.reason = Some(reason);
        }
    }
    visit
}

/// Why the model is not asked, or nothing.
fn skip(
    scene: &Scene<'_>,
    limits: &PartialTrustLimits,
    assisted: bool,
    sampled: bool,
) -> Option<SkipReason> {
    let baseline = &scene.baseline.decided.decision;
    let intent = scene.baseline_intent();
    if baseline.action() != Action::StartJob {
        return Some(SkipReason::BaselineNotExecute);
    }
    if !limits
        .intents
        .iter()
        .any(|covered| covered.intent() == intent)
    {
        return Some(SkipReason::IntentNotAllowed);
    }
    if assisted {
        return Some(SkipReason::AlreadyAssisted);
    }
    if !sampled {
        return Some(SkipReason::NotSampled);
    }
    scene.unfit_text()
}

fn judge(scene: Scene<'_>, answer: &Answer) -> Judged {
    let reading = match Reading::of(answer) {
        Ok(reading) => reading,
        Err(broke) => return Judged::refused(broke),
    };
    let candidate = Candidate::new(scene, &reading);
    let built = candidate.build();
    let (engine, language) = (scene.engine(), scene.language());
    let diff = compare(
        &compared(engine, language, &scene.baseline.decided.decision.payload),
        &compared(engine, language, &built.decision.payload),
    );
    Judged {
        llm: Some(RiskSummary {
            confidence: reading.confidence.filter(|share| share.is_finite()),
            ..summary(&built, false)
        }),
        diff: Some(RiskDiff {
            items: diff.items(),
            items_shared: diff.shared,
            items_missing: diff.missing,
            items_extra: diff.extra,
            amounts_different: diff.amounts_different,
            lists_different: diff.lists_different,
        }),
        accepted: match acceptance::refusal(&candidate, &built) {
            None => Ok(Decided {
                source: Source::PartialTrust,
                ..built
            }),
            Some(refusal) => Err(refusal.into()),
        },
    }
}

impl Judged {
    fn refused(reason: impl Into<ReasonCode>) -> Self {
        Self {
            accepted: Err(reason.into()),
            llm: None,
            diff: None,
        }
    }
}

impl Visit {
    /// Takes an accepted candidate back: the corridor was closed while it was judged.
    pub(crate) fn withdraw(&mut self) {
        if self.accepted.take().is_some() {
            self.status = RiskStatus::FallbackDeterministic;
            self.reason = Some(Outcome::Cancelled.into());
        }
    }

    /// The visit as a component of the command's fallback record.
    pub(crate) fn component(&self) -> ComponentRecord {
        ComponentRecord {
            status: match (self.status, self.reason) {
                (RiskStatus::AcceptedLlm, _) => ComponentStatus::Success,
                (RiskStatus::Skipped | RiskStatus::NotSampled, _) => ComponentStatus::Skipped,
                (RiskStatus::Error, _) => ComponentStatus::Error,
                (RiskStatus::FallbackDeterministic, Some(ReasonCode::Trust(_))) => {
                    ComponentStatus::Refused
                }
                (RiskStatus::FallbackDeterministic, _) => ComponentStatus::Failed,
            },
            reason: self.reason,
            latency_ms: self.latency.map(Into::into),
        }
    }
}

/// A decision in figures.
fn summary(decided: &Decided, calibrated: bool) -> RiskSummary {
    let payload: &Payload = &decided.decision.payload;
    let count = |has: fn(&corridor_contract::Item) -> bool| {
        u32::try_from(items_of(payload).filter(|item| has(item)).count()).unwrap_or(u32::MAX)
    };
    RiskSummary {
        action: decided.decision.action(),
        intent: Intent::of(payload),
        item_count: count(|_| true),
        quantity_count: count(|item| item.quantity.is_some()),
        unit_count: count(|item| item.unit.is_some()),
        list_count: count(|item| item.list_id.is_some()),
        confidence: calibrated.then(|| decided.decision.confidence.value()),
    }
}
