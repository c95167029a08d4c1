//! Known goods inside a run of English words: where one ends and the next begins, and how it is shown.

use super::{LONGEST_COMPOUND, MOST_DESCRIBING};
use crate::items::{Reader, name};
use crate::languages::en::morphology::plural;
use crate::pack::{Good, GoodNumber};
use crate::phrase::Forms;

impl Reader<'_, '_> {
    pub(crate) fn inside_good(&self, start: usize, at: usize) -> bool {
        (start..at).any(|i| {
            self.view
                .word(i)
                .and_then(|word| word.good)
                .is_some_and(|(_, len)| i + len > at)
        })
    }

    /// "eggs milk bread": a plural does not modify what follows, nor does one known good another unless the second is a head of
    /// compounds ("tomato sauce").
    pub(crate) fn next_good_begins(&self, start: usize, at: usize, measured: bool) -> bool {
        let known = &self.engine.pack.known;
        let Some((id, len)) = self.view.word(at).and_then(|word| word.good) else {
            return false;
        };
        // "medium grit sandpaper", "milk skimmed", "sage and onion stuffing"
        if self.ends_pair(start, at)
            || self.is_known(at - 1, known.modifier)
            || (self.is_known(at, known.modifier) && !self.has_noun_at(at + 1))
        {
            return false;
        }
        // "size 3 nappies" is no list, "chopped tomatoes garlic" is one.
        let Some((from, good)) =
            (start..at).find_map(|from| Some((from, self.whole_good(from, at)?)))
        else {
            return false;
        };
        let product = |at: usize| self.is_known(at, known.items.product);
        if good.brand {
            return product(from);
        }
        let next = self
            .view
            .word(at)
            .and_then(|word| word.good)
            .and_then(|(id, _)| self.engine.pack.lexicon.good(id));
        // "ketchup Heinz": a brand behind its good.
        if next.is_some_and(|next| next.brand) && !product(at) {
            return false;
        }
        // "500 g of bread flour"
        let compound = measured && self.is_known(at, known.compound_head);
        if !compound && (from..at).any(|i| self.is_known(i, known.items.alone)) {
            return true;
        }
        let said_plural = (good.number == GoodNumber::Plural
            && name::as_said(self.view, from..at) == good.key)
            || self.view.word(at - 1).is_some_and(|word| {
                word.norm.ends_with('s')
                    && word
                        .readings
                        .iter()
                        .any(|r| r.number == Some(crate::morph::Number::Plural))
            });
        // "washing powder [fabric softener]": a head of compounds that is none here, as its own noun follows.
        let whole = len > 1
            && self
                .engine
                .pack
                .lexicon
                .good(id)
                .is_some_and(|good| !good.food);
        // "1 pound spinach spaghetti": who says how much says what.
        said_plural
            || (!measured && (whole || !self.is_known(at, known.compound_head)))
            || self.run_of_goods(start, measured) >= LONGEST_COMPOUND
    }

    /// How many known goods stand in a row without anything between them.
    pub(crate) fn run_of_goods(&self, start: usize, measured: bool) -> usize {
        let mut at = start;
        while at > 0
            && !measured
            && !self.is_separator(at - 1)
            && self
                .view
                .word(at - 1)
                .is_some_and(|word| word.good.is_some())
        {
            at -= 1;
        }
        let mut count = 0;
        while let Some((_, len)) = self.view.word(at).and_then(|word| word.good) {
            at += len;
            count += 1;
        }
        count
    }

    pub(crate) fn whole_good(&self, start: usize, end: usize) -> Option<&Good> {
        let (id, len) = self.view.word(start)?.good?;
        if start + len == end {
            self.engine.pack.lexicon.good(id)
        } else {
            None
        }
    }

    /// "free range eggs": the head decides, whatever describes it.
    pub(crate) fn ends_in_good(&self, start: usize, end: usize) -> bool {
        let known = &self.engine.pack.known;
        // "3-in-1 oil": what its number says describes it.
        let start = self
            .numbered_end(start)
            .filter(|&named| named < end)
            .unwrap_or(start);
        let Some(head) = (start..end).find(|&at| {
            self.view
                .word(at)
                .and_then(|word| word.good)
                .is_some_and(|(_, len)| at + len == end)
        }) else {
            return false;
        };
        let describes = |at: usize| {
            let Some(word) = self.view.word(at) else {
                return false;
            };
            let other = [
                known.items.function,
                known.items.deed,
                known.article,
                known.and,
            ];
            let verb = word.entry(known.verb, Forms::IMPERATIVE).is_some();
            self.is_known(at, known.modifier)
                || word.good.is_some()
                || word.number.is_some()
                || self.is_pair(start, at)
                || !(verb || other.into_iter().any(|class| self.is_known(at, class)))
        };
        head - start <= MOST_DESCRIBING && (start..head).all(describes)
    }
}

pub(crate) fn shown(good: &Good, said: String) -> String {
    let own = good.key.as_str();
    let same = own == said || plural(own) == said || own == plural(&said);
    let one_of_many = good.number == GoodNumber::Plural && own == plural(&said) && own != said;
    if good.brand || (same && !one_of_many) {
        good.name.clone()
    } else {
        said
    }
}

pub(crate) fn pluralised(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((head, last)) => format!("{head} {}", plural(last)),
        None => plural(name),
    }
}
