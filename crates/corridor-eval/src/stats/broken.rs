//! What could not be read as a record.

use std::io;

use serde::Serialize;

/// How many broken lines are named; more are only counted.
const NAMED: usize = 20;

/// What could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Lines that are no records.
    pub lines: u64,
    /// The first of them.
    pub first: Vec<BrokenLine>,
    /// Files that could not be opened, or not be read to their end.
    pub files: Vec<UnreadableFile>,
}

/// A file that could not be opened, or not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnreadableFile {
    /// The file.
    pub file: String,
    /// What the system, or the unpacking, says.
    pub reason: String,
}

/// A line that is no record. What it holds instead is not told: it may be anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BrokenLine {
    /// The file.
    pub file: String,
    /// The line, from 1; in a compressed file, that of its content.
    pub line: u64,
    /// Why.
    pub reason: BrokenReason,
}

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BrokenReason {
    /// It ends in the middle.
    CutShort,
    /// It is not JSON.
    NotJson,
    /// It is JSON, but not a record of this file.
    NoRecord,
    /// It is longer than any record.
    TooLong,
}

impl BrokenReason {
    /// The reason in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::CutShort => "ends in the middle",
            Self::NotJson => "is not JSON",
            Self::NoRecord => "is not a record of this file",
            Self::TooLong => "is longer than any record",
        }
    }

    pub(super) fn of(error: &serde_json::Error) -> Self {
        match error.classify() {
            serde_json::error::Category::Eof => Self::CutShort,
            serde_json::error::Category::Data => Self::NoRecord,
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => Self::NotJson,
        }
    }
}

/// Counts them.
#[derive(Debug, Default)]
pub(super) struct BrokenLines(Broken);

impl BrokenLines {
    pub(super) fn add(&mut self, file: &str, line: u64, reason: BrokenReason) {
        self.0.lines = self.0.lines.saturating_add(1);
        if self.0.first.len() < NAMED {
            self.0.first.push(BrokenLine {
                file: file.to_owned(),
                line,
                reason,
            });
        }
    }

    pub(super) fn unreadable(&mut self, file: &str, error: &io::Error) {
        self.0.files.push(UnreadableFile {
            file: file.to_owned(),
            reason: error.to_string(),
        });
    }

    pub(super) fn finish(self) -> Broken {
        self.0
    }
}
