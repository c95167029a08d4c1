//! Strings.

use std::borrow::Cow;

use super::reader::{Reader, Stop};
use crate::place::Place;
use crate::problem::ProblemCode;

/// Reads the string that comes next, borrowed unless it has escapes.
pub(super) fn read<'a>(
    reader: &mut Reader<'a, '_>,
    place: &Place<'_>,
) -> Result<Cow<'a, str>, Stop> {
    reader.skip(b'"');
    let mut text = Cow::Borrowed(plain(reader));
    loop {
        match reader.peek() {
            Some(b'"') => {
                reader.skip(b'"');
                return Ok(text);
            }
            Some(b'\\') => {
                reader.skip(b'\\');
                let escaped = escape(reader, place)?;
                let text = text.to_mut();
                text.push(escaped);
                text.push_str(plain(reader));
            }
            Some(_) => {
                return Err(reader.stop(place, "a control character in a string is not escaped"));
            }
            None => return Err(reader.stop(place, "a string does not end")),
        }
    }
}

/// Takes everything up to the next quote, escape or control character.
fn plain<'a>(reader: &mut Reader<'a, '_>) -> &'a str {
    let length = reader
        .rest()
        .iter()
        .take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20))
        .count();
    reader.take(length)
}

/// Reads what stands behind a backslash.
fn escape(reader: &mut Reader<'_, '_>, place: &Place<'_>) -> Result<char, Stop> {
    let character = match reader.peek() {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            reader.take(1);
            return code_point(reader, place);
        }
        _ => {
            return Err(reader.stop(
                place,
                "a backslash stands before a character that has no escape",
            ));
        }
    };
    reader.take(1);
    Ok(character)
}

/// Reads what stands behind `\u`: four digits, and the other half where they are half of a pair. A half alone is noted, and U+FFFD stands
/// in for it.
fn code_point(reader: &mut Reader<'_, '_>, place: &Place<'_>) -> Result<char, Stop> {
    let unit = hex4(reader, place)?;
    let low = match unit {
        0xD800..=0xDBFF if reader.rest().starts_with(b"\\u") => low_surrogate(reader),
        _ => None,
    };
    let character = char::decode_utf16([unit].into_iter().chain(low))
        .next()
        .and_then(Result::ok);
    if character.is_none() {
        reader.note(place, ProblemCode::LoneSurrogate);
    }
    Ok(character.unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// Takes `\uXXXX` where that is the second half of a pair.
fn low_surrogate(reader: &mut Reader<'_, '_>) -> Option<u16> {
    let digits = reader.rest().get(2..6)?;
    let unit = hex(digits).filter(|unit| (0xDC00..=0xDFFF).contains(unit))?;
    reader.take(6);
    Some(unit)
}

fn hex4(reader: &mut Reader<'_, '_>, place: &Place<'_>) -> Result<u16, Stop> {
    match reader.rest().get(..4).and_then(hex) {
        Some(unit) => {
            reader.take(4);
            Ok(unit)
        }
        None => Err(reader.stop(place, "\\u needs four hexadecimal digits")),
    }
}

fn hex(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0, |value, digit| {
        Some(value << 4 | u16::try_from(char::from(*digit).to_digit(16)?).ok()?)
    })
}
