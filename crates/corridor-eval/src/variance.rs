//! How far the rounds of one run lie apart: a model's own variance.

use serde::Serialize;

use crate::dataset::EntryId;
use crate::executor::Repeats;
use crate::run::Run;
use crate::statistics::Spread;

/// What going through the set more than once shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variance {
    /// How many rounds.
    pub rounds: usize,
    /// The share of entries that is right, over the rounds.
    pub right: Spread,
    /// Entries answered differently in some round.
    pub varied: usize,
    /// Entries that were right in some rounds and wrong in others.
    pub wavering: Vec<EntryId>,
}

impl Variance {
    /// The variance of a run; `None` where it has one round or no entries, or where rounds may not differ at all.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "counts of entries are far below 2^53"
    )]
    pub fn of(run: &Run<'_>) -> Option<Self> {
        if run.repeats == Repeats::Exactly || run.rounds < 2 || run.outcomes.is_empty() {
            return None;
        }
        let share_right = |round: usize| {
            let right = run
                .outcomes
                .iter()
                .filter(|outcome| outcome.rounds.get(round).copied().unwrap_or(false))
                .count();
            right as f64 / run.outcomes.len() as f64
        };
        let shares: Vec<f64> = (0..run.rounds).map(share_right).collect();
        let wavering = run
            .outcomes
            .iter()
            .filter(|outcome| outcome.rounds.contains(&true) && outcome.rounds.contains(&false));
        Some(Self {
            rounds: run.rounds,
            right: Spread::of(&shares)?,
            varied: run.outcomes.iter().filter(|outcome| outcome.varied).count(),
            wavering: wavering.map(|outcome| outcome.entry.id.clone()).collect(),
        })
    }
}
