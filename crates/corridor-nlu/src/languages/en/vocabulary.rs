//! Which Latin words are words: SCOWL's common English list, to tell a typo from a word nobody put into a pack.

use super::sorted_lines::{SortedLines, starts};

/// One word a line, sorted bytewise; the first line is a comment.
const TEXT: &str = include_str!("words.txt");

static WORDS: SortedLines = SortedLines::new(TEXT, || starts(TEXT));

/// Whether the list has `word` (lower case).
#[must_use]
pub fn contains(word: &str) -> bool {
    WORDS.find(word, |line| line.cmp(word.as_bytes())).is_some()
}

/// Whether a word leads a place or a time: English words have no reading as prepositions.
#[must_use]
pub(crate) fn leads_a_place(norm: &str) -> bool {
    matches!(norm, "in" | "on" | "at" | "up" | "out" | "off" | "over")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_first_last_and_middle_words_and_no_others() {
        let words: Vec<&str> = TEXT.lines().skip(1).collect();
        assert!(words.is_sorted());
        for word in [
            words[0],
            words[words.len() / 2],
            words[words.len() - 1],
            "bread",
            "jam",
        ] {
            assert!(contains(word), "{word}");
        }
        for word in ["", "a", "braed", "zzzz", "хлеб"] {
            assert!(!contains(word), "{word}");
        }
    }
}
