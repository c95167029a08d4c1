//! Islands: words that can stand anywhere in an utterance and are understood by themselves, whatever stands around them.
//!
//! Two passes. The first finds what says nothing of the matter ([`noise`]): politeness, fillers, greetings, a recogniser's tail. The second
//! finds, among the words that are left, what opens a frame and what takes a role in one ([`find`]): orders, lists, shops, reasons.
//! What frames are made of them is the business of [`frames`](crate::frames).

pub(crate) mod noise;

use std::ops::Range;

use crate::engine::Engine;
use crate::pack::{Finds, PhrasePlace, Role, Rule};
use crate::phrase::{Captures, ClassId, Scratch, Signature, Slot, Words, match_from, signatures};
use crate::utterance::{View, Word};

/// An island in a view; all positions are the view's.
#[derive(Clone)]
pub(crate) struct Island<'r> {
    pub(crate) rule: &'r Rule,
    pub(crate) range: Range<usize>,
    pub(crate) captures: Captures,
}

/// Phrases by the classes with one of which they begin.
pub(crate) type Openers = rustc_hash::FxHashMap<ClassId, Vec<PhrasePlace>>;

/// Looks for the phrases of `openers` at every word of a view.
pub(crate) struct Finder<'r, 'v, 'u> {
    engine: &'r Engine,
    openers: &'r Openers,
    view: &'v View<'u>,
    begins: Vec<Signature>,
    scratch: Scratch,
    places: Vec<PhrasePlace>,
}

impl<'r, 'v, 'u> Finder<'r, 'v, 'u> {
    pub(crate) fn new(engine: &'r Engine, openers: &'r Openers, view: &'v View<'u>) -> Self {
        let begins = signatures(
            view.at.len(),
            |at| view.is_soft_mark(at),
            |at| view.word(at).map_or(Signature::ANYTHING, Word::signature),
        );
        Self {
            engine,
            openers,
            view,
            begins,
            scratch: Scratch::default(),
            places: Vec::new(),
        }
    }

    /// For each rule, its longest island that begins at `at`.
    pub(crate) fn at(&mut self, at: usize, found: &mut Vec<Island<'r>>) {
        let Some(word) = self.view.word(at) else {
            return;
        };
        // "3-in-1 oil": inside a word with hyphens nothing begins.
        let hyphened = at > 0
            && self.view.token(at).is_some_and(|token| token.glued)
            && self
                .view
                .token(at - 1)
                .is_some_and(|before| before.is("-") && before.glued);
        if hyphened {
            return;
        }
        self.places.clear();
        for membership in &word.memberships {
            if let Some(places) = self.openers.get(&membership.class) {
                self.places.extend(places);
            }
        }
        self.places.sort_unstable();
        self.places.dedup();
        let words = WithinSentence(self.view);
        for place in &self.places {
            let Some(rule) = self.engine.pack.rules.get(place.rule as usize) else {
                continue;
            };
            let Some(phrase) = rule.phrases.get(place.phrase as usize) else {
                continue;
            };
            let Some((end, captures)) =
                match_from(phrase, &words, at, &self.begins, &mut self.scratch)
            else {
                continue;
            };
            // "for Bob's birthday": whose it is does nothing.
            let owner = captures.get(Slot::Doer).is_some_and(|doer| {
                self.view
                    .token(doer.end.saturating_sub(1))
                    .is_some_and(|token| token.norm.ends_with("'s"))
            });
            if owner {
                continue;
            }
            let range = at..self.closing_quote(at..end);
            match found
                .last_mut()
                .filter(|last| std::ptr::eq(last.rule, rule) && last.range.start == at)
            {
                Some(last) if last.range.end >= end => {}
                Some(last) => {
                    *last = Island {
                        rule,
                        range,
                        captures,
                    }
                }
                None => found.push(Island {
                    rule,
                    range,
                    captures,
                }),
            }
        }
    }
}

impl Finder<'_, '_, '_> {
    /// The end of an island with the quotation mark behind it whose fellow stands inside: «в «Пятёрочке»».
    fn closing_quote(&self, island: Range<usize>) -> usize {
        let is_quote = |at: usize| self.view.token(at).is_some_and(|token| token.is("\""));
        let end = island.end;
        let open = island.filter(|&at| is_quote(at)).count() % 2 == 1;
        end + usize::from(open && is_quote(end))
    }
}

/// Triggers and roles among the words of a view, in the order of their first words; those of different rules may overlap.
pub(crate) fn find<'r>(engine: &'r Engine, view: &View<'_>) -> Vec<Island<'r>> {
    let mut finder = Finder::new(engine, &engine.pack.openers, view);
    let mut found = Vec::new();
    for at in 0..view.at.len() {
        finder.at(at, &mut found);
    }
    // «в список того, что надо купить»: words inside the name of a list open nothing.
    let lists: Vec<Range<usize>> = found
        .iter()
        .filter(|island| {
            matches!(
                island.rule.finds,
                Finds::Island(Role::List | Role::TaskList)
            )
        })
        .map(|island| island.range.clone())
        .collect();
    found.retain(|island| {
        let within =
            |list: &Range<usize>| list.start <= island.range.start && island.range.end <= list.end;
        let opens = matches!(
            island.rule.finds,
            Finds::Trigger(_) | Finds::Island(Role::Statement | Role::Reason)
        );
        !opens || !lists.iter().any(within)
    });
    found
}

/// A view in which only marks inside a sentence are passed over.
struct WithinSentence<'v, 'u>(&'v View<'u>);

impl Words for WithinSentence<'_, '_> {
    fn count(&self) -> usize {
        self.0.count()
    }

    fn entry(&self, at: usize, class: ClassId, forms: crate::phrase::Forms) -> Option<usize> {
        self.0.entry(at, class, forms)
    }

    fn entries(&self, at: usize, set: &[(ClassId, crate::phrase::Forms)]) -> u32 {
        self.0.entries(at, set)
    }

    fn is_mark(&self, at: usize) -> bool {
        self.0.is_soft_mark(at)
    }
}

impl Island<'_> {
    /// Whether it is an island or trigger of exactly this kind.
    pub(crate) fn finds(&self, finds: Finds) -> bool {
        self.rule.finds == finds
    }
}
