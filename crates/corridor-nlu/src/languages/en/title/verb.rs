//! Forms of English verbs to their base, without a dictionary of verbs: the pack's verbs first, then what the list of words has.

use crate::engine::Engine;
use crate::languages::en::vocabulary;
use crate::morph::{Reading, VerbForm};
use crate::utterance::{View, Word};

/// The base of a word in this form of a verb, or `None` where it is none.
pub(super) fn base(engine: &Engine, word: Option<&Word>, form: VerbForm) -> Option<String> {
    let word = word?;
    let readings = || word.readings.iter().filter(|r| r.verb == Some(form));
    if let Some(known) = readings().find(|r| engine.is_verb(&r.lemma)) {
        return Some(known.lemma.clone());
    }
    // "writing" is of "write" and not of "writ": a short stem would have doubled its letter.
    let silent = |r: &&Reading| r.lemma.ends_with('e') && vocabulary::contains(&r.lemma);
    readings()
        .find(silent)
        .or_else(|| readings().find(|r| vocabulary::contains(&r.lemma)))
        .map(|reading| reading.lemma.clone())
}

/// Whether what begins at `at` is the object of a verb before it: a determiner, a pronoun, a number, a name, or a particle.
pub(super) fn opens_object(engine: &Engine, view: &View<'_>, at: usize) -> bool {
    view.word(at).is_some_and(|word| {
        word.is(engine.pack.known.person)
            || word.number.is_some()
            || word.norm.ends_with("'s")
            || is_particle(&word.norm)
            || matches!(
                word.norm.as_str(),
                "the"
                    | "a"
                    | "an"
                    | "my"
                    | "our"
                    | "your"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "this"
                    | "that"
                    | "these"
                    | "those"
                    | "some"
                    | "all"
                    | "any"
                    | "both"
                    | "it"
                    | "them"
                    | "him"
                    | "me"
                    | "us"
                    | "everything"
                    | "something"
            )
    })
}

/// "pick up", "take out".
pub(super) fn is_particle(norm: &str) -> bool {
    matches!(
        norm,
        "up" | "out" | "off" | "down" | "away" | "back" | "over"
    )
}
