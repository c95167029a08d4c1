//! Self-corrections: «рис, нет, лучше гречку», "Bob, no, Sam", "make that three". What was taken back goes, with the words that take it back.

use std::ops::Range;

use crate::engine::Engine;
use crate::islands::{self, Island};
use crate::items;
use crate::languages::ru::numbers::half_prefix;
use crate::morph::Case;
use crate::pack::{Finds, Opens, Role};
use crate::phrase::Forms;
use crate::utterance::View;

/// Corrections of one utterance. Whoever takes more back is asked.
const MOST: usize = 8;

/// Words that an amount may take («полтора с половиной килограмма»).
const LONGEST_AMOUNT: usize = 4;

/// What was meant: the words without those that were taken back, and what begins at them.
pub(crate) struct Meant<'r, 'u> {
    pub(crate) view: View<'u>,
    pub(crate) islands: Vec<Island<'r>>,
}

/// The view without what was taken back; `None` where it is not clear what was.
pub(crate) fn applied<'r, 'u>(engine: &'r Engine, view: &View<'u>) -> Option<Meant<'r, 'u>> {
    let mut view = view.clone();
    for _ in 0..MOST {
        let islands = islands::find(engine, &view);
        let corrected = Corrected {
            engine,
            view: &view,
            islands: &islands,
        };
        let Some(correction) = islands.iter().find(|island| corrected.corrects(island)) else {
            return Some(Meant { view, islands });
        };
        let kept = corrected.kept(&correction.range)?;
        view.at = kept
            .into_iter()
            .filter_map(|index| view.at.get(index).copied())
            .collect();
    }
    None
}

struct Corrected<'c, 'u> {
    engine: &'c Engine,
    view: &'c View<'u>,
    islands: &'c [Island<'c>],
}

impl Corrected<'_, '_> {
    /// A word alone («нет», "no") corrects only where an amount or a name follows it.
    fn corrects(&self, island: &Island<'_>) -> bool {
        if !island.finds(Finds::Island(Role::Correction)) {
            return false;
        }
        let words = island
            .range
            .clone()
            .filter(|&at| !self.view.is_soft_mark(at))
            .count();
        if words > 1 {
            return true;
        }
        let new = island.range.end;
        let said = self.view.part(new..self.phrase_end(new));
        let person = self
            .view
            .word(new)
            .is_some_and(|word| word.is(self.engine.pack.known.person) && word.good.is_none());
        person
            || items::amount_alone(self.engine, &said, self.view.utterance.language).is_some()
            || self.counted_before(island.range.start, new).is_some()
            || self.says_anew(island, new)
    }

    /// "[two leashes], no, three leashes": where the thing stands before `end` that is counted anew at `new`, with its amount.
    fn counted_before(&self, end: usize, new: usize) -> Option<Range<usize>> {
        let language = self.view.utterance.language;
        let amount = |at: usize| items::amount_end(self.engine, self.view, at, language);
        let again = self.view.word(amount(new)?)?;
        let same = |at: &usize| {
            self.view.word(*at).is_some_and(|word| {
                word.norm == again.norm
                    || word
                        .readings
                        .iter()
                        .any(|r| again.readings.iter().any(|other| other.lemma == r.lemma))
            })
        };
        let thing = (0..end).rev().find(same)?;
        let start = (thing.saturating_sub(LONGEST_AMOUNT)..thing)
            .find(|&at| amount(at) == Some(thing))
            .unwrap_or(thing);
        Some(start..thing + 1)
    }

    /// «хлеб, нет [булку]», «молоко точнее [кефир]»: a good in the case of what is wanted. «нет булки» is a lack of it, "no sugar" too.
    fn says_anew(&self, island: &Island<'_>, new: usize) -> bool {
        let Some(word) = self.view.word(new).filter(|word| word.good.is_some()) else {
            return false;
        };
        let takes_back = self.engine.pack.known.takes_back;
        let denies = island
            .range
            .clone()
            .any(|at| self.view.word(at).is_some_and(|word| word.is(takes_back)));
        let cases = || {
            let nominal = word.readings.iter().filter(|reading| reading.is_nominal());
            nominal.filter_map(|reading| reading.case)
        };
        // "no, treacle", not "no sugar"
        let parted = word.readings.iter().all(|reading| reading.case.is_none())
            && self.view.is_soft_mark(new - 1);
        let wanted = parted
            || cases().any(|case| matches!(case, Case::Accusative | Case::Nominative))
                && !cases().any(|case| case == Case::Genitive);
        island.range.start > 0 && (!denies || wanted)
    }

