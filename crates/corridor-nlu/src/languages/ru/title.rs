//! Russian titles: the verb as infinitive and in front, or the noun in the nominative.

mod noun;

use std::ops::Range;

use crate::engine::Engine;
use crate::morph::{Case, Form, Pos, Reading, VerbForm};
use crate::phrase::Forms;
use crate::tasks::title::Lead;
use crate::tasks::title::said::Text;
use crate::utterance::{View, Word};

/// The words of a title slot as a title.
pub(crate) fn title(engine: &Engine, view: View<'_>, lead: Lead) -> String {
    match subject(&view) {
        Some((len, Subject::About(case))) => noun::title(engine, &view, len, Some(case)),
        Some((len, Subject::Destination(case)))
            if verb(engine, &view, 0..view.at.len(), lead).is_none() =>
        {
            noun::title(engine, &view, len, Some(case))
        }
        _ => {
            let (view, lead) = verb_first(engine, view, lead);
            match leads(engine, view.word(0), lead) {
                true => verb_phrase(engine, &view, lead),
                false => noun::title(engine, &view, 0, None),
            }
        }
    }
}

/// What a preposition in front says of the words behind it.
enum Subject {
    /// «о встрече»: a noun in this case is what the task is about.
    About(Case),
    /// «на уборку», «на почту зайти»: that, or a part of what is to be done.
    Destination(Case),
}

/// The prepositions by which a reminder names its subject, with how many words they take.
fn subject(view: &View<'_>) -> Option<(usize, Subject)> {
    let norm = |at: usize| view.word(at).map_or("", |word| word.norm.as_str());
    let (len, subject) = match (norm(0), norm(1)) {
        ("о" | "об" | "обо", _) => (1, Subject::About(Case::Locative)),
        ("про", _) => (1, Subject::About(Case::Accusative)),
        ("насчет" | "касательно" | "относительно", _) => {
            (1, Subject::About(Case::Genitive))
        }
        ("по", "поводу") => (2, Subject::About(Case::Genitive)),
        ("на", _) => (1, Subject::Destination(Case::Accusative)),
        ("для", _) => (1, Subject::Destination(Case::Genitive)),
        _ => return None,
    };
    (view.at.len() > len).then_some((len, subject))
}

/// The verb as infinitive, the rest as said; verbs behind a conjunction too.
fn verb_phrase(engine: &Engine, view: &View<'_>, lead: Lead) -> String {
    let mut text = Text::new(view);
    for at in 0..view.at.len() {
        let heads = at == 0
            || view
                .word(at - 1)
                .is_some_and(|word| word.is(engine.pack.known.and))
            || view.token(at - 1).is_some_and(|token| token.is(","));
        let form = heads.then(|| infinitive(engine, view.word(at), lead));
        text.push(at, form.flatten());
    }
    text.finish()
}

/// The verb within `range` that says what is to be done: an order or an infinitive, behind a doer any finite form.
pub(crate) fn verb(
    engine: &Engine,
    view: &View<'_>,
    range: Range<usize>,
    lead: Lead,
) -> Option<usize> {
    let start = range.start;
    range.into_iter().find(|&at| {
        let hangs = at > start && view.word(at - 1).is_some_and(takes_infinitive);
        !hangs && view.word(at).is_some_and(|word| orders(engine, word, lead))
    })
}

/// Whether the word is an order, or behind a doer any finite verb, and little else.
fn orders(engine: &Engine, word: &Word, lead: Lead) -> bool {
    let order = Forms::IMPERATIVE.or(Forms::INFINITIVE);
    let forms = match lead {
        Lead::Open => order,
        Lead::Verb => order.or(Forms::THIRD).or(Forms::PAST),
    };
    word.entry(engine.pack.known.verb, forms).is_some() && verb_share(word) > 0.5
}

/// Whether a title begins with a verb.
fn leads(engine: &Engine, word: Option<&Word>, lead: Lead) -> bool {
    let Some(word) = word else { return false };
    let verb = engine.pack.known.verb;
    let order = word
        .entry(verb, Forms::IMPERATIVE.or(Forms::INFINITIVE))
        .is_some();
    let finite = word.entry(verb, Forms::THIRD.or(Forms::PAST)).is_some();
    verb_share(word) > 0.3 || (order && word.good.is_none()) || (finite && lead == Lead::Verb)
}

