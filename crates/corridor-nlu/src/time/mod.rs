//! When: finds expressions of time among tokens and resolves them against a clock reading that the caller gives.
//!
//! Two stages, so that a title can be cut free of its times whatever they resolve to: [`scan`] marks token ranges with what they mean,
//! [`resolve`] turns all mentions of one clause into a due date. Forms are recognised by tables of this module's own; it knows neither
//! the dictionary nor the domain, and never reads the clock.

mod cursor;
mod en;
mod mention;
mod numeric;
mod resolve;
mod ru;
mod words;

pub use mention::{
    Clock, Day, Edge, Every, Face, Mention, MentionKind, MonthOf, Offset, Part, Period, Recurrence,
    TimeUnit, Unresolved, WeekdaySet, Weekend,
};
pub use resolve::{Due, DueProblem, When, resolve};

use crate::language::Language;
use crate::token::Token;

/// Every expression of time among `tokens`, in their order and without overlap, each as long as it can be.
///
/// A mention never crosses a line break. Expressions of the other language are not seen.
#[must_use]
pub fn scan(tokens: &[Token], language: Language) -> Vec<Mention> {
    let find = match language {
        Language::Ru => ru::mention_at,
        Language::En => en::mention_at,
    };
    let mut mentions: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match find(tokens, at, mentions.last()) {
            Some(mention) => {
                at = mention.range.end.max(at + 1);
                mentions.push(mention);
            }
            None => at += 1,
        }
    }
    mentions
}
