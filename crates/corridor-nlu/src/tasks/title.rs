//! Titles: the thing to do, as a person would write it on a list of tasks.

mod russian;

use crate::engine::Engine;
use crate::morph::{Pos, VerbForm};
use crate::phrase::Forms;
use crate::token::{Script, TokenKind};
use crate::utterance::{View, Word};

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
    let mut view = without_lead(engine, view.clone().trimmed());
    while view.at.len() > 1
        && view
            .word(view.at.len() - 1)
            .is_some_and(|word| word.is(known.and))
    {
        view = view.part(0..view.at.len() - 1).trimmed();
    }
    if view.says_nothing() {
        return Err(NoTitle::Nothing);
    }
    if view
        .words()
        .all(|word| word.is(known.pointer) || word.is(known.article) || is_function(word))
    {
        return Err(NoTitle::Pointer);
    }
    let text = if view
        .token(0)
        .is_some_and(|token| token.script == Script::Cyrillic)
    {
        russian::russian(engine, &russian::verb_first(engine, view), lead)
    } else {
        english(engine, &view)
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

/// «помыть окна и вынести мусор»: the places where a full verb phrase follows another, as ranges of the view.
///
/// # Errors
/// [`NoTitle::AnotherOrder`] where a verb phrase of another form follows («напомни позвонить врачу и купи хлеб»): that is a clause of its own.
pub(crate) fn split(
    engine: &Engine,
    view: &View<'_>,
) -> Result<Vec<std::ops::Range<usize>>, NoTitle> {
    let known = &engine.pack.known;
    let whole = || std::iter::once(0..view.at.len()).collect();
    // Behind an order to remind, English begins with a verb whether the pack knows it or not.
    let english = view
        .token(0)
        .is_some_and(|token| token.script == Script::Latin);
    let first = verb_form(engine, view, 0);
    let Some(form) = first.or(english.then_some(Forms::IMPERATIVE.or(Forms::INFINITIVE))) else {
        return Ok(whole());
    };
    let mut starts = vec![0];
    for at in 1..view.at.len() {
        let begins_after_break = view.word(at - 1).is_some_and(|word| word.is(known.and))
            || view.token(at - 1).is_some_and(|token| {
                token.kind == TokenKind::Symbol && matches!(token.norm.as_str(), "," | ";" | ".")
            });
        if !begins_after_break {
            continue;
        }
        match verb_form(engine, view, at) {
            Some(other) if other.meets(form) => starts.push(at),
            Some(other) if other.meets(Forms::IMPERATIVE) => return Err(NoTitle::AnotherOrder),
            _ => {}
        }
    }
    let mut parts = Vec::new();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(view.at.len());
        parts.push(start..end);
    }
    // «убрать и проветрить комнату», «помыть машину и высушить её»: a verb without an object of its own shares another's.
    let full = parts.iter().enumerate().all(|(index, part)| {
        let mut words = (part.start + 1..part.end)
            .filter_map(|at| Some((view.word(at)?, view.token(at)?)))
            .filter(|(word, token)| !word.is(known.and) && token.kind != TokenKind::Symbol)
            .map(|(word, _)| word)
            .peekable();
        let own = words.peek().is_some();
        let borrowed = index > 0 && words.all(stands_for_another);
        (own && !borrowed)
            || view.word(part.start).is_some_and(|word| {
                engine
                    .pack
                    .lone_chores
                    .iter()
                    .any(|&(lone, chore)| word.is(lone) && !word.is(chore))
            })
    });
    Ok(if full { parts } else { whole() })
}

/// «его», "them": an object named before.
fn stands_for_another(word: &Word) -> bool {
    matches!(
        word.norm.as_str(),
        "его" | "ее" | "их" | "it" | "them" | "потом" | "then"
    )
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

/// Without what leads up to the thing itself.
fn without_lead<'u>(engine: &Engine, mut view: View<'u>) -> View<'u> {
    loop {
        let Some(word) = view.word(0) else {
            return view;
        };
        let lead = matches!(
            word.norm.as_str(),
            "что" | "чтобы" | "to" | "that" | "и" | "and" | "а"
        ) && view.at.len() > 1;
        let len = word
            .entry(engine.pack.known.filler, Forms::ANY)
            .unwrap_or(usize::from(lead));
        if len == 0 {
            return view.trimmed();
        }
        view = view.part(len..view.at.len()).trimmed();
    }
}

fn english(engine: &Engine, view: &View<'_>) -> String {
    let mut start = 0;
    while view.word(start).is_some_and(|word| {
        matches!(
            word.norm.as_str(),
            "about" | "of" | "for" | "the" | "a" | "an" | "on" | "re" | "regarding"
        )
    }) && start + 1 < view.at.len()
    {
        start += 1;
    }
    let first = view.word(start);
    let more = start + 1 < view.at.len();
    let base = first.and_then(|word| {
        word.readings.iter().find(|reading| {
            // "Bob takes out …", "about picking up the kids": the base form, but "mopping" alone is the thing itself.
            let third = reading.verb == Some(VerbForm::ThirdPerson) && start == 0;
            // "about the meeting": behind an article it is a noun.
            let noun = (0..start).any(|at| {
                view.word(at)
                    .is_some_and(|word| matches!(word.norm.as_str(), "the" | "a" | "an"))
            });
            let gerund = reading.verb == Some(VerbForm::Gerund) && start > 0 && more && !noun;
            (third || gerund) && engine.is_verb(&reading.lemma)
        })
    });
    // "that the meeting is [tomorrow]"
    let copula = view
        .word(view.at.len().saturating_sub(1))
        .is_some_and(|word| matches!(word.norm.as_str(), "is" | "are" | "starts" | "begins"));
    let end = view.at.len() - usize::from(copula && start > 0 && view.at.len() > start + 1);
    let mut text = as_said(view, start..end);
    if let (Some(word), Some(base)) = (first, base)
        && let Some(rest) = text.strip_prefix(word.norm.as_str())
        && word.entry(engine.pack.known.article, Forms::ANY).is_none()
    {
        text = format!("{}{rest}", base.lemma);
    }
    text
}

fn push(parts: &mut Vec<String>, view: &View<'_>, at: usize, changed: Option<String>) {
    let (Some(token), Some(word)) = (view.token(at), view.word(at)) else {
        return;
    };
    let text = changed.unwrap_or_else(|| {
        let sentence_capital = at > 0
            && view.at.get(at) == Some(&0)
            && !word
                .readings
                .first()
                .is_some_and(|reading| reading.pos == Pos::ProperNoun);
        match (word.repaired, sentence_capital) {
            (true, _) => word.norm.clone(),
            (false, true) => token.text.to_lowercase(),
            (false, false) => token.text.clone(),
        }
    });
    let mark =
        token.kind == TokenKind::Symbol && matches!(token.norm.as_str(), "," | ";" | "." | ":");
    if mark
        && parts
            .last()
            .is_none_or(|last| last.ends_with([',', ';', '.', ':']))
    {
        return;
    }
    let joins = token.kind == TokenKind::Symbol
        || (token.glued && at > 0 && view.token(at - 1).is_some_and(|b| b.is("-") || b.is("№")));
    match parts.last_mut() {
        Some(last)
            if joins
                && (token.glued
                    || matches!(token.norm.as_str(), "," | "." | ";" | ":" | "!" | "?" | "%")) =>
        {
            last.push_str(&text)
        }
        _ => parts.push(text),
    }
}

fn as_said(view: &View<'_>, range: std::ops::Range<usize>) -> String {
    let mut parts = Vec::new();
    for at in range {
        push(&mut parts, view, at, None);
    }
    parts.join(" ")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
