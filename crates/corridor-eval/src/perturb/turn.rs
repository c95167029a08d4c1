//! What turns a command: forbidden, asked about, told as done, to be removed, for another home, or with a verb that is none of ours.

use super::base::Base;
use super::kind::Kind;
use super::language::{LanguageWords, Replace, Turn};
use super::order::orders;
use super::text::{Word, bytes, find, first_large, first_small, replaced, split_end, words};
use super::variant::Variant;

pub(super) fn variants(kind: Kind, language: &LanguageWords, base: &Base<'_>) -> Vec<Variant> {
    let own = |turn: &&Turn| turn.kind == kind.as_str();
    let Some(turn) = language.raw.turn.iter().find(own) else {
        return Vec::new();
    };
    if !can_turn(kind, language, base) {
        return Vec::new();
    }
    let mut all = Vec::new();
    for replace in &turn.replace {
        let longest = replace
            .from
            .iter()
            .map(|from| words(from))
            .filter(|from| find(&base.words, from, 0).is_some_and(|at| at.start == 0))
            .max_by_key(Vec::len);
        let Some(from) = longest else { continue };
        for to in &replace.to {
            let said = turned(turn, base, &from, to);
            let texts = said.map(|said| placed(turn, replace, base, said));
            let texts = texts.into_iter().flatten();
            all.extend(texts.map(|text| Variant::same(kind, text, base)));
        }
    }
    all
}

/// Whether turning its beginning turns the whole command: one order, or one task, whose title may hold any words.
fn can_turn(kind: Kind, language: &LanguageWords, base: &Base<'_>) -> bool {
    let (items, tasks) = (&base.answer.items, &base.answer.tasks);
    let one_order = tasks.is_empty() && !items.is_empty() && orders(language, &base.words) <= 1;
    let one_task = items.is_empty() && tasks.len() == 1 && kind != Kind::Elsewhere;
    base.executes() && base.is_one_line() && (one_order || one_task)
}

/// The text with another beginning.
fn turned(turn: &Turn, base: &Base<'_>, from: &[Word], to: &str) -> Option<String> {
    let text = base.text();
    let span = bytes(&base.words, &(0..from.len()))?;
    let beginning = first_small(text.get(span.clone())?);
    let by = to.replace("{}", &beginning);
    let by = if text.starts_with(char::is_uppercase) {
        first_large(&by)
    } else {
        by
    };
    let said = replaced(text, &span, &by)?;
    Some(if turn.end.is_empty() {
        said
    } else {
        let (body, _) = split_end(&said);
        format!("{body}{}", turn.end)
    })
}

/// The text with each of the places that it may get; the text alone where it gets none.
fn placed(turn: &Turn, replace: &Replace, base: &Base<'_>, said: String) -> Vec<String> {
    if replace.place_to.is_empty() {
        return vec![said];
    }
    let all = words(&said);
    // A list of one's own beside it would be two places.
    let names_a_list = base.lists.iter().any(|list| {
        words(list).iter().any(|name| {
            let stem: String = name.plain.chars().take(4).collect();
            all.iter().any(|word| word.plain.starts_with(&stem))
        })
    });
    if names_a_list {
        return Vec::new();
    }
    let place = turn
        .places
        .iter()
        .filter_map(|place| find(&all, &words(place), 0))
        .max_by_key(ExactSizeIterator::len)
        .and_then(|at| bytes(&all, &at));
    let texts = replace.place_to.iter().filter_map(|to| match &place {
        Some(span) => replaced(&said, span, to),
        None => Some(super::text::behind(&said, &format!(" {to}"))),
    });
    texts.collect()
}
