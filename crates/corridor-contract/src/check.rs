//! From a document to a command or a decision, with everything noted that is wrong.
//!
//! The rules are those of `schemas/`, which tests hold this to; this is the way for documents that come in at speed.

mod at;
mod command;
mod decision;
mod payload;
mod scalars;

use at::At;

use crate::command::{Command, Context, Household};
use crate::decision::Decision;
use crate::json;
use crate::problem::{Findings, Problems};

/// What `null` says for an optional property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Null {
    /// The same as leaving the property out.
    Absent,
    /// A value of the wrong type.
    Value,
}

impl Command {
    /// Reads a command from its wire form.
    ///
    /// # Errors
    /// Every problem there is, whatever the bytes; what the document says is not repeated.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Problems> {
        check(bytes, Null::Absent, command::command)
    }
}

impl Context {
    /// Reads the `context` of a command from its wire form.
    ///
    /// # Errors
    /// As [`Command::from_slice`].
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Problems> {
        check(bytes, Null::Absent, command::context)
    }
}

impl Household {
    /// Reads the `household` of a command's context from its wire form.
    ///
    /// # Errors
    /// As [`Command::from_slice`].
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Problems> {
        check(bytes, Null::Absent, command::household)
    }
}

impl Decision {
    /// Reads a decision from its wire form, whichever version of the contract it names.
    ///
    /// # Errors
    /// As [`Command::from_slice`].
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Problems> {
        check(bytes, Null::Value, decision::decision)
    }
}

fn check<T>(
    bytes: &[u8],
    null: Null,
    read: impl FnOnce(&At<'_>, &mut Findings) -> Option<T>,
) -> Result<T, Problems> {
    let mut findings = Findings::default();
    let checked = json::read(bytes, &mut findings)
        .and_then(|node| read(&At::root(&node, null), &mut findings));
    let problems = findings.into_problems();
    match checked {
        Some(checked) if problems.is_empty() => Ok(checked),
        _ => Err(problems),
    }
}
