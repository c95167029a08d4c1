//! The figures of a run. `docs/guides/evaluation.md` has the formula of each and says where it comes from.

mod confusion;
mod figures;
mod intents;
mod items;
mod rates;
mod tasks;

use serde::Serialize;

pub use confusion::{Column, Confusion};
pub use figures::{Estimate, Ratio, Scores};
pub use intents::Intents;
pub use items::Items;
pub use rates::Rates;
pub use tasks::Tasks;

use crate::judge::Difference;
use crate::run::Outcome;
use crate::vocabulary::Intent;

/// All figures over some entries. Each is measured by the expected answer that an entry's decision comes nearest to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Metrics {
    /// Entries whose decision is right in every part.
    pub right: Ratio,
    /// What commands are about.
    pub intents: Intents,
    /// Things to buy.
    pub items: Items,
    /// Things to do.
    pub tasks: Tasks,
    /// Of entries that expect a clarify: it asks for exactly the fields that are missing.
    pub missing_fields: Ratio,
    /// Of entries that expect a reject: it has the right code.
    pub reject_code: Ratio,
    /// How often decisions are of a kind.
    pub rates: Rates,
}

impl Metrics {
    /// Counts outcomes.
    #[must_use]
    pub fn over<'o, 'd: 'o>(outcomes: impl IntoIterator<Item = &'o Outcome<'d>>) -> Self {
        let mut metrics = Self::default();
        for outcome in outcomes {
            metrics.count(outcome);
        }
        metrics
    }

    fn count(&mut self, outcome: &Outcome<'_>) {
        let expected = outcome.judgement.reference;
        let got = outcome.got.as_ref().ok();
        let differences = &outcome.judgement.differences;
        let agrees = |difference| {
            got.is_some_and(|got| got.action == expected.action)
                && !differences.contains(&difference)
        };
        self.right.count(outcome.is_right());
        self.intents
            .count(expected.intent, got.and_then(|got| got.intent));
        self.items
            .count(&expected.items, got.map_or(&[], |got| &got.items));
        self.tasks
            .count(&expected.tasks, got.map_or(&[], |got| &got.tasks));
        match expected.intent {
            Some(Intent::ClarifyNeeded) => {
                self.missing_fields.count(agrees(Difference::MissingFields))
            }
            Some(Intent::Reject) => self.reject_code.count(agrees(Difference::RejectCode)),
            _ => {}
        }
        self.rates.count(expected.action, got.map(|got| got.action));
    }
}
