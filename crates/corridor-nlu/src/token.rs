//! The token: one piece of what was said, with its place in the original text.
//!
//! This module knows the shape of text and nothing of any language; readings and word classes are attached elsewhere.

use std::ops::Range;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner hyphens and apostrophes («сине-зелёный», "don't").
    Word,
    /// Digits with inner `.`, `,`, `:` or `/` where digits stand on both sides («3,2», «18:00», «1/2», «25.03.2027»).
    Number,
    /// One character that is neither: punctuation, `%`, `№`, `½`.
    Symbol,
}

/// Which alphabet a word is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Russian letters alone.
    Cyrillic,
    /// Latin letters alone.
    Latin,
    /// Letters of another alphabet, or of two in one word.
    Other,
    /// No letters.
    None,
}

/// One token of a normalised text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte range in the original text.
    pub span: Range<usize>,
    /// As written, in NFC, without zero-width and control characters.
    pub text: String,
    /// For matching: lower case, ё as е, typographic apostrophes and dashes as ASCII.
    pub norm: String,
    /// What it is made of.
    pub kind: TokenKind,
    /// Its alphabet.
    pub script: Script,
    /// No space stands between this token and the one before («250мл» is a number and a glued word).
    pub glued: bool,
    /// A line break stands before it.
    pub new_line: bool,
}

impl Token {
    /// Whether this is the symbol or word `norm`.
    #[must_use]
    pub fn is(&self, norm: &str) -> bool {
        self.norm == norm
    }
}
