//! Units: alone, with a number, and the words that say both.

use super::{Measured, Scale, is_genitive};
use crate::amount::Amount;
use crate::languages::ru::numbers::{half_prefix, is_liter_and_half};
use crate::morph::{Case, Reading};
use crate::pack::{Unit, UnitKind};

impl<'r> Scale<'r, '_> {
    /// «полкило», «поллитра».
    pub(super) fn half_word(self, at: usize) -> Option<(&'r Unit, usize)> {
        let rest = half_prefix(&self.view.word(at)?.norm)?;
        let readings = self.engine.russian.read(rest);
        self.find(rest, &readings).map(|unit| (unit, at + 1))
    }

    /// «десяток», «килограмм» in the accusative.
    pub(super) fn is_whole_accusative(self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            let accusative = |r: &Reading| r.is_nominal() && r.case == Some(Case::Accusative);
            let counter = matches!(&word.number, Some(n) if n.amount >= Amount::from_integer(10).unwrap_or(Amount::ONE));
            let measure = self
                .find(&word.norm, &word.readings)
                .is_some_and(|unit| unit.kind == UnitKind::Measure);
            (counter || measure) && word.readings.iter().any(accusative)
        })
    }

    /// «полторашка»: a bottle of a litre and a half.
    pub(super) fn liter_and_half(self, at: usize) -> Option<&'r Unit> {
        is_liter_and_half(&self.view.word(at)?.norm)
            .then(|| self.find("л", &[]))
            .flatten()
    }

    pub(super) fn find(self, norm: &str, readings: &[Reading]) -> Option<&'r Unit> {
        self.engine.pack.units.find(self.language, norm, readings)
    }

    /// The unit at `at`, and the first word after it.
    pub(super) fn unit(self, at: usize) -> Option<(&'r Unit, usize)> {
        let word = self.view.word(at)?;
        // "can openers" are no openers in cans.
        if word
            .good
            .is_some_and(|(_, len)| len > 1 && self.norm(at + 1) != "of" && word.norm.is_ascii())
        {
            return None;
        }
        // "m&ms" are no metres.
        let tight = self
            .view
            .token(at + 1)
            .is_some_and(|token| token.is("&") && token.glued);
        if tight {
            return None;
        }
        if let Some(next) = self.view.word(at + 1)
            && let Some(unit) = self
                .engine
                .pack
                .units
                .find_pair(&word.norm, (&next.norm, &next.readings))
        {
            return Some((unit, at + 2));
        }
        // "k.g."
        if let (Some(dot), Some(next)) = (self.view.token(at + 1), self.view.word(at + 2))
            && dot.is(".")
            && dot.glued
            && self.view.token(at + 2).is_some_and(|token| token.glued)
            && let Some(unit) = self.find(&format!("{}{}", word.norm, next.norm), &[])
        {
            return Some((unit, at + 3));
        }
        self.find(&word.norm, &word.readings)
            .map(|unit| (unit, at + 1))
    }

    /// A unit without a number counts one («пачку масла», "a liter of milk"), where a noun follows that it measures. With a number behind
    /// it, the number counts («килограмма три»).
    pub(super) fn unit_alone(self, at: usize, article: bool, limited: bool) -> Option<Measured> {
        let (unit, end) = self.unit(at)?;
        // «блок питания» is a thing of its own.
        if self
            .view
            .word(at)
            .is_some_and(|word| word.good.is_some_and(|(_, len)| len > 1))
        {
            return None;
        }
        // «литра два-три», «кило 2-3»
        if let Some(most) = self.range_word(end) {
            return Some(self.unlimited(most, end + 1));
        }
        if let Some((_, after)) = self.number(end)
            && let Some((most, end)) = self.range(after)
        {
            return Some(self.unlimited(most, end));
        }
        if let Some((number, unit, end)) = self.hundreds(Amount::ONE, (unit, at), end) {
            return Some(self.finish(Some(number), Some(unit), end, limited));
        }
        // «бутылку 0,5 воды»: a broken number behind a container is its size.
        if unit.kind == UnitKind::Container
            && let Some((number, after)) = self.number(end)
            && number.fraction() > Amount::ZERO
            && self.governs_at(after)
        {
            return Some(self.finish(Some(Amount::ONE), Some((unit, at)), after, limited));
        }
        if !article
            && let Some((number, after)) = self.number(end)
            && !self.is_percent(after)
            && self.unit(after).is_none()
            && self
                .view
                .word(at)
                .is_some_and(|word| is_genitive(word) || unit.kind != UnitKind::Container)
        {
            return Some(self.finish(Some(number), Some((unit, at)), after, limited));
        }
        let (number, end) = self.and_share(Amount::ONE, true, end);
        let measured = self.finish(Some(number), Some((unit, at)), end, limited);
        if article || measured.of || number > Amount::ONE {
            return Some(measured);
        }
        // «батон» alone is a thing; behind another it measures («молоко литр»), but only a measure needs no number for that.
        if unit.kind == UnitKind::Container
            && self.view.word(at).is_some_and(|word| word.good.is_some())
        {
            let measures = self.governs_at(measured.end) || self.stands_behind_its_noun(at);
            return measures.then_some(measured);
        }
        let next = self.view.word(measured.end);
        let alone =
            next.is_none_or(|word| word.readings.is_empty() || word.is(self.engine.pack.known.and));
        // At the end of the phrase it measures what stands before it («молоко литр»); the caller knows whether anything does.
        let behind = self.governs_at(measured.end) || self.stands_behind_its_noun(at);
        (alone || behind || unit.kind == UnitKind::Measure).then_some(measured)
    }

    /// «соли [пачку] сахар»: a container that is bought, right behind a good in the genitive.
    fn stands_behind_its_noun(self, at: usize) -> bool {
        let bought = |r: &Reading| r.is_nominal() && r.case == Some(Case::Accusative);
        let accusative = self
            .view
            .word(at)
            .is_some_and(|word| word.readings.iter().any(bought));
        let noun = at.checked_sub(1).and_then(|before| self.view.word(before));
        let lexicon = &self.engine.pack.lexicon;
        // «картошечки [ведро]»
        let small = |r: &Reading| {
            let base = self.engine.diminutives.base(&r.lemma);
            base.is_some_and(|base| lexicon.has_good(base))
        };
        // «гречку [пачку] курицу»: a container that is no thing to buy by itself measures what stands before it in any case.
        let bare = self.view.word(at).is_some_and(|word| word.good.is_none());
        accusative
            && noun.is_some_and(|noun| {
                (is_genitive(noun) && (noun.good.is_some() || noun.readings.iter().any(small)))
                    || (bare && noun.good.is_some())
            })
    }
}
