//! What stands in brackets behind an item: its amount, its list, or what tells it apart.

use crate::lists::{self, ListMention};

use super::{Reader, amount, name};

/// Words in brackets beyond these are an aside of another kind.
const LONGEST: usize = 6;

/// Words that tell an item apart are fewer.
const LONGEST_ASIDE: usize = 2;

impl Reader<'_, '_> {
    /// «сыр (2)», «картофель (5 кг)», "shampoo (Pharmacy)": takes what is in brackets at `at`, where it belongs to the last item as a whole.
    pub(crate) fn take_bracket(&mut self) -> bool {
        if self.norm(self.at) != "(" || self.items.is_empty() {
            return false;
        }
        let inside = self.at + 1;
        // At the end of the utterance the closing one is gone, as all marks are.
        let closes = |at: usize| self.norm(at) == ")" || at == self.view.at.len();
        let Some(end) = (inside..=inside + LONGEST).find(|&at| closes(at)) else {
            return false;
        };
        self.take_bracketed_amount(inside, end)
            || self.take_bracketed_list(inside, end)
            || self.take_aside(inside, end)
    }

    fn take_bracketed_amount(&mut self, inside: usize, end: usize) -> bool {
        let Some(measured) = amount::read(self.engine, self.view, inside, self.language) else {
            return false;
        };
        let bare = self
            .items
            .last()
            .is_some_and(|item| item.quantity.is_none() && item.unit.is_none());
        if measured.end != end || !bare {
            return false;
        }
        self.give_to_last(measured);
        self.at = end + 1;
        true
    }

    fn take_bracketed_list(&mut self, inside: usize, end: usize) -> bool {
        let own = self.engine.pack.known.own_list;
        if inside == end || !(inside..end).all(|at| self.is_known(at, own)) {
            return false;
        }
        let ListMention::Known(list) = lists::resolve(&self.view.part(inside..end), self.lists)
        else {
            return false;
        };
        if let Some(last) = self.items.last_mut() {
            last.list = Some(ListMention::Known(list));
        }
        self.at = end + 1;
        true
    }

    /// «мясо (говядина)», "oat milk (Oatly)": what else stands in brackets tells the item before them apart.
    fn take_aside(&mut self, inside: usize, end: usize) -> bool {
        let is_short = end > inside && end - inside <= LONGEST_ASIDE;
        if !is_short || (inside..end).any(|at| self.is_separator(at) || self.is_order(at)) {
            return false;
        }
        let said = name::as_said(self.view, inside..end);
        if let Some(last) = self.items.last_mut() {
            last.name = format!("{} {said}", last.name);
        }
        self.at = end + 1;
        true
    }
}
