//! Entries: a command and the decision that is expected of it.

use std::fmt;

use serde::{Serialize, Serializer};

use super::context::ContextName;
use super::problem::Place;
use crate::answer::Answer;
use crate::vocabulary::{Difficulty, EntryLanguage};

/// An entry's id: unique over all files, and the command's id too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(String);

impl EntryId {
    /// Accepts what may stand in reports and on command lines: letters, digits and hyphens of ASCII.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Option<Self> {
        let id = id.into();
        let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        (!id.is_empty() && id.chars().all(fits)).then_some(Self(id))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// What an entry is there to hold, and the line that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The tag.
    pub name: String,
    /// Its line.
    pub place: Place,
}

/// A command with the decision expected of it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Where it begins.
    pub place: Place,
    /// The language of its file.
    pub language: EntryLanguage,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// What it is there to hold; at least one.
    pub tags: Vec<Tag>,
    /// The household it is said in.
    pub context: ContextName,
    /// What is said.
    pub text: String,
    /// The command on the wire, valid by the contract.
    pub command: Vec<u8>,
    /// What is right.
    pub expected: Expected,
    /// Why, where it is not obvious.
    pub notes: Option<String>,
}

impl Entry {
    /// Whether it carries a tag.
    #[must_use]
    pub fn has_tag(&self, name: &str) -> bool {
        self.tags.iter().any(|tag| tag.name == name)
    }
}

/// The answers that are right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The one that the entry prefers.
    pub preferred: Answer,
    /// Others that are right too.
    pub accepted: Vec<Answer>,
}

impl Expected {
    /// All of them, the preferred one first.
    pub fn iter(&self) -> impl Iterator<Item = &Answer> {
        std::iter::once(&self.preferred).chain(&self.accepted)
    }
}
