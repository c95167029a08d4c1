//! What a change to the schemas means for peers that hold the old ones, and the version it needs.
//!
//! Every change is weighed by what it does to the documents a schema allows. A product sends commands by the old schema, so commands may
//! only become *more*; a consumer checks decisions by the old, closed schema, so decisions may only become *less*. Whatever breaks this is
//! MAJOR, whatever keeps it is MINOR, words are PATCH. Keywords that the comparison does not understand count as MAJOR.

mod combinations;
mod compare;
mod keywords;
mod location;
mod verdict;

use std::fmt;

use serde::{Serialize, Serializer};

pub use compare::compare;
pub use verdict::{Contract, ContractFileError, Verdict, check};

/// Which part of the version has to grow. Ordered: a larger one covers a smaller one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Words changed.
    Patch,
    /// The contract changed, and peers with the old schema do not notice.
    Minor,
    /// Peers with the old schema may break.
    Major,
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "PATCH",
            Self::Minor => "MINOR",
            Self::Major => "MAJOR",
        })
    }
}

impl Serialize for Bump {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a change does to the documents that a schema allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Documents are allowed that were not.
    Widened,
    /// Documents that were allowed are not.
    Narrowed,
    /// The same documents are allowed.
    Wording,
    /// The comparison cannot tell.
    NotUnderstood,
}

/// One change between two versions of a schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where: a JSON Pointer into the schema file, the old one for what was removed, else the new one.
    pub pointer: String,
    /// What it does.
    pub kind: ChangeKind,
    /// What it needs.
    pub bump: Bump,
    /// What changed and what that means for peers.
    pub sentence: String,
}

/// The bump that covers all changes; `None` where there are none.
#[must_use]
pub fn required_bump(changes: &[Change]) -> Option<Bump> {
    changes.iter().map(|change| change.bump).max()
}
