//! What is said around a command and changes nothing: greeting, politeness, filler, reason, address.

use super::base::Base;
use super::kind::Kind;
use super::language::LanguageWords;
use super::text::{behind, is_voice, without_marks, words};
use super::variant::Variant;

pub(super) fn variants(kind: Kind, language: &LanguageWords, base: &Base<'_>) -> Vec<Variant> {
    let own = |keep: &&super::language::Keep| keep.kind == kind.as_str();
    let Some(keep) = language.raw.keep.iter().find(own) else {
        return Vec::new();
    };
    // A question has no reason, and orders alone are asked for politely.
    let needs_an_order = matches!(kind, Kind::Politeness | Kind::Reason | Kind::Filler);
    if base.has_any(&keep.unless) || (needs_an_order && !base.proposes()) {
        return Vec::new();
    }
    let text = base.text();
    // Somebody else is addressed already.
    let first_mark = text.find([',', ':']);
    if kind == Kind::Address
        && base
            .words
            .first()
            .is_some_and(|first| first_mark == Some(first.span.end))
    {
        return Vec::new();
    }
    let bare = |addition: &str| {
        if is_voice(text) {
            without_marks(addition)
        } else {
            addition.to_owned()
        }
    };
    let large = text.chars().next().is_some_and(char::is_uppercase);
    let front = keep.front.iter().map(|front| {
        let rest = base.in_the_middle(text);
        let said = format!("{}{rest}", bare(front));
        if large {
            super::text::first_large(&said)
        } else {
            said
        }
    });
    let inside = keep
        .inside
        .iter()
        .filter_map(|filler| behind_the_order(language, base, filler));
    let behind = keep
        .behind
        .iter()
        .filter(|_| base.is_one_line())
        .map(|addition| behind(text, &bare(addition)));
    front
        .chain(inside)
        .chain(behind)
        .map(|text| Variant::same(kind, text, base))
        .collect()
}

/// The text with a filler behind its first word, where that is an order followed by more.
fn behind_the_order(language: &LanguageWords, base: &Base<'_>, filler: &str) -> Option<String> {
    let text = base.text();
    let mut own = base.words.iter();
    let (first, second) = (own.next()?, own.next()?);
    let orders = language.raw.orders.iter();
    let is_order = orders
        .into_iter()
        .any(|order| words(order).iter().any(|word| word.plain == first.plain));
    let between = text.get(first.span.end..second.span.start)?;
    // Such a verb and its particle are one word, and a pause is not made between them.
    let is_close = second.plain.chars().count() <= 3;
    if !is_order || between != " " || is_close {
        return None;
    }
    let (before, rest) = (text.get(..first.span.end)?, text.get(second.span.start..)?);
    Some(if is_voice(text) {
        format!("{before} {filler} {rest}")
    } else {
        format!("{before}, {filler}, {rest}")
    })
}
