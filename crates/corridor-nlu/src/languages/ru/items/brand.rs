//! Brands: with adjectives before or behind them, and what they are made with or without.

use crate::items::{Named, Reader, name};
use crate::morph::{Number, Reading};
use crate::pack::Good;

impl<'u> Reader<'_, 'u> {
    pub(crate) fn brand(&self, start: usize, good: &Good) -> Named {
        let word = self.view.word(start);
        let len = word.and_then(|word| word.good).map_or(1, |(_, len)| len);
        let mut end = start + len;
        let mut name = good.name.clone();
        // «сок Добрый яблочный»
        let noun = word
            .filter(|_| len > 1)
            .and_then(|word| word.readings.iter().find(|r| r.is_nominal()));
        while let Some(noun) = noun
            && self.agrees(end, noun)
        {
            let number = noun.number.unwrap_or(Number::Singular);
            name = format!("{name} {}", self.attribute(end, number, noun.gender));
            end += 1;
        }
        // «Нурофен детский»
        let attribute = self
            .view
            .word(end)
            .filter(|word| word.number.is_none() && !word.readings.iter().any(Reading::is_nominal))
            .and_then(|word| {
                word.readings
                    .iter()
                    .find(|r| r.is_attribute() && r.share > 0.1)
            })
            .filter(|_| {
                len == 1
                    && !self.is_separator(end)
                    && (self.is_separator(end + 1) || self.view.word(end + 1).is_none())
            });
        if let Some(reading) = attribute {
            let number = reading.number.unwrap_or(Number::Singular);
            name = format!("{} {name}", self.attribute(end, number, reading.gender));
            end += 1;
        }
        while let Some((said, behind)) = self.made_with(end, len > 1) {
            name = format!("{name} {said}");
            end = behind;
        }
        Named {
            name,
            end,
            known: true,
            ..Named::default()
        }
    }

    /// «Пепси [без сахара]», «шоколад Алёнка [с орехами]»: what a brand is made with or without. Two goods are «Пепси с чипсами».
    pub(crate) fn made_with(&self, at: usize, kind_named: bool) -> Option<(String, usize)> {
        let tells = match self.norm(at) {
            "без" => true,
            "с" | "со" => kind_named,
            _ => false,
        };
        let known = &self.engine.pack.known;
        let never = [
            known.person,
            known.pointer,
            known.occasion,
            known.items.people,
        ];
        let other = never.iter().any(|&class| self.is_known(at + 1, class));
        if !tells || other || self.is_separator(at + 1) {
            return None;
        }
        let end = self.complement_end(at + 1);
        (end > at + 1).then(|| (name::as_said(self.view, at..end), end))
    }

    /// «детский Нурофен»: adjectives before a brand.
    pub(crate) fn described_brand(
        &mut self,
        start: usize,
        attributes: &[usize],
        good: &Good,
    ) -> Named {
        let led = self
            .view
            .word(start)
            .is_some_and(|word| word.good.is_some());
        if led || attributes.is_empty() {
            return self.brand(start, good);
        }
        let head = start + attributes.len();
        let named = self.brand(head, good);
        let taste = self.engine.pack.known.items.taste;
        let said: Vec<String> = attributes
            .iter()
            .filter(|&&at| !self.is_known(at, taste))
            .map(|&at| {
                let reading = self
                    .view
                    .word(at)
                    .and_then(|word| word.readings.iter().find(|r| r.is_attribute()));
                let number = reading.and_then(|r| r.number).unwrap_or(Number::Singular);
                self.attribute(at, number, reading.and_then(|r| r.gender))
            })
            .chain([named.name.clone()])
            .collect();
        Named {
            name: said.join(" "),
            ..named
        }
    }

    /// The known good at `start` ends in the letters of a code: «витамин Д3».
    pub(crate) fn is_part_of_code(&self, start: usize) -> bool {
        self.view
            .word(start)
            .and_then(|word| word.good)
            .is_some_and(|(_, len)| self.code_end(start + len - 1).is_some())
    }
}
