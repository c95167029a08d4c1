//! Numbers written with digits and fraction signs, for both languages: «2», «2,5», «10 000», «1/2», «1 1/2», «1½».

use super::{Amount, parse_digits};
use crate::token::{Token, TokenKind};

/// What a comma inside digits means where both readings fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comma {
    /// Always the decimal comma («1,000 кг» is one kilogram).
    Decimal,
    /// The thousands separator where groups of three follow ("1,000"), else the decimal comma ("2,5").
    Thousands,
}

/// The number that starts at `at` with digits or a fraction sign, and how many tokens it takes.
#[must_use]
pub fn read(tokens: &[Token], at: usize, comma: Comma) -> Option<(Amount, usize)> {
    let token = tokens.get(at)?;
    if token.kind == TokenKind::Symbol {
        return fraction_sign(token)
            .map(|amount| (amount, 1))
            .or_else(|| leading_point(tokens, at));
    }
    if token.kind != TokenKind::Number {
        return None;
    }
    if let Some(fraction) = fraction_slash(tokens, at) {
        return Some(fraction);
    }
    if let Some(fraction) = fraction(&token.norm) {
        return Some((fraction, 1));
    }
    if let Some(grouped) = grouped_by_spaces(tokens, at) {
        return Some(grouped);
    }
    let amount = plain(&token.norm, comma)?;
    if amount.as_integer().is_some()
        && let Some((part, len)) = fraction_after(tokens, at + 1)
        && let Some(sum) = amount.checked_add(part)
    {
        return Some((sum, 1 + len));
    }
    Some((amount, 1))
}

/// A number in one token without a fraction: "12", "2,5", "1,000.50".
fn plain(text: &str, comma: Comma) -> Option<Amount> {
    if comma == Comma::Thousands
        && let Some(grouped) = grouped_by_commas(text)
    {
        return Some(grouped);
    }
    Amount::from_decimal(text)
}

fn grouped_by_commas(text: &str) -> Option<Amount> {
    let (whole, decimals) = text
        .split_once('.')
        .map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    if !is_leading_group(first) || !whole.contains(',') || !groups.all(is_group) {
        return None;
    }
    let digits = whole.replace(',', "");
    Amount::from_decimal(
        &decimals.map_or_else(|| digits.clone(), |decimals| format!("{digits}.{decimals}")),
    )
}

/// «10 000», «1 000 000»: one to three digits, then groups of exactly three, each after a space on the same line.
fn grouped_by_spaces(tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    let first = tokens.get(at)?;
    let groups: Vec<&Token> = tokens
        .get(at + 1..)?
        .iter()
        .take_while(|token| {
            token.kind == TokenKind::Number
                && !token.glued
                && !token.new_line
                && is_group(&token.norm)
        })
        .collect();
    if groups.is_empty() || !is_leading_group(&first.norm) {
        return None;
    }
    let digits: String = std::iter::once(first.norm.as_str())
        .chain(groups.iter().map(|token| token.norm.as_str()))
        .collect();
    Some((Amount::from_decimal(&digits)?, 1 + groups.len()))
}

fn is_leading_group(text: &str) -> bool {
    (1..=3).contains(&text.len()) && !text.starts_with('0') && parse_digits(text).is_some()
}

fn is_group(text: &str) -> bool {
    text.len() == 3 && parse_digits(text).is_some()
}

/// A fraction right after a whole number: the «½» of «1½» and «1 ½», the «1/2» of «1 1/2».
fn fraction_after(tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    let token = tokens.get(at).filter(|token| !token.new_line)?;
    match token.kind {
        TokenKind::Symbol => fraction_sign(token).map(|amount| (amount, 1)),
        TokenKind::Number if !token.glued => fraction_slash(tokens, at)
            .or_else(|| fraction(&token.norm).map(|amount| (amount, 1)))
            .filter(|(amount, _)| *amount < Amount::ONE),
        TokenKind::Number | TokenKind::Word => None,
    }
}

/// «3/4». Improper ones only of the parts things are cut into («3/2»), so that «24/7» stays what it is.
fn fraction(text: &str) -> Option<Amount> {
    let (numerator, denominator) = text.split_once('/')?;
    proportion(parse_digits(numerator)?, parse_digits(denominator)?)
}

/// «1⁄2» with the typographic fraction slash, which is a symbol between two numbers.
fn fraction_slash(tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    let [numerator, slash, denominator] = tokens.get(at..at + 3)? else {
        return None;
    };
    if !slash.glued || !denominator.glued || !slash.is("\u{2044}") {
        return None;
    }
    proportion(
        parse_digits(&numerator.norm)?,
        parse_digits(&denominator.norm)?,
    )
    .map(|amount| (amount, 3))
}

fn proportion(numerator: u64, denominator: u64) -> Option<Amount> {
    if numerator == 0 || (numerator >= denominator && !matches!(denominator, 2 | 3 | 4 | 8)) {
        return None;
    }
    Amount::from_fraction(numerator, denominator)
}

fn fraction_sign(token: &Token) -> Option<Amount> {
    let (numerator, denominator) = match token.norm.as_str() {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        _ => return None,
    };
    Amount::from_fraction(numerator, denominator)
}

/// ".75" without a zero: a point after a space, and digits right after the point.
fn leading_point(tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    let [point, digits] = tokens.get(at..at + 2)? else {
        return None;
    };
    if point.glued || !point.is(".") || !digits.glued || parse_digits(&digits.norm).is_none() {
        return None;
    }
    Amount::from_decimal(&format!("0.{}", digits.norm)).map(|amount| (amount, 2))
}
