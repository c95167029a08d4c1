//! English numbers: how many ("twenty-five", "one and a half", "half a dozen") and which one ("third", "21st").
//!
//! Ranges, limits, articles alone and what is being counted are the caller's business.

mod integers;
mod ordinals;
mod shares;
mod words;

pub use ordinals::ordinal;
pub use shares::half_prefix;

use crate::amount::digits::{self, Comma};
use crate::amount::{Amount, Numeral, NumeralForm};
use crate::token::{Token, TokenKind};
use integers::{Integer, integer, word};
use words::{NumberWord, number_word};

/// The longest number that starts at `at`, in digits or words.
///
/// Articles belong to it where they count ("a dozen", "half a", "a hundred"), a following "of" does not. "a" alone is no number, "one"
/// is. `None` for ordinals ("21st") and for times and dates ("18:00"). "twenty seventeen" is twenty: years belong to the dates.
#[must_use]
pub fn cardinal(tokens: &[Token], at: usize) -> Option<Numeral> {
    let (start, form) = match tokens.get(at)?.kind {
        TokenKind::Word => (in_words(tokens, at)?, NumeralForm::Words),
        TokenKind::Number | TokenKind::Symbol => (in_digits(tokens, at)?, NumeralForm::Digits),
    };
    let Reading { amount, len } = start.with_share(tokens, at)?.times_counters(tokens, at)?;
    Some(Numeral { amount, len, form })
}

/// The bounds of an approximate count in one hyphenated word ("two-three").
#[must_use]
pub fn range_word(norm: &str) -> Option<(Amount, Amount)> {
    let (first, second) = norm.split_once('-')?;
    let bound = |norm| match number_word(norm) {
        Some(NumberWord::Unit(value) | NumberWord::Teen(value) | NumberWord::Ten(value)) => {
            Amount::from_integer(value)
        }
        _ => None,
    };
    let bounds = (bound(first)?, bound(second)?);
    (integers::hyphenated(norm).is_none() && bounds.0 < bounds.1).then_some(bounds)
}

/// Every word that a number or an ordinal can begin with, but for articles and hyphenated words; for tables that dispatch on first
/// words.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    words::all()
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

    /// "and a half" and the like, or "and 1/2", after a whole number.
    fn with_share(self, tokens: &[Token], at: usize) -> Option<Self> {
        if self.amount.as_integer().is_none() {
            return Some(self);
        }
        let after = at + self.len;
        let written = || {
            word(tokens, after).filter(|token| token.is("and") || token.is("&"))?;
            let (amount, len) = digits::read(tokens, after + 1, Comma::Thousands)?;
            (amount < Amount::ONE).then_some((amount, 1 + len))
        };
        match shares::joined(tokens, after, |start| integer(tokens, start)).or_else(written) {
            Some((share, len)) => Self::new(self.amount.checked_add(share), self.len + len),
            None => Some(self),
        }
    }

    /// "two dozen", "2.5 million", "a couple of dozen".
    fn times_counters(mut self, tokens: &[Token], at: usize) -> Option<Self> {
        while let Some(counter) = word(tokens, at + self.len) {
            let size = match number_word(&counter.norm) {
                Some(NumberWord::Dozen) => 12,
                Some(NumberWord::Hundred) => 100,
                Some(NumberWord::Power(power)) => power,
                _ => break,
            };
            self = Self::new(
                self.amount.checked_mul(Amount::from_integer(size)?),
                self.len + 1,
            )?;
        }
        Some(self)
    }
}

fn in_digits(tokens: &[Token], at: usize) -> Option<Reading> {
    if ordinals::has_ending(tokens, at) {
        return None;
    }
    let (amount, len) = digits::read(tokens, at, Comma::Thousands)?;
    let whole = amount.as_integer().map(|value| Integer {
        value,
        len,
        room: 1,
    });
    let share = whole.and_then(|whole| shares::of(tokens, at, whole));
    share.map_or(Some(Reading { amount, len }), |(amount, len)| {
        Reading::new(Some(amount), len)
    })
}

fn in_words(tokens: &[Token], at: usize) -> Option<Reading> {
    let first = tokens.get(at)?;
    if let Some((amount, len)) = shares::alone(tokens, at) {
        return Some(Reading { amount, len });
    }
    if let Some(whole) = integer(tokens, at) {
        if let Some((amount, len)) = shares::of(tokens, at, whole) {
            return Some(Reading { amount, len });
        }
        // "twenty first" is an ordinal as a whole.
        return if ordinal(tokens, at).is_some() {
            None
        } else {
            Reading::new(Amount::from_integer(whole.value), whole.len)
        };
    }
    if shares::is_article(first) {
        return with_article(tokens, at);
    }
    match number_word(&first.norm) {
        Some(NumberWord::Zero) => Reading::new(Some(Amount::ZERO), 1),
        Some(NumberWord::Dozen) => Reading::new(Amount::from_integer(12), 1),
        Some(NumberWord::Couple) => couple(tokens, at, 1),
        Some(NumberWord::Pair) if word(tokens, at + 1).is_some_and(|next| next.is("of")) => {
            Reading::new(Amount::from_integer(2), 1)
        }
        Some(_) => None,
        None => hyphenated(first),
    }
}

/// "a dozen", "a couple", "a pair", "a hundred".
fn with_article(tokens: &[Token], at: usize) -> Option<Reading> {
    let noun = word(tokens, at + 1)?;
    match number_word(&noun.norm)? {
        NumberWord::Dozen => Reading::new(Amount::from_integer(12), 2),
        NumberWord::Pair => Reading::new(Amount::from_integer(2), 2),
        NumberWord::Couple => couple(tokens, at, 2),
        NumberWord::Hundred | NumberWord::Power(_) => {
            let whole = integer(tokens, at + 1)?;
            Reading::new(Amount::from_integer(whole.value), 1 + whole.len)
        }
        _ => None,
    }
}

/// "couple", with the "of" only where a count follows it ("a couple of dozen").
fn couple(tokens: &[Token], at: usize, len: usize) -> Option<Reading> {
    let counts = |index| {
        let role = word(tokens, index).and_then(|token| number_word(&token.norm));
        matches!(
            role,
            Some(NumberWord::Dozen | NumberWord::Hundred | NumberWord::Power(_))
        )
    };
    let of = word(tokens, at + len).is_some_and(|token| token.is("of")) && counts(at + len + 1);
    Reading::new(Amount::from_integer(2), len + usize::from(of))
}

/// A number written as one hyphenated word: "three-quarters", "half-a-dozen", "two-and-a-half".
fn hyphenated(token: &Token) -> Option<Reading> {
    let first = token
        .norm
        .split('-')
        .next()
        .filter(|first| first.len() < token.norm.len())?;
    number_word(first)?;
    // Where the word begins a line, its pieces must not look as if each did.
    let piece = |norm: &str| Token {
        norm: norm.to_owned(),
        new_line: false,
        ..token.clone()
    };
    let pieces: Vec<Token> = token.norm.split('-').map(piece).collect();
    let whole = cardinal(&pieces, 0).filter(|numeral| numeral.len == pieces.len())?;
    Reading::new(Some(whole.amount), 1)
}

/// Whether a word says a number by itself.
pub(crate) fn is_number_word(norm: &str) -> bool {
    words::number_word(norm).is_some()
}
