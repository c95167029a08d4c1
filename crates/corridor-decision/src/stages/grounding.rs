//! Whether words that a model wrote were said.
//!
//! A word is grounded where the command has it by lemma, or within one edit if it is at least five letters long and not itself a known
//! word: a model may spell a word that was said a little otherwise, and must not write another word (ham is not jam).

use std::collections::HashSet;

use corridor_nlu::amount::Amount;
use corridor_nlu::token::TokenKind;
use corridor_nlu::typo::distance;
use corridor_nlu::{Engine, PlainWord, Utterance};

/// The longest name or title, in characters.
pub const LONGEST_NAME: usize = 120;

/// A shorter word within one edit is as likely another word.
const SHORTEST_EDITED: usize = 5;

/// Signs that a name may have beside letters and digits.
const NAME_SIGNS: &str = " -'\"«»%№&.,/+()";

/// Signs that say nothing by themselves; a name may have them whether they were said or not.
const EMPTY_SIGNS: [&str; 7] = ["-", "'", "\"", ".", ",", "(", ")"];

/// What was said, ready to be asked whether it has a word.
pub struct Spoken<'u> {
    engine: &'u Engine,
    /// Forms and lemmas, as said and as repaired.
    keys: HashSet<&'u str>,
    /// Forms, for edits.
    forms: Vec<&'u str>,
    numbers: Vec<Amount>,
    /// Words of names that the rules made of what was said («хлебушек» → «хлеб»).
    derived: Vec<PlainWord>,
}

impl<'u> Spoken<'u> {
    /// What an utterance says; `derived` are names that the rules made of it.
    #[must_use]
    pub fn new<'n>(
        engine: &'u Engine,
        utterance: &'u Utterance,
        derived: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        let mut keys = HashSet::with_capacity(utterance.tokens.len() * 3);
        let mut forms = Vec::with_capacity(utterance.tokens.len());
        let mut numbers = Vec::new();
        for (token, word) in utterance.tokens.iter().zip(&utterance.words) {
            keys.insert(token.norm.as_str());
            keys.insert(word.norm.as_str());
            for reading in word.readings.iter() {
                keys.insert(reading.lemma.as_str());
                keys.extend(engine.base_of_diminutive(&reading.lemma));
            }
            numbers.extend(word.number.as_ref().map(|number| number.amount));
            if token.kind == TokenKind::Word {
                forms.push(word.norm.as_str());
            }
        }
        Self {
            engine,
            keys,
            forms,
            numbers,
            derived: derived
                .into_iter()
                .flat_map(|name| engine.plain_words(name))
                .filter(|word| word.content)
                .collect(),
        }
    }

    /// Whether every word of a text was said.
    #[must_use]
    pub fn has_all(&self, words: &[PlainWord]) -> bool {
        words.iter().all(|word| self.has(word))
    }

    /// Whether a word was said.
    #[must_use]
    pub fn has(&self, word: &PlainWord) -> bool {
        match word.kind {
            TokenKind::Symbol => {
                EMPTY_SIGNS.contains(&word.norm.as_str()) || self.keys.contains(word.norm.as_str())
            }
            TokenKind::Number => {
                self.keys.contains(word.norm.as_str())
                    || Amount::from_decimal(&word.norm)
                        .is_some_and(|number| self.numbers.contains(&number))
            }
            TokenKind::Word => {
                word.keys().any(|key| self.keys.contains(key))
                    || self.derived.iter().any(|said| same_word(said, word))
                    || self.has_parts(word)
                    || self.has_edited(word)
            }
        }
    }

    /// "gluten-free" of "gluten free".
    fn has_parts(&self, word: &PlainWord) -> bool {
        word.norm.contains('-') && word.norm.split('-').all(|part| self.keys.contains(part))
    }

    fn has_edited(&self, word: &PlainWord) -> bool {
        let length = word.norm.chars().count();
        !word.known
            && length >= SHORTEST_EDITED
            && self.forms.iter().any(|form| {
                form.chars().count().abs_diff(length) <= 1 && distance(form, &word.norm) <= 1
            })
    }

    /// The words of a text, each by itself.
    #[must_use]
    pub fn words_of(&self, text: &str) -> Vec<PlainWord> {
        self.engine.plain_words(text)
    }
}

/// Whether two words are forms of one.
#[must_use]
pub fn same_word(a: &PlainWord, b: &PlainWord) -> bool {
    a.keys().any(|key| b.keys().any(|other| key == other))
}

/// Whether a text can be a name at all: 1 to 120 characters of one line, of letters, digits and the few signs that names have.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    !text.trim().is_empty()
        && length <= LONGEST_NAME
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || NAME_SIGNS.contains(c))
}
