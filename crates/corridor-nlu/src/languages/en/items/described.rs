//! What tells a good apart behind it: "bacon, the streaky sort", "fabric softener, not the lavender one".

use std::ops::Range;

use crate::items::{Reader, amount, name};

/// Nouns that stand for the good named before.
const KIND_NOUNS: &[&str] = &[
    "one", "ones", "sort", "sorts", "kind", "kinds", "type", "types", "stuff", "variety",
    "version", "flavour", "flavor", "scent", "brand", "size",
];

/// More words than this before such a noun tell a story.
const MOST_DESCRIBING: usize = 4;

impl Reader<'_, '_> {
    /// Behind a comma: what kind of the last item is meant, or which is not.
    pub(crate) fn take_description(&mut self) -> bool {
        if self.items.is_empty() {
            return false;
        }
        let Some(described) = self.description(self.at) else {
            return false;
        };
        if !described.denied
            && let Some(last) = self.items.last_mut()
        {
            let said = name::as_said(self.view, described.words.clone());
            last.name = format!("{said} {}", last.name);
        }
        self.at = described.words.end + 1;
        true
    }

    /// The description that begins at `at`; one that denies needs no comma.
    pub(crate) fn description(&self, at: usize) -> Option<Description> {
        let denied = self.norm(at) == "not";
        let comma = at
            .checked_sub(1)
            .and_then(|before| self.view.token(before))
            .is_some_and(|token| token.is(",") || token.is("-"));
        let article = at + usize::from(denied);
        if !(comma || denied)
            || !matches!(self.norm(article), "the" | "a" | "an" | "that" | "those")
        {
            return None;
        }
        let start = article + 1;
        let noun = (start..start + MOST_DESCRIBING)
            .take_while(|&at| !self.is_separator(at))
            .find(|&at| KIND_NOUNS.contains(&self.norm(at)))?;
        (noun > start && self.ends_at(noun + 1)).then_some(Description {
            words: start..noun,
            denied,
        })
    }

    fn ends_at(&self, at: usize) -> bool {
        self.is_separator(at)
            || self.is_known(at, self.engine.pack.known.purpose)
            || amount::read(self.engine, self.view, at, self.language).is_some()
    }
}

/// What is said of the good before it.
pub(crate) struct Description {
    /// The words between the article and the noun that stands for the good.
    words: Range<usize>,
    /// It is not wanted so.
    denied: bool,
}
