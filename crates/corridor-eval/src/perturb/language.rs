//! The words of a language that kinds change commands with, as its file has them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::goods::{Goods, GoodsProblem};
use super::kind::{Direction, Kind};

/// The version of the file.
const VERSION: u32 = 1;

/// What a language's file says, checked, with the goods of a pack.
#[derive(Clone, Debug)]
pub struct LanguageWords {
    pub(super) raw: Raw,
    pub(super) goods: Goods,
}

/// Why a text is no file of words.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WordsProblem {
    /// Not the shape of one.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// Of another version.
    #[error("version: {0} is not a version this build reads")]
    Version(u32),
    /// A kind that does not go where it stands.
    #[error("kind: `{0}` is not a kind that {1}")]
    Kind(String, &'static str),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    version: u32,
    pub(super) language: String,
    /// Its letters, small: they tell which language a text is in.
    pub(super) alphabet: String,
    /// Words that order, need, wish or lack.
    pub(super) orders: Vec<String>,
    /// Rows of keys.
    pub(super) keyboard: Vec<String>,
    pub(super) vowels: String,
    /// Vowels that may fall out where an ending follows.
    pub(super) shifting: String,
    /// Letters that choose another ending.
    pub(super) hushing: String,
    /// Endings that do not tell the gender.
    pub(super) skip_endings: Vec<String>,
    #[serde(default)]
    pub(super) plural_suffix: String,
    pub(super) plural_not_after: String,
    #[serde(default)]
    pub(super) articles: Vec<String>,
    /// Endings of names in the dictionary form.
    pub(super) name_endings: Vec<String>,
    /// Endings of names in texts.
    pub(super) name_forms: Vec<String>,
    /// Names that are also words.
    pub(super) ambiguous_names: Vec<String>,
    /// Digits to the words for them. A number of several words is not written as one, since which depends on what is counted.
    pub(super) numbers: BTreeMap<String, Vec<String>>,
    pub(super) number_places: NumberPlaces,
    pub(super) order: Order,
    pub(super) keep: Vec<Keep>,
    pub(super) turn: Vec<Turn>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberPlaces {
    pub(super) neighbours: Vec<String>,
    pub(super) times: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    /// How a list is named, `{}` standing for its name.
    pub(super) lists: Vec<String>,
    pub(super) days: Vec<String>,
    /// What may follow a day and moves with it.
    pub(super) day_tail: Vec<String>,
    /// What stands inside such a tail, and never at its end.
    pub(super) day_links: Vec<String>,
    /// What makes a day part of something else.
    pub(super) day_bound: Vec<String>,
}

/// Something said around a command.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keep {
    pub(super) kind: String,
    #[serde(default)]
    pub(super) front: Vec<String>,
    #[serde(default)]
    pub(super) inside: Vec<String>,
    #[serde(default)]
    pub(super) behind: Vec<String>,
    /// Texts with one of these have it already.
    #[serde(default)]
    pub(super) unless: Vec<String>,
}

/// Something said in place of an order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Turn {
    pub(super) kind: String,
    pub(super) replace: Vec<Replace>,
    /// What the text ends with.
    #[serde(default)]
    pub(super) end: String,
    /// Places that give way to another; where there is none, the other is added.
    #[serde(default)]
    pub(super) places: Vec<String>,
}

/// Beginnings of a text, and what they may become; `{}` is the beginning itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Replace {
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    /// Places that a text gets in place of the turn's `places`.
    #[serde(default)]
    pub(super) place_to: Vec<String>,
}

impl LanguageWords {
    /// Reads a language's file.
    ///
    /// # Errors
    /// Where it is none of ours.
    pub fn parse(text: &str) -> Result<Self, WordsProblem> {
        let raw: Raw = toml::from_str(text)?;
        if raw.version != VERSION {
            return Err(WordsProblem::Version(raw.version));
        }
        let keeps = raw.keep.iter().map(|keep| (&keep.kind, Direction::Keeps));
        let turns = raw.turn.iter().map(|turn| (&turn.kind, Direction::Turns));
        for (word, direction) in keeps.chain(turns) {
            if Kind::from_word(word).is_none_or(|kind| kind.direction() != direction) {
                let what = match direction {
                    Direction::Keeps => "keeps the meaning",
                    Direction::Turns => "turns the meaning",
                };
                return Err(WordsProblem::Kind(word.clone(), what));
            }
        }
        Ok(Self {
            raw,
            goods: Goods::default(),
        })
    }

    /// The language's tag, which is the folder of its files in a pack.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.raw.language
    }

    /// The same with the goods of a pack: the texts of the language's files of goods.
    ///
    /// # Errors
    /// Where a text is none.
    pub fn with_goods<'t>(
        mut self,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Result<Self, GoodsProblem> {
        for text in texts {
            self.goods.read(text)?;
        }
        Ok(self)
    }

    /// Whether a text's first letter is of this language.
    #[must_use]
    pub fn reads(&self, text: &str) -> bool {
        let first = text
            .chars()
            .flat_map(char::to_lowercase)
            .find(|letter| letter.is_alphabetic());
        first.is_some_and(|letter| self.raw.alphabet.contains(letter))
    }

    pub(super) fn is_vowel(&self, letter: char) -> bool {
        self.raw.vowels.contains(letter)
    }

    /// The number that a word or digits stand for, in digits.
    pub(super) fn number(&self, word: &str) -> Option<&str> {
        self.raw
            .numbers
            .iter()
            .find(|(digits, words)| *digits == word || words.iter().any(|own| own == word))
            .map(|(digits, _)| digits.as_str())
    }
}
