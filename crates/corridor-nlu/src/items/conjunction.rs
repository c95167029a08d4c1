//! Conjunctions inside English names: "pork and apple sausages" is one thing, "green and black tea" are two that share a noun, "milk and
//! eggs" are two.

use super::Reader;
use super::amount::Measured;
use crate::morph::Number;
use crate::phrase::Forms;

impl Reader<'_, '_> {
    /// Whether the conjunction at `at` stands inside a name that people say with it ("salt and vinegar"), begun at `start` or later.
    pub(crate) fn inside_pair(&self, start: usize, at: usize) -> bool {
        let pair = self.engine.pack.known.items.pair;
        (start.max(at.saturating_sub(3))..at).any(|i| {
            self.view
                .word(i)
                .and_then(|word| word.entry(pair, Forms::ANY))
                .is_some_and(|len| i + len > at)
        })
    }

    /// Whether such a name ends at `at`, so that what follows is its noun.
    pub(crate) fn ends_pair(&self, start: usize, at: usize) -> bool {
        let pair = self.engine.pack.known.items.pair;
        (start.max(at.saturating_sub(5))..at).any(|i| {
            self.view
                .word(i)
                .and_then(|word| word.entry(pair, Forms::ANY))
                .is_some_and(|len| i + len == at)
        })
    }

    /// Whether the word at `at` is one of such a name or of what is filled with two things.
    pub(crate) fn is_pair(&self, start: usize, at: usize) -> bool {
        self.is_known(at, self.engine.pack.known.and)
            && (self.inside_pair(start, at)
                || at.checked_sub(1).is_some_and(|before| {
                    self.is_known(before, self.engine.pack.known.items.filling)
                }))
    }

    /// Where "pork [and apple sausages]" ends, if the words of `start..and` and what follows name one filled or flavoured thing.
    pub(crate) fn filled_end(
        &self,
        start: usize,
        and: usize,
        measured: Option<&Measured>,
    ) -> Option<usize> {
        let items = &self.engine.pack.known.items;
        let last = and.checked_sub(1).filter(|&last| last >= start)?;
        let filling = (start..and).find(|&at| {
            self.view
                .word(at)
                .and_then(|word| word.entry(items.filling, Forms::ANY))
                .is_some_and(|len| at + len == and)
        })?;
        let loose = measured.is_some_and(|m| m.unit_at.is_some() && !m.of);
        if self.is_plural(last) || filling > start + 1 || loose || !self.is_and(and) {
            return None;
        }
        let from = and + 1;
        if self.is_known(from, self.engine.pack.known.article)
            || self.is_known(from, self.engine.pack.known.vague)
            || self.view.word(from)?.number.is_some()
        {
            return None;
        }
        let end = self.plain_end(from);
        let head = end.checked_sub(1).filter(|&head| head > from)?;
        let filled = (from + 1..end).any(|at| {
            self.view
                .word(at)
                .and_then(|word| word.entry(items.filled, Forms::ANY))
                .is_some_and(|len| at + len == end)
        });
        let second = self.view.word(from).is_some_and(|word| {
            word.good.is_some() || word.entry(items.filling, Forms::ANY).is_some()
        });
        (filled && second && !self.is_plural(from) && head > from).then_some(end)
    }

    /// Whether "red" of "red and white wine" shares a noun with what follows the conjunction at `and`.
    pub(crate) fn shares_noun(&self, start: usize, and: usize) -> bool {
        let known = &self.engine.pack.known;
        let from = and + 1;
        if and != start + 1 || !self.is_and(and) || self.plain_end(from) < from + 2 {
            return false;
        }
        let describes = |at: usize| self.is_known(at, known.modifier) || self.is_size_code(at);
        let animal = |at: usize| self.is_known(at, known.variety) && !self.is_plural(at);
        let good = self
            .view
            .word(start)
            .is_some_and(|word| word.good.is_some());
        (describes(start) && (!good || describes(from))) || (animal(start) && animal(from))
    }

    /// The noun that adjectives before the name `start..end` share with it.
    pub(crate) fn shared_noun(&self, start: usize, end: usize) -> usize {
        let modifier = self.engine.pack.known.modifier;
        let described = (start..end)
            .take_while(|&at| self.is_known(at, modifier))
            .count();
        let noun = (start + described.max(1)).min(end.saturating_sub(1));
        // "self raising flour": the known good is the noun.
        (noun..end)
            .find(|&at| {
                self.view
                    .word(at)
                    .and_then(|word| word.good)
                    .is_some_and(|(_, len)| at + len == end)
            })
            .unwrap_or(noun)
    }

    /// "AA", "XL".
    fn is_size_code(&self, at: usize) -> bool {
        self.view.token(at).is_some_and(|token| {
            (1..=3).contains(&token.text.len())
                && token.text.bytes().all(|b| b.is_ascii_uppercase())
        })
    }

    fn is_and(&self, at: usize) -> bool {
        self.is_known(at, self.engine.pack.known.and)
            && self
                .view
                .word(at)
                .is_some_and(|word| word.entry(self.engine.pack.known.and, Forms::ANY) == Some(1))
    }

    fn is_plural(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            word.norm.ends_with('s')
                && word
                    .readings
                    .iter()
                    .any(|r| r.number == Some(Number::Plural))
        })
    }

    /// Where the words from `at` end that no mark, amount or preposition breaks.
    fn plain_end(&self, mut at: usize) -> usize {
        while self.has_noun_at(at)
            && !self.is_known(at, self.engine.pack.known.purpose)
            && self.view.word(at).is_some_and(|word| word.number.is_none())
        {
            at += 1;
        }
        at
    }
}
