//! Several things to do in one title: each full verb phrase is a task of its own.

use std::ops::Range;

use crate::languages::ru;

use super::NoTitle;
use crate::engine::Engine;
use crate::phrase::Forms;
use crate::token::{Script, TokenKind};
use crate::utterance::{View, Word};

/// «помыть окна и вынести мусор»: the places where a full verb phrase follows another, as ranges of the view.
///
/// # Errors
/// [`NoTitle::AnotherOrder`] where a verb phrase of another form follows («напомни позвонить врачу и купи хлеб»): that is a clause of its own.
pub(crate) fn split(engine: &Engine, view: &View<'_>) -> Result<Vec<Range<usize>>, NoTitle> {
    let known = &engine.pack.known;
    let whole = || std::iter::once(0..view.at.len()).collect();
    // Behind an order to remind, English begins with a verb whether the pack knows it or not.
    let english = view
        .token(0)
        .is_some_and(|token| token.script == Script::Latin);
    let order = Forms::IMPERATIVE.or(Forms::INFINITIVE);
    let leads = verb_form(engine, view, 0);
    let first = leads.or_else(|| {
        // «окна помыть и мусор вынести»
        (!english)
            .then(|| {
                ru::title::verb(
                    engine,
                    view,
                    0..end_of_piece(engine, view, 0),
                    super::Lead::Open,
                )
            })
            .flatten()
            .and_then(|at| verb_form(engine, view, at))
    });
    let Some(form) = first.or(english.then_some(order)) else {
        return Ok(whole());
    };
    let mut starts = vec![0];
    let mut quoted = false;
    for at in 1..view.at.len() {
        quoted ^= view.token(at - 1).is_some_and(|token| token.is("\""));
        if quoted || !begins_piece(engine, view, at) {
            continue;
        }
        let own = verb_form(engine, view, at).or_else(|| {
            // Behind a verb that led, a noun is its second object («помыть окна и полы»); only a verb of its own makes it another task.
            if english {
                return None;
            }
            let end = end_of_piece(engine, view, at);
            let verb = ru::title::verb(engine, view, at..end, super::Lead::Open)?;
            verb_form(engine, view, verb)
        });
        match own {
            Some(other) if other.meets(form) => starts.push(at),
            Some(other) if other.meets(Forms::IMPERATIVE) => return Err(NoTitle::AnotherOrder),
            _ => {}
        }
    }
    let count = view.at.len();
    let parts: Vec<Range<usize>> = starts
        .iter()
        .enumerate()
        .map(|(index, &start)| start..starts.get(index + 1).copied().unwrap_or(count))
        .collect();
    let names_nothing = |part: &Range<usize>| {
        objects(known.and, &view.part(part.clone()))
            .next()
            .is_none()
    };
    if parts.len() > 1 && parts.iter().all(names_nothing) {
        return Ok(whole());
    }
    // «убрать и проветрить комнату», «помыть машину и высушить её»: a verb without an object of its own shares another's.
    let mut joined: Vec<Range<usize>> = Vec::new();
    let mut waits = false;
    for part in parts {
        let piece = view.part(part.clone());
        let lacks = !is_alone(engine, &piece) && objects(known.and, &piece).next().is_none();
        match joined.last_mut() {
            Some(last) if waits || lacks || borrows(known.and, &piece) => {
                last.end = part.end;
                // "wash, dry and fold the towels": a list of verbs waits for the object of the last.
                waits = waits && lacks;
            }
            _ => {
                joined.push(part);
                waits = lacks;
            }
        }
    }
    Ok(joined)
}

/// Behind a conjunction or a mark, or on a line of its own.
fn begins_piece(engine: &Engine, view: &View<'_>, at: usize) -> bool {
    let begins_line = view.token(at).is_some_and(|token| token.new_line);
    let bullet = view
        .token(at - 1)
        .is_some_and(|token| token.new_line && token.is("-"));
    begins_line
        || bullet
        || view
            .word(at - 1)
            .is_some_and(|word| word.is(engine.pack.known.and) || word.norm == "then")
        || view.token(at - 1).is_some_and(|token| {
            token.kind == TokenKind::Symbol && matches!(token.norm.as_str(), "," | ";" | ".")
        })
}

fn end_of_piece(engine: &Engine, view: &View<'_>, start: usize) -> usize {
    (start + 1..view.at.len())
        .find(|&at| begins_piece(engine, view, at))
        .unwrap_or(view.at.len())
}

/// Words beside the verb that say what it is about.
fn objects<'p>(and: crate::phrase::ClassId, piece: &'p View<'_>) -> impl Iterator<Item = &'p Word> {
    (1..piece.at.len())
        .filter_map(move |at| Some((piece.word(at)?, piece.token(at)?)))
        .filter(move |(word, token)| !word.is(and) && token.kind != TokenKind::Symbol)
        .map(|(word, _)| word)
}

/// A pronoun stands for its object («высушить её», "bring them back in"); "their toys" are another.
fn borrows(and: crate::phrase::ClassId, piece: &View<'_>) -> bool {
    let mut words =
        objects(and, piece).skip_while(|word| matches!(word.norm.as_str(), "потом" | "then"));
    let pronoun = words
        .next()
        .is_some_and(|word| matches!(word.norm.as_str(), "его" | "ее" | "их" | "it" | "them"));
    pronoun
        && words.next().is_none_or(|next| {
            next.norm.is_ascii()
                || !next
                    .readings
                    .first()
                    .is_some_and(|r| r.is_nominal() || r.is_attribute())
        })
}

/// A chore that needs no object («пропылесосить»); one that may have one needs none before a comma («пропылесосить, вымыть пол»).
fn is_alone(engine: &Engine, piece: &View<'_>) -> bool {
    let listed = piece
        .token(piece.at.len().saturating_sub(1))
        .is_some_and(|token| token.is(","));
    piece.word(0).is_some_and(|word| {
        engine
            .pack
            .chores
            .iter()
            .any(|chores| word.is(chores.alone) && (listed || !word.is(chores.verb)))
    })
}

/// The forms in which the word is a verb; a known good is none («мыло» is soap).
fn verb_form(engine: &Engine, view: &View<'_>, at: usize) -> Option<Forms> {
    let word = view.word(at)?;
    let verb = engine.pack.known.verb;
    [
        Forms::IMPERATIVE.or(Forms::INFINITIVE),
        Forms::IMPERATIVE,
        Forms::INFINITIVE,
        Forms::THIRD,
        Forms::PAST,
    ]
    .into_iter()
    .find(|&forms| {
        word.memberships
            .iter()
            .any(|m| m.class == verb && m.forms.covers(forms))
    })
}
