//! The same figures over parts of a data set.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::metrics::Metrics;
use crate::run::Outcome;
use crate::vocabulary::{Difficulty, EntryLanguage};

/// Figures by language, difficulty and tag. An entry counts under each of its tags.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Breakdown {
    /// By the language of the entry's file.
    pub language: BTreeMap<EntryLanguage, Metrics>,
    /// By the entry's difficulty.
    pub difficulty: BTreeMap<Difficulty, Metrics>,
    /// By tag.
    pub tag: BTreeMap<String, Metrics>,
}

impl Breakdown {
    /// Counts outcomes in every part that has any.
    #[must_use]
    pub fn of(outcomes: &[Outcome<'_>]) -> Self {
        Self {
            language: groups(outcomes, |outcome| vec![outcome.entry.language]),
            difficulty: groups(outcomes, |outcome| vec![outcome.entry.difficulty]),
            tag: groups(outcomes, |outcome| {
                outcome
                    .entry
                    .tags
                    .iter()
                    .map(|tag| tag.name.clone())
                    .collect()
            }),
        }
    }
}

fn groups<'o, 'd: 'o, K: Ord>(
    outcomes: &'o [Outcome<'d>],
    keys: impl Fn(&Outcome<'d>) -> Vec<K>,
) -> BTreeMap<K, Metrics> {
    let mut groups: BTreeMap<K, Vec<&'o Outcome<'d>>> = BTreeMap::new();
    for outcome in outcomes {
        for key in keys(outcome) {
            groups.entry(key).or_default().push(outcome);
        }
    }
    groups
        .into_iter()
        .map(|(key, outcomes)| (key, Metrics::over(outcomes)))
        .collect()
}