fn verb_share(word: &Word) -> f32 {
    word.readings
        .iter()
        .filter(|r| r.pos == Pos::Verb && r.verb != Some(VerbForm::Participle))
        .map(|r| r.share)
        .sum()
}

/// Nouns and adjectives whose complement an infinitive is («желание поспать», «готов помочь»).
fn takes_infinitive(word: &Word) -> bool {
    word.readings.iter().any(|reading| {
        matches!(
            reading.lemma.as_str(),
            "желание"
                | "возможность"
                | "необходимость"
                | "просьба"
                | "обещание"
                | "решение"
                | "предложение"
                | "идея"
                | "план"
                | "готовый"
                | "намерение"
                | "попытка"
                | "повод"
        )
    })
}

/// The infinitive of a verb in another form; `None` where it is one, or says what happens («что приезжает бабушка»).
fn infinitive(engine: &Engine, word: Option<&Word>, lead: Lead) -> Option<String> {
    let word = word?;
    let first = word.readings.first()?;
    let happens = lead == Lead::Open && first.verb == Some(VerbForm::ThirdPerson);
    if first.verb == Some(VerbForm::Infinitive) || happens {
        return None;
    }
    let is_finite = |reading: &&Reading| {
        matches!(
            reading.verb,
            Some(
                VerbForm::Imperative
                    | VerbForm::ThirdPerson
                    | VerbForm::SecondPerson
                    | VerbForm::FirstPerson
                    | VerbForm::Past
            )
        )
    };
    let reading = word.readings.iter().find(is_finite)?;
    engine.inflect(reading, Form::Infinitive)
}

/// Words of an object that stands before its verb; more say something else («когда я буду в библиотеке, взять книгу»).
const MOST_BEFORE: usize = 6;

/// Whether another clause may begin or end at `at`: a conjunction, or a verb that says what happens.
fn opens_clause(engine: &Engine, view: &View<'_>, at: usize) -> bool {
    view.word(at).is_some_and(|word| {
        let what_happens = word.readings.first().is_some_and(|r| {
            r.share > 0.5
                && matches!(
                    r.verb,
                    Some(VerbForm::ThirdPerson | VerbForm::FirstPerson | VerbForm::SecondPerson)
                )
        });
        (what_happens && !word.is(engine.pack.known.ru.need))
            || matches!(word.norm.as_str(), "если" | "что" | "чтобы" | "который")
            || word
                .entry(engine.pack.known.time_clause, Forms::ANY)
                .is_some()
            || word.is(engine.pack.known.ru.task_noun)
    })
}

/// «окна помыть» is written «помыть окна», «мусор пусть вынесет» «вынести мусор»; what was between them and is no part of it goes.
fn verb_first<'u>(engine: &Engine, mut view: View<'u>, lead: Lead) -> (View<'u>, Lead) {
    let let_him = engine.pack.known.let_him;
    let is_subject = |word: &Word| matches!(word.norm.as_str(), "я" | "мы" | "он" | "она");
    // «чтобы я выключил утюг», «мусор пусть вынесет»
    let somebody_does = view.word(0).is_some_and(is_subject) || view.words().any(|w| w.is(let_him));
    let lead = if somebody_does { Lead::Verb } else { lead };
    let Some(at) = verb(engine, &view, 0..view.at.len(), lead) else {
        return (view, lead);
    };
    let stays = at == 0 || (leads(engine, view.word(0), lead) && !somebody_does);
    if stays || at > MOST_BEFORE || (0..at).any(|at| opens_clause(engine, &view, at)) {
        return (view, lead);
    }
    let place = view.at.remove(at);
    let mut index = 0;
    view.at.retain(|&other| {
        index += 1;
        view.utterance.words.get(other).is_none_or(|word| {
            let needs = matches!(
                word.norm.as_str(),
                "надо" | "нужно" | "пора" | "необходимо" | "бы"
            );
            !(needs || word.is(let_him) || (index == 1 && is_subject(word)))
        })
    });
    view.at.insert(0, place);
    (view.trimmed(), lead)
}
