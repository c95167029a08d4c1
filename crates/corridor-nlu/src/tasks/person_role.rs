//! Who a person in a clause is: the one who is to do it, or the one to whom or for whom it is done. Case and voice tell, with the verb
//! beside the name; where they do not, nobody guesses.

use crate::engine::Engine;
use crate::language::Language;
use crate::languages::{en, ru};
use crate::token::TokenKind;
use crate::utterance::View;

/// What a person is to the task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PersonRole {
    /// Is to do it: «Саша, почини кран», "Sam needs to pick up the parcel".
    Doer,
    /// It is done to or for them: «Сашу надо забрать», "Sam needs to be picked up".
    Object,
    /// Either, as far as grammar tells: ask.
    Undecided,
}

/// The role of the person whose name begins at `at` of the clause. The clause is a whole one with its order («напомни Саше…»), without
/// times and fillers.
pub(crate) fn person_role(engine: &Engine, view: &View<'_>, at: usize) -> PersonRole {
    match view.utterance.language {
        Language::Ru => ru::person_role::role(engine, view, at),
        Language::En => en::person_role::role(engine, view, at),
    }
}

/// The first position behind a name that begins at `at`, and behind names beside it: «Анне Петровне», "Anna Maria", "Bob and Sam".
pub(crate) fn end_of_names(engine: &Engine, view: &View<'_>, at: usize) -> usize {
    let known = &engine.pack.known;
    let is = |index: usize, class| view.word(index).is_some_and(|word| word.is(class));
    let mut end = at + 1;
    loop {
        if is(end, known.person) {
            end += 1;
        } else if is(end, known.and) && is(end + 1, known.person) {
            end += 2;
        } else {
            return end;
        }
    }
}

/// The word before `at`, over marks.
pub(crate) fn before(view: &View<'_>, at: usize) -> Option<usize> {
    (0..at).rev().find(|&index| is_said(view, index))
}

/// The word from `at` on, over marks.
pub(crate) fn from(view: &View<'_>, at: usize) -> Option<usize> {
    (at..view.at.len()).find(|&index| is_said(view, index))
}

fn is_said(view: &View<'_>, index: usize) -> bool {
    view.token(index)
        .is_some_and(|token| token.kind != TokenKind::Symbol)
}

/// A comma, a colon or a dash stands at `at`.
pub(crate) fn is_break(view: &View<'_>, at: usize) -> bool {
    view.token(at).is_some_and(|token| {
        token.kind == TokenKind::Symbol && matches!(token.norm.as_str(), "," | ":" | "-")
    })
}

#[cfg(test)]
mod tests;
