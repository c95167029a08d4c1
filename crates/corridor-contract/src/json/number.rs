//! Numbers.

use serde_json::Value;

use super::Number;
use super::reader::{Reader, Stop};
use crate::place::Place;
use crate::problem::ProblemCode;

/// Reads the number that comes next. One beyond the range of a float is noted, and 0 stands in for it.
pub(super) fn read<'a>(reader: &mut Reader<'a, '_>, place: &Place<'_>) -> Result<Number<'a>, Stop> {
    let Some(length) = length(reader.rest()) else {
        return Err(reader.stop(place, "a number is malformed"));
    };
    let written = reader.take(length);
    let value = written
        .parse::<f64>()
        .ok()
        .filter(|value| value.is_finite());
    if value.is_none() {
        reader.note(place, ProblemCode::NumberOutOfRange);
    }
    Ok(Number {
        written,
        value: value.unwrap_or_default(),
    })
}

/// How many bytes at the start of `text` are a number, by the grammar of RFC 8259.
fn length(text: &[u8]) -> Option<usize> {
    let unsigned = text.strip_prefix(b"-").unwrap_or(text);
    let mut rest = match unsigned {
        [b'0', rest @ ..] => rest,
        _ => digits(unsigned)?,
    };
    if let Some(fraction) = rest.strip_prefix(b".") {
        rest = digits(fraction)?;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let unsigned = match exponent {
            [b'+' | b'-', unsigned @ ..] => unsigned,
            _ => exponent,
        };
        rest = digits(unsigned)?;
    }
    // `01` is no number, rather than a number and something behind it.
    let goes_on = rest.first().is_some_and(u8::is_ascii_digit);
    (!goes_on).then_some(text.len() - rest.len())
}

/// What follows the digits that `text` starts with; there must be one.
fn digits(text: &[u8]) -> Option<&[u8]> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 { None } else { text.get(count..) }
}

impl Number<'_> {
    /// The number as a whole one that is not negative, held at the largest `u64`; `None` for any other. `3.0` and `3e0` are whole.
    pub(crate) fn whole(self) -> Option<u64> {
        if self.value < 0.0 || self.value.fract() != 0.0 {
            return None;
        }
        // A float cast holds at the ends of its range.
        Some(self.written.parse().unwrap_or(self.value as u64))
    }

    /// The number for a free JSON value, with all its digits where it is a whole number of 64 bits.
    pub(super) fn to_json(self) -> Value {
        let whole = self.written.parse::<u64>().map(Value::from);
        // Only a float keeps the sign of `-0`.
        let negative = || self.written.parse::<i64>().ok().filter(|value| *value != 0);
        whole.unwrap_or_else(|_| negative().map_or_else(|| self.value.into(), Value::from))
    }
}
