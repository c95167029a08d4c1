//! Morphology as the grammar sees it: readings of a word, and words put into a form.
//!
//! The trait stands between the grammar and any dictionary; nothing else knows which dictionary is behind it.

use std::fmt;

/// Part of speech, after Universal Dependencies, as coarse as the grammar needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pos {
    /// Common noun.
    Noun,
    /// Name of a person, place or brand.
    ProperNoun,
    /// Adjective or ordinal.
    Adjective,
    /// Verb, participles included (see [`VerbForm`]).
    Verb,
    /// Pronoun that stands for a noun.
    Pronoun,
    /// Determiner («мой», «этот», "the").
    Determiner,
    /// Number word.
    Numeral,
    /// Adverb or predicative.
    Adverb,
    /// Preposition.
    Preposition,
    /// Conjunction, particle, interjection and the rest.
    Function,
}

/// Grammatical case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Case {
    Nominative,
    Genitive,
    Dative,
    Accusative,
    Instrumental,
    Locative,
    /// «чаю», «кваску».
    Partitive,
    Vocative,
}

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Number {
    Singular,
    Plural,
}

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

/// What form of a verb a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbForm {
    /// «купи», «купите».
    Imperative,
    /// «купить».
    Infinitive,
    /// English base form: order, infinitive and present at once ("buy").
    Base,
    /// «купил», "bought".
    Past,
    /// Present or future, second person: «купишь», «купите».
    SecondPerson,
    /// Present or future, third person: «купит», "buys".
    ThirdPerson,
    /// Present or future, first person: «куплю», «купим».
    FirstPerson,
    /// «купленный», and the English past participle where it differs from the past.
    Participle,
    /// «купив», "buying".
    Gerund,
}

/// One reading of a word.
#[derive(Clone, PartialEq)]
pub struct Reading {
    /// Dictionary form, lower case, ё as the dictionary has it.
    pub lemma: String,
    /// Part of speech.
    pub pos: Pos,
    /// Case, where the word has one.
    pub case: Option<Case>,
    /// Number, where the word has one.
    pub number: Option<Number>,
    /// Gender, where the word has one.
    pub gender: Option<Gender>,
    /// A living being (decides which accusative is which).
    pub animate: bool,
    /// Verb form, for verbs.
    pub verb: Option<VerbForm>,
    /// Share of this reading among all of the word's, 0..1.
    pub share: f32,
    /// The dictionary has this word (rather than guessing it by its ending).
    pub known: bool,
    /// Where the dictionary keeps the word's forms; opaque to the grammar.
    pub(crate) entry: Option<(u16, u16)>,
    /// The form as the dictionary spells it.
    pub(crate) form: String,
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?}/{:?}/{:?}/{:?}",
            self.pos, self.case, self.number, self.verb
        )
    }
}

impl Reading {
    /// Whether the word stands for a thing or a being by itself.
    #[must_use]
    pub fn is_nominal(&self) -> bool {
        matches!(self.pos, Pos::Noun | Pos::ProperNoun)
    }

    /// Whether the word describes a noun and agrees with it: adjectives, participles, determiners.
    #[must_use]
    pub fn is_attribute(&self) -> bool {
        matches!(self.pos, Pos::Adjective | Pos::Determiner)
            || (self.pos == Pos::Verb && self.verb == Some(VerbForm::Participle))
    }

    /// Whether `self` and `other` may be one noun phrase: same case and number, same gender in the singular.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        let case = match (self.case, other.case) {
            (Some(a), Some(b)) => {
                a == b
                    || matches!(
                        (a, b),
                        (Case::Genitive, Case::Partitive) | (Case::Partitive, Case::Genitive)
                    )
            }
            _ => false,
        };
        let number = self.number.is_none() || other.number.is_none() || self.number == other.number;
        let gender = self.number == Some(Number::Plural)
            || self.gender.is_none()
            || other.gender.is_none()
            || self.gender == other.gender;
        // «твёрдого» is no accusative of «грамм»: only living beings take the genitive's form.
        let life = self.case != Some(Case::Accusative)
            || self.number != Some(Number::Singular)
            || self.gender != Some(Gender::Masculine)
            || other.gender != Some(Gender::Masculine)
            || self.animate == other.animate;
        case && number && gender && life
    }
}

/// The form a word is wanted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nominative of a noun or adjective; gender is for adjectives in the singular.
    Nominative(Number, Option<Gender>),
    /// Accusative of a feminine noun or adjective in the singular.
    FeminineAccusative,
    /// Infinitive of a verb.
    Infinitive,
}

/// A source of readings and forms.
pub trait Morphology: Send + Sync {
    /// All readings of `word` (lower case, ё or е), likeliest first. Empty where nothing is known.
    fn read(&self, word: &str) -> Vec<Reading>;

    /// The first lemma that `word` may be a form of and that is wanted as that part of speech.
    fn find_lemma(&self, word: &str, wanted: &dyn Fn(&str, Pos) -> bool) -> Option<String> {
        self.read(word)
            .into_iter()
            .find(|reading| wanted(&reading.lemma, reading.pos))
            .map(|reading| reading.lemma)
    }

    /// The word of `reading` in another form, or `None` where it has none.
    fn inflect(&self, reading: &Reading, form: Form) -> Option<String>;

    /// Whether the dictionary itself has `word`.
    fn knows(&self, word: &str) -> bool;
}
