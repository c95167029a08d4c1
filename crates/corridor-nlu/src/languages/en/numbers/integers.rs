//! Whole numbers in English words: "twenty-five", "one hundred and five", "fifteen hundred".

use super::words::{NumberWord, number_word};
use crate::token::Token;

/// A whole number in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Integer {
    pub(super) value: u64,
    /// How many tokens it takes.
    pub(super) len: usize,
    /// What is added to it must be below this: 10 after "twenty", 100 after "hundred", 1 after "five".
    pub(super) room: u64,
}

impl Integer {
    fn plus(self, next: Self, joint: usize) -> Option<Self> {
        Some(Self {
            value: self.value.checked_add(next.value)?,
            len: self.len + joint + next.len,
            room: next.room,
        })
    }
}

/// The longest whole number in words that starts at `at`, above zero and without an article; a bare "hundred" or "thousand" is one
/// of them.
pub(super) fn integer(tokens: &[Token], at: usize) -> Option<Integer> {
    let mut total: Option<Integer> = None;
    loop {
        let start = at + total.map_or(0, |total| total.len);
        let joint = usize::from(
            total.is_some() && word(tokens, start).is_some_and(|token| token.is("and")),
        );
        let Some((group, power)) = group(tokens, start + joint, total.is_none()) else {
            return total;
        };
        let value = group.value.checked_mul(power)?;
        let next = Integer {
            value,
            room: if power > 1 { power } else { group.room },
            ..group
        };
        total = match total {
            None => Some(next),
            // "one thousand and five"; but in "two thousand and three hundred" the "and" joins two things.
            Some(total) if next.value < total.room && (joint == 0 || next.value < 100) => {
                Some(total.plus(next, joint)?)
            }
            Some(_) => return total,
        };
        if power == 1 {
            return total;
        }
    }
}

/// Up to four digits ("fifteen hundred and five") and the power after them, 1 where there is none.
fn group(tokens: &[Token], at: usize, first: bool) -> Option<(Integer, u64)> {
    let group = hundreds(tokens, at, first);
    let power_at = at + group.map_or(0, |group| group.len);
    let power_token = if first && group.is_none() {
        tokens.get(at)
    } else {
        word(tokens, power_at)
    };
    match (
        group,
        power_token.and_then(|token| number_word(&token.norm)),
    ) {
        (Some(group), Some(NumberWord::Power(power))) => Some((
            Integer {
                len: group.len + 1,
                ..group
            },
            power,
        )),
        (Some(group), _) => Some((group, 1)),
        (None, Some(NumberWord::Power(power))) if first => Some((
            Integer {
                value: 1,
                len: 1,
                room: power,
            },
            power,
        )),
        (None, _) => None,
    }
}

fn hundreds(tokens: &[Token], at: usize, first: bool) -> Option<Integer> {
    let count = below_hundred(tokens, at, first);
    let hundred_at = at + count.map_or(0, |count| count.len);
    let hundred = if first && count.is_none() {
        tokens.get(at)
    } else {
        word(tokens, hundred_at)
    };
    if hundred.and_then(|token| number_word(&token.norm)) != Some(NumberWord::Hundred)
        || (count.is_none() && !first)
    {
        return count;
    }
    let (value, len) = count.map_or((1, 0), |count| (count.value, count.len));
    let number = Integer {
        value: value * 100,
        len: len + 1,
        room: 100,
    };
    let rest_at = at + number.len;
    let joint = usize::from(word(tokens, rest_at).is_some_and(|token| token.is("and")));
    below_hundred(tokens, rest_at + joint, false)
        .map_or(Some(number), |rest| number.plus(rest, joint))
}

fn below_hundred(tokens: &[Token], at: usize, first: bool) -> Option<Integer> {
    let token = tokens.get(at).filter(|token| first || !token.new_line)?;
    if let Some(value) = hyphenated(&token.norm) {
        return Some(Integer {
            value,
            len: 1,
            room: 1,
        });
    }
    match number_word(&token.norm)? {
        NumberWord::Unit(value) | NumberWord::Teen(value) => Some(Integer {
            value,
            len: 1,
            room: 1,
        }),
        NumberWord::Ten(value) => {
            match word(tokens, at + 1).and_then(|token| number_word(&token.norm)) {
                Some(NumberWord::Unit(unit)) => Some(Integer {
                    value: value + unit,
                    len: 2,
                    room: 1,
                }),
                _ => Some(Integer {
                    value,
                    len: 1,
                    room: 10,
                }),
            }
        }
        _ => None,
    }
}

/// "twenty-five", which is one word.
pub(super) fn hyphenated(norm: &str) -> Option<u64> {
    let (ten, unit) = norm.split_once('-')?;
    match (number_word(ten)?, number_word(unit)?) {
        (NumberWord::Ten(ten), NumberWord::Unit(unit)) => Some(ten + unit),
        _ => None,
    }
}

/// The token at `at`, on the line of the one before it.
pub(super) fn word(tokens: &[Token], at: usize) -> Option<&Token> {
    tokens.get(at).filter(|token| !token.new_line)
}
