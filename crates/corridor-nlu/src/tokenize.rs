//! Text to tokens: normalisation (NFC, case, ё/е, zero-width and control characters, typographic signs) and splitting in one
//! pass, every token keeping its byte span in the original.
//!
//! Knows Unicode and the look of numbers; knows no language and no domain.

use std::iter::Peekable;
use std::str::CharIndices;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::token::{Script, Token, TokenKind};

/// Room for a word or number to begin with, in bytes: nearly every one fits without growing.
const ROOM_BYTES: usize = 24;

/// Splits `text` into tokens. Never fails: what is no letter, digit or visible sign is passed over.
#[must_use]
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        text,
        chars: text.char_indices().peekable(),
        tokens: Vec::with_capacity(text.len() / 8 + 4),
        open: None,
        spaced: true,
        new_line: false,
    };
    scanner.run();
    scanner.tokens
}

/// A base character with its combining marks, composed.
struct Cluster {
    start: usize,
    end: usize,
    first: char,
    rest: Option<char>,
}

struct Scanner<'t> {
    text: &'t str,
    chars: Peekable<CharIndices<'t>>,
    tokens: Vec<Token>,
    open: Option<Token>,
    spaced: bool,
    new_line: bool,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(cluster) = self.next_cluster() {
            self.take(&cluster);
            self.take_plain_letters();
        }
        self.close();
    }

    /// Adds the small letters that go on an open word: most of what is said, and nothing to look up about it.
    fn take_plain_letters(&mut self) {
        let Some(word) = self.open.as_mut().filter(|o| o.kind == TokenKind::Word) else {
            return;
        };
        let Some(&(from, _)) = self.chars.peek() else {
            return;
        };
        let rest = self.text.get(from..).unwrap_or_default();
        let (mut count, mut length, mut last) = (0, 0, 0);
        for c in rest.chars() {
            if !matches!(c, 'а'..='я' | 'a'..='z') {
                // A mark belongs to the letter before it.
                if is_mark(c) && count > 0 {
                    count -= 1;
                    length -= last;
                }
                break;
            }
            last = c.len_utf8();
            length += last;
            count += 1;
        }
        if count == 0 {
            return;
        }
        let letters = rest.get(..length).unwrap_or_default();
        word.text.push_str(letters);
        word.norm.push_str(letters);
        word.span.end = from + length;
        self.chars.nth(count - 1);
    }

    fn next_cluster(&mut self) -> Option<Cluster> {
        let (start, base) = self.chars.next()?;
        let mut end = start + base.len_utf8();
        if !self.chars.peek().is_some_and(|&(_, mark)| is_mark(mark)) {
            return Some(Cluster {
                start,
                end,
                first: base,
                rest: None,
            });
        }
        // A text may stack thousands of marks on one letter; two are more than any word of ours carries.
        let mut marks = [None, None];
        let mut count = 0_usize;
        while let Some(&(at, mark)) = self.chars.peek() {
            if !is_combining_mark(mark) {
                break;
            }
            self.chars.next();
            end = at + mark.len_utf8();
            if let Some(slot) = marks.get_mut(count) {
                *slot = Some(mark);
            }
            count += 1;
        }
        let mut composed = std::iter::once(base)
            .chain(marks.into_iter().flatten())
            .nfc()
            .filter(|&c| !is_combining_mark(c));
        let first = composed.next().unwrap_or(base);
        Some(Cluster {
            start,
            end,
            first,
            rest: composed.next(),
        })
    }

    fn take(&mut self, cluster: &Cluster) {
        let Some(c) = visible(cluster.first) else {
            return;
        };
        if c.is_whitespace() {
            self.close();
            self.spaced = true;
            self.new_line |= c == '\n' || c == '\u{2028}' || c == '\u{2029}' || c == '\r';
            return;
        }
        let kind = if is_letter(c) {
            TokenKind::Word
        } else if c.is_numeric() && c.is_ascii_digit() {
            TokenKind::Number
        } else {
            TokenKind::Symbol
        };
        let joins = match (self.open.as_ref().map(|open| open.kind), kind) {
            (Some(open), TokenKind::Word | TokenKind::Number) => open == kind,
            (Some(open), TokenKind::Symbol) => self.joins(open, c),
            (None, _) => false,
        };
        if joins {
            if let Some(open) = &mut self.open {
                push(open, c, cluster);
            }
            return;
        }
        self.close();
        let room = match kind {
            TokenKind::Word | TokenKind::Number => ROOM_BYTES,
            TokenKind::Symbol => c.len_utf8(),
        };
        let mut token = Token {
            span: cluster.start..cluster.end,
            text: String::with_capacity(room),
            norm: String::with_capacity(room),
            kind,
            script: Script::None,
            glued: !self.spaced,
            new_line: self.new_line,
        };
        push(&mut token, c, cluster);
        self.spaced = false;
        self.new_line = false;
        self.open = Some(token);
        if kind == TokenKind::Symbol {
            self.close();
        }
    }

    /// Whether the sign `c` stays inside the open word or number, because more of the same follows it.
    fn joins(&mut self, open: TokenKind, c: char) -> bool {
        let next = self.chars.peek().map(|&(_, next)| next);
        match open {
            TokenKind::Word => matches!(c, '-' | '\'') && next.is_some_and(is_letter),
            TokenKind::Number => {
                matches!(c, '.' | ',' | ':' | '/') && next.is_some_and(|n| n.is_ascii_digit())
            }
            TokenKind::Symbol => false,
        }
    }

    fn close(&mut self) {
        if let Some(mut token) = self.open.take() {
            token.script = script_of(&token.norm);
            self.tokens.push(token);
        }
    }
}

