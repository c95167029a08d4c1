//! Ids and durations as records hold them.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::field::{FieldType, Shape};

/// An id, or a name that an operator or a pack gave (a profile, a rule). Cheap to copy, since one command's records share its ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(Arc<str>);

impl RecordId {
    /// Takes an id. Whoever calls this answers for it not being what a person said or a model wrote.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for RecordId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RecordId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl FieldType for RecordId {
    const SHAPE: Shape = Shape::Id;
}

/// A duration, written in milliseconds with at most three decimals. Rounded down, so that parts never add up to more than the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis {
    micros: u64,
}

impl Millis {
    /// In milliseconds.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "exact up to 285 years of microseconds"
    )]
    pub fn as_f64(self) -> f64 {
        self.micros as f64 / 1000.0
    }

    /// In whole microseconds.
    #[must_use]
    pub const fn as_micros(self) -> u64 {
        self.micros
    }
}

impl From<Duration> for Millis {
    fn from(duration: Duration) -> Self {
        Self {
            micros: u64::try_from(duration.as_micros()).unwrap_or(u64::MAX),
        }
    }
}

impl Serialize for Millis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

impl<'de> Deserialize<'de> for Millis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ms = f64::deserialize(deserializer)?;
        // Not negative, finite and not absurd: `try_from` says so for us.
        let duration = Duration::try_from_secs_f64(ms / 1000.0)
            .map_err(|_| serde::de::Error::custom("no duration in milliseconds"))?;
        // To the nearest microsecond: what was written is read back the same.
        Ok(duration.saturating_add(Duration::from_nanos(500)).into())
    }
}

impl FieldType for Millis {
    const SHAPE: Shape = Shape::Number;
    const UNIT: Option<&'static str> = Some("ms");
}
