//! Whole numbers in Russian words, in any case and with cases mixed, as people speak («четыреста сорока четыре»).

use super::words::{NumberWord, number_word};
use crate::token::Token;

/// A whole number in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Integer {
    pub(super) value: u64,
    /// How many tokens it takes.
    pub(super) len: usize,
    /// What is added to it must be below this: 10 after «двадцать», 100 after «сто», 1 after «пять».
    pub(super) room: u64,
}

/// The longest whole number in words that starts at `at`.
///
/// Words must descend in rank («двадцать пять»); where they do not («пять шесть»), the number ends.
pub(super) fn integer(tokens: &[Token], at: usize) -> Option<Integer> {
    let mut total = Integer {
        value: 0,
        len: 0,
        room: u64::MAX,
    };
    while let Some((group, power)) = group(tokens, at + total.len, total.len == 0) {
        let value = group.value.checked_mul(power)?;
        if value >= total.room {
            break;
        }
        let room = if power > 1 { power } else { group.room };
        let len = group.len + usize::from(power > 1);
        total = total.plus(Integer { value, len, room })?;
        if power == 1 {
            break;
        }
    }
    (total.len > 0).then_some(total)
}

impl Integer {
    fn plus(self, next: Self) -> Option<Self> {
        Some(Self {
            value: self.value.checked_add(next.value)?,
            len: self.len + next.len,
            room: next.room,
        })
    }
}

/// Up to three digits and the power after them (1 where there is none). A bare power («тысяча») is a group of no words.
fn group(tokens: &[Token], at: usize, first: bool) -> Option<(Integer, u64)> {
    let below_thousand = below_thousand(tokens, at, first);
    let power_at = at + below_thousand.map_or(0, |group| group.len);
    let power = match word(tokens, power_at, first && below_thousand.is_none()) {
        Some(NumberWord::Power(power)) => Some(power),
        _ => None,
    };
    match (below_thousand, power) {
        (None, None) => None,
        (None, Some(power)) => Some((
            Integer {
                value: 1,
                len: 0,
                room: power,
            },
            power,
        )),
        (Some(group), power) => Some((group, power.unwrap_or(1))),
    }
}

fn below_thousand(tokens: &[Token], at: usize, first: bool) -> Option<Integer> {
    let mut number = Integer {
        value: 0,
        len: 0,
        room: 1000,
    };
    while let Some(next) = below_thousand_word(tokens, at + number.len, first && number.len == 0) {
        if next.value >= number.room {
            break;
        }
        number = number.plus(next)?;
    }
    (number.len > 0).then_some(number)
}

fn below_thousand_word(tokens: &[Token], at: usize, first: bool) -> Option<Integer> {
    let token = tokens.get(at).filter(|token| first || !token.new_line)?;
    let (value, room) = number_word(&token.norm)
        .and_then(rank)
        .or_else(|| hyphenated(&token.norm))?;
    Some(Integer {
        value,
        len: 1,
        room,
    })
}

/// «двадцать-пять», written as one word: its value and room, like [`rank`].
pub(super) fn hyphenated(norm: &str) -> Option<(u64, u64)> {
    // Asked of nearly every word; few have a hyphen.
    if !norm.as_bytes().contains(&b'-') {
        return None;
    }
    let (first, second) = norm.split_once('-')?;
    let (value, room) = number_word(first).and_then(rank)?;
    let (added, room) = number_word(second)
        .and_then(rank)
        .filter(|(added, _)| *added < room)?;
    Some((value + added, room))
}

/// A word's value and what may still be added below it.
pub(super) fn rank(word: NumberWord) -> Option<(u64, u64)> {
    match word {
        NumberWord::Hundred(value) => Some((value, 100)),
        NumberWord::Ten(value) => Some((value, 10)),
        NumberWord::Teen(value) | NumberWord::Unit(value) => Some((value, 1)),
        _ => None,
    }
}

/// The number word at `at`; only the first word of a number may stand at the start of a line.
fn word(tokens: &[Token], at: usize, first: bool) -> Option<NumberWord> {
    let token = tokens.get(at).filter(|token| first || !token.new_line)?;
    number_word(&token.norm)
}
