//! An item or a container as it is taken from the words.

use super::{ItemReading, NoItems, Reader, amount};
use crate::language::Language;
use crate::morph::Reading;
use crate::pack::UnitKind;
use crate::token::Script;
use amount::Measured;

impl Reader<'_, '_> {
    /// An amount with nothing behind it: «2 пачки», «десяток».
    pub(crate) fn take_bare_container(
        &mut self,
        start: usize,
        measured: &Measured,
    ) -> Result<(), NoItems> {
        let Some(unit_at) = measured.unit_at else {
            return if self.items.is_empty() {
                Err(NoItems::NotAnItem)
            } else {
                Ok(())
            };
        };
        // «порошка пачку три килограмма»: a measure is no thing to buy.
        let kind = |word: &crate::utterance::Word| {
            let units = &self.engine.pack.units;
            units
                .find(self.language, &word.norm, &word.readings)
                .map(|unit| unit.kind)
        };
        let measure = self.view.word(unit_at).and_then(kind) == Some(UnitKind::Measure);
        // "cups" are things too.
        let thing = self
            .view
            .word(unit_at)
            .is_some_and(|word| word.good.is_some());
        if measure && (!thing || !self.items.is_empty()) {
            return Err(NoItems::NotAnItem);
        }
        // «25 одноразовых стаканчиков»: what is said of the container is said of the thing.
        self.at = (start..unit_at)
            .rev()
            .take_while(|&at| {
                self.view.word(at).is_some_and(|word| {
                    word.number.is_none()
                        && (word.readings.iter().any(Reading::is_attribute)
                            || self.is_known(at, self.engine.pack.known.modifier))
                        && !self.is_known(at, self.engine.pack.known.article)
                })
            })
            .last()
            .unwrap_or(unit_at);
        if !measured.each {
            self.each = None;
        }
        let counted =
            (start..unit_at).any(|at| self.view.word(at).is_some_and(|word| word.number.is_some()));
        let quantity = measured.number.filter(|_| counted);
        self.take_item(quantity.map(|number| Measured {
            quantity: Some(number),
            unit: None,
            number: Some(number),
            unit_at: None,
            end: unit_at,
            of: false,
            each: measured.each,
            size: None,
        }))
    }

    pub(crate) fn take_item(&mut self, measured: Option<Measured>) -> Result<(), NoItems> {
        let start = self.at;
        let Some(token) = self.view.token(start) else {
            return Ok(());
        };
        if let Some(measured) = &measured {
            self.each = measured.each.then(|| measured.clone());
        }
        let measured = measured
            .or_else(|| self.kept_amount.take())
            .or_else(|| self.each.clone());
        let cyrillic = token.script == Script::Cyrillic
            || (token.script == Script::None && self.language == Language::Ru);
        let named = if cyrillic {
            self.russian(start, measured.as_ref())?
        } else {
            self.english(start, measured.as_ref())?
        };
        let Some(named) = named else {
            self.kept_amount = measured;
            return Ok(());
        };
        self.at = named.end.max(start + 1);
        let shared: Vec<String> = std::mem::take(&mut self.attributes)
            .into_iter()
            .filter_map(|attribute| self.with_attribute(attribute, &named.name))
            .chain(named.shared)
            .collect();
        let size = measured.as_ref().and_then(|m| m.size.clone());
        let (quantity, unit) = measured.map_or((None, None), |m| (m.quantity, m.unit));
        let name = match size {
            Some(size) => self.with_size(size, &named.name, cyrillic),
            None => named.name,
        };
        if name.is_empty() {
            return Err(NoItems::NotAnItem);
        }
        self.last_head = named.head;
        self.amount_behind = false;
        for name in shared.into_iter().chain([name]) {
            self.items.push(ItemReading {
                name,
                quantity,
                unit: unit.clone(),
                list: self.list_ahead.clone(),
                known: named.known,
                repaired: named.repaired,
            });
        }
        Ok(())
    }

    /// Whether a word can be no part of an item's name.
    pub(crate) fn forbidden(&self, at: usize) -> bool {
        self.is_known(at, self.engine.pack.known.never_item)
            && self.view.word(at).is_some_and(|word| word.good.is_none())
    }
}
