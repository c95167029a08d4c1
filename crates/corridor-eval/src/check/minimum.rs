//! How many entries there have to be of what: `coverage.toml`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::coverage::Coverage;
use crate::dataset::{DatasetFiles, DatasetProblem};
use crate::vocabulary::{Difficulty, EntryLanguage, Intent};

/// Too few entries of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Of what: `language ru`, `tag typo`, `intent reject, difficulty hard`, …
    pub of: String,
    /// How many there are.
    pub found: usize,
    /// How many there have to be.
    pub at_least: usize,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} of at least {}",
            self.of, self.found, self.at_least
        )
    }
}

/// `coverage.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCoverage {
    version: Spanned<u32>,
    at_least: Minimum,
}

/// The least that a set has to hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Minimum {
    #[serde(default)]
    entries: usize,
    #[serde(default)]
    language: BTreeMap<EntryLanguage, usize>,
    #[serde(default)]
    intent: BTreeMap<Intent, usize>,
    #[serde(default)]
    difficulty: BTreeMap<Difficulty, usize>,
    #[serde(default)]
    each: Each,
}

/// What holds of each of a kind.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Each {
    tag: usize,
    intent_in_language: usize,
    intent_at_difficulty: usize,
}

impl Minimum {
    /// Reads it; `None`, with a problem, where there is none to be had.
    pub(super) fn read(files: &DatasetFiles, problems: &mut Vec<DatasetProblem>) -> Option<Self> {
        let Some(source) = files.coverage() else {
            let place = files.first_line(DatasetFiles::COVERAGE);
            problems.push(DatasetProblem::new(
                place,
                "is missing",
                "say how many entries there have to be of what",
            ));
            return None;
        };
        match toml::Deserializer::parse(source.text).and_then(RawCoverage::deserialize) {
            Ok(raw) => {
                problems.extend(source.wrong_version(&raw.version));
                Some(raw.at_least)
            }
            Err(error) => {
                problems.push(source.toml_problem(&error, &(0..0)));
                None
            }
        }
    }

    /// Where a set falls short, from the whole to its parts.
    pub(super) fn gaps(&self, coverage: &Coverage) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let mut demand = |of: String, found: usize, at_least: usize| {
            if found < at_least {
                gaps.push(Gap {
                    of,
                    found,
                    at_least,
                });
            }
        };
        demand("all".to_owned(), coverage.entries, self.entries);
        for (language, at_least) in &self.language {
            demand(
                format!("language {language}"),
                coverage.of_language(*language),
                *at_least,
            );
        }
        for (intent, at_least) in &self.intent {
            demand(
                format!("intent {intent}"),
                coverage.of_intent(*intent),
                *at_least,
            );
        }
        for (difficulty, at_least) in &self.difficulty {
            demand(
                format!("difficulty {difficulty}"),
                coverage.of_difficulty(*difficulty),
                *at_least,
            );
        }
        for intent in Intent::ALL {
            for language in EntryLanguage::ALL {
                let found = coverage.of_intent_in(*intent, *language);
                demand(
                    format!("intent {intent}, language {language}"),
                    found,
                    self.each.intent_in_language,
                );
            }
            for difficulty in Difficulty::ALL {
                let found = coverage.of_intent_at(*intent, *difficulty);
                demand(
                    format!("intent {intent}, difficulty {difficulty}"),
                    found,
                    self.each.intent_at_difficulty,
                );
            }
        }
        for (tag, counts) in &coverage.tags {
            demand(format!("tag {tag}"), counts.values().sum(), self.each.tag);
        }
        gaps
    }
}
