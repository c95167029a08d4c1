//! What tells a good apart behind it: "bacon, the streaky sort", "fabric softener, not the lavender one".

use crate::items::{Reader, name};

/// Nouns that stand for the good named before.
const KIND_NOUNS: &[&str] = &[
    "one", "ones", "sort", "sorts", "kind", "kinds", "type", "types", "stuff", "variety", "version",
];

/// More words than this before such a noun tell a story.
const MOST_DESCRIBING: usize = 4;

impl Reader<'_, '_> {
    /// Behind a comma: what kind of the last item is meant, or which is not.
    pub(crate) fn take_description(&mut self) -> bool {
        let comma = self
            .at
            .checked_sub(1)
            .and_then(|before| self.view.token(before))
            .is_some_and(|token| token.is(",") || token.is("-"));
        if !comma || self.items.is_empty() {
            return false;
        }
        let denied = self.norm(self.at) == "not";
        let mut start = self.at + usize::from(denied);
        let article = matches!(self.norm(start), "the" | "a" | "an" | "that" | "those");
        start += usize::from(article);
        let noun = (start..start + MOST_DESCRIBING)
            .take_while(|&at| !self.is_separator(at))
            .find(|&at| KIND_NOUNS.contains(&self.norm(at)));
        let Some(noun) = noun.filter(|&noun| article && noun > start && self.ends_at(noun + 1))
        else {
            return false;
        };
        if !denied && let Some(last) = self.items.last_mut() {
            let said = name::as_said(self.view, start..noun);
            last.name = format!("{said} {}", last.name);
        }
        self.at = noun + 1;
        true
    }

    fn ends_at(&self, at: usize) -> bool {
        self.is_separator(at) || self.is_known(at, self.engine.pack.known.purpose)
    }
}
