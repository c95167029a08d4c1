//! The phrase language of packs: its grammar, its compiled form and its matcher.
//!
//! A phrase covers a whole clause, from its first word to its last:
//!
//! | written | matches |
//! | --- | --- |
//! | `список` | a word with this lemma or of this very form |
//! | `=мне` | a word of this very form |
//! | `<buy>` `<buy:imp,inf>` | a word (or multi-word entry) of a class, in one of the forms |
//! | `(a\|b c)` | one of the alternatives |
//! | `x?` | x or nothing |
//! | `@name` | a macro of the pack |
//! | `{items}` | one or more words, kept as a slot, as few as possible |
//! | `{doer: <person>}` | a slot with a pattern of its own |
//! | `_` | any one word |
//! | `*` | any words, or none |
//!
//! Punctuation between words never stops a match. Matching is a backtracking walk that remembers what failed, so its cost is
//! bounded by phrase length × clause length (after Russ Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009).

mod compile;
mod matcher;
mod parse;
mod signature;

pub use compile::{Compiler, Phrase};
pub use matcher::{Captures, LONGEST_ISLAND, Scratch, Words, match_from, match_phrase, signatures};
pub use parse::{Node, PhraseError, parse};
pub use signature::Signature;

use std::fmt;

/// A word class (or a single literal word) of the pack, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u16);

/// A set of word forms; a class matches a word only in one of the forms asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Forms(u16);

impl Forms {
    /// Any form.
    pub const ANY: Self = Self(u16::MAX);
    /// Imperative.
    pub const IMPERATIVE: Self = Self(1);
    /// Infinitive; in English the base form is both this and the imperative.
    pub const INFINITIVE: Self = Self(1 << 1);
    /// Present or future, second person.
    pub const SECOND: Self = Self(1 << 2);
    /// Present or future, third person.
    pub const THIRD: Self = Self(1 << 3);
    /// Present or future, first person.
    pub const FIRST: Self = Self(1 << 4);
    /// Past.
    pub const PAST: Self = Self(1 << 5);
    /// Participle.
    pub const PARTICIPLE: Self = Self(1 << 6);
    /// Gerund («купив», "buying").
    pub const GERUND: Self = Self(1 << 7);
    /// Not a verb form.
    pub const NOMINAL: Self = Self(1 << 8);

    /// The form named in a phrase, or `None`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "any" => Self::ANY,
            "imp" => Self::IMPERATIVE,
            "inf" => Self::INFINITIVE,
            "second" => Self::SECOND,
            "third" => Self::THIRD,
            "first" => Self::FIRST,
            "past" => Self::PAST,
            "part" => Self::PARTICIPLE,
            "ing" => Self::GERUND,
            "order" => Self::IMPERATIVE.or(Self::INFINITIVE),
            "nominal" => Self::NOMINAL,
            _ => return None,
        })
    }

    /// All names [`Self::named`] knows, for error messages.
    pub const NAMES: &'static str =
        "any, imp, inf, order, second, third, first, past, part, ing, nominal";

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every form of `other` is among these.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the sets share a form.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl fmt::Debug for Forms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Forms({:#b})", self.0)
    }
}

/// What a slot of a phrase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Things to buy.
    Items,
    /// What a task is about, a verb phrase or a noun phrase.
    Title,
    /// The name of a list.
    List,
    /// Who is to do it.
    Doer,
    /// A clause to be judged by itself.
    Rest,
    /// An object that must be there, and is part of the title.
    Object,
}

impl Slot {
    /// Every slot, in the order of their numbers.
    pub const ALL: [Self; 6] = [
        Self::Items,
        Self::Title,
        Self::List,
        Self::Doer,
        Self::Rest,
        Self::Object,
    ];

    /// The slot's name in phrases.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Title => "title",
            Self::List => "list",
            Self::Doer => "doer",
            Self::Rest => "rest",
            Self::Object => "object",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.name() == name)
    }

    const fn index(self) -> usize {
        self as usize
    }
}
