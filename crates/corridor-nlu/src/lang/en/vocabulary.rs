//! Which Latin words are words: SCOWL's common English list, to tell a typo from a word nobody put into a pack.

/// One word a line, sorted bytewise; the first line is a comment.
const WORDS: &str = include_str!("words.txt");

/// Whether the list has `word` (lower case). A binary search over the text itself: nothing is built at start.
#[must_use]
pub fn contains(word: &str) -> bool {
    let bytes = WORDS.as_bytes();
    let (mut low, mut high) = (
        bytes
            .iter()
            .position(|&b| b == b'\n')
            .map_or(0, |end| end + 1),
        bytes.len(),
    );
    while low < high {
        let middle = low + (high - low) / 2;
        let before = bytes.get(low..middle).unwrap_or(&[]);
        let start = before
            .iter()
            .rposition(|&b| b == b'\n')
            .map_or(low, |newline| low + newline + 1);
        let line = bytes.get(start..high).unwrap_or(&[]);
        let line = line
            .get(..line.iter().position(|&b| b == b'\n').unwrap_or(line.len()))
            .unwrap_or(line);
        match line.cmp(word.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_first_last_and_middle_words_and_no_others() {
        let words: Vec<&str> = WORDS.lines().skip(1).collect();
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
