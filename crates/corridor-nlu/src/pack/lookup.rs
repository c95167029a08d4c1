//! Looking words up: the classes and the good that begin at a word.

use std::borrow::Cow;

use super::lexicon::{
    ClassEntry, GoodId, GoodNumber, Lexicon, LookedUp, Membership, names_a_thing,
};
use crate::morph::{Number, Pos, Reading, VerbForm};
use crate::phrase::Forms;

impl Lexicon {
    /// Puts the classes of the word at `at` into `out`. Readings as a Russian verb below `least_share` are passed over.
    pub fn memberships<W: LookedUp>(
        &self,
        words: &[W],
        at: usize,
        least_share: f32,
        out: &mut Vec<Membership>,
    ) {
        let Some(word) = words.get(at) else { return };
        if let Some(entries) = self.exact.get(word.norm()) {
            self.enter(entries, words, at, Forms::ANY, out);
        }
        let mut same_as_form = false;
        for reading in word.readings() {
            same_as_form |= reading.lemma == word.norm();
            if reading.pos == Pos::Verb && reading.share < least_share {
                continue;
            }
            if let Some(entries) = self.classes.get(key(&reading.lemma).as_ref()) {
                self.enter(entries, words, at, forms_of(reading), out);
            }
        }
        if !same_as_form && let Some(entries) = self.classes.get(word.norm()) {
            self.enter(entries, words, at, Forms::ANY, out);
        }
    }

    pub(super) fn enter<W: LookedUp>(
        &self,
        entries: &[ClassEntry],
        words: &[W],
        at: usize,
        forms: Forms,
        out: &mut Vec<Membership>,
    ) {
        for entry in entries {
            let len = if entry.rest.is_empty() {
                1
            } else if entry
                .rest
                .iter()
                .zip(at + 1..)
                .all(|(w, i)| words.get(i).is_some_and(|x| has_lemma(x, w)))
            {
                entry.rest.len() + 1
            } else if entry.separable
                && let [particle] = entry.rest.as_slice()
                && matches!(
                    particle.as_str(),
                    "out" | "up" | "off" | "away" | "down" | "back"
                )
                && words
                    .iter()
                    .skip(at + 2)
                    .take(5)
                    .any(|w| w.norm() == particle)
            {
                1
            } else {
                continue;
            };
            let len = u16::try_from(len).unwrap_or(u16::MAX);
            match out
                .iter_mut()
                .find(|m| m.class == entry.class && m.len == len)
            {
                Some(known) => known.forms = known.forms.or(forms),
                None => out.push(Membership {
                    class: entry.class,
                    forms,
                    len,
                }),
            }
        }
    }

    /// The longest good that begins at word `at`, and how many words it takes.
    pub fn good_at<W: LookedUp>(&self, words: &[W], at: usize) -> Option<(GoodId, usize)> {
        let word = words.get(at)?;
        let mut best: Option<(GoodId, usize, u8)> = None;
        let mut consider = |key: &str| {
            for entry in self.goods_by_lemma.get(key).into_iter().flatten() {
                let len = entry.rest.len() + 1;
                let merit = self.merit(entry.good, word.norm());
                let better = best.is_none_or(|(_, longest, most)| (len, merit) > (longest, most));
                let fits = better
                    && entry.rest.iter().zip(at + 1..).all(|(lemmas, i)| {
                        words
                            .get(i)
                            .is_some_and(|w| lemmas.iter().any(|lemma| has_lemma(w, lemma)))
                    });
                if fits {
                    best = Some((entry.good, len, merit));
                }
            }
        };
        consider(word.norm());
        for reading in word.readings().iter().filter(|r| names_a_thing(r)) {
            if reading.lemma != word.norm() {
                consider(&reading.lemma);
            }
        }
        best.map(|(good, len, _)| (good, len))
    }

    /// Of goods that a word may name, the one called just so goes first, then one that has a singular («краска» before «краски»).
    pub(super) fn merit(&self, good: GoodId, norm: &str) -> u8 {
        match self.good(good) {
            Some(good) if good.key == norm => 2,
            Some(good) if good.number != GoodNumber::Plural => 1,
            _ => 0,
        }
    }
}

pub(super) fn has_lemma(word: &impl LookedUp, lemma: &str) -> bool {
    word.norm() == lemma
        || word
            .readings()
            .iter()
            .any(|r| r.lemma == lemma || key(&r.lemma) == lemma)
}

/// The key of a dictionary's lemma, which has its ё.
pub(super) fn key(lemma: &str) -> Cow<'_, str> {
    if lemma.contains('ё') {
        Cow::Owned(lemma.replace('ё', "е"))
    } else {
        Cow::Borrowed(lemma)
    }
}

pub(super) fn forms_of(reading: &Reading) -> Forms {
    let verb = match reading.verb {
        Some(VerbForm::Imperative) => Some(Forms::IMPERATIVE),
        Some(VerbForm::Infinitive) => Some(Forms::INFINITIVE),
        Some(VerbForm::Base) => Some(Forms::IMPERATIVE.or(Forms::INFINITIVE)),
        Some(VerbForm::SecondPerson) => Some(Forms::SECOND),
        Some(VerbForm::ThirdPerson) => Some(Forms::THIRD),
        Some(VerbForm::FirstPerson) => Some(Forms::FIRST),
        Some(VerbForm::Past) => Some(Forms::PAST),
        Some(VerbForm::Participle) => Some(Forms::PARTICIPLE),
        Some(VerbForm::Gerund) => Some(Forms::GERUND),
        None => None,
    };
    match (verb, reading.number) {
        // English forms are verb and noun at once.
        (Some(verb), Some(Number::Singular | Number::Plural)) if reading.is_nominal() => {
            verb.or(Forms::NOMINAL)
        }
        (Some(verb), _) => verb,
        (None, _) => Forms::NOMINAL,
    }
}
