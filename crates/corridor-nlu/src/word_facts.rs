//! What is known of single words, for checks of texts that others wrote: a name that a model suggests, a text it normalised.
//!
//! Nothing is repaired here and no rule is tried: a check must see a word as it was written.

use std::sync::Arc;

use crate::engine::Engine;
use crate::language::Language;
use crate::languages::en::vocabulary;
use crate::languages::ru::numbers::half_prefix;
use crate::morph::{Pos, Reading};
use crate::pack::LookedUp;
use crate::phrase::ClassId;
use crate::time;
use crate::token::{Script, Token, TokenKind};
use crate::tokenize::tokenize;
use crate::utterance::{Utterance, Word};

/// English words that carry no content of their own. Russian ones are told by the dictionary.
const ENGLISH_FUNCTION_WORDS: &str =
    " a an the of and or with without for in on to from at by as my our some ";

/// A word, number or sign as it is written.
#[derive(Clone, Debug)]
pub struct PlainWord {
    /// Lower case, ё as е.
    pub norm: String,
    /// What it is made of.
    pub kind: TokenKind,
    /// Readings, likeliest first.
    pub readings: Arc<[Reading]>,
    /// The dictionary, the pack or the tables of names have it.
    pub known: bool,
    /// It says something by itself: no preposition, conjunction, particle or article.
    pub content: bool,
}

impl LookedUp for PlainWord {
    fn norm(&self) -> &str {
        &self.norm
    }

    fn readings(&self) -> &[Reading] {
        &self.readings
    }
}

impl PlainWord {
    /// Its lemmas and itself: what two forms of one word share. A lemma may come twice.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let lemmas = self.readings.iter().map(|reading| reading.lemma.as_str());
        lemmas.chain([self.norm.as_str()])
    }
}

/// What a word does to the meaning of an utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// «не», "don't".
    Negation,
    /// «сколько», "what".
    Question,
    /// «убери», "remove".
    Removal,
}

impl Marker {
    /// Every marker.
    pub const ALL: [Self; 3] = [Self::Negation, Self::Question, Self::Removal];

    /// The pack's class of such words.
    const fn class(self) -> &'static str {
        match self {
            Self::Negation => "takes_back",
            Self::Question => "question",
            Self::Removal => "remove",
        }
    }
}

impl Engine {
    /// The words, numbers and signs of `text`, each by itself.
    #[must_use]
    pub fn plain_words(&self, text: &str) -> Vec<PlainWord> {
        tokenize(text)
            .into_iter()
            .map(|token| self.plain_word(token))
            .collect()
    }

    fn plain_word(&self, token: Token) -> PlainWord {
        let readings = match (token.kind, token.script) {
            (TokenKind::Word, Script::Cyrillic) => self
                .memo
                .readings(&token.norm, || self.russian.read(&token.norm)),
            (TokenKind::Word, Script::Latin) => self
                .memo
                .readings(&token.norm, || self.english.read(&token.norm)),
            _ => Arc::default(),
        };
        let mut word = PlainWord {
            known: false,
            content: token.kind == TokenKind::Number
                || (token.kind == TokenKind::Word && !is_function_word(&token.norm, &readings)),
            kind: token.kind,
            norm: token.norm,
            readings,
        };
        word.known = word.kind == TokenKind::Word && self.has_word(&word, token.script);
        word
    }

    /// Whether the word at `at` is one that somebody listed, as it was said: a repaired one is not.
    #[must_use]
    pub fn knows_as_said(&self, utterance: &Utterance, at: usize) -> bool {
        match (utterance.words.get(at), utterance.tokens.get(at)) {
            (Some(word), Some(token)) => {
                !word.repaired
                    && (token.kind != TokenKind::Word
                        || self.has_word(word, token.script)
                        || word.number.is_some())
            }
            _ => false,
        }
    }

    /// Whether the utterance has a word that nobody listed and that no repair was found for. Words of a time are known («saturday»), and so
    /// are halves («полбуханки»). Capitals inside a sentence are names, which people spell as they like, and short words are codes and
    /// sounds.
    #[must_use]
    pub fn has_unknown_word(&self, utterance: &Utterance) -> bool {
        let mut unknown = (0..utterance.tokens.len())
            .filter(|&at| self.is_unknown(utterance, at))
            .peekable();
        // Times are looked for only where there is a word to explain: most commands have none.
        unknown.peek().is_some() && {
            let times = time::scan(&utterance.tokens, utterance.language);
            unknown.any(|at| !times.iter().any(|time| time.range.contains(&at)))
        }
    }

    fn is_unknown(&self, utterance: &Utterance, at: usize) -> bool {
        const SHORTEST: usize = 4;
        let (Some(token), Some(word)) = (utterance.tokens.get(at), utterance.words.get(at)) else {
            return false;
        };
        let name =
            token.span.start > 0 && token.text.chars().next().is_some_and(char::is_uppercase);
        token.kind == TokenKind::Word
            && !name
            && token.norm.chars().count() >= SHORTEST
            && !word.repaired
            && !word.is(self.pack.known.person)
            && !word.is(self.pack.known.own_list)
            && half_prefix(&word.norm).is_none()
            && !self.knows_as_said(utterance, at)
    }

