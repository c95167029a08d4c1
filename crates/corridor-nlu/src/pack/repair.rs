//! Which words of a pack a typo may be repaired to.

use super::lookup::key;
use super::{Lexicon, LookedUp};
use crate::morph::Pos;
use crate::phrase::ClassId;
use crate::typo::Slip;

impl Lexicon {
    /// Whether any class or good has this word.
    #[must_use]
    pub fn knows(&self, word: &impl LookedUp) -> bool {
        self.has_key(word.norm())
            || word.readings().iter().any(|reading| {
                // Nobody "bras" anything: "braed" is a slip.
                let good = reading.pos != Pos::Verb || !reading.lemma.is_ascii();
                self.classes.contains_key(key(&reading.lemma).as_ref())
                    || (good && self.has_key(&reading.lemma))
            })
    }

    /// The lemma of a word that a typo may be repaired to: a good by any slip, a verb of the pack by one of hand or ear. Short and grammatical
    /// words are no targets: too many slips lie near them.
    pub(crate) fn repairable(
        &self,
        word: &str,
        slip: Slip,
        morphology: &dyn crate::morph::Morphology,
    ) -> Option<String> {
        let shortest = match slip {
            Slip::Hand | Slip::Ear => 4,
            Slip::Rare => 5,
        };
        if word.chars().count() < shortest {
            return None;
        }
        let thing = self.class_names.get("thing");
        let target = |key: &str, pos: Pos| {
            (pos != Pos::Verb && self.goods_by_lemma.contains_key(key))
                || thing.is_some_and(|&thing| self.in_class(key, thing))
                || (self.classes.contains_key(key) && (is_verb(key) || self.is_order(key)))
        };
        morphology
            .find_lemma(word, &target)
            .or_else(|| target(word, Pos::Noun).then(|| word.to_owned()))
            .or_else(|| self.opens_something(word).then(|| word.to_owned()))
            .or_else(|| self.names_a_task(word, morphology))
    }

    /// «задчу», "reminedr": the words for a task itself.
    fn names_a_task(
        &self,
        word: &str,
        morphology: &dyn crate::morph::Morphology,
    ) -> Option<String> {
        const SHORTEST: usize = 5;
        let classes = crate::language::Language::ALL
            .map(|language| self.find_class_of(language, "task_noun"));
        let is_one = |key: &str, _: Pos| {
            classes
                .iter()
                .flatten()
                .any(|&class| self.in_class(key, class))
        };
        (word.chars().count() >= SHORTEST)
            .then(|| morphology.find_lemma(word, &is_one))
            .flatten()
    }

    /// Whether a lemma names a good or what chores are about.
    pub(crate) fn names_a_thing(&self, lemma: &str) -> bool {
        let thing = self.class_names.get("thing");
        self.goods_by_lemma.contains_key(lemma)
            || thing.is_some_and(|&thing| self.in_class(lemma, thing))
    }

    /// A word that phrases name as it stands («закончился», "nearly"), long enough not to be anything else.
    fn opens_something(&self, word: &str) -> bool {
        const SHORTEST: usize = 6;
        word.chars().count() >= SHORTEST && self.exact.contains_key(word)
    }

    /// English verbs that give orders or name chores, long enough not to be anything else.
    pub(crate) fn is_order(&self, key: &str) -> bool {
        const SHORTEST_VERB: usize = 5;
        key.is_ascii()
            && key.len() >= SHORTEST_VERB
            && self
                .class_names
                .get("verb")
                .is_some_and(|&verb| self.in_class(key, verb))
    }

    /// Whether a class has this one-word lemma.
    pub(crate) fn in_class(&self, lemma: &str, class: ClassId) -> bool {
        self.classes
            .get(key(lemma).as_ref())
            .is_some_and(|entries| {
                entries
                    .iter()
                    .any(|e| e.class == class && e.rest.is_empty())
            })
    }

    /// Whether a class or good is a single word of this lemma.
    pub(crate) fn has_lemma(&self, lemma: &str) -> bool {
        self.goods_by_lemma.contains_key(lemma) || self.classes.contains_key(key(lemma).as_ref())
    }

    fn has_key(&self, key: &str) -> bool {
        self.goods_by_lemma.contains_key(key)
            || self.classes.contains_key(key)
            || self.exact.contains_key(key)
            || self.later_words.contains(key)
    }
}

/// Russian infinitives by their ending; English verbs are too short and too many to repair to.
fn is_verb(lemma: &str) -> bool {
    ["ть", "ти", "чь", "ться", "тись"]
        .iter()
        .any(|ending| lemma.ends_with(ending))
}