/// Letters of the two languages without a look into Unicode's tables.
pub(crate) fn is_letter(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'a'..='z' | 'A'..='Z' | 'ё' | 'Ё')
        || (!c.is_ascii() && c.is_alphabetic())
}

/// Marks stand in a few blocks; most characters are told by their number alone.
fn is_mark(c: char) -> bool {
    c >= '\u{300}'
        && !matches!(c, '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}')
        && is_combining_mark(c)
}

fn push(token: &mut Token, c: char, cluster: &Cluster) {
    token.span.end = cluster.end;
    // A sign is matched by its plain form and written as it was.
    token.text.push(match token.kind {
        TokenKind::Symbol => cluster.first,
        _ => c,
    });
    if let Some(rest) = cluster.rest {
        token.text.push(rest);
    }
    match c {
        'а'..='я' | 'a'..='z' | '0'..='9' => token.norm.push(c),
        'A'..='Z' => token.norm.push(c.to_ascii_lowercase()),
        'ё' | 'Ё' => token.norm.push('е'),
        _ => token.norm.extend(c.to_lowercase()),
    }
}

/// The character as the rest of the engine sees it: `None` for what carries nothing (zero-width, bidi and control characters,
/// emoji and their joiners), ASCII for typographic quotes, dashes and spaces.
fn visible(c: char) -> Option<char> {
    match c {
        ' '..='_' | 'a'..='~' | 'А'..='я' => Some(c),
        '\t' | '\n' | '\r' => Some(if c == '\t' { ' ' } else { c }),
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some(' '),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => None,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}' => None,
        '’' | '‘' | 'ʼ' | '`' | '´' => Some('\''),
        '\u{2010}'..='\u{2015}' | '−' => Some('-'),
        '«' | '»' | '“' | '”' | '„' | '‟' => Some('"'),
        '…' => Some('.'),
        '×' => Some('x'),
        // Emoji and pictographs separate words but say nothing.
        '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => Some(' '),
        _ => Some(c),
    }
}

fn script_of(norm: &str) -> Script {
    let mut script = Script::None;
    for c in norm.chars() {
        let own = match c {
            'а'..='я' | 'ё' => Script::Cyrillic,
            'a'..='z' | '\u{df}'..='\u{17f}' => Script::Latin,
            _ if is_letter(c) => Script::Other,
            _ => continue,
        };
        script = if script == Script::None || script == own {
            own
        } else {
            Script::Other
        };
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norms(text: &str) -> Vec<String> {
        tokenize(text).into_iter().map(|t| t.norm).collect()
    }

    #[test]
    fn splits_words_numbers_and_signs() {
        assert_eq!(
            norms("Купи 250мл молока, 3,2%!"),
            ["купи", "250", "мл", "молока", ",", "3,2", "%", "!"]
        );
        assert_eq!(
            norms("at 7:30am don't 1/2"),
            ["at", "7:30", "am", "don't", "1/2"]
        );
        assert_eq!(
            norms("сине-зелёный 2-3 5-го"),
            ["сине-зеленый", "2", "-", "3", "5", "-", "го"]
        );
    }

    #[test]
    fn spans_point_into_the_original() {
        let text = "ку\u{200b}пи и\u{306}од мои\u{306} \u{1f95b} ЁЖ";
        let tokens = tokenize(text);
        let said: Vec<_> = tokens
            .iter()
            .filter_map(|t| text.get(t.span.clone()))
            .collect();
        assert_eq!(said, ["ку\u{200b}пи", "и\u{306}од", "мои\u{306}", "ЁЖ"]);
        assert_eq!(tokens[0].norm, "купи");
        assert_eq!(tokens[1].norm, "йод");
        assert_eq!(tokens[2].norm, "мой");
        assert_eq!(tokens[3].norm, "еж");
        assert_eq!(tokens[3].text, "ЁЖ");
    }

    #[test]
    fn signs_without_meaning_vanish() {
        assert!(norms("\u{200b}\u{0} \u{1f600}\u{fe0f}\u{200d}\u{1f9f9}").is_empty());
        assert_eq!(norms("a\u{0}b"), ["a", "b"]);
    }
}
