//! How many entries there are of what.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use serde::Serialize;

use crate::dataset::Entry;
use crate::vocabulary::{Difficulty, EntryLanguage, Intent};

/// Counts of entries. By the intent that an entry prefers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// All of them.
    pub entries: usize,
    /// By intent and language.
    pub languages: BTreeMap<Intent, BTreeMap<EntryLanguage, usize>>,
    /// By intent and difficulty.
    pub difficulties: BTreeMap<Intent, BTreeMap<Difficulty, usize>>,
    /// By tag and language.
    pub tags: BTreeMap<String, BTreeMap<EntryLanguage, usize>>,
}

impl Coverage {
    /// Counts entries.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let mut coverage = Self {
            entries: entries.len(),
            ..Self::default()
        };
        for entry in entries {
            if let Some(intent) = entry.expected.preferred.intent {
                *coverage
                    .languages
                    .entry(intent)
                    .or_default()
                    .entry(entry.language)
                    .or_default() += 1;
                *coverage
                    .difficulties
                    .entry(intent)
                    .or_default()
                    .entry(entry.difficulty)
                    .or_default() += 1;
            }
            for tag in &entry.tags {
                *coverage
                    .tags
                    .entry(tag.name.clone())
                    .or_default()
                    .entry(entry.language)
                    .or_default() += 1;
            }
        }
        coverage
    }

    pub(super) fn of_intent(&self, intent: Intent) -> usize {
        self.languages
            .get(&intent)
            .map_or(0, |row| row.values().sum())
    }

    pub(super) fn of_language(&self, language: EntryLanguage) -> usize {
        self.languages
            .values()
            .map(|row| count(row, &language))
            .sum()
    }

    pub(super) fn of_difficulty(&self, difficulty: Difficulty) -> usize {
        self.difficulties
            .values()
            .map(|row| count(row, &difficulty))
            .sum()
    }

    pub(super) fn of_intent_in(&self, intent: Intent, language: EntryLanguage) -> usize {
        self.languages
            .get(&intent)
            .map_or(0, |row| count(row, &language))
    }

    pub(super) fn of_intent_at(&self, intent: Intent, difficulty: Difficulty) -> usize {
        self.difficulties
            .get(&intent)
            .map_or(0, |row| count(row, &difficulty))
    }
}

fn count<K: Ord>(row: &BTreeMap<K, usize>, column: &K) -> usize {
    row.get(column).copied().unwrap_or(0)
}

impl Display for Coverage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (languages, difficulties) = (EntryLanguage::ALL, Difficulty::ALL);
        write!(f, "{:<20}", "entries")?;
        languages
            .iter()
            .try_for_each(|language| write!(f, " {language:>7}"))?;
        difficulties
            .iter()
            .try_for_each(|difficulty| write!(f, " {difficulty:>7}"))?;
        writeln!(f, " {:>7}", "all")?;
        for intent in Intent::ALL {
            let by_language = languages
                .iter()
                .map(|language| self.of_intent_in(*intent, *language));
            let by_difficulty = difficulties
                .iter()
                .map(|difficulty| self.of_intent_at(*intent, *difficulty));
            row(
                f,
                &intent,
                by_language.chain(by_difficulty),
                self.of_intent(*intent),
            )?;
        }
        let by_language = languages.iter().map(|language| self.of_language(*language));
        let by_difficulty = difficulties
            .iter()
            .map(|difficulty| self.of_difficulty(*difficulty));
        row(f, &"all", by_language.chain(by_difficulty), self.entries)?;
        write!(f, "\n{:<20}", "tag")?;
        languages
            .iter()
            .try_for_each(|language| write!(f, " {language:>7}"))?;
        writeln!(f, " {:>7}", "all")?;
        for (tag, counts) in &self.tags {
            row(
                f,
                tag,
                languages.iter().map(|language| count(counts, language)),
                counts.values().sum(),
            )?;
        }
        Ok(())
    }
}

fn row(
    f: &mut Formatter<'_>,
    name: &dyn Display,
    cells: impl Iterator<Item = usize>,
    all: usize,
) -> fmt::Result {
    write!(f, "{name:<20}")?;
    for cell in cells {
        write!(f, " {cell:>7}")?;
    }
    writeln!(f, " {all:>7}")
}
