//! English fractions in words: "half a", "three quarters", "a third of".

use super::integers::{Integer, word};
use super::words::{NumberWord, number_word, ordinal_word};
use crate::amount::Amount;
use crate::token::{Token, TokenKind};

/// The rest of a hyphenated word that begins with "half-" for half of a measure ("half-gallon" → "gallon"), or `None` for other
/// words ("half-price") and for counts ("half-dozen"), which are numbers of their own.
#[must_use]
pub fn half_prefix(norm: &str) -> Option<&str> {
    norm.strip_prefix("half-")
        .filter(|rest| is_measure(rest) || is_container(rest))
}

/// A share by itself, with its article where it has one: "half", "half a", "a half", "a quarter", "a third of".
pub(super) fn alone(tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    let first = tokens.get(at)?;
    let article = usize::from(is_article(first));
    let noun = if article == 1 {
        word(tokens, at + 1)?
    } else {
        first
    };
    let after = at + article + 1;
    match number_word(&noun.norm) {
        Some(NumberWord::Half) => half(tokens, after, article),
        Some(NumberWord::Quarter) if !tells_time(tokens, after) => {
            Some((Amount::QUARTER, article + 1))
        }
        Some(_) => None,
        None => {
            // "a third carton" is an ordinal: only a whole or a measure after it makes a share, and a month ("fourth of July") does not.
            let parts =
                u64::from(ordinal_word(&noun.norm).filter(|parts| (3..=10).contains(parts))?);
            let next = word(tokens, after)?;
            let of_whole = next.is("of")
                && word(tokens, after + 1).is_some_and(|whole| {
                    is_article(whole) || is_measure(&whole.norm) || is_container(&whole.norm)
                });
            (of_whole || (article == 1 && is_measure(&next.norm)))
                .then(|| Amount::from_fraction(1, parts))
                .flatten()
                .map(|amount| (amount, article + 1))
        }
    }
}

fn half(tokens: &[Token], after: usize, article: usize) -> Option<(Amount, usize)> {
    let Some(next) = word(tokens, after) else {
        return Some((Amount::HALF, article + 1));
    };
    // "half and half" is cream, "half past six" a time, "half the books" no quantity of anything.
    if matches!(
        next.norm.as_str(),
        "past" | "the" | "price" | "time" | "off" | "my" | "our"
    ) {
        return None;
    }
    if matches!(next.norm.as_str(), "and" | "&" | "n")
        && word(tokens, after + 1).is_some_and(|token| token.is("half"))
    {
        return None;
    }
    Some((
        Amount::HALF,
        article + 1 + usize::from(article == 0 && is_article(next)),
    ))
}

/// A share of so many: "two thirds", "one quarter", "three halves".
pub(super) fn of(tokens: &[Token], at: usize, numerator: Integer) -> Option<(Amount, usize)> {
    let next = word(tokens, at + numerator.len)?;
    let parts = match number_word(&next.norm) {
        Some(NumberWord::Shares(parts)) if numerator.value > 1 => parts,
        Some(NumberWord::Half) if numerator.value == 1 => {
            let (_, len) = half(tokens, at + numerator.len + 1, 0)?;
            return Some((Amount::HALF, numerator.len + len));
        }
        Some(NumberWord::Quarter) if numerator.value == 1 => 4,
        Some(_) => return None,
        None if numerator.value == 1 => {
            u64::from(ordinal_word(&next.norm).filter(|parts| (3..=10).contains(parts))?)
        }
        None => return None,
    };
    if numerator.value >= parts && parts > 4 {
        return None;
    }
    Amount::from_fraction(numerator.value, parts).map(|amount| (amount, numerator.len + 1))
}

/// What may follow a whole number: "and a half", "and half", "and three quarters", "and a third".
pub(super) fn joined(
    tokens: &[Token],
    at: usize,
    numerator: impl Fn(usize) -> Option<Integer>,
) -> Option<(Amount, usize)> {
    word(tokens, at).filter(|token| token.is("and") || token.is("&"))?;
    let first = word(tokens, at + 1)?;
    if is_article(first) {
        let noun = word(tokens, at + 2)?;
        let parts = match number_word(&noun.norm) {
            Some(NumberWord::Half) => 2,
            Some(NumberWord::Quarter) => 4,
            Some(_) => return None,
            None => u64::from(ordinal_word(&noun.norm).filter(|parts| (3..=10).contains(parts))?),
        };
        return Amount::from_fraction(1, parts).map(|amount| (amount, 3));
    }
    if number_word(&first.norm) == Some(NumberWord::Half) {
        // "two and half a dozen", "half and half": a count or a thing of its own follows.
        let own = word(tokens, at + 2).is_some_and(|next| {
            is_article(next) || matches!(next.norm.as_str(), "and" | "dozen" | "&")
        });
        return (!own).then_some((Amount::HALF, 2));
    }
    let (amount, len) = of(tokens, at + 1, numerator(at + 1)?)?;
    (amount < Amount::ONE).then_some((amount, 1 + len))
}

pub(super) fn is_article(token: &Token) -> bool {
    token.is("a") || token.is("an")
}

/// "quarter past six", "quarter of six"; and the burger.
fn tells_time(tokens: &[Token], after: usize) -> bool {
    let Some(next) = word(tokens, after) else {
        return false;
    };
    match next.norm.as_str() {
        "past" | "to" | "till" | "til" | "after" | "before" | "pounder" | "pounders" => true,
        "of" => word(tokens, after + 1).is_some_and(|token| {
            token.kind == TokenKind::Number
                || matches!(
                    number_word(&token.norm),
                    Some(NumberWord::Unit(_) | NumberWord::Teen(_))
                )
        }),
        _ => false,
    }
}

/// Measures of the kitchen and the yard, of which people take a third.
fn is_measure(norm: &str) -> bool {
    matches!(
        norm,
        "cup"
            | "pound"
            | "lb"
            | "gallon"
            | "liter"
            | "litre"
            | "l"
            | "quart"
            | "pint"
            | "ounce"
            | "oz"
            | "teaspoon"
            | "tsp"
            | "tablespoon"
            | "tbsp"
            | "kilo"
            | "kilogram"
            | "kg"
            | "gram"
            | "ton"
            | "mile"
            | "yard"
            | "inch"
            | "hour"
            | "day"
            | "year"
    )
}

/// Containers, of which people take a half; "a third carton" is an ordinal.
fn is_container(norm: &str) -> bool {
    matches!(
        norm,
        "stick"
            | "bag"
            | "box"
            | "bottle"
            | "bunch"
            | "can"
            | "carton"
            | "jar"
            | "loaf"
            | "pack"
            | "package"
            | "barrel"
            | "bushel"
            | "case"
            | "crate"
            | "keg"
            | "bucket"
            | "tub"
    )
}
