//! Where a task stands in its fallback chain.

use std::sync::Arc;

use crate::call::Outcome;
use crate::policy::{Action, Route};

/// The route a task is on and what it has used up. Every answer of [`Progress::next`] uses something up, so a task ends.
#[derive(Debug)]
pub(super) struct Progress {
    pub(super) route: Arc<Route>,
    uses: Vec<u32>,
    repaired: bool,
    escalated: bool,
}

impl Progress {
    pub(super) fn new(route: Arc<Route>) -> Self {
        let uses = vec![0; route.chain.steps().len()];
        Self {
            route,
            uses,
            repaired: false,
            escalated: false,
        }
    }

    pub(super) fn repaired(&self) -> bool {
        self.repaired
    }

    pub(super) fn escalated(&self) -> bool {
        self.escalated
    }

    /// What follows a failure: the first step for it that is not used up.
    pub(super) fn next(&mut self, outcome: Outcome) -> Option<Action> {
        let steps = self.route.chain.steps().iter().zip(self.uses.iter_mut());
        for (step, uses) in steps.filter(|(step, _)| step.on.contains(&outcome)) {
            let left = match step.action {
                Action::Retry { max_retries } => *uses < max_retries,
                Action::Repair => !self.repaired,
                Action::Escalate { .. } => *uses == 0,
            };
            if left {
                *uses = uses.saturating_add(1);
                self.repaired |= step.action == Action::Repair;
                return Some(step.action.clone());
            }
        }
        None
    }

    /// Goes on under another profile, whose own chain is fresh; a repair stays used.
    pub(super) fn escalate(&mut self, route: Arc<Route>) {
        self.uses = vec![0; route.chain.steps().len()];
        self.route = route;
        self.escalated = true;
    }
}
