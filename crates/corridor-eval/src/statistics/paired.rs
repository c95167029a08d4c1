//! Two ways of answering the same entries: which is better, and whether that can be told yet.

use std::fmt;

use serde::Serialize;

use super::{Interval, mcnemar_exact, newcombe_paired, pairs_needed};

/// The level below which a difference is told.
const LEVEL: f64 = 0.05;

/// Entries by which of two ways has a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PairedCounts {
    /// Both have it.
    pub both: u64,
    /// Only the first.
    pub only_first: u64,
    /// Only the second.
    pub only_second: u64,
    /// Neither.
    pub neither: u64,
}

impl PairedCounts {
    /// Counts one more entry.
    pub fn count(&mut self, first: bool, second: bool) {
        let cell = match (first, second) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.only_first,
            (false, true) => &mut self.only_second,
            (false, false) => &mut self.neither,
        };
        *cell += 1;
    }

    /// All entries.
    #[must_use]
    pub fn whole(self) -> u64 {
        self.both + self.only_first + self.only_second + self.neither
    }

    /// Entries where the first has it.
    #[must_use]
    pub fn first(self) -> u64 {
        self.both + self.only_first
    }

    /// Entries where the second has it.
    #[must_use]
    pub fn second(self) -> u64 {
        self.both + self.only_second
    }
}

/// What can be told of a difference. "Better" and "worse" speak of the second way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Tell {
    /// The second is better.
    Better,
    /// The second is worse.
    Worse,
    /// The difference may be chance.
    CannotTell {
        /// About how many more entries would tell, if the difference stays as it looks; `None` where neither is ahead.
        more_entries: Option<u64>,
    },
}

impl fmt::Display for Tell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Better => f.write_str("better"),
            Self::Worse => f.write_str("worse"),
            Self::CannotTell { more_entries: None } => {
                f.write_str("cannot tell yet: neither is ahead")
            }
            Self::CannotTell {
                more_entries: Some(more),
            } => write!(
                f,
                "cannot tell yet: about {} more entries would tell, if the difference stays as it looks",
                rounded(*more)
            ),
        }
    }
}

/// Two figures that count, the rest zeros: more would claim to know.
fn rounded(count: u64) -> u64 {
    let unit = 10_u64.saturating_pow(count.max(1).ilog10().saturating_sub(1));
    count.div_ceil(unit).saturating_mul(unit)
}

/// Whether having the counted property is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Property {
    /// Such as being right.
    Good,
    /// Such as executing what must not be.
    Bad,
}

/// The difference between two ways of answering, with all that is known about it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PairedDifference {
    /// The entries it rests on.
    pub counts: PairedCounts,
    /// The share of the second minus that of the first; `None` of no entries.
    pub difference: Option<f64>,
    /// Its 95 % interval (Newcombe).
    pub interval: Interval,
    /// The p-value of McNemar's exact test, adjusted where it is one of several (Holm).
    pub p_value: f64,
    /// In plain words.
    #[serde(flatten)]
    pub tell: Tell,
}

impl PairedDifference {
    /// The difference of these counts, looked at alone.
    #[must_use]
    pub(crate) fn new(counts: PairedCounts, property: Property) -> Self {
        let p_value = mcnemar_exact(counts.only_first, counts.only_second);
        Self::with_p_value(counts, property, p_value)
    }

    /// The difference of these counts under a p-value that was adjusted.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "counts of entries are far below 2^53"
    )]
    pub(crate) fn with_p_value(counts: PairedCounts, property: Property, p_value: f64) -> Self {
        let whole = counts.whole();
        let share = |count: u64| count as f64 / whole as f64;
        let difference = (whole > 0).then(|| share(counts.second()) - share(counts.first()));
        let more = counts.only_second > counts.only_first;
        let tell = if p_value < LEVEL {
            if more == (property == Property::Good) {
                Tell::Better
            } else {
                Tell::Worse
            }
        } else {
            let needed = (whole > 0)
                .then(|| pairs_needed(share(counts.only_first), share(counts.only_second)))
                .flatten();
            // The exact test and the adjustment ask for a little more than the formula: never "0 more".
            let more_entries = needed.map(|needed| {
                let least = (whole / 10).max(1);
                needed.saturating_sub(whole).max(least)
            });
            Tell::CannotTell { more_entries }
        };
        Self {
            counts,
            difference,
            interval: newcombe_paired(counts),
            p_value,
            tell,
        }
    }
}
