//! All variants of a base.

use super::base::Base;
use super::choice::{choose, hash};
use super::kind::Kind;
use super::language::LanguageWords;
use super::same::Tolerance;
use super::{goods, letters, names, numbers, order, slip, turn, wrap};
use crate::answer::Answer;

/// A changed command, with the decision it must get where the change keeps the meaning.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What was changed.
    pub kind: Kind,
    /// What is said now.
    pub text: String,
    pub(super) expected: Answer,
    pub(super) tolerance: Tolerance,
}

impl Variant {
    /// A text that must be decided as its base is.
    pub(super) fn same(kind: Kind, text: String, base: &Base<'_>) -> Self {
        Self {
            kind,
            text,
            expected: base.answer.clone(),
            tolerance: Tolerance::default(),
        }
    }
}

/// Makes variants.
#[derive(Clone, Copy, Debug)]
pub struct Perturber<'w> {
    languages: &'w [LanguageWords],
    per_kind: usize,
}

impl<'w> Perturber<'w> {
    /// With the words of these languages, at most so many variants of a base and kind.
    #[must_use]
    pub fn new(languages: &'w [LanguageWords], per_kind: usize) -> Self {
        Self {
            languages,
            per_kind,
        }
    }

    pub(super) fn per_kind(&self) -> usize {
        self.per_kind
    }

    /// The variants of a base, by kind. A base without a letter, or in a language that has no words here, has none.
    #[must_use]
    pub fn variants(&self, base: &Base<'_>) -> Vec<Variant> {
        let reads = |words: &&LanguageWords| words.reads(base.text());
        let Some(words) = self.languages.iter().find(reads) else {
            return Vec::new();
        };
        Kind::ALL
            .iter()
            .flat_map(|kind| {
                let mut all = candidates(*kind, words, base, self.per_kind);
                all.retain(|variant| variant.text != base.text());
                let id = base.entry.id.as_str();
                choose(all, self.per_kind, |variant| {
                    hash(&[id, kind.as_str(), &variant.text])
                })
            })
            .collect()
    }
}

/// Everything a kind could make of a base; of slips, which are many, the most that are wanted.
fn candidates(kind: Kind, words: &LanguageWords, base: &Base<'_>, most: usize) -> Vec<Variant> {
    match kind {
        Kind::Greeting | Kind::Politeness | Kind::Filler | Kind::Reason | Kind::Address => {
            wrap::variants(kind, words, base)
        }
        Kind::ListOrder => order::lists(words, base),
        Kind::DayOrder => order::days(words, base),
        Kind::LowerCase | Kind::UpperCase | Kind::TitleCase | Kind::NoPunctuation => {
            letters::variants(kind, base)
        }
        Kind::Digits => numbers::digits(words, base),
        Kind::NumberWord => numbers::words(words, base),
        Kind::Slip => slip::variants(words, base, most),
        Kind::AnotherGood => goods::variants(words, base),
        Kind::AnotherName => names::variants(words, base),
        Kind::Negation
        | Kind::Question
        | Kind::Past
        | Kind::Removal
        | Kind::Elsewhere
        | Kind::OtherSense => turn::variants(kind, words, base),
    }
}
