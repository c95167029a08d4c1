//! Russian numbers: how many («двадцать пять», «полтора», «2 с половиной», «пару») and which one («третьего», «5-го»).
//!
//! Recognises forms by its own tables. Ranges, limits and what is being counted are the caller's business.

mod halves;
mod integers;
mod ordinals;
mod words;

pub use halves::{half_prefix, is_liter_and_half};
pub use ordinals::ordinal;

use crate::amount::digits::{self, Comma};
use crate::amount::{Amount, Numeral, NumeralForm};
use crate::token::{Token, TokenKind};
use integers::{Integer, integer};
use words::{NumberWord, number_word};

/// The longest number that starts at `at`, in digits or words and in any case.
///
/// «один» counts too, so a caller that wants «один» as a pronoun looks first. `None` for ordinals («5-го»), for times and dates
/// («18:00») and for words with the prefix «пол», which hold their unit: see [`half_prefix`].
#[must_use]
pub fn cardinal(tokens: &[Token], at: usize) -> Option<Numeral> {
    let (start, form) = match tokens.get(at)?.kind {
        TokenKind::Word => (in_words(tokens, at)?, NumeralForm::Words),
        TokenKind::Number | TokenKind::Symbol => (in_digits(tokens, at)?, NumeralForm::Digits),
    };
    let Reading { amount, len } = start.with_share(tokens, at)?.times_counters(tokens, at)?;
    Some(Numeral { amount, len, form })
}

/// The bounds of an approximate count in one hyphenated word («два-три», «пару-тройку», «полтора-два»).
#[must_use]
pub fn range_word(norm: &str) -> Option<(Amount, Amount)> {
    let (first, second) = norm.split_once('-')?;
    if integers::hyphenated(norm).is_some() {
        return None;
    }
    let bounds = (bound(first)?, bound(second)?);
    (bounds.0 < bounds.1).then_some(bounds)
}

fn bound(norm: &str) -> Option<Amount> {
    match number_word(norm) {
        Some(NumberWord::OneAndHalf) => Amount::ONE.checked_add(Amount::HALF),
        Some(NumberWord::Pair) => Amount::from_integer(2),
        Some(word) => integers::rank(word).and_then(|(value, _)| Amount::from_integer(value)),
        None => matches!(norm, "тройка" | "тройку" | "тройкой")
            .then(|| Amount::from_integer(3))
            .flatten(),
    }
}

/// Every word that a number or an ordinal can begin with, for tables that dispatch on first words.
pub(crate) fn first_words() -> impl Iterator<Item = String> {
    words::forms().map(str::to_owned).chain(ordinals::forms())
}

/// A number while it grows to the right.
#[derive(Clone, Copy)]
struct Reading {
    amount: Amount,
    len: usize,
}

impl Reading {
    fn new(amount: Option<Amount>, len: usize) -> Option<Self> {
        amount.map(|amount| Self { amount, len })
    }

    /// «с половиной», «с четвертью» after a whole number.
    fn with_share(self, tokens: &[Token], at: usize) -> Option<Self> {
        let after = at + self.len;
        if self.amount.as_integer().is_some()
            && same_line(tokens, after).is_some_and(|token| token.is("с"))
            && let Some(NumberWord::WithShare(parts)) = word(tokens, after + 1)
        {
            return Self::new(
                self.amount.checked_add(Amount::from_fraction(1, parts)?),
                self.len + 2,
            );
        }
        Some(self)
    }

    /// Counters and powers after the number: «два десятка», «пять сотен», «2,5 тысячи», «2 тысячи пятьсот».
    fn times_counters(mut self, tokens: &[Token], at: usize) -> Option<Self> {
        while let Some(counter) = word(tokens, at + self.len) {
            match counter {
                NumberWord::CountedCounter(size) => self = self.times(size)?,
                // After any other number the nominative begins a count of its own («кефира два десяток яиц»).
                NumberWord::Counter(size) if self.ends_in_one() => self = self.times(size)?,
                NumberWord::Power(size) => {
                    self = self.times(size)?;
                    if let Some(rest) =
                        integer(tokens, at + self.len).filter(|rest| rest.value < size)
                    {
                        self = Self::new(
                            self.amount.checked_add(Amount::from_integer(rest.value)?),
                            self.len + rest.len,
                        )?;
                    }
                }
                _ => break,
            }
        }
        Some(self)
    }

    fn times(self, size: u64) -> Option<Self> {
        Self::new(
            self.amount.checked_mul(Amount::from_integer(size)?),
            self.len + 1,
        )
    }

    fn ends_in_one(self) -> bool {
        self.amount
            .as_integer()
            .is_some_and(|value| value % 10 == 1 && value % 100 != 11)
    }
}

fn in_digits(tokens: &[Token], at: usize) -> Option<Reading> {
    if ordinals::ending_len(tokens, at + 1, ordinals::is_ordinal_ending).is_some() {
        return None;
    }
    let (amount, len) = digits::read(tokens, at, Comma::Decimal)?;
    let ending = ordinals::ending_len(tokens, at + len, is_cardinal_ending).unwrap_or(0);
    let reading = Reading {
        amount,
        len: len + ending,
    };
    let Some(value) = amount.as_integer() else {
        return Some(reading);
    };
    Some(
        share_of(
            tokens,
            at,
            Integer {
                value,
                len: reading.len,
                room: 1,
            },
        )
        .unwrap_or(reading),
    )
}

