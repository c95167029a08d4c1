//! The main flow: the whole way of a command, from its text to the decision that is sent, and its records.
//!
//! The baseline is decided first, by rules alone. Whatever a model adds comes after it, each stage within one deadline.

mod account;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use corridor_contract::Command;
use corridor_llm::{Clock, Runtime};

use crate::decide::{Decided, Decider, Stamp};
use crate::records::{ComponentRecord, ComponentsRecord, Master, RecordSink, SkipReason};
use crate::stages::assist::{Assisted, assist};
use crate::stages::partial_trust::{Visit, visit};
use crate::stages::scene::{Scene, passes_contract};
use crate::stages::shadow::ShadowJob;
use crate::stages::shadow::desk::ShadowDesk;
use crate::stages::{ShadowLimits, ShadowLoad, Stages};
use crate::steps::{Step, StepTimes};
use account::Account;
pub(crate) use account::Settlement;

/// Decides commands: baseline, assist, partial trust and shadow, with records of all of it. Cheap to share behind an `Arc`.
///
/// Begins with every stage off; [`Pipeline::set_stages`] turns them on and off while it runs.
pub struct Pipeline {
    decider: Arc<Decider>,
    sink: Arc<dyn RecordSink>,
    clock: Arc<dyn Clock>,
    stages: RwLock<Arc<Stages>>,
    shadows: Arc<ShadowDesk>,
    under_load: AtomicBool,
}

/// How busy the service around the pipeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    /// There is room for everything.
    Normal,
    /// Requests may soon be turned away: no shadow call is begun any more.
    High,
}

impl Pipeline {
    /// A pipeline with every stage off. Records go to `sink`; `clock` gives them their time of day.
    #[must_use]
    pub fn new(decider: Arc<Decider>, sink: Arc<dyn RecordSink>, clock: Arc<dyn Clock>) -> Self {
        Self {
            decider,
            sink,
            clock,
            stages: RwLock::new(Arc::new(Stages::off())),
            shadows: ShadowDesk::new(),
            under_load: AtomicBool::new(false),
        }
    }

    /// The rules inside.
    #[must_use]
    pub fn decider(&self) -> &Decider {
        &self.decider
    }

    /// What may happen beside the baseline from now on. A command under way begins no stage that is off by now and follows no model that was
    /// switched off meanwhile; to cancel its calls, close the old runtime.
    pub fn set_stages(&self, stages: Arc<Stages>) {
        *self.stages.write().unwrap_or_else(PoisonError::into_inner) = stages;
    }

