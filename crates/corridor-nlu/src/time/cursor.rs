//! A place among the tokens that grammar rules read from.

use crate::token::{Token, TokenKind};

/// Reads tokens to the right, and none beyond the line it began on.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'t> {
    tokens: &'t [Token],
    start: usize,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(tokens: &'t [Token], at: usize) -> Self {
        Self {
            tokens,
            start: at,
            at,
        }
    }

    pub(crate) fn at(self) -> usize {
        self.at
    }

    /// All tokens, for the number grammars, which take an index.
    pub(crate) fn tokens(self) -> &'t [Token] {
        self.tokens
    }

    pub(crate) fn token(self) -> Option<&'t Token> {
        self.tokens
            .get(self.at)
            .filter(|token| self.at == self.start || !token.new_line)
    }

    /// The token before this place, whatever its line.
    pub(crate) fn before(self) -> Option<&'t Token> {
        self.at
            .checked_sub(1)
            .and_then(|index| self.tokens.get(index))
    }

    /// The normalised form here, empty at the end.
    pub(crate) fn norm(self) -> &'t str {
        self.token().map_or("", |token| &token.norm)
    }

    pub(crate) fn is(self, norm: &str) -> bool {
        self.norm() == norm
    }

    pub(crate) fn is_any(self, norms: &[&str]) -> bool {
        norms.contains(&self.norm())
    }

    pub(crate) fn is_number(self) -> bool {
        self.token()
            .is_some_and(|token| token.kind == TokenKind::Number)
    }

    pub(crate) fn is_glued(self) -> bool {
        self.token().is_some_and(|token| token.glued)
    }

    /// Whether the words before this place go on without a space: "Monday.com", «сб-вс».
    pub(crate) fn runs_on(self) -> bool {
        let next = self.next();
        let joined = self.is_any(&["-", "@", "_"])
            || (self.is(".") && next.is_any(&["com", "ru", "org", "net", "io"]));
        self.is_glued() && next.is_glued() && joined
    }

    #[must_use]
    pub(crate) fn step(self, count: usize) -> Self {
        Self {
            at: self.at + count,
            ..self
        }
    }

    #[must_use]
    pub(crate) fn next(self) -> Self {
        self.step(1)
    }

    /// The place after the word `norm`, where it stands here.
    pub(crate) fn past(self, norm: &str) -> Option<Self> {
        self.is(norm).then(|| self.next())
    }

    /// The place after any of `norms`, where one stands here.
    pub(crate) fn past_any(self, norms: &[&str]) -> Option<Self> {
        self.is_any(norms).then(|| self.next())
    }

    /// This place, or the one after the word `norm` where it stands here.
    #[must_use]
    pub(crate) fn skip(self, norm: &str) -> Self {
        self.past(norm).unwrap_or(self)
    }

    /// The place after all of `norms`, where they stand here in this order.
    pub(crate) fn past_all(self, norms: &[&str]) -> Option<Self> {
        norms
            .iter()
            .try_fold(self, |cursor, norm| cursor.past(norm))
    }
}

/// What a rule found, and the place after it.
pub(crate) type Found<'t, T> = Option<(T, Cursor<'t>)>;
