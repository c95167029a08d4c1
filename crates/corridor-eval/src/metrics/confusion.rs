//! Which intent was taken for which.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::vocabulary::Intent;

/// What a decision was about: an intent, or none that it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// An intent.
    Intent(Intent),
    /// No valid decision, or a job of unknown type.
    None,
}

impl Column {
    /// Every column, in the order of reports.
    pub fn all() -> impl Iterator<Item = Self> {
        Intent::ALL
            .iter()
            .copied()
            .map(Self::Intent)
            .chain([Self::None])
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Intent(intent) => intent.fmt(f),
            Self::None => f.pad("none"),
        }
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How often an expected intent (row) was answered as which (column). Every cell is there, also those of nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion(BTreeMap<(Intent, Column), u64>);

impl Confusion {
    /// The count of a cell.
    #[must_use]
    pub fn cell(&self, expected: Intent, got: Column) -> u64 {
        self.0.get(&(expected, got)).copied().unwrap_or(0)
    }

    pub(super) fn count(&mut self, expected: Intent, got: Column) {
        *self.0.entry((expected, got)).or_default() += 1;
    }
}

impl Serialize for Confusion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_map(Some(Intent::ALL.len()))?;
        for expected in Intent::ALL {
            let row: BTreeMap<Column, u64> = Column::all()
                .map(|got| (got, self.cell(*expected, got)))
                .collect();
            rows.serialize_entry(expected, &row)?;
        }
        rows.end()
    }
}