    fn has_word(&self, word: &impl LookedUp, script: Script) -> bool {
        let listed = match script {
            Script::Cyrillic => word.readings().iter().any(|reading| reading.known),
            Script::Latin => {
                vocabulary::contains(word.norm())
                    || word
                        .readings()
                        .iter()
                        .any(|reading| vocabulary::contains(&reading.lemma))
                    || word
                        .norm()
                        .split(['-', '\''])
                        .all(|part| part.len() < 2 || vocabulary::contains(part))
            }
            Script::Other | Script::None => false,
        };
        listed || self.pack.lexicon.knows(word) || !self.names.find(word.norm()).is_empty()
    }

    /// How many words of the utterance are this marker.
    #[must_use]
    pub fn count_markers(&self, utterance: &Utterance, marker: Marker) -> usize {
        let classes: Vec<ClassId> = Language::ALL
            .into_iter()
            .filter_map(|language| self.pack.lexicon.find_class_of(language, marker.class()))
            .collect();
        utterance
            .words
            .iter()
            .filter(|word| classes.iter().any(|&class| word.is(class)))
            .count()
    }

    /// For each word of the utterance, whether a thing to buy may be made of it: no order, pointer, filler, person, list name, time or
    /// occasion.
    #[must_use]
    pub fn may_name_things(&self, utterance: &Utterance) -> Vec<bool> {
        let known = &self.pack.known;
        let never = [
            known.pointer,
            known.never_item,
            known.filler,
            known.assistant,
            known.article,
            known.vague,
            known.person,
            known.own_list,
            known.occasion,
            known.not_goods,
        ];
        let orders = [known.order, known.buys];
        let mut may: Vec<bool> = utterance
            .words
            .iter()
            .map(|word| {
                let listed = word.good.is_some();
                let never = never.iter().any(|&class| word.is(class));
                let order = orders.iter().any(|&class| word.is(class)) || is_only_a_verb(word);
                listed || !(never || order)
            })
            .collect();
        for mention in time::scan(&utterance.tokens, utterance.language) {
            for flag in may.get_mut(mention.range).into_iter().flatten() {
                *flag = false;
            }
        }
        may
    }

    /// Whether a word says something by itself.
    #[must_use]
    pub fn is_content(&self, word: &Word) -> bool {
        !is_function_word(&word.norm, &word.readings)
    }

    /// Whether the word at `at` names a person or is of a name of one of the household's lists.
    #[must_use]
    pub fn names_somebody_or_a_list(&self, utterance: &Utterance, at: usize) -> bool {
        let known = &self.pack.known;
        utterance.has(at, known.person) || utterance.has(at, known.own_list)
    }

    /// Whether a good of the pack begins with one of the words, so that they name a thing for certain.
    #[must_use]
    pub fn names_a_known_good(&self, words: &[PlainWord]) -> bool {
        (0..words.len()).any(|at| self.pack.lexicon.good_at(words, at).is_some())
    }

    /// The thing that a diminutive names («хлебушек» → «хлеб»), or `None`.
    #[must_use]
    pub fn base_of_diminutive(&self, lemma: &str) -> Option<&str> {
        self.diminutives.base(lemma)
    }

    /// A unit as a decision in `language` writes it, whatever its form («литра» → «л»); `None` where the pack has no such unit.
    #[must_use]
    pub fn unit_as_written(&self, language: Language, unit: &str) -> Option<&str> {
        let words = self.plain_words(unit);
        let words: Vec<&PlainWord> = words
            .iter()
            .filter(|word| word.kind == TokenKind::Word)
            .collect();
        let found = match words.as_slice() {
            [one] => self.pack.units.find(language, &one.norm, &one.readings),
            [first, second] => self
                .pack
                .units
                .find_pair(&first.norm, (&second.norm, &second.readings)),
            _ => None,
        };
        found.map(|unit| unit.write.as_str())
    }
}

fn is_function_word(norm: &str, readings: &[Reading]) -> bool {
    if norm.is_ascii() {
        return ENGLISH_FUNCTION_WORDS
            .split_ascii_whitespace()
            .any(|word| word == norm);
    }
    // The likeliest reading decides: «для» is hardly ever a gerund.
    readings.first().is_some_and(|reading| {
        reading.known
            && matches!(
                reading.pos,
                Pos::Preposition | Pos::Function | Pos::Determiner
            )
    })
}

/// A form that only a verb has («купи», «запиши»).
fn is_only_a_verb(word: &Word) -> bool {
    !word.readings.is_empty()
        && word
            .readings
            .iter()
            .all(|reading| reading.pos == Pos::Verb && !reading.is_attribute())
}
