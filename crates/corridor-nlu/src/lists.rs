//! Which of the household's lists the words of a list name mean.

use crate::annotate::is_word_of_name;
use crate::pack::plain;
use crate::tokenize::is_letter;
use crate::utterance::View;

/// A list that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListMention {
    /// This one of the household's lists.
    Known(usize),
    /// None of them, or more than one.
    Unknown,
}

/// Finds the list whose name the words say; with several, the one that says most of them.
pub(crate) fn resolve(view: &View<'_>, lists: &[&str]) -> ListMention {
    let mut best: Option<(usize, usize)> = None;
    let mut tied = false;
    for (index, list) in lists.iter().enumerate() {
        let parts: Vec<String> = list
            .split(|c: char| !is_letter(c) && !c.is_numeric())
            .filter(|part| !part.is_empty())
            .map(plain)
            .collect();
        let said = parts
            .iter()
            .filter(|part| view.words().any(|word| is_word_of_name(word, part)))
            .count();
        if said == 0 {
            continue;
        }
        match best {
            Some((_, most)) if most > said => {}
            Some((_, most)) if most == said => tied = true,
            _ => {
                best = Some((index, said));
                tied = false;
            }
        }
    }
    match best {
        Some((index, _)) if !tied => ListMention::Known(index),
        _ => ListMention::Unknown,
    }
}
