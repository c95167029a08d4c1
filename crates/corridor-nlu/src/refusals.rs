//! Which refusals cover a clause: what is outside the pack, and what Corridor itself must not do.

use crate::engine::Engine;
use crate::pack::{Asked, Finds, Mood, PhrasePlace, Rule};
use crate::phrase::{ClassId, Scratch, Signature, Words, match_phrase, signatures};
use crate::utterance::{View, Word};

/// The first refusal, in the order of the pack, that covers the clause in this mood.
pub(crate) fn find<'r>(
    engine: &'r Engine,
    view: &View<'_>,
    mood: Mood,
    asked: Asked,
) -> Option<&'r Rule> {
    let present = Present::of(engine, view);
    let rules = &engine.pack.rules;
    let asks = |rule: &Rule| matches!(rule.finds, Finds::NotOurs(_, when) | Finds::Reject(_, when) if when == asked);
    let mut places: Vec<PhrasePlace> = Vec::new();
    for class in present.classes() {
        let keyed = engine.pack.refusals.get(&class).into_iter().flatten();
        places.extend(keyed.filter(|place| {
            rules.get(place.rule as usize).is_some_and(|rule| {
                asks(rule)
                    && rule.moods.contains(&mood)
                    && rule
                        .phrases
                        .get(place.phrase as usize)
                        .is_some_and(|phrase| phrase.may_match(|class| present.has(class)))
            })
        }));
    }
    if places.is_empty() {
        return None;
    }
    places.sort_unstable();
    places.dedup();
    let begins = signatures(
        view.at.len(),
        |at| Words::is_mark(view, at),
        |at| view.word(at).map_or(Signature::ANYTHING, Word::signature),
    );
    let mut scratch = Scratch::default();
    places.into_iter().find_map(|place| {
        let rule = rules.get(place.rule as usize)?;
        let phrase = rule.phrases.get(place.phrase as usize)?;
        match_phrase(phrase, view, &begins, &mut scratch).map(|_| rule)
    })
}

/// The classes of a clause's words.
struct Present(Vec<u64>);

impl Present {
    fn of(engine: &Engine, view: &View<'_>) -> Self {
        let mut present = Self(vec![0; engine.pack.lexicon.class_count().div_ceil(64)]);
        for membership in view.words().flat_map(|word| &word.memberships) {
            let class = membership.class;
            if let Some(bits) = present.0.get_mut(usize::from(class.0 / 64)) {
                *bits |= 1 << (class.0 % 64);
            }
        }
        present
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