    /// The positions that stay, in the order in which they are meant.
    fn kept(&self, correction: &Range<usize>) -> Option<Vec<usize>> {
        let new = correction.end;
        let all = self.view.at.len();
        // At the front it corrects nothing; at the end nothing is said instead.
        if correction.start == 0 {
            return Some((new..all).collect());
        }
        if new >= all {
            return None;
        }
        let end = self.phrase_end(new);
        let language = self.view.utterance.language;
        if let Some(said) = items::amount_alone(self.engine, &self.view.part(new..end), language) {
            let old = self.amount_before(correction.start, said.unit.is_some())?;
            let ranges = [0..old.start, new..end, old.end..correction.start, end..all];
            return Some(ranges.into_iter().flatten().collect());
        }
        if let Some(old) = self.counted_before(correction.start, new) {
            return Some((0..old.start).chain(new..all).collect());
        }
        let start = self.start(correction)?;
        // "look for sugar, no, sweetener": what is taken back is a thing, and no verb with it.
        if start == 0 && (0..correction.start).any(|at| self.says_a_deed(at)) {
            return None;
        }
        Some((0..start).chain(new..all).collect())
    }

    fn says_a_deed(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            word.good.is_none()
                && !word.is(self.engine.pack.known.person)
                && word.number.is_none()
                && word.readings.iter().any(|reading| reading.verb.is_some())
        })
    }

    /// The first word that was taken back.
    fn start(&self, correction: &Range<usize>) -> Option<usize> {
        let before = self.last_said(correction.start)?;
        let known = &self.engine.pack.known;
        let new = correction.end;
        let person = |at: usize| {
            self.view
                .word(at)
                .is_some_and(|word| word.is(known.person) && word.good.is_none())
        };
        // A whole order said anew takes back the whole order before it.
        if self.order_at(new) {
            let orders = self.islands.iter().map(|island| island.range.start);
            return orders.filter(|&at| at <= before && self.order_at(at)).max();
        }
        if person(new) {
            return (0..=before).rev().find(|&at| person(at));
        }
        // A thing: the last one before, from the pause or the order in front of it.
        (0..=before)
            .rev()
            .find(|&at| at == 0 || self.breaks(at - 1) || self.ends_a_trigger(at))
    }

    fn last_said(&self, from: usize) -> Option<usize> {
        (0..from).rev().find(|&at| {
            self.view
                .at
                .get(at)
                .is_some_and(|&token| self.view.utterance.is_said(token))
        })
    }

    fn order_at(&self, at: usize) -> bool {
        let verb = self.engine.pack.known.verb;
        self.islands.iter().any(|island| {
            island.range.start == at
                && matches!(
                    island.rule.finds,
                    Finds::Trigger(Opens::Remind | Opens::Buy | Opens::Put | Opens::Add)
                )
                && self.view.word(at).is_some_and(|word| {
                    word.good.is_none() && word.entry(verb, Forms::IMPERATIVE).is_some()
                })
        })
    }

    fn ends_a_trigger(&self, at: usize) -> bool {
        self.islands
            .iter()
            .any(|island| matches!(island.rule.finds, Finds::Trigger(_)) && island.range.end == at)
    }

    fn breaks(&self, at: usize) -> bool {
        self.view.is_soft_mark(at)
            || self
                .view
                .word(at)
                .is_some_and(|word| word.is(self.engine.pack.known.and))
    }

    /// Where the phrase that begins at `at` ends.
    fn phrase_end(&self, at: usize) -> usize {
        (at + 1..self.view.at.len())
            .find(|&at| self.breaks(at))
            .unwrap_or(self.view.at.len())
    }

    /// The number said last before `end`, with its unit where the new amount has one of its own.
    fn amount_before(&self, end: usize, with_unit: bool) -> Option<Range<usize>> {
        let number = (0..end)
            .rev()
            .find_map(|at| Some((at, self.view.word(at)?.number.as_ref()?.len)));
        // «полкило клубники, точнее, 700 граммов»
        let half = (0..end).rev().find(|&at| {
            self.view
                .word(at)
                .is_some_and(|word| word.number.is_none() && half_prefix(&word.norm).is_some())
        });
        if let (None, Some(half)) = (number, half) {
            return Some(half..half + 1);
        }
        // «килограмм бананов, нет, полтора»: a unit without a number counts one.
        let Some((at, len)) = number else {
            let units = &self.engine.pack.units;
            let language = self.view.utterance.language;
            let unit = (0..end).rev().find(|&at| {
                self.view
                    .word(at)
                    .is_some_and(|word| units.find(language, &word.norm, &word.readings).is_some())
            })?;
            return Some(unit..unit + usize::from(with_unit));
        };
        // «двадцать пять»: the number begins before its last word.
        let begins = (at.saturating_sub(3)..at).find(|&first| {
            self.view
                .word(first)
                .and_then(|word| word.number.as_ref())
                .is_some_and(|number| first + number.len > at)
        });
        let (start, len) = begins.map_or((at, len), |first| (first, at + len - first));
        Some(start..start + len + usize::from(with_unit))
    }
}
