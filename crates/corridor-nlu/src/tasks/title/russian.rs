//! Russian titles: the verb as infinitive and in front, or the noun in the nominative.

use super::{Lead, push};
use crate::engine::Engine;
use crate::morph::{Case, Form, Gender, Number, Pos, Reading, VerbForm};
use crate::phrase::Forms;
use crate::utterance::{View, Word};

/// The words of a title slot as a title.
pub(super) fn russian(engine: &Engine, view: &View<'_>, lead: Lead) -> String {
    let mut start = 0;
    let preposition = view
        .word(0)
        .and_then(|word| case_of_preposition(&word.norm));
    if preposition.is_some() && view.at.len() > 1 {
        start = 1;
    }
    let mut parts: Vec<String> = Vec::new();
    let mut at = start;
    if start == 0
        && (starts_with_verb(engine, view) || (lead == Lead::Verb && is_verb(engine, view)))
    {
        while at < view.at.len() {
            let heads = at == 0
                || view
                    .word(at - 1)
                    .is_some_and(|word| word.is(engine.pack.known.and))
                || view.token(at - 1).is_some_and(|token| token.is(","));
            push(
                &mut parts,
                view,
                at,
                heads
                    .then(|| infinitive(engine, view.word(at), lead))
                    .flatten(),
            );
            at += 1;
        }
        return parts.join(" ");
    }
    // A noun phrase: its noun and what agrees with it go to the nominative, the rest stays.
    let expected = preposition.flatten();
    let head = (start..view.at.len()).find(|&i| {
        view.word(i).is_some_and(|word| {
            word.readings
                .iter()
                .any(|r| r.is_nominal() && r.share > 0.3 && fits(r, expected))
        }) && !view
            .word(i)
            .is_some_and(|word| word.readings.first().is_some_and(Reading::is_attribute))
    });
    let reading = head.and_then(|head| head_reading(view, start, head, expected));
    while at < view.at.len() {
        let changed = match (head, reading) {
            (Some(head), Some(reading)) if at == head => engine.inflect(
                reading,
                Form::Nominative(reading.number.unwrap_or(Number::Singular), None),
            ),
            (Some(head), Some(reading)) if at < head => attribute(engine, view.word(at), reading),
            _ => None,
        };
        push(&mut parts, view, at, changed);
        at += 1;
    }
    parts.join(" ")
}

fn starts_with_verb(engine: &Engine, view: &View<'_>) -> bool {
    view.word(0).is_some_and(|word| {
        let order = word
            .entry(
                engine.pack.known.verb,
                Forms::IMPERATIVE.or(Forms::INFINITIVE),
            )
            .is_some();
        let share: f32 = word
            .readings
            .iter()
            .filter(|r| r.pos == Pos::Verb && r.verb != Some(VerbForm::Participle))
            .map(|r| r.share)
            .sum();
        share > 0.3 || (order && word.good.is_none())
    })
}

fn is_verb(engine: &Engine, view: &View<'_>) -> bool {
    view.word(0).is_some_and(|word| {
        word.entry(engine.pack.known.verb, Forms::THIRD.or(Forms::PAST))
            .is_some()
    })
}

fn fits(reading: &Reading, expected: Option<Case>) -> bool {
    expected.is_none_or(|case| reading.case == Some(case))
}

fn head_reading<'w>(
    view: &View<'w>,
    start: usize,
    head: usize,
    expected: Option<Case>,
) -> Option<&'w Reading> {
    let word = view.word(head)?;
    word.readings
        .iter()
        .filter(|r| r.is_nominal() && fits(r, expected))
        .max_by(|a, b| {
            let score = |reading: &Reading| {
                let agrees = (start..head).all(|at| {
                    view.word(at).is_none_or(|w| {
                        !w.readings.iter().any(Reading::is_attribute)
                            || w.readings
                                .iter()
                                .any(|x| x.is_attribute() && x.agrees_with(reading))
                    })
                });
                f32::from(u8::from(agrees)) * 2.0
                    + f32::from(u8::from(reading.case == Some(Case::Accusative))) * 0.2
                    + reading.share
            };
            score(a).total_cmp(&score(b))
        })
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

fn infinitive(engine: &Engine, word: Option<&Word>, lead: Lead) -> Option<String> {
    let word = word?;
    // «напомни, что приезжает бабушка» says what happens, not what is to be done.
    if lead == Lead::Open && word.readings.first()?.verb == Some(VerbForm::ThirdPerson) {
        return None;
    }
    let reading = word.readings.iter().find(|r| {
        matches!(
            r.verb,
            Some(
                VerbForm::Imperative
                    | VerbForm::ThirdPerson
                    | VerbForm::SecondPerson
                    | VerbForm::FirstPerson
                    | VerbForm::Past
            )
        )
    })?;
    engine.inflect(reading, Form::Infinitive)
}

/// «окна помыть» is written «помыть окна», «мусор пусть вынесет» «вынести мусор».
pub(super) fn verb_first<'u>(engine: &Engine, mut view: View<'u>) -> View<'u> {
    let known = &engine.pack.known;
    let is_order = |index: usize, view: &View<'_>| {
        view.word(index).is_some_and(|word| {
            word.entry(
                known.verb,
                Forms::IMPERATIVE.or(Forms::INFINITIVE).or(Forms::THIRD),
            )
            .is_some()
                && word
                    .readings
                    .iter()
                    .filter(|r| r.pos == Pos::Verb)
                    .map(|r| r.share)
                    .sum::<f32>()
                    > 0.5
        })
    };
    let last = view.at.len().saturating_sub(1);
    let subject_leads = view
        .word(0)
        .is_some_and(|word| case_of_preposition(&word.norm).is_none());
    if last > 0
        && subject_leads
        && is_order(last, &view)
        && !is_order(0, &view)
        && let Some(verb) = view.at.pop()
    {
        // «мусор пусть вынесет», «мусор надо вынести»
        view.at.retain(|&at| {
            let need = view.utterance.words.get(at).is_some_and(|word| {
                matches!(word.norm.as_str(), "надо" | "нужно" | "пора" | "необходимо")
            });
            !need && !view.utterance.has(at, known.let_him)
        });
        view.at.insert(0, verb);
    }
    view.trimmed()
}

/// Prepositions by which a reminder names its subject, with the case they govern.
fn case_of_preposition(norm: &str) -> Option<Option<Case>> {
    Some(match norm {
        "о" | "об" | "обо" => Some(Case::Locative),
        "про" | "на" => Some(Case::Accusative),
        "насчет" | "касательно" | "для" => Some(Case::Genitive),
        _ => return None,
    })
}
