//! How sure a decision is.

use serde::{Serialize, Serializer};

/// Why a number is not a confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a confidence lies between 0 and 1")]
pub struct NotAConfidence;

/// A number from 0 to 1, both included; never NaN.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// Not sure at all.
    pub const ZERO: Self = Self(0.0);
    /// Certain.
    pub const ONE: Self = Self(1.0);

    /// Accepts a number from 0 to 1.
    ///
    /// # Errors
    /// [`NotAConfidence`] for anything else.
    pub fn new(value: f64) -> Result<Self, NotAConfidence> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(NotAConfidence)
        }
    }

    /// The nearest confidence; NaN becomes 0. For computed values, where being a rounding error outside is no one's mistake.
    #[must_use]
    pub fn clamped(value: f64) -> Self {
        if value.is_nan() {
            Self::ZERO
        } else {
            Self(value.clamp(0.0, 1.0))
        }
    }

    /// The number, 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Confidence;

    #[test]
    fn nothing_outside_gets_in() {
        for value in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(Confidence::new(value).is_err());
            assert!(Confidence::new(Confidence::clamped(value).value()).is_ok());
        }
    }
}
