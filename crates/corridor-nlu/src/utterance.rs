//! What was said, word by word, with all that is known of each word before any rule is tried.

use std::ops::Range;
use std::sync::Arc;

use crate::amount::Numeral;
use crate::language::Language;
use crate::languages::en::vocabulary::leads_a_place;
use crate::morph::{Pos, Reading};
use crate::pack::{GoodId, LookedUp, Membership};
use crate::phrase::{ClassId, Forms, Signature};
use crate::token::{Token, TokenKind};

/// One word with its readings and classes.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Lower case, ё as е; the repaired spelling where there was a typo.
    pub norm: String,
    /// Readings, likeliest first.
    pub readings: Arc<[Reading]>,
    /// Classes it belongs to.
    pub memberships: Vec<Membership>,
    /// Classes of objects with which a verb of many senses makes a chore; apart from the others, as common nouns are in dozens of them.
    pub objects: Vec<Membership>,
    /// The known good that begins here, and how many words it takes.
    pub good: Option<(GoodId, usize)>,
    /// The number that begins here.
    pub number: Option<Numeral>,
    /// How the household writes the name that this word is.
    pub written: Option<Box<str>>,
    /// A typo was repaired.
    pub repaired: bool,
    /// Neither the dictionary nor the pack knows the word.
    pub unknown: bool,
}

impl LookedUp for Word {
    fn norm(&self) -> &str {
        &self.norm
    }

    fn readings(&self) -> &[Reading] {
        &self.readings
    }
}

impl Word {
    /// How many words the entry of `class` in one of `forms` takes that begins here; the longest.
    #[must_use]
    pub fn entry(&self, class: ClassId, forms: Forms) -> Option<usize> {
        self.memberships
            .iter()
            .filter(|m| m.class == class && m.forms.meets(forms))
            .map(|m| usize::from(m.len))
            .max()
    }

    /// Whether it is an object of this class, which makes a chore of a verb of many senses.
    #[must_use]
    pub(crate) fn is_object(&self, class: ClassId) -> bool {
        self.objects.iter().any(|m| m.class == class)
    }

    /// The classes of the word, for a quick look before a slow one.
    #[must_use]
    pub(crate) fn signature(&self) -> Signature {
        self.memberships
            .iter()
            .fold(Signature::default(), |all, m| {
                all.or(Signature::of(m.class))
            })
    }

    /// Whether it leads a place, a time or a recipient: a preposition by its likeliest reading, or an English word that hardly is anything else.
    #[must_use]
    pub(crate) fn is_preposition(&self) -> bool {
        leads_a_place(&self.norm)
            || self
                .readings
                .first()
                .is_some_and(|reading| reading.pos == Pos::Preposition)
    }

    /// Whether the word itself belongs to the class.
    #[must_use]
    pub fn is(&self, class: ClassId) -> bool {
        self.memberships.iter().any(|m| m.class == class)
    }
}

/// A whole utterance.
#[derive(Clone, Debug)]
pub struct Utterance {
    /// The tokens as said.
    pub tokens: Vec<Token>,
    /// What is known of each, same positions.
    pub words: Vec<Word>,
    /// The language most of its letters are in, or of its trigger where mixed.
    pub language: Language,
}

impl Utterance {
    /// Whether the token at `at` is punctuation that phrases may pass over.
    #[must_use]
    pub fn is_mark(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.kind == TokenKind::Symbol
                && matches!(
                    token.norm.as_str(),
                    "." | "," | ":" | ";" | "-" | "!" | "?" | "\"" | "(" | ")" | "'" | "/"
                )
        })
    }

    /// Whether the token says something: a word or a number.
    #[must_use]
    pub fn is_said(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
    }

    /// The word at `at` belongs to the class.
    #[must_use]
    pub fn has(&self, at: usize, class: ClassId) -> bool {
        self.words.get(at).is_some_and(|word| word.is(class))
    }
}

/// Some tokens of an utterance in order: a clause without what was taken out of it (fillers, times, doers).
#[derive(Clone, Debug)]
pub struct View<'u> {
    /// The whole utterance.
    pub utterance: &'u Utterance,
    /// Positions of the tokens.
    pub at: Vec<usize>,
}

