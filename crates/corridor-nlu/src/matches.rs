//! Which rules cover a clause.

use crate::engine::Engine;
use crate::pack::{Mood, Rule};
use crate::phrase::{Captures, ClassId, Scratch, Signature, match_phrase, signatures};
use crate::utterance::{View, Word};

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
        let rank = |&(r, p): &(u32, u32)| {
            let rule = rules.get(r as usize)?;
            let phrase = rule.phrases.get(p as usize)?;
            let may_match = phrase.may_begin(begin)
                && rule.moods.contains(&mood)
                // A phrase without a word of its own says nothing of the language.
                && (rule.language == view.utterance.language || !phrase.key_classes().is_empty())
                && phrase.may_match(|class| present.has(class));
            may_match.then_some((rule.rank, r, p))
        };
        let mut places: Vec<(u8, u32, u32)> = Vec::new();
        for class in present.classes() {
            let keyed = engine.pack.rules_by_class.get(&class);
            places.extend(keyed.into_iter().flatten().filter_map(rank));
        }
        places.extend(engine.pack.rules_without_class.iter().filter_map(rank));
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
            (0..64_u16)
                .filter(move |low| bits & (1 << low) != 0)
                .map(move |low| ClassId(high * 64 + low))
        })
    }
}
