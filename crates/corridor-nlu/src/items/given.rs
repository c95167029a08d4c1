//! What is said of items behind them: amounts of one or of all, sizes.

use std::ops::Range;

use super::amount::{self, Measured};
use super::{ItemReading, Reader, name};
use crate::amount::Amount;
use crate::morph::Case;
use crate::pack::{GoodNumber, UnitKind};

impl Reader<'_, '_> {
    /// An amount behind an item that has none yet, and not in front of another.
    pub(crate) fn belongs_to_last(&self, measured: &Measured) -> bool {
        let Some(last) = self.items.last() else {
            return false;
        };
        if last.quantity.is_some() || last.unit.is_some() {
            return false;
        }
        // «сала [грамм триста] чёрного хлеба»: a number behind its unit is said of what stands before.
        let turned = measured.unit_at == Some(self.at)
            && measured.end > self.at + 1
            && measured.quantity.is_some();
        if self.closes(measured.end)
            || (turned && self.last_is_genitive())
            || self.last_wants_an_amount()
            || self.amounts_stand_behind(measured.end)
        {
            return true;
        }
        !(self.has_noun_at(measured.end) && amount::governs(measured, self.view.word(measured.end)))
    }

    /// «яблок [килограмм] груш полкило»: a genitive before which no amount was said waits for one.
    fn last_wants_an_amount(&self) -> bool {
        let Some(word) = self
            .last_head
            .as_ref()
            .filter(|head| head.end == self.at)
            .and_then(|head| self.view.word(head.end.checked_sub(1)?))
        else {
            return false;
        };
        let cases = || {
            word.readings
                .iter()
                .filter(|r| r.is_nominal())
                .filter_map(|r| r.case)
        };
        cases().any(|case| matches!(case, Case::Genitive | Case::Partitive))
            && !cases().any(|case| matches!(case, Case::Nominative | Case::Accusative))
    }

    /// Whether the noun right before may be in the genitive.
    fn last_is_genitive(&self) -> bool {
        self.last_head
            .as_ref()
            .filter(|head| head.end == self.at)
            .and_then(|head| self.view.word(head.end.checked_sub(1)?))
            .is_some_and(|word| {
                word.readings.iter().any(|r| {
                    r.is_nominal() && matches!(r.case, Some(Case::Genitive | Case::Partitive))
                })
            })
    }

    /// «моркови килограмм [лука два]»: where an amount of the run governs nothing behind it, none does, and each is of what stands before
    /// it.
    fn amounts_stand_behind(&self, from: usize) -> bool {
        let genitive = self.last_is_genitive();
        let end = (from..self.view.at.len())
            .find(|&at| self.is_separator(at))
            .unwrap_or(self.view.at.len());
        genitive
            && (from + 1..end).any(|at| {
                amount::read(self.engine, self.view, at, self.language).is_some_and(|last| {
                    let next = self.view.word(last.end);
                    last.end == end || (last.end < end && !amount::governs(&last, next))
                })
            })
    }

    pub(crate) fn give_to_last(&mut self, measured: Measured) {
        let unit = measured.unit.or_else(|| {
            let said = self.at.checked_sub(1)?;
            let before = self.items.len().checked_sub(2)?;
            let unit = self.items.get(before)?.unit.clone();
            unit.filter(|unit| {
                self.counts_grams(measured.quantity, said, unit)
                    || self.is_part_of_measure(measured.quantity, unit)
            })
        });
        self.at = measured.end;
        self.amount_behind = true;
        let size = measured.size.map(|size| self.size(size));
        if let Some(last) = self.items.last_mut() {
            last.quantity = measured.quantity;
            last.unit = unit;
            if let Some(size) = size {
                last.name = format!("{} {size}", last.name);
            }
        }
    }

    /// «килограмм яблок, полтора бананов»: a fraction takes the unit before it.
    pub(crate) fn with_last_unit(&self, mut measured: Measured) -> Measured {
        if measured.unit.is_none()
            && self.has_noun_at(measured.end)
            && let Some(unit) = self.items.last().and_then(|last| last.unit.as_deref())
            && self.is_part_of_measure(measured.quantity, unit)
        {
            measured.unit = Some(unit.to_owned());
        }
        measured
    }

    /// Nobody buys one and a half of a thing: a fraction is of the measure that was said before.
    fn is_part_of_measure(&self, quantity: Option<Amount>, unit: &str) -> bool {
        let units = &self.engine.pack.units;
        let measure = units
            .find(self.language, unit, &[])
            .is_some_and(|unit| unit.kind == UnitKind::Measure);
        measure && quantity.is_some_and(|quantity| quantity.fraction() > Amount::ZERO)
    }

