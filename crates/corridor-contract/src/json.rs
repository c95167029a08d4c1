//! A JSON document as a tree that borrows from its text, read with every problem noted.
//!
//! `serde_json` stops at the first number or surrogate it cannot hold and keeps one of two equal keys; the contract promises every
//! problem with its pointer, and no quiet loss. What `serde_json` reads without loss this reads to the same values, tests hold it to that.

mod number;
mod reader;
mod string;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde_json::Value;

use crate::place::Place;
use crate::problem::{Findings, ProblemCode};

/// How many arrays and objects may lie in each other: what `serde_json` takes too.
const MAX_DEPTH: usize = 127;

/// One value.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    Null,
    Bool(bool),
    Number(Number<'a>),
    Text(Cow<'a, str>),
    Array(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl Node<'_> {
    /// The value as a free JSON value.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Node::Null => Value::Null,
            Node::Bool(value) => Value::Bool(*value),
            Node::Number(number) => number.to_json(),
            Node::Text(text) => Value::String(text.clone().into_owned()),
            Node::Array(elements) => elements.iter().map(Node::to_json).collect(),
            Node::Object(properties) => properties
                .iter()
                .map(|(name, node)| (name.clone().into_owned(), node.to_json()))
                .collect(),
        }
    }
}

/// A number as written and as the nearest 64-bit float, which is finite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number<'a> {
    pub(crate) written: &'a str,
    pub(crate) value: f64,
}

/// Reads one document. `None` where it is not JSON; a tree that comes back beside problems has stand-ins in their places.
pub(crate) fn read<'a>(bytes: &'a [u8], findings: &mut Findings) -> Option<Node<'a>> {
    match str::from_utf8(bytes) {
        Ok(text) => reader::read(text, findings),
        Err(error) => {
            let code = ProblemCode::NotUtf8;
            let message = format!(
                "{} It goes wrong at byte {}. {}",
                code.meaning(),
                error.valid_up_to(),
                code.hint()
            );
            findings.note(&Place::ROOT, code, message);
            None
        }
    }
}
