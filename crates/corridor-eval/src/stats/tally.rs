//! Counts of words.

use std::collections::BTreeMap;

use serde::Serialize;

/// How many different words are counted; the rest count together. Records have far fewer, but a file may hold anything.
const MAX_WORDS: usize = 64;

/// What the rest counts as.
const OTHERS: &str = "(others)";

/// How often each word was met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Tally(BTreeMap<String, u64>);

impl Tally {
    /// Counts a word.
    pub(super) fn add(&mut self, word: &str) {
        if let Some(count) = self.0.get_mut(word) {
            *count = count.saturating_add(1);
            return;
        }
        let word = if self.0.len() < MAX_WORDS {
            word
        } else {
            OTHERS
        };
        let count = self.0.entry(word.to_owned()).or_default();
        *count = count.saturating_add(1);
    }

    /// How often the word was met.
    #[must_use]
    pub fn count(&self, word: &str) -> u64 {
        self.0.get(word).copied().unwrap_or_default()
    }

    /// How many were counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0
            .values()
            .fold(0, |total, count| total.saturating_add(*count))
    }

    /// Every word with its count, the most frequent first.
    #[must_use]
    pub fn ranked(&self) -> Vec<(&str, u64)> {
        let mut ranked: Vec<(&str, u64)> = self
            .0
            .iter()
            .map(|(word, count)| (word.as_str(), *count))
            .collect();
        ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        ranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_end_take_no_memory_without_end() {
        let mut tally = Tally::default();
        (0..1000).for_each(|number| tally.add(&number.to_string()));
        assert_eq!(tally.total(), 1000);
        assert_eq!(tally.ranked().len(), MAX_WORDS + 1);
        assert_eq!(tally.ranked().first(), Some(&(OTHERS, 936)));
    }
}
