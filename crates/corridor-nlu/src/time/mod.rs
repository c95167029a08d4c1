//! When: finds expressions of time among tokens and resolves them against a clock reading that the caller gives.
//!
//! Two stages, so that a title can be cut free of its times whatever they resolve to: [`scan`] marks token ranges with what they mean,
//! [`resolve`] turns all mentions of one clause into a due date. Forms are recognised by tables of this module's own; it knows neither
//! the dictionary nor the domain, and never reads the clock.

pub(crate) mod cursor;
pub(crate) mod mention;
pub(crate) mod numeric;
mod resolve;
pub(crate) mod settle;
pub(crate) mod spelling;
pub(crate) mod words;

pub use mention::{
    Clock, Day, Edge, Every, Face, Mention, MentionKind, MonthDays, MonthOf, Offset, Part, Period,
    Recurrence, TimeUnit, Unresolved, WeekdaySet, Weekend,
};
pub use resolve::{Due, DueProblem, When, resolve};

use crate::language::Language;
use crate::languages::{en, ru};
use crate::token::{Token, TokenKind};

/// Every expression of time among `tokens`, in their order and without overlap, each as long as it can be.
///
/// A mention never crosses a line break. Expressions of the other language are not seen.
#[must_use]
pub fn scan(tokens: &[Token], language: Language) -> Vec<Mention> {
    let (find, words, repaired): (Find, _, Repair) = match language {
        Language::Ru => (
            ru::time::mention_at,
            &ru::time::SETTLING,
            ru::time::repaired,
        ),
        Language::En => (
            en::time::mention_at,
            &en::time::SETTLING,
            en::time::repaired,
        ),
    };
    let mended = mended(tokens, repaired);
    let tokens = mended.as_deref().unwrap_or(tokens);
    let mut mentions: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = quotation(tokens, at) {
            at = end;
            continue;
        }
        if let Some(end) = code(tokens, at) {
            at = end;
            continue;
        }
        match find(tokens, at, mentions.last()) {
            Some(mention) => {
                at = mention.range.end.max(at + 1);
                mentions.push(mention);
            }
            None => at += 1,
        }
    }
    settle::settle(&mut mentions, tokens, words);
    mentions
}

/// The tokens with slips in words of time mended, where there are any.
fn mended(tokens: &[Token], repaired: Repair) -> Option<Vec<Token>> {
    let mut mended: Option<Vec<Token>> = None;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == TokenKind::Word
            && let Some(meant) = repaired(&token.norm)
            && let Some(slip) = mended.get_or_insert_with(|| tokens.to_vec()).get_mut(at)
        {
            meant.clone_into(&mut slip.norm);
        }
    }
    mended
}

/// Behind a size or model that begins at `at` and only looks like a time: «6х40», «С1», "M8".
fn code(tokens: &[Token], at: usize) -> Option<usize> {
    let first = tokens.get(at)?;
    let glued = |at: usize| tokens.get(at).filter(|token| token.glued);
    let number = |at: usize| glued(at).filter(|token| token.kind == TokenKind::Number);
    if first.kind == TokenKind::Number {
        let times = glued(at + 1).is_some_and(|token| token.is("x") || token.is("х"));
        return (times && number(at + 2).is_some()).then_some(at + 3);
    }
    let mut letters = first.text.chars();
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    (capital && first.kind == TokenKind::Word && number(at + 1).is_some()).then_some(at + 2)
}

type Repair = fn(&str) -> Option<&'static str>;

type Find = fn(&[Token], usize, Option<&Mention>) -> Option<Mention>;

/// Behind the quotation that begins at `at`: a title in quotation marks stays whole («451 градус», "Friday Night Lights"). What is quoted
/// from the first word on is the command itself.
fn quotation(tokens: &[Token], at: usize) -> Option<usize> {
    const LONGEST: usize = 10;
    tokens.get(at).filter(|token| at > 0 && token.is("\""))?;
    let inside = tokens.get(at + 1..)?.iter().take(LONGEST);
    let len = inside
        .take_while(|token| !token.new_line)
        .position(|token| token.is("\""))?;
    (len > 0).then_some(at + len + 2)
}
