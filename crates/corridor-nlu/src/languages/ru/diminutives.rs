//! Diminutives of taste («хлебушек», «кваску»): what a list shows is the thing itself.

use rustc_hash::FxHashMap as HashMap;

use crate::pack::plain;

/// Pairs of diminutive and base, one a line.
const TABLE: &str = include_str!("diminutives.txt");

/// Bases by diminutive.
pub struct Diminutives(HashMap<String, String>);

impl Diminutives {
    /// Reads the table that is part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        let lines = TABLE
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(
            lines
                .filter_map(|line| line.split_once(' '))
                .map(|(small, base)| (plain(small), base.trim().to_owned()))
                .collect(),
        )
    }

    /// The thing a diminutive lemma names, or `None`.
    #[must_use]
    pub fn base(&self, lemma: &str) -> Option<&str> {
        self.0.get(lemma).map(String::as_str)
    }
}
