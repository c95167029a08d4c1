//! English ordinals: "third", "twenty first", "21st".

use super::integers::{integer, word};
use super::words::{NumberWord, number_word, ordinal_word};
use crate::token::{Token, TokenKind};

/// The ordinal that starts at `at`: its value and how many tokens it takes. The article is not part of it.
#[must_use]
pub fn ordinal(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let first = tokens.get(at)?;
    match first.kind {
        TokenKind::Number => has_ending(tokens, at)
            .then(|| first.norm.parse().ok())
            .flatten()
            .map(|value| (value, 2)),
        TokenKind::Word => spoken(tokens, at),
        TokenKind::Symbol => None,
    }
}

/// Whether "st", "nd", "rd" or "th" is written right after the digits at `at`.
pub(super) fn has_ending(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at + 1)
        .is_some_and(|next| next.glued && matches!(next.norm.as_str(), "st" | "nd" | "rd" | "th"))
}

fn spoken(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let norm = &tokens.get(at)?.norm;
    if let Some(value) = ordinal_word(norm).or_else(|| hyphenated(norm)) {
        return Some((value, 1));
    }
    let cardinal = integer(tokens, at)?;
    let end = at + cardinal.len;
    let joint =
        usize::from(cardinal.room >= 100 && word(tokens, end).is_some_and(|token| token.is("and")));
    let last = word(tokens, end + joint)?;
    let value = ordinal_word(&last.norm).or_else(|| hyphenated(&last.norm))?;
    let cardinal_value = u32::try_from(cardinal.value).ok()?;
    let total = if matches!(value, 100 | 1000) {
        (cardinal_value < value && joint == 0)
            .then(|| cardinal_value.checked_mul(value))
            .flatten()?
    } else {
        (u64::from(value) < cardinal.room)
            .then(|| cardinal_value.checked_add(value))
            .flatten()?
    };
    Some((total, cardinal.len + joint + 1))
}

/// "twenty-first", which is one word.
fn hyphenated(norm: &str) -> Option<u32> {
    let (ten, unit) = norm.split_once('-')?;
    let unit = ordinal_word(unit).filter(|unit| *unit < 10)?;
    match number_word(ten)? {
        NumberWord::Ten(ten) => u32::try_from(ten).ok().map(|ten| ten + unit),
        _ => None,
    }
}
