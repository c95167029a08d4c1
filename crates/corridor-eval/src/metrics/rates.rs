//! How often decisions are of a kind, and how often they do what they must not.

use corridor_contract::{Action, Outcome};
use serde::Serialize;

use super::figures::Ratio;

/// Shares of decisions. A rate is not good or bad by itself: it stands beside the rate that is expected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rates {
    /// Entries answered with a clarify.
    pub clarify: Ratio,
    /// Entries that expect a clarify.
    pub clarify_expected: Ratio,
    /// Entries answered with a job.
    pub start_job: Ratio,
    /// Entries that expect a job.
    pub start_job_expected: Ratio,
    /// Of entries that must not be executed: those that are. What costs people most.
    pub false_execute: Ratio,
}

impl Rates {
    pub(super) fn count(&mut self, expected: Action, got: Option<Action>) {
        self.clarify.count(got == Some(Action::Clarify));
        self.clarify_expected.count(expected == Action::Clarify);
        self.start_job.count(got == Some(Action::StartJob));
        self.start_job_expected.count(expected == Action::StartJob);
        if expected.outcome() != Outcome::Execute {
            self.false_execute
                .count(got.is_some_and(|got| got.outcome() == Outcome::Execute));
        }
    }
}
