//! Names of items as a list shows them.

use std::ops::Range;

use crate::token::{Script, TokenKind};
use crate::utterance::View;

/// All-capital words up to this length are codes («AAA», "USB"), longer ones are shouting.
const LONGEST_CODE: usize = 3;

/// Words as said, in lower case but for those that carry capitals of their own; typos repaired, hyphens and percent signs joined.
pub(crate) fn as_said(view: &View<'_>, range: Range<usize>) -> String {
    let mut out = String::new();
    // In quotation marks a name stands as it was written.
    let mut quoted = range
        .clone()
        .next()
        .and_then(|first| view.at.get(first)?.checked_sub(1))
        .and_then(|before| view.utterance.tokens.get(before))
        .is_some_and(|token| token.is("\""));
    for at in range.clone() {
        let (Some(token), Some(word)) = (view.token(at), view.word(at)) else {
            continue;
        };
        quoted ^= token.is("\"");
        // "kids' toothpaste"
        let possessive = token.is("'") && token.glued && out.ends_with('s');
        if token.kind == TokenKind::Symbol
            && !possessive
            && !matches!(token.norm.as_str(), "%" | "-" | "&" | "№")
        {
            continue;
        }
        let code = token.glued
            && token.kind != TokenKind::Symbol
            && at
                .checked_sub(1)
                .filter(|before| range.contains(before))
                .and_then(|before| view.token(before))
                .is_some_and(|before| before.kind != TokenKind::Symbol);
        let joined = code
            || possessive
            || token.is("%")
            || (token.is("&") && token.glued)
            || (out.ends_with('&') && token.glued)
            || (token.is("-") && token.glued)
            || (out.ends_with('-') && token.glued);
        if !out.is_empty() && !joined {
            out.push(' ');
        }
        if is_model(view, at, &range) {
            out.push_str(&token.text.to_uppercase());
        } else if word.repaired || !(quoted || goes_on_a_name(view, at, range.start)) {
            out.push_str(&spelled(&token.text, &word.norm, word.repaired));
        } else {
            out.push_str(&token.text);
        }
    }
    out
}

/// "wd-40", «а5», "b12": a few letters right before digits are capitals.
fn is_model(view: &View<'_>, at: usize, range: &Range<usize>) -> bool {
    let glued = |at: usize| {
        view.token(at)
            .filter(|token| token.glued && range.contains(&at))
    };
    let after_hyphen = || {
        let hyphen = glued(at + 1).filter(|token| token.is("-"))?;
        glued(at + 2).filter(|_| hyphen.glued)
    };
    let digits = match glued(at + 1) {
        Some(next) if next.kind == TokenKind::Number => true,
        _ => after_hyphen().is_some_and(|next| next.kind == TokenKind::Number),
    };
    let first = glued(at).is_none() || at == range.start;
    digits
        && first
        && view.token(at).is_some_and(|token| {
            token.kind == TokenKind::Word && token.text.chars().count() <= LONGEST_CODE
        })
}

/// Lower case with ё as said.
fn spelled(text: &str, norm: &str, repaired: bool) -> String {
    if repaired {
        norm.to_owned()
    } else {
        text.to_lowercase()
    }
}

/// "Purina [Pro Plan]": capitals right behind a name belong to it.
fn goes_on_a_name(view: &View<'_>, at: usize, start: usize) -> bool {
    let capital = |at: usize| {
        view.token(at)
            .is_some_and(|token| token.text.chars().next().is_some_and(char::is_uppercase))
    };
    let mut first = at;
    while first > start && capital(first) && capital(first - 1) {
        first -= 1;
    }
    let named = (first..=at).any(|at| keeps_capitals(view, at)) && (first == at || capital(at));
    named || (capital(at) && is_compound_name(view, first, &capital))
}

/// "Deep Heat", "Blue Bell [vanilla ice cream]": several small words in capitals in a row are a name, unless they name a known good
/// ("Brown Bread") or all of them shout.
fn is_compound_name(view: &View<'_>, first: usize, capital: &impl Fn(usize) -> bool) -> bool {
    let end = (first..view.at.len())
        .find(|&at| !capital(at))
        .unwrap_or(view.at.len());
    let known = |at: usize| {
        view.word(at)
            .and_then(|word| word.good)
            .is_some_and(|(_, len)| at == first && at + len >= end)
    };
    let shouts = |at: usize| {
        view.token(at)
            .is_none_or(|token| token.text.chars().skip(1).all(|c| !c.is_lowercase()))
    };
    let latin = view
        .token(first)
        .is_some_and(|token| token.script == Script::Latin);
    latin && end - first > 1 && !known(first) && !(first..end).any(shouts)
}

/// Names keep their capitals: a Latin word inside a Russian sentence, or one with capitals inside («iPhone»).
fn keeps_capitals(view: &View<'_>, at: usize) -> bool {
    let Some(token) = view.token(at) else {
        return false;
    };
    let capitals = token.text.chars().skip(1).any(char::is_uppercase);
    let shouting = token.text.chars().count() > 1 && token.text.chars().all(|c| !c.is_lowercase());
    let foreign = token.script == Script::Latin
        && view
            .utterance
            .tokens
            .iter()
            .any(|token| token.script == Script::Cyrillic);
    let all_shouted = !view
        .utterance
        .tokens
        .iter()
        .any(|token| token.text.chars().any(char::is_lowercase));
    let short = shouting
        && !all_shouted
        && token.text.chars().count() <= LONGEST_CODE
        && token.script == Script::Latin;
    let name = token.text.chars().next().is_some_and(char::is_uppercase)
        && !shouting
        && token.script == Script::Latin
        && token.span.start > 0
        && !crate::languages::en::vocabulary::contains(&token.norm)
        && view
            .word(at)
            .is_some_and(|word| word.readings.iter().all(|r| !r.known));
    (capitals && !shouting)
        || short
        || name
        || (foreign && token.text.chars().any(char::is_uppercase))
}
