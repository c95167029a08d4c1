//! The words of an order as items: which goods it takes, and what makes them none.

use super::reader::Reader;
use super::{FrameKind, Shopping};
use crate::items::{self, ItemReading, NoItems};
use crate::lists::ListMention;
use crate::morph::VerbForm;
use crate::pack::{NotOurs, Opens};
use crate::phrase::Forms;
use crate::token::Script;
use crate::utterance::{View, Word};

/// Which goods a frame takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goods {
    /// Known or not.
    Any,
    /// Unknown ones only beside an amount, a named list or a known good.
    Supported,
    /// Known ones alone.
    Known,
}

impl<'r, 'u> Reader<'r, '_, 'u> {
    pub(super) fn items(
        &mut self,
        content: &View<'u>,
        goods: Goods,
        list: Option<ListMention>,
        by: Option<Opens>,
        language: crate::language::Language,
    ) -> Result<FrameKind, &'static str> {
        // «молоко купи два литра»: the order in the midst of its items is none of them.
        let mut content = content.clone();
        let buys = self.engine.pack.known.buys;
        content.at.retain(|&at| {
            content.utterance.words.get(at).is_none_or(|word| {
                word.good.is_some()
                    || goods == Goods::Any
                    || word
                        .entry(buys, Forms::IMPERATIVE.or(Forms::INFINITIVE))
                        .is_none()
            })
        });
        if self.second_order(&content, 1) || self.orders_among(&content) {
            return Err("a second order stands among the items");
        }
        if by != Some(Opens::Buy)
            && (content.words()).any(|word| word.is(self.engine.pack.known.elsewhere))
        {
            return Err("it is kept elsewhere than on a list");
        }
        let orders = matches!(by, Some(Opens::Buy | Opens::Add | Opens::Put | Opens::Get));
        if orders && let Some(amount) = items::amount_alone(self.engine, &content, language) {
            let otherwise = items::read(self.engine, &content, &self.household.lists, language)
                .unwrap_or_default();
            return Ok(FrameKind::Shopping(Shopping {
                items: Vec::new(),
                list,
                by,
                amount: Some((amount, otherwise)),
                fronted: false,
            }));
        }
        // «свёклы нет, купи килограмм и кочан капусты»
        if orders
            && let Some((amount, rest)) = items::amount_in_front(self.engine, &content, language)
        {
            let read = |at| {
                let part = content.part(at);
                items::read(self.engine, &part, &self.household.lists, language)
            };
            if let (Ok(otherwise), Ok(items)) = (read(0..rest), read(rest..content.at.len())) {
                return Ok(FrameKind::Shopping(Shopping {
                    items,
                    list,
                    by,
                    amount: Some((amount, otherwise)),
                    fronted: false,
                }));
            }
        }
        let items = match items::read(self.engine, &content, &self.household.lists, language) {
            Ok(items) => items,
            // "add nick to my contacts": somebody is named, and nothing to buy.
            Err(NoItems::Nothing | NoItems::Pointer)
                if by == Some(Opens::Put) && self.names_somebody(&content) =>
            {
                return Err("somebody is named and nothing to buy");
            }
            Err(NoItems::Nothing | NoItems::Pointer) if orders => {
                return Ok(FrameKind::Shopping(Shopping {
                    items: Vec::new(),
                    list,
                    by,
                    amount: None,
                    fronted: false,
                }));
            }
            Err(NoItems::NotGoods) if goods == Goods::Any => {
                return Ok(FrameKind::NotOurs(NotOurs::Booking));
            }
            Err(NoItems::Nothing) => return Err("no item is named"),
            Err(NoItems::Pointer) => return Err("the items are only pointed at"),
            Err(NoItems::NotAnItem) => return Err("a word in the items can be no item"),
            Err(NoItems::NotGoods) => return Err("these are not goods for a list"),
        };
        let supported = |item: &ItemReading| {
            item.known
                || item.unit.is_some()
                || (item.quantity.is_some() && self.may_be_a_thing(item, language))
        };
        match goods {
            Goods::Any => {}
            Goods::Supported if items.iter().any(supported) => {}
            Goods::Known if items.iter().all(|item| item.known) => {}
            _ => return Err("not all items are known goods"),
        }
        Ok(FrameKind::Shopping(Shopping {
            items,
            list,
            by,
            amount: None,
            fronted: false,
        }))
    }

    pub(super) fn names_somebody(&self, content: &View<'_>) -> bool {
        content
            .words()
            .any(|word| word.is(self.engine.pack.known.person))
    }

    /// An unknown word may be a thing unless the language knows that nobody buys it.
    pub(super) fn may_be_a_thing(
        &self,
        item: &ItemReading,
        language: crate::language::Language,
    ) -> bool {
        let head = item.name.rsplit(' ').next().unwrap_or(&item.name);
        language != crate::language::Language::En || self.engine.is_a_thing(head)
    }

    /// "buy bread and lock the door": behind a pause, a verb with its object.
    pub(super) fn orders_among(&self, content: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        let paused = |at: usize| {
            content.word(at).is_some_and(|word| word.is(known.and))
                || content.token(at).is_some_and(|token| token.is(","))
        };
        (1..content.at.len().saturating_sub(1)).any(|at| {
            let verb = content.word(at).is_some_and(|word| {
                word.good.is_none()
                    && !word.is(known.denies)
                    && word
                        .readings
                        .iter()
                        .any(|reading| reading.verb == Some(VerbForm::Base))
            });
            let definite = content
                .word(at + 1)
                .is_some_and(|word| word.is(known.en.definite) || is_particle(word));
            verb && definite && paused(at - 1)
        })
    }

    /// «кефир, а также полей цветы», «вынеси мусор купи молока»: an imperative of the pack's orders from the word `from` on, with something
    /// behind it.
    pub(super) fn second_order(&self, view: &View<'_>, from: usize) -> bool {
        let order = self.engine.pack.known.order;
        (from..view.at.len().saturating_sub(1)).any(|at| {
            view.word(at).is_some_and(|word| {
                word.good.is_none()
                    && word.entry(order, Forms::IMPERATIVE).is_some()
                    && view
                        .token(at)
                        .is_some_and(|token| token.script == Script::Cyrillic)
            })
        })
    }
}

/// "turn off", "take out": the second word of a verb.
pub(super) fn is_particle(word: &Word) -> bool {
    matches!(
        word.norm.as_str(),
        "off" | "on" | "out" | "up" | "down" | "away" | "back"
    )
}
