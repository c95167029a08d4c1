//! Shares, and precision with recall. Counts are kept beside every quotient: 1 of 1 is not 200 of 200.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// How many have the property.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Ratio {
    /// Counts one more, which has the property or not.
    pub fn count(&mut self, has: bool) {
        self.part += u64::from(has);
        self.whole += 1;
    }

    /// The share, 0..1; `None` of nothing.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        quotient(self.part, self.whole)
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Ratio", 3)?;
        out.serialize_field("value", &self.value())?;
        out.serialize_field("part", &self.part)?;
        out.serialize_field("whole", &self.whole)?;
        out.end()
    }
}

/// How what was got covers what was expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// How many were expected: true positives and false negatives.
    pub expected: u64,
    /// How many were got: true positives and false positives.
    pub got: u64,
    /// How many were both: true positives.
    pub matched: u64,
}

impl Scores {
    /// Matched of got; `None` where nothing was got.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        quotient(self.matched, self.got)
    }

    /// Matched of expected; `None` where nothing was expected.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        quotient(self.matched, self.expected)
    }

    /// The harmonic mean of precision and recall; `None` where nothing was expected and nothing got.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        quotient(2 * self.matched, self.expected + self.got)
    }

    pub(super) fn add(&mut self, expected: usize, got: usize, matched: usize) {
        self.expected += expected as u64;
        self.got += got as u64;
        self.matched += matched as u64;
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Scores", 6)?;
        out.serialize_field("precision", &self.precision())?;
        out.serialize_field("recall", &self.recall())?;
        out.serialize_field("f1", &self.f1())?;
        out.serialize_field("expected", &self.expected)?;
        out.serialize_field("got", &self.got)?;
        out.serialize_field("matched", &self.matched)?;
        out.end()
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "counts of entries are far below 2^53"
)]
fn quotient(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
