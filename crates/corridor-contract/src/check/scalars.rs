//! Strings and numbers of the contract.

use super::at::At;
use crate::confidence::Confidence;
use crate::ids::CommandId;
use crate::json::{Node, Number};
use crate::problem::{Findings, ProblemCode};
use crate::timestamp::Timestamp;
use crate::version::SchemaVersion;
use crate::vocabulary::Vocabulary;

const CONFIDENCE_RANGE: &str = "The number is outside its range. Send one from 0 to 1.";
const COUNT_RANGE: &str = "The number is negative. Send 0 or more.";

/// Any text, as whatever wraps it: an id or something said.
pub(super) fn text<T: From<String>>(at: &At<'_>, findings: &mut Findings) -> Option<T> {
    string(at, findings).map(|text| T::from(text.to_owned()))
}

pub(super) fn command_id(at: &At<'_>, findings: &mut Findings) -> Option<CommandId> {
    let id = CommandId::new(string(at, findings)?);
    id.ok()
        .or_else(|| at.note_code(findings, ProblemCode::Empty))
}

pub(super) fn timestamp(at: &At<'_>, findings: &mut Findings) -> Option<Timestamp> {
    let timestamp = string(at, findings)?.parse();
    timestamp
        .ok()
        .or_else(|| at.note_code(findings, ProblemCode::NotADateTime))
}

pub(super) fn schema_version(at: &At<'_>, findings: &mut Findings) -> Option<SchemaVersion> {
    let version = string(at, findings)?.parse();
    version
        .ok()
        .or_else(|| at.note_code(findings, ProblemCode::NotAVersion))
}

/// A word of a closed vocabulary.
pub(super) fn word<T: Vocabulary>(at: &At<'_>, findings: &mut Findings) -> Option<T> {
    let word = string(at, findings)?;
    T::from_word(word).or_else(|| {
        let message = format!(
            "The contract has no such value here. Send one of: {}.",
            T::WORDS.join(", ")
        );
        at.note(findings, ProblemCode::UnknownValue, message)
    })
}

/// Any number that a float holds.
pub(super) fn number(at: &At<'_>, findings: &mut Findings) -> Option<f64> {
    any_number(at, findings, "a number").map(|number| number.value)
}

/// A whole number that is not negative.
pub(super) fn count(at: &At<'_>, findings: &mut Findings) -> Option<u64> {
    let number = any_number(at, findings, "a whole number")?;
    if number.value.fract() != 0.0 {
        let message = "This number is not whole. Send a whole number.";
        return at.note(findings, ProblemCode::WrongType, message);
    }
    number
        .whole()
        .or_else(|| at.note(findings, ProblemCode::OutOfRange, COUNT_RANGE))
}

pub(super) fn confidence(at: &At<'_>, findings: &mut Findings) -> Option<Confidence> {
    let confidence = Confidence::new(number(at, findings)?);
    confidence
        .ok()
        .or_else(|| at.note(findings, ProblemCode::OutOfRange, CONFIDENCE_RANGE))
}

fn string<'a>(at: &'a At<'_>, findings: &mut Findings) -> Option<&'a str> {
    match at.node {
        Node::Text(text) => Some(text),
        _ => at.wrong_type(findings, "a string"),
    }
}

fn any_number<'a>(at: &'a At<'_>, findings: &mut Findings, expected: &str) -> Option<Number<'a>> {
    match at.node {
        Node::Number(number) => Some(*number),
        _ => at.wrong_type(findings, expected),
    }
}
