//! Words of a title to text: spaces, marks and capitals as a person would write them, whatever was left out between.

use std::ops::Range;

use crate::morph::Pos;
use crate::token::{Script, Token, TokenKind};
use crate::utterance::{Utterance, View, Word};

/// Slips of the hand in English words too short to be repaired by their letters, sorted.
const SLIPS: &str = include_str!("../../languages/en/slips.txt");

/// Words of a view, put together one by one.
pub(crate) struct Text<'v, 'u> {
    view: &'v View<'u>,
    capitals: Capitals,
    text: String,
    /// The token before, and whether a quotation is open behind it.
    last: Option<usize>,
    quoted: bool,
}

/// What the capitals of the utterance say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Capitals {
    /// What they say in any text.
    Meant,
    /// Every word has one: they say nothing.
    Every,
}

impl<'v, 'u> Text<'v, 'u> {
    pub(crate) fn new(view: &'v View<'u>) -> Self {
        Self {
            view,
            capitals: capitals(view.utterance),
            text: String::new(),
            last: None,
            quoted: false,
        }
    }

    /// Adds the word at `at` of the view, in another form where one is given.
    pub(crate) fn push(&mut self, at: usize, changed: Option<String>) {
        let (Some(&place), Some(token), Some(word)) = (
            self.view.at.get(at),
            self.view.token(at),
            self.view.word(at),
        ) else {
            return;
        };
        let mark = is_closing_mark(token);
        if mark && (self.text.is_empty() || self.text.ends_with([',', ';', '.', ':'])) {
            return;
        }
        if !self.text.is_empty() && self.is_spaced(place, token) {
            self.text.push(' ');
        }
        let written = match changed {
            Some(form) => self.with_capital(form, place, token, word),
            None => self.written(place, token, word),
        };
        self.text.push_str(&written);
        if is_quote(token) {
            self.quoted = !self.quoted;
        }
        self.last = Some(place);
    }

    pub(crate) fn finish(mut self) -> String {
        let end = self.text.trim_end_matches([',', ';', ':', ' ']).len();
        self.text.truncate(end);
        self.text
    }

    /// As in the text where both stood side by side; else marks join what is before them.
    fn is_spaced(&self, place: usize, token: &Token) -> bool {
        let side_by_side = self.last.is_some_and(|last| last + 1 == place);
        let closes = is_closing_mark(token) || (is_quote(token) && self.quoted);
        if side_by_side {
            !token.glued
        } else {
            !closes && !self.text.ends_with(['(', '«'])
        }
    }

    fn written(&self, place: usize, token: &Token, word: &Word) -> String {
        if let Some(name) = &word.written {
            return name.to_string();
        }
        if word.repaired {
            return word.norm.clone();
        }
        if token.script == Script::Latin
            && let Some(right) = right_of_slip(&token.norm)
        {
            return right.to_owned();
        }
        let lower = match self.capitals {
            Capitals::Every => !is_code(token),
            Capitals::Meant => place == 0 && !is_name(word),
        };
        match lower {
            true => token.text.to_lowercase(),
            false => token.text.clone(),
        }
    }

    /// A name keeps its capital in another form.
    fn with_capital(&self, form: String, place: usize, token: &Token, word: &Word) -> String {
        let capital = token.text.chars().next().is_some_and(char::is_uppercase)
            && self.capitals == Capitals::Meant
            && place > 0;
        if !capital && word.written.is_none() {
            return form;
        }
        let mut letters = form.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        })
    }
}

/// The words of `range` as they were said.
pub(crate) fn as_said(view: &View<'_>, range: Range<usize>) -> String {
    let mut text = Text::new(view);
    for at in range {
        text.push(at, None);
    }
    text.finish()
}

/// With the quotation mark or bracket at either end that belongs to one inside.
pub(crate) fn balanced(mut view: View<'_>) -> View<'_> {
    let utterance = view.utterance;
    let is = |at: usize, mark: &str| utterance.tokens.get(at).is_some_and(|t| t.is(mark));
    for (open, close) in [("\"", "\""), ("(", ")")] {
        let count = |mark: &str| view.at.iter().filter(|&&at| is(at, mark)).count();
        let (opened, closed) = (count(open), count(close));
        let odd = match open == close {
            true => opened % 2 == 1,
            false => opened != closed,
        };
        if !odd {
            continue;
        }
        let (Some(&first), Some(&last)) = (view.at.first(), view.at.last()) else {
            return view;
        };
        let lacks_end = open == close || opened > closed;
        if lacks_end && is(last + 1, close) {
            view.at.push(last + 1);
        } else if let Some(before) = first.checked_sub(1).filter(|&at| is(at, open)) {
            view.at.insert(0, before);
        } else {
            // A mark without its other half is none.
            view.at.retain(|&at| !is(at, open) && !is(at, close));
        }
    }
    view
}

fn capitals(utterance: &Utterance) -> Capitals {
    /// Fewer words may all be names.
    const FEWEST: usize = 3;
    let mut words = 0;
    for token in utterance
        .tokens
        .iter()
        .filter(|t| t.kind == TokenKind::Word)
    {
        if !token.text.chars().next().is_some_and(char::is_uppercase) {
            return Capitals::Meant;
        }
        words += 1;
    }
    match words >= FEWEST {
        true => Capitals::Every,
        false => Capitals::Meant,
    }
}

/// «ТО», "TV" keep their capitals among words that all begin with one.
fn is_code(token: &Token) -> bool {
    const LONGEST_CODE: usize = 3;
    let letters = token.text.chars().count();
    (2..=LONGEST_CODE).contains(&letters) && token.kind != TokenKind::Word
}

fn is_name(word: &Word) -> bool {
    word.readings
        .first()
        .is_some_and(|reading| reading.pos == Pos::ProperNoun)
}

fn is_quote(token: &Token) -> bool {
    token.is("\"")
}

fn is_closing_mark(token: &Token) -> bool {
    token.kind == TokenKind::Symbol
        && matches!(
            token.norm.as_str(),
            "," | ";" | "." | ":" | "!" | "?" | "%" | ")"
        )
}

fn right_of_slip(norm: &str) -> Option<&'static str> {
    if norm.len() > 6 {
        return None;
    }
    SLIPS
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(slip, _)| *slip == norm)
        .map(|(_, right)| right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages::en::vocabulary;

    #[test]
    fn no_word_is_called_a_slip() {
        for (slip, right) in SLIPS.lines().filter_map(|line| line.split_once(' ')) {
            assert!(!vocabulary::contains(slip), "{slip} is a word");
            assert!(vocabulary::contains(right), "{right} is none");
        }
    }
}
