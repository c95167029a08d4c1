//! What is said behind an item of its kind: adjectives whose noun was named, a complement of its own, another variety.

use super::amount::{self, Measured};
use super::{ItemReading, Reader, name};
use crate::morph::Reading;

impl Reader<'_, '_> {
    /// «хурму три штуки [спелую]», «хлеб белый и [чёрный]»: adjectives whose noun was named before.
    pub(crate) fn take_adjectives(&mut self, fresh: bool) -> bool {
        let Some(head) = self.last_head.clone() else {
            return false;
        };
        let mut end = self.at;
        while self.agrees(end, &head.reading) {
            end += 1;
        }
        if end == self.at || self.items.is_empty() {
            return false;
        }
        let kind = self.kind_behind_adjective(end);
        let stop = kind.unwrap_or(end);
        let alone = self.is_separator(stop)
            || amount::read(self.engine, self.view, stop, self.language).is_some();
        if !alone {
            return false;
        }
        let said: Vec<String> = (self.at..end)
            .map(|at| self.attribute(at, head.number, head.gender))
            .collect();
        let said = said.join(" ");
        // «корм коту, [влажный]»: nothing was said of it yet, so this is no second one.
        let comma = self
            .at
            .checked_sub(1)
            .is_some_and(|before| self.view.token(before).is_some_and(|token| token.is(",")));
        if kind.is_none() && (!fresh || (comma && !head.described)) {
            if let Some(last) = self.items.last_mut() {
                last.name = format!("{said} {}", last.name);
            }
        } else if head.described && head.end + 1 == self.at {
            let Some(last) = self.items.last() else {
                return false;
            };
            // «чай зелёный с жасмином и чёрный [с бергамотом]»
            let mut name = format!("{said} {}", head.word);
            if let Some(kind) = kind {
                name = format!("{name} {}", name::as_said(self.view, end..kind));
                end = kind;
            }
            self.items.push(ItemReading {
                name,
                quantity: None,
                unit: None,
                ..last.clone()
            });
            self.last_head = Some(super::Head { end, ..head });
        } else {
            return false;
        }
        self.at = end;
        true
    }

    /// Where a phrase ends that begins at `at`, behind adjectives, and tells a kind apart: «в пакетиках», «с бергамотом».
    pub(crate) fn kind_behind_adjective(&self, at: usize) -> Option<usize> {
        let counts = amount::read(self.engine, self.view, at, self.language).is_some();
        if counts
            || !self.is_preposition(at)
            || self.takes_own_list(at)
            || self.says_place(at, at + 3)
        {
            return None;
        }
        let end = self.complement_end(at + 1);
        (end > at + 1).then_some(end)
    }

    /// «пива, [четыре банки светлого]»: where an amount ends whose adjectives agree with the noun before it.
    pub(crate) fn amount_of_kind(&self, measured: &Measured) -> bool {
        let Some(head) = &self.last_head else {
            return false;
        };
        let mut end = measured.end;
        while self.agrees(end, &head.reading) {
            end += 1;
        }
        end > measured.end && self.is_separator(end)
    }

    /// "milk, [whole]": adjectives behind a comma are of the item before it.
    pub(crate) fn take_modifiers(&mut self) -> bool {
        let comma = self
            .at
            .checked_sub(1)
            .and_then(|before| self.view.token(before))
            .is_some_and(|token| token.is(","));
        let known = &self.engine.pack.known;
        let mut end = self.at;
        while !self.is_separator(end)
            && self.is_known(end, known.modifier)
            && self.view.word(end).is_some_and(|word| word.good.is_none())
        {
            end += 1;
        }
        // "red, white and green peppers" has its noun behind it.
        let ends = self.view.word(end).is_none()
            || self.view.token(end).is_some_and(|token| token.is(","));
        if !comma || end == self.at || !ends {
            return false;
        }
        let said = name::as_said(self.view, self.at..end);
        let Some(last) = self.items.last_mut() else {
            return false;
        };
        last.name = format!("{said} {}", last.name);
        self.at = end;
        true
    }

    /// «тетради в линейку и [в клетку]»: what tells another kind of the same thing apart.
    pub(crate) fn take_variety(&mut self) -> bool {
        let Some(head) = self.last_head.clone() else {
            return false;
        };
        let end = self.complement_end(self.at + 1);
        let known = &self.engine.pack.known;
        let variety = (self.at + 1..end).any(|at| self.is_known(at, known.variety));
        let same = head.preposition.as_deref() == Some(self.norm(self.at));
        if !same || !variety || end == self.at + 1 || head.end + 1 != self.at {
            return false;
        }
        let Some(last) = self.items.last() else {
            return false;
        };
        let said = name::as_said(self.view, self.at..end);
        self.items.push(ItemReading {
            name: format!("{} {said}", head.word),
            quantity: None,
            unit: None,
            ..last.clone()
        });
        self.last_head = Some(super::Head { end, ..head });
        self.at = end;
        true
    }

    /// An adjective at `at`, no noun, that agrees with the noun before it.
    pub(crate) fn agrees(&self, at: usize, noun: &Reading) -> bool {
        !self.is_separator(at)
            && self.view.word(at).is_some_and(|word| {
                word.number.is_none()
                    && !word.is(self.engine.pack.known.asks)
                    && !matches!(word.good, Some((_, 1)))
                    && !word
                        .readings
                        .iter()
                        .any(|r| r.is_nominal() && r.share > 0.5)
                    && word
                        .readings
                        .iter()
                        .any(|r| r.is_attribute() && r.agrees_with(noun))
            })
    }
}
