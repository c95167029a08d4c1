//! Shares, and precision with recall. Counts and an interval stand beside every quotient: 1 of 1 is not 200 of 200.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::statistics::{Interval, Z_95_TWO_SIDED, wilson};

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

    /// Its 95 % interval; `None` of nothing.
    #[must_use]
    pub fn interval(self) -> Option<Interval> {
        (self.whole > 0).then(|| wilson(self.part, self.whole, Z_95_TWO_SIDED))
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Ratio", 5)?;
        out.serialize_field("value", &self.value())?;
        out.serialize_field("low", &self.interval().map(|interval| interval.low))?;
        out.serialize_field("high", &self.interval().map(|interval| interval.high))?;
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
    /// Matched of got; nothing where nothing was got.
    #[must_use]
    pub fn precision(self) -> Estimate {
        Estimate::of_share(self.matched, self.got)
    }

    /// Matched of expected; nothing where nothing was expected.
    #[must_use]
    pub fn recall(self) -> Estimate {
        Estimate::of_share(self.matched, self.expected)
    }

    /// The harmonic mean of precision and recall; nothing where nothing was expected and nothing got.
    ///
    /// F1 is no share, but it rises with one: F1 = 2 J / (1 + J), where J is what was matched of all that was expected or got. Its interval
    /// is the interval of J, carried over.
    #[must_use]
    pub fn f1(self) -> Estimate {
        let either = self.expected + self.got - self.matched;
        let f1 = |share: f64| 2.0 * share / (1.0 + share);
        let of_share = Estimate::of_share(self.matched, either);
        Estimate {
            value: quotient(2 * self.matched, self.expected + self.got),
            interval: of_share.interval.map(|interval| Interval {
                low: f1(interval.low),
                high: f1(interval.high),
            }),
        }
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

/// A figure with its 95 % interval; both are nothing where it is one of nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
}

impl Estimate {
    fn of_share(part: u64, whole: u64) -> Self {
        let ratio = Ratio { part, whole };
        Self::from(ratio)
    }
}

impl From<Ratio> for Estimate {
    fn from(ratio: Ratio) -> Self {
        Self {
            value: ratio.value(),
            interval: ratio.interval(),
        }
    }
}

impl Serialize for Estimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Estimate", 3)?;
        out.serialize_field("value", &self.value)?;
        out.serialize_field("low", &self.interval.map(|interval| interval.low))?;
        out.serialize_field("high", &self.interval.map(|interval| interval.high))?;
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
