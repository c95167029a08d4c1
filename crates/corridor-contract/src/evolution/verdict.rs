//! Whether a contract's version tells what changed since the baseline.

use std::fmt;

use serde_json::Value;

use super::{Bump, Change, compare};
use crate::schema::{SchemaDefect, SchemaValidator, Side};
use crate::version::{NotAVersion, SchemaVersion};

/// A version of the contract: its schemas and the version they carry.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The version.
    pub version: SchemaVersion,
    command: Value,
    decision: Value,
}

/// Why the files of a contract cannot be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ContractFileError {
    /// The version file.
    #[error("VERSION: {0}")]
    Version(#[from] NotAVersion),
    /// A schema file that is no JSON.
    #[error("{file}: not JSON: {source}")]
    NotJson {
        /// The file.
        file: &'static str,
        /// Where it goes wrong.
        source: serde_json::Error,
    },
    /// A schema file that is no schema.
    #[error("{file}: {source}")]
    NotASchema {
        /// The file.
        file: &'static str,
        /// What is wrong with it.
        source: SchemaDefect,
    },
}

impl Contract {
    /// The contract as the texts of its three files: `VERSION` and the two schemas.
    ///
    /// # Errors
    /// Names the file that is no version, no JSON or no schema.
    pub fn from_texts(
        version: &str,
        command: &str,
        decision: &str,
    ) -> Result<Self, ContractFileError> {
        Ok(Self {
            version: version.trim().parse()?,
            command: schema(Side::Command, command)?,
            decision: schema(Side::Decision, decision)?,
        })
    }

    /// The contract of this build.
    ///
    /// # Errors
    /// As [`Contract::from_texts`]; the tests of this crate rule them out.
    pub fn current() -> Result<Self, ContractFileError> {
        Self::from_texts(
            crate::SCHEMA_VERSION,
            Side::Command.schema(),
            Side::Decision.schema(),
        )
    }

    /// The contract that was accepted last and that this build is compared with.
    ///
    /// # Errors
    /// As [`Contract::from_texts`]; the tests of this crate rule them out.
    pub fn baseline() -> Result<Self, ContractFileError> {
        Self::from_texts(
            include_str!("../../schemas/baseline/VERSION"),
            include_str!("../../schemas/baseline/command.schema.json"),
            include_str!("../../schemas/baseline/decision.schema.json"),
        )
    }

    /// The schema of a side.
    #[must_use]
    pub fn schema(&self, side: Side) -> &Value {
        match side {
            Side::Command => &self.command,
            Side::Decision => &self.decision,
        }
    }
}

fn schema(side: Side, text: &str) -> Result<Value, ContractFileError> {
    let file = side.file_name();
    let schema =
        serde_json::from_str(text).map_err(|source| ContractFileError::NotJson { file, source })?;
    SchemaValidator::new(&schema)
        .map_err(|source| ContractFileError::NotASchema { file, source })?;
    Ok(schema)
}

/// What changed since a baseline, and whether the version says so.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Every change, with the side it is on.
    pub changes: Vec<(Side, Change)>,
    /// The version of the baseline.
    pub baseline: SchemaVersion,
    /// The version that the current schemas carry.
    pub current: SchemaVersion,
}

/// Compares both sides of two contracts.
#[must_use]
pub fn check(baseline: &Contract, current: &Contract) -> Verdict {
    let changes = Side::ALL.into_iter().flat_map(|side| {
        let changes = compare(baseline.schema(side), current.schema(side), side);
        changes.into_iter().map(move |change| (side, change))
    });
    Verdict {
        changes: changes.collect(),
        baseline: baseline.version,
        current: current.version,
    }
}

impl Verdict {
    /// The bump that the changes need; `None` where nothing changed.
    #[must_use]
    pub fn required_bump(&self) -> Option<Bump> {
        self.changes.iter().map(|(_, change)| change.bump).max()
    }

    /// The one version that tells what changed.
    #[must_use]
    pub fn expected(&self) -> SchemaVersion {
        self.required_bump()
            .map_or(self.baseline, |bump| self.baseline.after(bump))
    }

    /// Whether the current version is that one.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.current == self.expected()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (side, change) in &self.changes {
            let pointer = if change.pointer.is_empty() {
                "(root)"
            } else {
                &change.pointer
            };
            writeln!(
                f,
                "{} {} {pointer}: {}",
                change.bump,
                side.file_name(),
                change.sentence
            )?;
        }
        let Self {
            baseline, current, ..
        } = self;
        let expected = self.expected();
        match self.required_bump() {
            None if self.is_accepted() => write!(f, "Nothing changed since {baseline}."),
            None => write!(
                f,
                "Nothing changed since {baseline}, but the version is {current}. Set VERSION to {expected}."
            ),
            Some(bump) if self.is_accepted() => write!(
                f,
                "{bump} changes since {baseline}; the version {current} says so."
            ),
            Some(bump) => write!(
                f,
                "{bump} changes since {baseline}, but the version is {current}. Set VERSION to {expected}, or take the changes back."
            ),
        }
    }
}

impl SchemaVersion {
    /// The version after a change of that weight.
    fn after(self, bump: Bump) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        match bump {
            Bump::Major => Self {
                major: major.saturating_add(1),
                minor: 0,
                patch: 0,
            },
            Bump::Minor => Self {
                major,
                minor: minor.saturating_add(1),
                patch: 0,
            },
            Bump::Patch => Self {
                major,
                minor,
                patch: patch.saturating_add(1),
            },
        }
    }
}
