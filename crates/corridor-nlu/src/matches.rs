//! Which rules cover a clause.

use crate::engine::Engine;
use crate::pack::{Mood, PhrasePlace, Rule};
use crate::phrase::{Captures, ClassId, Scratch, Signature, match_phrase, signatures};
use crate::utterance::{View, Word};

/// Room for candidates to begin with.
const USUAL_CANDIDATES: usize = 32;

/// A rule whose phrase covers the clause.
pub(crate) struct Match<'r> {
    pub(crate) rule: &'r Rule,
    /// Entries that the phrase names in this clause, then in general.
    pub(crate) weight: (u16, u16),
    pub(crate) captures: Captures,
}

/// Phrases that may cover a clause, by the rank of their rules: what ranks lower is not even tried where a higher rule holds.
pub(crate) struct Candidates<'r, 'v> {
    rules: &'r [Rule],
    view: &'v View<'v>,
    begins: Vec<Signature>,
    /// Rank, rule and phrase; the highest rank last.
    places: Vec<(u8, u32, u32)>,
    scratch: Scratch,
}

impl<'r, 'v> Candidates<'r, 'v> {
    /// The candidates for a clause in this mood.
    pub(crate) fn new(engine: &'r Engine, view: &'v View<'v>, mood: Mood) -> Self {
        let rules = &engine.pack.rules;
        let begins = signatures(
            view.at.len(),
            |at| crate::phrase::Words::is_mark(view, at),
            |at| view.word(at).map_or(Signature::ANYTHING, Word::signature),
        );
        let begin = begins.first().copied().unwrap_or(Signature::END);
        let mut present = Present::new(engine.pack.lexicon.class_count());
        for membership in view.words().flat_map(|word| &word.memberships) {
            present.add(membership.class);
        }
        let may_match = |place: &&PhrasePlace| {
            place.begins.meets(begin)
                && place.moods.has(mood)
                && rules
                    .get(place.rule as usize)
                    .and_then(|rule| rule.phrases.get(place.phrase as usize))
                    .is_some_and(|phrase| phrase.may_match(|class| present.has(class)))
        };
        let ranked = |place: &PhrasePlace| (place.rank, place.rule, place.phrase);
        let mut places: Vec<(u8, u32, u32)> = Vec::with_capacity(USUAL_CANDIDATES);
        for class in present.classes() {
            let keyed = engine.pack.rules_by_class.get(&class);
            places.extend(keyed.into_iter().flatten().filter(may_match).map(ranked));
        }
        // A phrase without a word of its own says nothing of the language.
        let in_language = |place: &&PhrasePlace| {
            let rule = rules.get(place.rule as usize);
            rule.is_some_and(|rule| rule.language == view.utterance.language)
        };
        let unkeyed = engine.pack.rules_without_class.iter();
        places.extend(unkeyed.filter(may_match).filter(in_language).map(ranked));
        places.sort_unstable();
        places.dedup();
        Self {
            rules,
            view,
            begins,
            places,
            scratch: Scratch::default(),
        }
    }

    /// The rules of the next rank whose phrases cover the clause, by how much the phrase itself says; `None` after the last.
    pub(crate) fn next_rank(&mut self) -> Option<Vec<Match<'r>>> {
        let &(rank, ..) = self.places.last()?;
        let from = self.places.partition_point(|&(other, ..)| other < rank);
        let mut found: Vec<Match<'r>> = Vec::new();
        for (_, r, p) in self.places.drain(from..) {
            let Some(rule) = self.rules.get(r as usize) else {
                continue;
            };
            let Some(phrase) = rule.phrases.get(p as usize) else {
                continue;
            };
            if let Some(captures) = match_phrase(phrase, self.view, &self.begins, &mut self.scratch)
            {
                found.push(Match {
                    rule,
                    weight: (captures.named, phrase.weight),
                    captures,
                });
            }
        }
        found.sort_by_key(|m| std::cmp::Reverse(m.weight));
        Some(found)
    }
}

/// The classes of a clause's words.
struct Present(Vec<u64>);

impl Present {
    fn new(classes: usize) -> Self {
        Self(vec![0; classes.div_ceil(64)])
    }

    fn add(&mut self, class: ClassId) {
        if let Some(bits) = self.0.get_mut(usize::from(class.0 / 64)) {
            *bits |= 1 << (class.0 % 64);
        }
    }

    fn has(&self, class: ClassId) -> bool {
        self.0
            .get(usize::from(class.0 / 64))
            .is_some_and(|bits| bits & (1 << (class.0 % 64)) != 0)
    }

    fn classes(&self) -> impl Iterator<Item = ClassId> {
        (0..).zip(&self.0).flat_map(|(high, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let low = u16::try_from(left.trailing_zeros())
                    .ok()
                    .filter(|low| *low < 64)?;
                left &= left - 1;
                Some(ClassId(high * 64 + low))
            })
        })
    }
}
