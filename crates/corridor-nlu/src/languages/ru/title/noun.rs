//! A title without a verb: its noun and what agrees with it go to the nominative, the rest stays.

use crate::engine::Engine;
use crate::morph::{Case, Form, Gender, Number, Pos, Reading, VerbForm};
use crate::tasks::title::said::Text;
use crate::token::TokenKind;
use crate::utterance::{View, Word};

/// The words from `start` on as a title; `expected` is the case that the preposition before them governs.
pub(super) fn title(
    engine: &Engine,
    view: &View<'_>,
    start: usize,
    expected: Option<Case>,
) -> String {
    // «про "генеральную уборку"»: quoted as a whole, it is the name itself.
    let last = view.at.len().saturating_sub(1);
    let is_quote = |at: usize| view.token(at).is_some_and(|token| token.is("\""));
    let quoted = start + 1 < last && is_quote(start) && is_quote(last);
    let (start, end) = match quoted {
        true => (start + 1, last),
        false => (start, view.at.len()),
    };
    let mut forms: Vec<Option<String>> = vec![None; view.at.len()];
    let mut from = start;
    let states = expected.is_none() && view.words().any(says_what_happens);
    while !states && let Some(phrase) = phrase(engine, view, from, expected) {
        for at in from..phrase.head {
            set(
                &mut forms,
                at,
                attribute(engine, view.word(at), phrase.reading),
            );
        }
        let number = phrase.reading.number.unwrap_or(Number::Singular);
        let gender = match phrase.reading.is_attribute() {
            true => phrase.reading.gender,
            false => None,
        };
        let head = engine.inflect(phrase.reading, Form::Nominative(number, gender));
        set(&mut forms, phrase.head, head);
        // «о встрече и звонке»
        let joined = view
            .word(phrase.head + 1)
            .is_some_and(|word| word.is(engine.pack.known.and));
        if !joined || expected.is_none() {
            break;
        }
        from = phrase.head + 2;
    }
    let mut text = Text::new(view);
    for at in start..end {
        text.push(at, forms.get_mut(at).and_then(Option::take));
    }
    text.finish()
}

fn set(forms: &mut [Option<String>], at: usize, form: Option<String>) {
    if let Some(place) = forms.get_mut(at) {
        *place = form;
    }
}

fn says_what_happens(word: &Word) -> bool {
    word.readings.first().is_some_and(|reading| {
        matches!(
            reading.verb,
            Some(VerbForm::ThirdPerson | VerbForm::Past | VerbForm::FirstPerson)
        ) && reading.share > 0.5
    })
}

/// A noun with its attributes in front.
struct Phrase<'w> {
    head: usize,
    reading: &'w Reading,
}

/// The noun phrase that begins at `from`, with its head in the case expected.
fn phrase<'w>(
    engine: &Engine,
    view: &View<'w>,
    from: usize,
    expected: Option<Case>,
) -> Option<Phrase<'w>> {
    let mut at = from;
    let mut attribute = None;
    loop {
        let word = view.word(at);
        if view
            .token(at)
            .is_some_and(|token| token.kind == TokenKind::Number)
        {
            return None;
        }
        let describes = word.is_some_and(|word| describes(word, expected));
        let names = word.is_some_and(|word| {
            let share: f32 = nominal(word).map(|r| r.share).sum();
            share > 0.3 && nominal(word).any(|r| fits(r, expected))
        });
        // «рабочий стол», but «о рабочем»: what may be both describes what agrees behind it.
        let agrees = || {
            view.word(at + 1).is_some_and(|next| {
                nominal(next).any(|noun| {
                    fits(noun, expected)
                        && word.is_some_and(|word| {
                            word.readings
                                .iter()
                                .any(|r| r.is_attribute() && r.agrees_with(noun))
                        })
                })
            })
        };
        if names && !(describes && agrees()) {
            let reading = best(engine, view, from, at, expected)?;
            return Some(Phrase { head: at, reading });
        }
        if describes {
            attribute = Some(at);
        } else if !word.is_some_and(|w| w.readings.first().is_some_and(|r| r.pos == Pos::Adverb)) {
            break;
        }
        at += 1;
    }
    // «об английском», «о посевной»: an adjective that stands for a noun.
    let head = attribute?;
    let reading = view
        .word(head)?
        .readings
        .iter()
        .find(|r| r.is_attribute() && r.pos == Pos::Adjective && fits(r, expected))?;
    expected?;
    Some(Phrase { head, reading })
}

fn nominal(word: &Word) -> impl Iterator<Item = &Reading> {
    word.readings.iter().filter(|reading| reading.is_nominal())
}

fn describes(word: &Word, expected: Option<Case>) -> bool {
    word.readings
        .iter()
        .any(|r| r.is_attribute() && fits(r, expected))
        && word
            .readings
            .first()
            .is_some_and(|r| !r.is_nominal() || r.share < 0.9)
}

fn fits(reading: &Reading, expected: Option<Case>) -> bool {
    expected.is_none_or(|case| reading.case == Some(case))
}

/// The likeliest reading of the head with which all before it agrees; of two words that are written alike the one that the pack knows.
fn best<'w>(
    engine: &Engine,
    view: &View<'w>,
    from: usize,
    head: usize,
    expected: Option<Case>,
) -> Option<&'w Reading> {
    let score = |reading: &Reading| {
        let agrees = (from..head).all(|at| {
            view.word(at).is_none_or(|w| {
                !w.readings.iter().any(Reading::is_attribute)
                    || w.readings
                        .iter()
                        .any(|x| x.is_attribute() && x.agrees_with(reading))
            })
        });
        let known = engine.pack.lexicon.has_lemma(&reading.lemma);
        f32::from(u8::from(agrees)) * 2.0
            + f32::from(u8::from(reading.case == Some(Case::Accusative))) * 0.2
            + f32::from(u8::from(known)) * 0.3
            + reading.share
    };
    nominal(view.word(head)?)
        .filter(|r| fits(r, expected))
        .max_by(|a, b| score(a).total_cmp(&score(b)))
}

fn attribute(engine: &Engine, word: Option<&Word>, head: &Reading) -> Option<String> {
    let reading = word?
        .readings
        .iter()
        .find(|r| r.is_attribute() && r.agrees_with(head))?;
    let gender = head.gender.unwrap_or(Gender::Neuter);
    engine.inflect(
        reading,
        Form::Nominative(head.number.unwrap_or(Number::Singular), Some(gender)),
    )
}
