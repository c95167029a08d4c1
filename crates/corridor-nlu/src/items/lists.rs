//! Lists said inside an item slot («молоко в Продукты, бинт в Аптеку»): each item goes to the one it is said with.

use super::Reader;
use crate::lists::{ListMention, resolve};

impl Reader<'_, '_> {
    /// «… в Аптеку», "… to Groceries" inside the slot: the list of the items before it.
    pub(in crate::items) fn take_list(&mut self) -> bool {
        let known = &self.engine.pack.known;
        if self.items.len() <= self.undecided
            || !matches!(self.norm(self.at), "в" | "во" | "на" | "to" | "on" | "in")
        {
            return false;
        }
        let mut end = self.at + 1;
        while self.is_known(end, known.article)
            || matches!(self.norm(end), "список" | "списка" | "list")
        {
            end += 1;
        }
        // «в «Аптеку»»
        let quoted = self.is_quote(end);
        let start = end + usize::from(quoted);
        end = start;
        while self.is_known(end, known.own_list) {
            end += 1;
        }
        if end == start {
            return false;
        }
        let mention = resolve(&self.view.part(start..end), self.lists);
        end += usize::from(quoted && self.is_quote(end));
        let ListMention::Known(_) = mention else {
            return false;
        };
        if self.norm(end) == "list" {
            end += 1;
        }
        // «…, в продукты — рис и гречку»: behind a break it is the list of what follows.
        // «…, а в аптеку капли»: and so it is behind a conjunction.
        let parted =
            self.at > 0 && (self.is_break(self.at - 1) || self.is_known(self.at - 1, known.and));
        if parted && !self.is_break(end.min(self.view.at.len())) || self.is_dash(end) {
            self.list_ahead = Some(mention);
            self.undecided = self.items.len();
            self.at = end;
            return true;
        }
        for item in self.items.iter_mut().skip(self.undecided) {
            item.list = Some(mention.clone());
        }
        self.undecided = self.items.len();
        self.at = end;
        true
    }

    fn is_quote(&self, at: usize) -> bool {
        self.view.token(at).is_some_and(|token| token.is("\""))
    }

    pub(in crate::items) fn is_break(&self, at: usize) -> bool {
        self.view
            .token(at)
            .is_none_or(|token| matches!(token.norm.as_str(), "," | ";" | "."))
    }

    pub(in crate::items) fn is_dash(&self, at: usize) -> bool {
        self.view
            .token(at)
            .is_some_and(|token| token.is("-") || token.is(":"))
    }
}