    /// What may happen beside the baseline now.
    #[must_use]
    pub fn stages(&self) -> Arc<Stages> {
        Arc::clone(&self.stages.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells the pipeline how busy the service is: shadow calls are the first to go.
    pub fn set_load(&self, load: Load) {
        self.under_load.store(load == Load::High, Ordering::Relaxed);
    }

    /// How busy the shadow is.
    #[must_use]
    pub fn shadow_load(&self) -> ShadowLoad {
        self.shadows.load()
    }

    /// Decides a command. Total: it ends within the deadlines of the stages that are on, whatever models do, and what it gives is valid by
    /// the contract. Dropping the future cancels the calls it waits for; then nothing was decided and nothing is recorded.
    pub async fn decide(&self, command: &Command, stamp: Stamp, steps: &mut StepTimes) -> Decided {
        let stages = self.stages();
        let baseline = self.decider.baseline(command, &stamp, steps);
        let scene = Scene {
            decider: &self.decider,
            stages: &stages,
            command,
            stamp: &stamp,
            baseline: &baseline,
        };
        let mut assisted = self.assist(scene, steps).await;
        // What was switched off while a model was asked is not followed any more, and nothing new begins.
        if let Some(assisted) = &mut assisted
            && !self.is_still_on(|stages| stages.assist.is_some())
        {
            assisted.withdraw();
        }
        let mut visit = self.partial_trust(scene, assisted.as_ref(), steps).await;
        if let Some(visit) = &mut visit
            && !self.is_still_on(|stages| takes(stages, command))
        {
            visit.withdraw();
        }
        let changed = steps.measure(Step::ValidateDecision, || {
            changed(visit.as_ref(), assisted.as_ref())
        });
        let sent = changed.as_ref().unwrap_or(&baseline.decided);

        let account = Account::new(&self.sink, &self.clock, &stamp, command);
        let components = components(stages.master, assisted.as_ref(), visit.as_ref());
        let settlement = account.settlement(sent, components, stages.master, steps.waited());
        let before = steps.now();
        self.shadow(scene, settlement);
        steps.add_since(Step::Shadow, before);

        account.decided(sent);
        if let Some(assisted) = &assisted {
            account.assisted(assisted);
        }
        if let (Some(visit), Some(limits)) = (&visit, &stages.partial_trust) {
            account.visited(visit, limits.rate);
        }
        account.took(steps, stages.master);
        changed.unwrap_or(baseline.decided)
    }

    /// Waits for shadow calls under way, at most for `patience`, then cancels those that are left. New ones are not begun any more, and
    /// every one of them is recorded.
    pub async fn drain(&self, patience: Duration) {
        self.shadows.drain(patience).await;
    }

    async fn assist(&self, scene: Scene<'_>, steps: &mut StepTimes) -> Option<Assisted> {
        let limits = on(scene.stages)?.assist.as_ref()?;
        let before = steps.now();
        let assisted = assist(scene, limits, steps).await;
        steps.add_since(Step::Assist, before);
        Some(assisted)
    }

    async fn partial_trust(
        &self,
        scene: Scene<'_>,
        assisted: Option<&Assisted>,
        steps: &mut StepTimes,
    ) -> Option<Visit> {
        let limits = on(scene.stages)?.partial_trust.as_ref()?;
        if !self.is_still_on(|stages| stages.partial_trust.is_some()) {
            return None;
        }
        let before = steps.now();
        let assisted = assisted.is_some_and(|assisted| assisted.decided.is_some());
        let visit = visit(scene, limits, assisted, steps).await;
        steps.add_since(Step::PartialTrust, before);
        Some(visit)
    }

    /// Whether a stage is on at this moment, whatever it was when the command began.
    fn is_still_on(&self, is_on: impl FnOnce(&Stages) -> bool) -> bool {
        on(&self.stages()).is_some_and(is_on)
    }

    /// Hands the command over to the shadow, with the record that waits for it; or settles the record at once.
    fn shadow(&self, scene: Scene<'_>, settlement: Settlement) {
        let stages = self.stages();
        let (limits, runtime) = match self.shadow_wanted(&scene, &stages) {
            Ok(wanted) => wanted,
            Err(reason) => return settlement.settle(ComponentRecord::skipped(reason)),
        };
        let job = ShadowJob::new(scene, &self.decider, runtime, limits.timeout, settlement);
        if let Err((reason, job)) = self.shadows.take(job, limits) {
            job.give_up().settle(ComponentRecord::skipped(reason));
        }
    }

    /// What a shadow call needs by the stages of this moment, or why there is none.
    fn shadow_wanted<'s>(
        &self,
        scene: &Scene<'_>,
        stages: &'s Stages,
    ) -> Result<(&'s ShadowLimits, &'s Arc<Runtime>), SkipReason> {
        let stages = on(stages).ok_or(SkipReason::MasterOff)?;
        let limits = stages.shadow.as_ref().ok_or(SkipReason::SwitchedOff)?;
        if let Some(reason) = scene.unfit_text() {
            return Err(reason);
        }
        let runtime = stages.runtime.as_ref().ok_or(SkipReason::NoClient)?;
        if self.under_load.load(Ordering::Relaxed) {
            return Err(self.shadows.shed_one());
        }
        Ok((limits, runtime))
    }
}

/// The stages, where the master switch is on.
fn on(stages: &Stages) -> Option<&Stages> {
    (stages.master == Master::On).then_some(stages)
}

/// The decision that a stage made in the baseline's place. The baseline is valid by its types; what a model had a part in is sent only after
/// the contract's own check of its bytes.
fn changed(visit: Option<&Visit>, assisted: Option<&Assisted>) -> Option<Decided> {
    visit
        .and_then(|visit| visit.accepted.as_ref())
        .or_else(|| assisted.and_then(|assisted| assisted.decided.as_ref()))
        .filter(|decided| passes_contract(&decided.decision))
        .cloned()
}

/// Whether the corridor takes a command: at rate 0, and while it is switched off by hand or by the guard, it takes none.
fn takes(stages: &Stages, command: &Command) -> bool {
    let limits = stages.partial_trust.as_ref();
    limits.is_some_and(|limits| limits.rate.takes(&command.command_id))
}

/// Every component but the shadow, which has not run yet.
fn components(
    master: Master,
    assisted: Option<&Assisted>,
    visit: Option<&Visit>,
) -> ComponentsRecord {
    let off = match master {
        Master::Off => SkipReason::MasterOff,
        Master::On => SkipReason::SwitchedOff,
    };
    let mut components = ComponentsRecord::skipped(off);
    if let Some(assisted) = assisted {
        components.assist_normalizer = assisted.normalizer.component();
        components.assist_entities = assisted.entities.component();
        components.assist_clarify = assisted.clarify.component();
    }
    if let Some(visit) = visit {
        components.partial_trust = visit.component();
    }
    components
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline").finish_non_exhaustive()
    }
}
