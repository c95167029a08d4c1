//! Units and containers of a pack.

use rustc_hash::FxHashMap as HashMap;

use crate::language::Language;
use crate::morph::Reading;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// Mass, volume, length: written as a symbol.
    Measure,
    /// Pack, bottle, loaf.
    Container,
    /// «штука», "piece": said only where it is said.
    Piece,
}

impl UnitKind {
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "measure" => Self::Measure,
            "container" => Self::Container,
            "piece" => Self::Piece,
            _ => return None,
        })
    }
}

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// How a decision writes it.
    pub write: String,
    /// What it measures.
    pub kind: UnitKind,
    /// The language that says it so.
    pub language: Language,
}

/// Units by the words that say them.
#[derive(Debug, Default)]
pub struct Units {
    units: Vec<Unit>,
    by_word: HashMap<String, Vec<u16>>,
    /// By the first word, then the second.
    by_pair: HashMap<String, HashMap<String, u16>>,
}

impl Units {
    /// Adds a unit. Of two that are said alike, the first is meant.
    pub(crate) fn add(&mut self, unit: Unit, say: &[String]) {
        let number = u16::try_from(self.units.len()).unwrap_or(u16::MAX);
        self.units.push(unit);
        for word in say {
            let word = super::plain(word);
            match word.split_once(' ') {
                Some((first, second)) => {
                    let pairs = self.by_pair.entry(first.to_owned()).or_default();
                    pairs.entry(second.to_owned()).or_insert(number);
                }
                None => {
                    self.by_word.entry(word).or_default().push(number);
                }
            }
        }
    }

    /// The unit a word says, by form first («г», «л»), then by lemma; as `language` writes it where it has the unit.
    #[must_use]
    pub fn find(&self, language: Language, norm: &str, readings: &[Reading]) -> Option<&Unit> {
        let numbers = self.by_word.get(norm).or_else(|| {
            readings
                .iter()
                .filter(|r| r.is_nominal())
                .find_map(|reading| self.by_word.get(&reading.lemma))
        })?;
        let units = || {
            numbers
                .iter()
                .filter_map(|&number| self.units.get(usize::from(number)))
        };
        units()
            .find(|unit| unit.language == language)
            .or_else(|| units().next())
    }

    /// The unit that two words say ("fluid ounces").
    #[must_use]
    pub fn find_pair(&self, first: &str, second: (&str, &[Reading])) -> Option<&Unit> {
        let pairs = self.by_pair.get(first)?;
        let number = pairs.get(second.0).or_else(|| {
            second
                .1
                .iter()
                .find_map(|reading| pairs.get(&reading.lemma))
        })?;
        self.units.get(usize::from(*number))
    }
}
