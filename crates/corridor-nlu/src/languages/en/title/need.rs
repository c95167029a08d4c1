//! "The gutters need clearing", "the car has to be washed": what is to be done, told of the thing it is done to.

use super::verb::{base, is_particle};
use crate::engine::Engine;
use crate::morph::VerbForm;
use crate::tasks::title::said::Text;
use crate::utterance::View;

/// The title of a clause that says what a thing needs, or `None` where it says something else.
pub(super) fn title(engine: &Engine, view: &View<'_>) -> Option<String> {
    let norm = |at: usize| view.word(at).map_or("", |word| word.norm.as_str());
    let need = (1..view.at.len()).find(|&at| is_need(norm(at)))?;
    if !is_thing(engine, view, need) {
        return None;
    }
    let (verb, form) = done(engine, view, need)?;
    let particle = usize::from(is_particle(norm(verb + 1)));
    let mut text = Text::new(view);
    text.push(verb, Some(form));
    if particle == 1 {
        text.push(verb + 1, None);
    }
    for at in 0..need {
        text.push(at, None);
    }
    for at in verb + 1 + particle..view.at.len() {
        text.push(at, None);
    }
    Some(text.finish())
}

fn is_need(norm: &str) -> bool {
    matches!(
        norm,
        "needs"
            | "need"
            | "wants"
            | "want"
            | "requires"
            | "require"
            | "should"
            | "must"
            | "has"
            | "have"
            | "ought"
            | "could"
    )
}

/// The words before `need` name a thing or a person, and neither who is to do it nor an order of their own.
fn is_thing(engine: &Engine, view: &View<'_>, need: usize) -> bool {
    let norm = |at: usize| view.word(at).map_or("", |word| word.norm.as_str());
    let determined = matches!(
        norm(0),
        "the" | "my" | "our" | "his" | "her" | "their" | "your" | "all" | "this" | "that"
    );
    let orders = !determined
        && need > 1
        && view.word(0).is_some_and(|word| {
            word.readings
                .iter()
                .any(|r| r.verb == Some(VerbForm::Base) && engine.is_verb(&r.lemma))
        });
    let pronoun = |at: usize| {
        matches!(
            norm(at),
            "i" | "we"
                | "you"
                | "he"
                | "she"
                | "they"
                | "it"
                | "someone"
                | "somebody"
                | "if"
                | "when"
                | "that's"
                | "what"
                | "which"
        )
    };
    !orders && !(0..need).any(pronoun)
}

/// The verb of what is needed, with its base form: "clearing", "to be cleared", "a clean".
fn done(engine: &Engine, view: &View<'_>, need: usize) -> Option<(usize, String)> {
    let norm = |at: usize| view.word(at).map_or("", |word| word.norm.as_str());
    let passive = |at: usize| {
        let word = view.word(at);
        base(engine, word, VerbForm::Participle)
            .or_else(|| base(engine, word, VerbForm::Past))
            // "cut", "put": all forms are alike.
            .or_else(|| base(engine, word, VerbForm::Base).filter(|verb| engine.is_verb(verb)))
            .map(|verb| (at, verb))
    };
    match (norm(need), norm(need + 1), norm(need + 2)) {
        (_, "to", "be" | "get") => passive(need + 3),
        ("should" | "must" | "could", "be" | "get", _) => passive(need + 2),
        (
            "needs" | "need" | "wants" | "want" | "requires" | "require",
            "a" | "another",
            "good" | "quick" | "proper",
        ) => noun(engine, view, need + 3),
        ("needs" | "need" | "wants" | "want" | "requires" | "require", "a" | "another", _) => {
            noun(engine, view, need + 2)
        }
        ("needs" | "need" | "wants" | "want" | "requires" | "require", ..) => {
            let verb = base(engine, view.word(need + 1), VerbForm::Gerund)?;
            Some((need + 1, verb))
        }
        _ => None,
    }
}

/// "a clean", "a wash": a verb of the pack that stands for a noun, at the end.
fn noun(engine: &Engine, view: &View<'_>, at: usize) -> Option<(usize, String)> {
    let word = view.word(at)?;
    (at + 1 == view.at.len() && engine.is_verb(&word.norm) && word.good.is_none())
        .then(|| (at, word.norm.clone()))
}
