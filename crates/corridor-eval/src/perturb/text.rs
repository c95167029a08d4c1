//! A text as words with places, and the few ways in which texts are put together.

use std::ops::Range;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Small, ё as е, curly apostrophes straight.
    pub(super) plain: String,
    /// Where it stands, in bytes.
    pub(super) span: Range<usize>,
}

/// The words of a text: letters and digits, with hyphens and apostrophes between them.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let joins = matches!(letter, '-' | '\'' | '’') && next.is_some_and(char::is_alphanumeric);
        let belongs = letter.is_alphanumeric() || (joins && start.is_some());
        match (belongs, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.extend(word(text, from..at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.and_then(|from| word(text, from..text.len())));
    words
}

fn word(text: &str, span: Range<usize>) -> Option<Word> {
    Some(Word {
        plain: plain(text.get(span.clone())?),
        span,
    })
}

/// Small letters, ё as е, curly apostrophes straight: the form that words are compared in.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'ё' => 'е',
            '’' => '\'',
            other => other,
        })
        .collect()
}

/// Where a phrase of several words stands for the first time, from the word at `from` on; in words.
pub(super) fn find(words: &[Word], phrase: &[Word], from: usize) -> Option<Range<usize>> {
    if phrase.is_empty() {
        return None;
    }
    let starts = words.len().checked_sub(phrase.len())?;
    (from..=starts).find_map(|start| {
        let here = words.iter().skip(start).zip(phrase);
        here.into_iter()
            .all(|(word, wanted)| word.plain == wanted.plain)
            .then_some(start..start + phrase.len())
    })
}

/// The bytes that a range of words covers.
pub(super) fn bytes(words: &[Word], range: &Range<usize>) -> Option<Range<usize>> {
    let covered = words.get(range.clone())?;
    Some(covered.first()?.span.start..covered.last()?.span.end)
}

/// The text with a span replaced.
pub(super) fn replaced(text: &str, span: &Range<usize>, by: &str) -> Option<String> {
    let (before, behind) = (text.get(..span.start)?, text.get(span.end..)?);
    Some(format!("{before}{by}{behind}"))
}

/// A text without its end: marks and white space behind the last word; and that end.
pub(super) fn split_end(text: &str) -> (&str, &str) {
    let body = text.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '.' | '!' | '?' | '…' | ',' | ';')
    });
    text.split_at_checked(body.len()).unwrap_or((text, ""))
}

/// The text with something between its last word and the marks behind it.
pub(super) fn behind(text: &str, addition: &str) -> String {
    let (body, end) = split_end(text);
    format!("{body}{addition}{end}")
}

/// The text with its first letter small; the first letter alone.
pub(super) fn first_small(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(letters)
        .collect()
}

/// The text with its first letter large.
pub(super) fn first_large(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// Whether a text looks like what a recogniser writes: no capitals, no marks.
pub(super) fn is_voice(text: &str) -> bool {
    !text
        .chars()
        .any(|letter| letter.is_uppercase() || matches!(letter, ',' | '.' | '!' | '?' | ':' | ';'))
}

/// The text without commas and marks at ends of words.
pub(super) fn without_marks(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends = letters.peek().is_none_or(|next| next.is_whitespace());
        let is_mark = matches!(letter, ',' | '.' | ';' | '!' | '?' | '…');
        if !(is_mark && (ends || matches!(letters.peek(), Some('.' | '!' | '?')))) {
            bare.push(letter);
        }
    }
    bare
}
