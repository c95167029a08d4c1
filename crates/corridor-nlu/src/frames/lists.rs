//! Lists that a frame of shopping names: which is its own, which stay with the items they are said with, and a list without any order.

use super::Frame;
use super::bought::Goods;
use super::reader::{Reader, Stretch};
use crate::islands::Island;
use crate::lists::{self, ListMention};
use crate::pack::{Finds, Opens, Role};
use crate::phrase::{Forms, Slot};
use std::ops::Range;

impl<'r, 'u> Reader<'r, '_, 'u> {
    /// The list of the frame; where several are named, each stays with the items it is said with.
    pub(super) fn take_lists(
        &self,
        lists: &[&Island<'_>],
        taken: &mut Vec<Range<usize>>,
    ) -> Result<(Option<ListMention>, bool), &'static str> {
        let named: Vec<&&Island<'_>> = lists
            .iter()
            .filter(|list| list.captures.get(Slot::List).is_some())
            .collect();
        // Of several, one at the end or else the first is the frame's own; the others stay with the items they are said with.
        let own = match named.as_slice() {
            [] | [_] => named.first(),
            [first, .., last] => {
                let rest = last.range.end..self.view.at.len();
                Some(if self.part(&rest).says_nothing() {
                    last
                } else {
                    first
                })
            }
        };
        let taken_lists = lists.iter().filter(|list| {
            list.captures.get(Slot::List).is_none()
                || own.is_some_and(|own| std::ptr::eq(**own, **list))
        });
        taken.extend(taken_lists.map(|list| list.range.clone()));
        let named = own;
        let Some(range) = named.and_then(|list| list.captures.get(Slot::List)) else {
            return Ok((None, false));
        };
        let name = self.part(&range);
        let known = &self.engine.pack.known;
        let order = Forms::IMPERATIVE.or(Forms::INFINITIVE);
        let verb = name
            .words()
            .any(|word| word.entry(known.verb, order).is_some() && !word.is(known.own_list));
        if name.at.len() > 4 || verb || name.words().any(|word| word.is(known.and)) {
            return Err("what stands in the place of a list is no name");
        }
        Ok((Some(lists::resolve(&name, &self.household.lists)), true))
    }

    /// A list without any order: «молоко в список».
    pub(super) fn by_list(&mut self, stretch: &Stretch) -> Option<Frame> {
        let lists = self.roles(&stretch.range, Role::List);
        let first = *lists.first()?;
        if self.has_order(&stretch.range) {
            return None;
        }
        let mut taken = Vec::new();
        let tried = self.take_lists(&lists, &mut taken).and_then(|(list, _)| {
            if list == Some(ListMention::Unknown) {
                return Err("the household has no such list");
            }
            taken.extend(self.linked(stretch, first)?);
            let content = self.without(&stretch.range, &taken);
            if self.begins_with_another_verb(&content) {
                return Err("a verb of another sense leads it");
            }
            self.items(
                &content,
                Goods::Known,
                list,
                Some(Opens::Put),
                first.rule.language,
            )
        });
        match tried {
            Ok(reading) => Some(self.frame(stretch, Some(first), reading)),
            Err(why) => {
                self.decline(first, why);
                None
            }
        }
    }

    pub(super) fn has_order(&self, range: &Range<usize>) -> bool {
        self.triggers(range).any(|trigger| {
            matches!(
                trigger.rule.finds,
                Finds::Trigger(Opens::Buy | Opens::Add | Opens::Put | Opens::Get)
            ) && self.is_order(trigger.range.start)
        })
    }

    /// An imperative of an order.
    pub(super) fn is_order(&self, at: usize) -> bool {
        self.is_imperative(at)
    }
}