impl<'u> View<'u> {
    /// The tokens of `range` for which `keep` holds.
    pub fn new(
        utterance: &'u Utterance,
        range: Range<usize>,
        keep: impl Fn(usize) -> bool,
    ) -> Self {
        Self {
            utterance,
            at: range.filter(|&at| keep(at)).collect(),
        }
    }

    /// Part of a view.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        Self {
            utterance: self.utterance,
            at: self.at.get(range).unwrap_or(&[]).to_vec(),
        }
    }

    /// The word at position `index` of the view.
    #[must_use]
    pub fn word(&self, index: usize) -> Option<&'u Word> {
        self.utterance.words.get(*self.at.get(index)?)
    }

    /// The token at position `index` of the view.
    #[must_use]
    pub fn token(&self, index: usize) -> Option<&'u Token> {
        self.utterance.tokens.get(*self.at.get(index)?)
    }

    /// The words of the view, in order.
    pub fn words(&self) -> impl Iterator<Item = &'u Word> + '_ {
        self.at
            .iter()
            .filter_map(|&at| self.utterance.words.get(at))
    }

    /// Whether any word or number is in it.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        !self.at.iter().any(|&at| self.utterance.is_said(at))
    }

    /// How many words of the view the `len` words of the utterance from `index` are: some of them may have been taken out of it.
    #[must_use]
    pub(crate) fn covered(&self, index: usize, len: usize) -> usize {
        let rest = self.at.get(index..).unwrap_or(&[]);
        let end = rest.first().map_or(0, |first| first + len);
        rest.iter().take(len).take_while(|&&at| at < end).count()
    }

    /// Without punctuation at its ends.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        // A quotation mark that closes one inside belongs to it.
        let quotes = self
            .at
            .iter()
            .filter(|&&at| self.utterance.tokens.get(at).is_some_and(|t| t.is("\"")))
            .count();
        let closes =
            |at: usize| quotes > 1 && self.utterance.tokens.get(at).is_some_and(|t| t.is("\""));
        while self
            .at
            .last()
            .is_some_and(|&at| self.utterance.is_mark(at) && !closes(at))
        {
            self.at.pop();
        }
        let marks = self
            .at
            .iter()
            .take_while(|&&at| self.utterance.is_mark(at))
            .count();
        self.at.drain(..marks);
        self
    }

    /// Whether the token is a mark inside a sentence: a pause, no end.
    #[must_use]
    pub(crate) fn is_soft_mark(&self, index: usize) -> bool {
        self.token(index).is_some_and(|token| {
            token.kind == TokenKind::Symbol
                && !token.new_line
                && matches!(token.norm.as_str(), "," | "-" | "\"" | "'")
        })
    }

    /// How many words in a row, from `index`, stand in the utterance without a gap.
    fn unbroken(&self, index: usize, len: usize) -> bool {
        match (self.at.get(index), self.at.get(index + len - 1)) {
            (Some(first), Some(last)) => last - first == len - 1,
            _ => false,
        }
    }
}

impl crate::phrase::Words for View<'_> {
    fn count(&self) -> usize {
        self.at.len()
    }

    fn entry(&self, at: usize, class: ClassId, forms: Forms) -> Option<usize> {
        let len = self.word(at)?.entry(class, forms)?;
        self.unbroken(at, len).then_some(len)
    }

    fn entries(&self, at: usize, set: &[(ClassId, Forms)]) -> u32 {
        let Some(word) = self.word(at) else { return 0 };
        let mut lengths = 0;
        for member in &word.memberships {
            let Ok(place) = set.binary_search_by_key(&member.class, |(class, _)| *class) else {
                continue;
            };
            // The same class may stand there more than once, in other forms.
            let same = |at: &usize| {
                set.get(*at)
                    .is_some_and(|(class, _)| *class == member.class)
            };
            let first = (0..place).rev().take_while(same).last().unwrap_or(place);
            let meets = (first..)
                .take_while(same)
                .filter_map(|at| set.get(at))
                .any(|(_, forms)| member.forms.meets(*forms));
            let len = usize::from(member.len);
            if meets && len < 32 && self.unbroken(at, len) {
                lengths |= 1 << len;
            }
        }
        lengths
    }

    fn is_mark(&self, at: usize) -> bool {
        self.at
            .get(at)
            .is_some_and(|&token| self.utterance.is_mark(token))
    }
}
