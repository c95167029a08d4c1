//! The words of a stretch: its triggers, the islands that have a role in it, what is left of it without them.

use super::reader::Reader;
use crate::islands::Island;
use crate::lists::{self, ListMention};
use crate::pack::{Finds, Role};
use crate::phrase::{Forms, Slot};
use crate::utterance::{View, Word};
use std::ops::Range;

impl<'r, 'u> Reader<'r, '_, 'u> {
    pub(super) fn part(&self, range: &Range<usize>) -> View<'u> {
        self.view.part(range.clone())
    }

    /// Without marks and conjunctions at its ends.
    pub(super) fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        let and = self.engine.pack.known.and;
        let idle = |at: usize| {
            self.view
                .at
                .get(at)
                .is_some_and(|&token| self.view.utterance.is_mark(token))
                || self
                    .view
                    .word(at)
                    .is_some_and(|word| word.is(and) && word.good.is_none())
        };
        while range.start < range.end && idle(range.start) {
            range.start += 1;
        }
        let quote = |at: usize| {
            self.view
                .token(at)
                .is_some_and(|token| token.is("\"") || token.is(")"))
        };
        let quoted = range.clone().filter(|&at| quote(at)).count() > 1
            || range
                .clone()
                .any(|at| self.view.token(at).is_some_and(|token| token.is("(")));
        while range.start < range.end && idle(range.end - 1) && !(quoted && quote(range.end - 1)) {
            range.end -= 1;
        }
        range
    }

    /// The triggers that lie in a stretch, in order; of those that begin at one word the longest first.
    pub(super) fn triggers<'s>(
        &'s self,
        range: &Range<usize>,
    ) -> impl Iterator<Item = &'r Island<'r>> + use<'s, 'r, 'u> {
        let range = range.clone();
        let islands = self.islands;
        let mut inside: Vec<&'r Island<'r>> = islands
            .iter()
            .filter(|island| matches!(island.rule.finds, Finds::Trigger(_)))
            .filter(|island| range.start <= island.range.start && island.range.end <= range.end)
            .collect();
        inside.sort_by_key(|island| (island.range.start, std::cmp::Reverse(island.range.end)));
        inside.into_iter()
    }

    /// The longest islands of a role in a stretch, without overlap.
    pub(super) fn roles(&self, range: &Range<usize>, role: Role) -> Vec<&'r Island<'r>> {
        let mut found: Vec<&'r Island<'r>> = Vec::new();
        for island in self
            .islands
            .iter()
            .filter(|island| island.finds(Finds::Island(role)))
        {
            if island.range.start < range.start
                || island.range.end > range.end
                || !self.may_name(island, range)
            {
                continue;
            }
            match found.last_mut() {
                Some(last) if island.range.start < last.range.end => {
                    let size =
                        |island: &Island<'_>| (island.range.len(), self.names_a_list(island));
                    if size(island) > size(last) {
                        *last = island;
                    }
                }
                _ => found.push(island),
            }
        }
        found
    }

    /// «гвозди в список Стройка»: a word behind that says which list it is, where it ends the stretch and is no good itself.
    pub(super) fn may_name(&self, island: &Island<'_>, range: &Range<usize>) -> bool {
        let down = self
            .word(island.range.start)
            .is_some_and(|word| word.is(self.engine.pack.known.put_down));
        if down && !self.puts_before(range, island.range.start) {
            return false;
        }
        let Some(name) = island.captures.get(Slot::List) else {
            return true;
        };
        let open_end = name.end == island.range.end && name.len() == 1;
        let known = &self.engine.pack.known;
        // «список для дачи»: it says so itself.
        let led = name.start > island.range.start
            && self
                .word(name.start - 1)
                .is_some_and(|word| word.is(known.purpose) || word.is_preposition());
        led || !open_end
            || self
                .word(name.start)
                .is_some_and(|word| word.is(known.own_list))
            || (island.range.end == range.end
                && island.range.start > range.start + 1
                && (self
                    .word(name.start)
                    .is_some_and(|word| word.good.is_none() && !word.is(known.verb))
                    || self.has_capital(name.start)))
    }

    pub(super) fn has_capital(&self, at: usize) -> bool {
        self.view
            .token(at)
            .is_some_and(|token| token.text.chars().next().is_some_and(char::is_uppercase))
    }

    /// How well an island names a list: one of the household's, none in particular, one that it does not have.
    pub(super) fn names_a_list(&self, island: &Island<'_>) -> u8 {
        let name = island
            .captures
            .get(Slot::List)
            .map(|range| self.part(&range));
        match name.map(|name| lists::resolve(&name, &self.household.lists)) {
            Some(ListMention::Known(_)) => 2,
            None => 1,
            Some(ListMention::Unknown) => 0,
        }
    }

    /// The view without some ranges of it.
    pub(super) fn without(&self, range: &Range<usize>, taken: &[Range<usize>]) -> View<'u> {
        View {
            utterance: self.view.utterance,
            at: range
                .clone()
                .filter(|at| !taken.iter().any(|taken| taken.contains(at)))
                .filter_map(|at| self.view.at.get(at).copied())
                .collect(),
        }
        .trimmed()
    }

    /// Behind a comma or a conjunction.
    pub(super) fn paused_at(&self, at: usize) -> bool {
        at > 0
            && (self.view.is_soft_mark(at - 1)
                || self
                    .word(at - 1)
                    .is_some_and(|word| word.is(self.engine.pack.known.and)))
    }

    pub(super) fn word(&self, at: usize) -> Option<&'u Word> {
        self.view.word(at)
    }

    pub(super) fn begins_with_infinitive(&self, range: &Range<usize>) -> bool {
        self.view.word(range.start).is_some_and(|word| {
            word.entry(self.engine.pack.known.verb, Forms::INFINITIVE)
                .is_some()
        })
    }

    pub(super) fn is_imperative(&self, at: usize) -> bool {
        let verb = self.engine.pack.known.verb;
        self.word(at).is_some_and(|word| {
            word.good.is_none() && word.entry(verb, Forms::IMPERATIVE).is_some()
        })
    }

    /// A time or a filler was said in front of it: the view lacks its words.
    pub(super) fn filled(&self, at: usize) -> bool {
        let token = |at: usize| self.view.at.get(at).copied();
        let before = at.checked_sub(1).and_then(token);
        matches!((before, token(at)), (Some(before), Some(here)) if before + 1 < here)
    }
}