/// Case endings written after digits: «5-ти», «2-х», «2-мя».
fn is_cardinal_ending(norm: &str) -> bool {
    matches!(norm, "ти" | "и" | "х" | "ех" | "мя" | "ми" | "мью")
}

fn in_words(tokens: &[Token], at: usize) -> Option<Reading> {
    if let Some(whole) = integer(tokens, at) {
        return spoken_decimal(tokens, at, whole.value, whole.len)
            .or_else(|| share_of(tokens, at, whole))
            .or_else(|| {
                // «двадцать пятого» is an ordinal as a whole.
                if ordinal(tokens, at).is_some() {
                    None
                } else {
                    Reading::new(Amount::from_integer(whole.value), whole.len)
                }
            });
    }
    let single = |amount| Reading::new(amount, 1);
    match number_word(&tokens.get(at)?.norm)? {
        NumberWord::Zero => spoken_decimal(tokens, at, 0, 1)
            .or_else(|| zero_point(tokens, at))
            .or_else(|| single(Some(Amount::ZERO))),
        NumberWord::OneAndHalf => single(Amount::ONE.checked_add(Amount::HALF)),
        NumberWord::HundredAndHalf => single(Amount::from_integer(150)),
        NumberWord::Pair => single(Amount::from_integer(2)),
        NumberWord::Counter(size) | NumberWord::HalfCounter(size) => {
            single(Amount::from_integer(size))
        }
        NumberWord::Share(parts) => single(Amount::from_fraction(1, parts)),
        NumberWord::Half => {
            // «пол» is also the floor: it halves only what people halve.
            let next = same_line(tokens, at + 1)?;
            let counts = matches!(
                number_word(&next.norm),
                Some(NumberWord::CountedCounter(_) | NumberWord::Power(_))
            );
            if counts || halves::is_halved_whole(&next.norm) {
                single(Some(Amount::HALF))
            } else {
                None
            }
        }
        _ => None,
    }
}

/// «ноль пять», «ноль тридцать три»: decimals said digit by digit.
fn zero_point(tokens: &[Token], at: usize) -> Option<Reading> {
    same_line(tokens, at + 1)?;
    let decimals = integer(tokens, at + 1).filter(|decimals| decimals.value < 1000)?;
    Reading::new(
        Amount::from_decimal(&format!("0.{}", decimals.value)),
        1 + decimals.len,
    )
}

/// «две целых пять десятых», «ноль целых и две сотых».
fn spoken_decimal(tokens: &[Token], at: usize, whole: u64, whole_len: usize) -> Option<Reading> {
    let mut next = at + whole_len;
    if word(tokens, next) != Some(NumberWord::Wholes) {
        return None;
    }
    next += 1;
    if same_line(tokens, next).is_some_and(|token| token.is("и")) {
        next += 1;
    }
    let numerator = integer(tokens, next)?;
    next += numerator.len;
    let denominator =
        same_line(tokens, next).and_then(|token| ordinals::ordinal_word(&token.norm))?;
    if !matches!(denominator, 10 | 100 | 1000) || numerator.value >= u64::from(denominator) {
        return None;
    }
    let part = Amount::from_fraction(numerator.value, u64::from(denominator))?;
    Reading::new(
        Amount::from_integer(whole)?.checked_add(part),
        next + 1 - at,
    )
}

/// «три четверти», «две трети», «одна вторая», «пять десятых».
fn share_of(tokens: &[Token], at: usize, numerator: Integer) -> Option<Reading> {
    let next = same_line(tokens, at + numerator.len)?;
    let parts = match number_word(&next.norm) {
        Some(NumberWord::CountedShare(parts)) if numerator.value > 1 => parts,
        Some(NumberWord::Share(parts)) if numerator.value == 1 => parts,
        _ => u64::from(share_ordinal(&next.norm, numerator.value)?),
    };
    // «пять вторых блюд» and «пять первых» are no fractions.
    if numerator.value >= parts || numerator.value == 0 {
        return None;
    }
    Reading::new(
        Amount::from_fraction(numerator.value, parts),
        numerator.len + 1,
    )
}

/// An ordinal in the form a denominator takes: feminine after one, genitive plural after more.
fn share_ordinal(norm: &str, numerator: u64) -> Option<u32> {
    let fits = if numerator == 1 {
        ["ая", "ую", "ья", "ью"]
            .iter()
            .any(|ending| norm.ends_with(ending))
    } else {
        norm.ends_with("ых") || norm.ends_with("ьих")
    };
    if fits {
        ordinals::ordinal_word(norm)
    } else {
        None
    }
}

/// The number word at `at`, on the line of the token before it.
fn word(tokens: &[Token], at: usize) -> Option<NumberWord> {
    same_line(tokens, at).and_then(|token| number_word(&token.norm))
}

fn same_line(tokens: &[Token], at: usize) -> Option<&Token> {
    tokens.get(at).filter(|token| !token.new_line)
}

/// Whether a word says a number by itself.
pub(crate) fn is_number_word(norm: &str) -> bool {
    words::number_word(norm).is_some()
}
