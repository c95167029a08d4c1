//! Titles: the thing to do, as a person would write it on a list of tasks.

pub(crate) mod said;
mod split;

use crate::engine::Engine;
use crate::language::Language;
use crate::languages::{en, ru};
use crate::morph::Pos;
use crate::phrase::Forms;
use crate::token::Script;
use crate::utterance::{View, Word};

use said::{as_said, balanced};
pub(crate) use split::split;

/// Splits off a clause of time behind the thing to do («когда придут гости», "before the kids wake up"): no calendar can tell it.
pub(crate) fn without_time_clause<'u>(
    engine: &Engine,
    view: View<'u>,
) -> (View<'u>, Option<String>) {
    const SHORTEST_TITLE: usize = 2;
    const SHORTEST_CLAUSE: usize = 3;
    let opens = (SHORTEST_TITLE..view.at.len()).find(|&at| {
        view.word(at).is_some_and(|word| {
            word.entry(engine.pack.known.time_clause, Forms::ANY)
                .is_some()
        }) && view.at.len() - at >= SHORTEST_CLAUSE
    });
    match opens {
        Some(at) => {
            let note = as_said(&view, at..view.at.len());
            (view.part(0..at).trimmed(), Some(note))
        }
        None => (view, None),
    }
}

/// Why words are no title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoTitle {
    /// Nothing is said.
    Nothing,
    /// Only pointed at («об этом», "it").
    Pointer,
    /// A second order stands inside.
    AnotherOrder,
}

/// What a title's first word is, as far as the rule tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Whatever the word itself is likeliest to be.
    Open,
    /// A verb («пусть Петя полет грядки»).
    Verb,
}

/// Words of a title slot to a title.
///
/// # Errors
/// Why there is none.
pub(crate) fn read(engine: &Engine, view: &View<'_>, lead: Lead) -> Result<String, NoTitle> {
    let known = &engine.pack.known;
    let view = without_tail(engine, without_lead(engine, view.clone().trimmed()));
    if view.says_nothing() {
        return Err(NoTitle::Nothing);
    }
    if view
        .words()
        .all(|word| word.is(known.pointer) || word.is(known.article) || is_function(word))
    {
        return Err(NoTitle::Pointer);
    }
    let view = balanced(view);
    let first = (0..view.at.len()).find_map(|at| {
        let script = view.token(at)?.script;
        (script != Script::None).then_some(script)
    });
    let text = if first == Some(Script::Cyrillic) {
        ru::title::title(engine, view, lead)
    } else {
        en::title::title(engine, &view, lead)
    };
    Ok(capitalised(&text))
}

fn is_function(word: &Word) -> bool {
    word.readings.first().is_some_and(|reading| {
        matches!(
            reading.pos,
            Pos::Preposition | Pos::Pronoun | Pos::Determiner
        )
    })
}

/// Without what leads up to the thing itself: conjunctions, fillers, «не забыть», "I need to".
fn without_lead<'u>(engine: &Engine, mut view: View<'u>) -> View<'u> {
    let known = &engine.pack.known;
    while view.at.len() > 1 {
        let Some(word) = view.word(0) else {
            return view;
        };
        let conjunction = matches!(
            word.norm.as_str(),
            "что" | "чтобы" | "чтоб" | "to" | "that" | "и" | "and" | "а"
        );
        let len = word
            .entry(known.filler, Forms::ANY)
            .or(word.entry(known.title_lead, Forms::ANY))
            .unwrap_or(usize::from(conjunction));
        if len == 0 || len >= view.at.len() {
            break;
        }
        view = view.part(len..view.at.len()).trimmed();
    }
    view.trimmed()
}

/// Without what is left over behind it: conjunctions, prepositions of a time that was taken out, «можешь», "asap".
fn without_tail<'u>(engine: &Engine, mut view: View<'u>) -> View<'u> {
    let known = &engine.pack.known;
    let russian = view.utterance.language == Language::Ru;
    loop {
        let count = view.at.len();
        // The longest tail of as many words as the pack lists.
        let longest = (1..count).rev().take(LONGEST_TAIL).rev().find(|&at| {
            view.word(at).is_some_and(|word| {
                word.entry(known.title_tail, Forms::ANY)
                    .is_some_and(|len| at + len == count)
            })
        });
        let cut = longest.or_else(|| {
            let last = count.checked_sub(1).filter(|&last| last > 0)?;
            let word = view.word(last)?;
            let hangs = word.is(known.and)
                || (russian
                    && word
                        .readings
                        .first()
                        .is_some_and(|r| r.pos == Pos::Preposition));
            hangs.then_some(last)
        });
        // "that the rent is due"
        let said_of = |at: &usize| {
            view.word(at - 1).is_some_and(|word| {
                matches!(word.norm.as_str(), "is" | "are" | "be" | "not" | "не")
            })
        };
        match cut.filter(|at| !said_of(at)) {
            Some(at) => view = view.part(0..at).trimmed(),
            None => return view,
        }
    }
}

/// Words of the longest tail ("if you don't mind").
const LONGEST_TAIL: usize = 6;

fn capitalised(text: &str) -> String {
    let first = text.find(char::is_alphanumeric).unwrap_or(0);
    let (marks, rest) = text.split_at(first);
    let mut letters = rest.chars();
    match letters.next() {
        Some(letter) => marks
            .chars()
            .chain(letter.to_uppercase())
            .chain(letters)
            .collect(),
        None => text.to_owned(),
    }
}