    /// «триста грамм колбасы и двести сыра»: hundreds of nothing are grams, as those before them.
    pub(crate) fn with_last_grams(&self, mut measured: Measured) -> Measured {
        if measured.unit.is_none()
            && let Some(unit) = self.items.last().and_then(|last| last.unit.clone())
            && self.counts_grams(measured.quantity, measured.end, &unit)
        {
            measured.unit = Some(unit);
        }
        measured
    }

    /// Hundreds of a good that is weighed, behind an amount in grams or millilitres.
    fn counts_grams(&self, quantity: Option<Amount>, good: usize, unit: &str) -> bool {
        let hundreds = quantity.and_then(Amount::as_integer);
        let mass = self
            .view
            .word(good)
            .and_then(|word| word.good)
            .and_then(|(id, _)| self.engine.pack.lexicon.good(id))
            .is_some_and(|good| good.number == GoodNumber::Mass);
        mass && matches!(unit, "г" | "мл")
            && hundreds.is_some_and(|n| n >= 50 && n.is_multiple_of(10))
    }

    /// «мешки 60 литров [2 рулона]»: what was taken for an amount is the size of one.
    pub(crate) fn counts_sizes(&mut self, measured: &Measured) -> bool {
        let kind = |engine: &crate::engine::Engine, unit: Option<&str>, language| {
            let unit = engine.pack.units.find(language, unit?, &[])?;
            Some(unit.kind)
        };
        let container = kind(self.engine, measured.unit.as_deref(), self.language);
        let behind = self.is_separator(measured.end);
        let Some(last) = self.items.last_mut() else {
            return false;
        };
        let sized = match last.unit.as_deref() {
            // «подгузники 4 [две пачки]»
            None => last.quantity.and_then(Amount::as_integer).is_some(),
            unit => kind(self.engine, unit, self.language) == Some(UnitKind::Measure),
        };
        let (Some(UnitKind::Container), true, true, Some(size)) =
            (container, sized, behind, last.quantity)
        else {
            return false;
        };
        // Only what was said behind the name is a size: «2 кг яблок пакет» is no such thing.
        if !self.amount_behind {
            return false;
        }
        last.name = match last.unit.as_deref() {
            Some(unit) => format!("{} {size} {unit}", last.name),
            None => format!("{} {size}", last.name),
        };
        last.quantity = measured.quantity;
        last.unit.clone_from(&measured.unit);
        self.at = measured.end;
        true
    }

    /// «рис и гречку по две пачки», "lemons and limes, two each": all items before it that have no amount of their own. Behind a container
    /// it is the size of one («три пачки масла по 200 г»).
    pub(crate) fn share_back(&mut self, measured: &Measured) -> bool {
        let behind = self.is_separator(measured.end) || !self.has_noun_at(measured.end);
        if !measured.each || !behind || self.items.is_empty() {
            return false;
        }
        let counted = |item: &ItemReading| item.quantity.is_some() || item.unit.is_some();
        if self.items.last().is_some_and(counted) {
            let size = self.size(self.at + 1..measured.end);
            if let Some(last) = self.items.last_mut() {
                last.name = format!("{} {size}", last.name);
            }
        } else {
            let bare = |item: &&mut ItemReading| !counted(item);
            for item in self.items.iter_mut().rev().take_while(bare) {
                item.quantity = measured.quantity;
                item.unit.clone_from(&measured.unit);
            }
        }
        self.at = measured.end;
        true
    }

    /// "2 bottles of ketchup and mustard each": the last amount said is of all items behind it too.
    pub(crate) fn take_each(&mut self) -> bool {
        if !self.is_known(self.at, self.engine.pack.known.items.each) {
            return false;
        }
        let counted = |item: &ItemReading| item.quantity.is_some();
        let Some(first) = self.items.iter().rposition(counted) else {
            return false;
        };
        let Some(given) = self.items.get(first).cloned() else {
            return false;
        };
        // "apples and pears 1 kg each": the amount stood last.
        let last = first + 1 == self.items.len();
        for (at, item) in self.items.iter_mut().enumerate().rev() {
            if (last && at < first && counted(item)) || (!last && at <= first) {
                break;
            }
            item.quantity = given.quantity;
            item.unit.clone_from(&given.unit);
        }
        self.at += 1;
        true
    }

    /// A size as a list shows it: «5 л», "200 g".
    fn size(&self, said: Range<usize>) -> String {
        let end = said.end;
        let measured = amount::read(self.engine, self.view, said.start, self.language)
            .filter(|measured| measured.end == end && measured.quantity.is_some());
        match measured {
            Some(Measured {
                quantity: Some(quantity),
                unit: Some(unit),
                ..
            }) => format!("{quantity} {unit}"),
            _ => name::as_said(self.view, said),
        }
    }

    /// The name with the size of one in it: "200 g chocolate", «вода 5 л».
    pub(crate) fn with_size(&self, size: Range<usize>, name: &str, behind: bool) -> String {
        let size = self.size(size);
        if behind {
            format!("{name} {size}")
        } else {
            format!("{size} {name}")
        }
    }
}
