//! Whether commands are taken for what they are about.

use std::collections::BTreeMap;

use serde::Serialize;

use super::confusion::{Column, Confusion};
use super::figures::{Ratio, Scores};
use crate::vocabulary::Intent;

/// The figures of intents.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Intents {
    /// Entries whose intent is right.
    pub accuracy: Ratio,
    /// The mean F1 of the intents that were expected or got. A mean of figures, so without an interval of its own.
    pub macro_f1: Option<f64>,
    /// Each intent against the others.
    pub each: BTreeMap<Intent, Scores>,
    /// Which was taken for which.
    pub confusion: Confusion,
}

impl Default for Intents {
    fn default() -> Self {
        let each = Intent::ALL
            .iter()
            .map(|intent| (*intent, Scores::default()))
            .collect();
        Self {
            accuracy: Ratio::default(),
            macro_f1: None,
            each,
            confusion: Confusion::default(),
        }
    }
}

impl Intents {
    pub(super) fn count(&mut self, expected: Option<Intent>, got: Option<Intent>) {
        self.accuracy.count(expected.is_some() && expected == got);
        for (intent, scores) in &mut self.each {
            let (is_expected, is_got) = (expected == Some(*intent), got == Some(*intent));
            scores.add(
                usize::from(is_expected),
                usize::from(is_got),
                usize::from(is_expected && is_got),
            );
        }
        if let Some(expected) = expected {
            self.confusion
                .count(expected, got.map_or(Column::None, Column::Intent));
        }
        self.macro_f1 = mean(self.each.values().filter_map(|scores| scores.f1().value));
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}
