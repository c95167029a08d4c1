//! Two runs over the same entries: what the second does better or worse, and whether that can be told.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::Serialize;

use crate::dataset::{EntryId, Place};
use crate::miss::{Row, rows};
use crate::run::{Outcome, Run};
use crate::statistics::{PairedCounts, PairedDifference, Property, holm, mcnemar_exact};
use crate::vocabulary::words;

/// The differences between two runs. The first is what there is, the second what might take its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairedComparison {
    /// Right in every part: the figure that decides.
    pub right: PairedDifference,
    /// The intent is right.
    pub intent: PairedDifference,
    /// Over entries that must not be executed: those that are. Less is better.
    pub false_execute: PairedDifference,
    /// Right in every part, over parts of the set; p-values are adjusted over all of these together.
    pub by: PairedBreakdown,
    /// Entries that the two answer differently, in the set's order.
    pub changed: Vec<Change>,
}

/// Differences over parts of the set.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PairedBreakdown {
    /// By the language of the entry's file.
    pub language: BTreeMap<String, PairedDifference>,
    /// By the entry's difficulty.
    pub difficulty: BTreeMap<String, PairedDifference>,
    /// By tag.
    pub tag: BTreeMap<String, PairedDifference>,
}

/// An entry that two runs answer differently. Holds what it says, which is ours.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The entry.
    pub id: EntryId,
    /// Where it stands.
    pub place: Place,
    /// What is said.
    pub text: String,
    /// What the change means.
    pub effect: Effect,
    /// Expected against the first, part by part.
    pub first: Vec<Row>,
    /// Expected against the second, part by part.
    pub second: Vec<Row>,
}

words! {
    /// What another answer means for an entry.
    Effect {
        /// Wrong first, right second.
        Better = "better",
        /// Right first, wrong second.
        Worse = "worse",
        /// As right or as wrong as before, in another way.
        Different = "different",
    }
}

impl PairedComparison {
    /// Compares two runs over the same entries; outcomes are paired in order.
    #[must_use]
    pub fn of(first: &Run<'_>, second: &Run<'_>) -> Self {
        let pairs: Vec<Pair<'_>> = first.outcomes.iter().zip(&second.outcomes).collect();
        let counted = |has: fn(&Outcome<'_>) -> bool| counts(&pairs, has);
        let must_not: Vec<Pair<'_>> = pairs
            .iter()
            .copied()
            .filter(|(outcome, _)| !outcome.must_execute())
            .collect();
        Self {
            right: PairedDifference::new(counted(|outcome| outcome.is_right()), Property::Good),
            intent: PairedDifference::new(counted(has_right_intent), Property::Good),
            false_execute: PairedDifference::new(
                counts(&must_not, |outcome| outcome.executes()),
                Property::Bad,
            ),
            by: breakdown(&pairs),
            changed: pairs.iter().filter_map(change).collect(),
        }
    }

    /// Entries with this effect.
    pub fn with(&self, effect: Effect) -> impl Iterator<Item = &Change> {
        self.changed
            .iter()
            .filter(move |change| change.effect == effect)
    }
}

type Pair<'o> = (&'o Outcome<'o>, &'o Outcome<'o>);

fn counts(pairs: &[Pair<'_>], has: fn(&Outcome<'_>) -> bool) -> PairedCounts {
    let mut counts = PairedCounts::default();
    for (first, second) in pairs {
        counts.count(has(first), has(second));
    }
    counts
}

fn has_right_intent(outcome: &Outcome<'_>) -> bool {
    let got = outcome.got.as_ref().ok().and_then(|got| got.intent);
    got.is_some() && got == outcome.judgement.reference.intent
}

fn breakdown(pairs: &[Pair<'_>]) -> PairedBreakdown {
    let mut groups: BTreeMap<(u8, String), PairedCounts> = BTreeMap::new();
    for (first, second) in pairs {
        let entry = first.entry;
        let name = |kind: u8, name: &dyn Display| (kind, name.to_string());
        let keys = [name(0, &entry.language), name(1, &entry.difficulty)]
            .into_iter()
            .chain(entry.tags.iter().map(|tag| name(2, &tag.name)));
        for key in keys {
            let counts = groups.entry(key).or_default();
            counts.count(first.is_right(), second.is_right());
        }
    }
    let alone: Vec<f64> = groups
        .values()
        .map(|counts| mcnemar_exact(counts.only_first, counts.only_second))
        .collect();
    let mut breakdown = PairedBreakdown::default();
    for (((kind, name), counts), p_value) in groups.into_iter().zip(holm(&alone)) {
        let group = match kind {
            0 => &mut breakdown.language,
            1 => &mut breakdown.difficulty,
            _ => &mut breakdown.tag,
        };
        let difference = PairedDifference::with_p_value(counts, Property::Good, p_value);
        group.insert(name, difference);
    }
    breakdown
}

fn change((first, second): &Pair<'_>) -> Option<Change> {
    if first.got == second.got {
        return None;
    }
    let effect = match (first.is_right(), second.is_right()) {
        (false, true) => Effect::Better,
        (true, false) => Effect::Worse,
        _ => Effect::Different,
    };
    let told = |outcome: &Outcome<'_>| rows(outcome.judgement.reference, outcome.got.as_ref().ok());
    Some(Change {
        id: first.entry.id.clone(),
        place: first.entry.place.clone(),
        text: first.entry.text.clone(),
        effect,
        first: told(first),
        second: told(second),
    })
}
