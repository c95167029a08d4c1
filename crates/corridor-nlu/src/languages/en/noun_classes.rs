//! What a noun names that no pack knows, from WordNet: something that people buy, or nothing of the kind.

use super::sorted_lines::{SortedLines, starts};

/// A noun a line with its class behind it, sorted bytewise; the first line is a comment.
const TEXT: &str = include_str!("noun_classes.txt");

static NOUNS: SortedLines = SortedLines::new(TEXT, || starts(TEXT));

/// What kind of thing a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NounClass {
    /// Food, an artefact, a substance or a plant: its commonest sense is one.
    Thing,
    /// An act, a feeling, a person, a place, a time or the like: no sense of it is a thing.
    Abstract,
}

/// The class of a noun in the singular, lower case; `None` for what may be either and for what is no noun.
#[must_use]
pub fn class_of(lemma: &str) -> Option<NounClass> {
    let line = NOUNS.find(lemma, |line| {
        line.split_last()
            .map_or(line, |(_, noun)| noun)
            .cmp(lemma.as_bytes())
    })?;
    match line.last() {
        Some(b'+') => Some(NounClass::Thing),
        Some(b'-') => Some(NounClass::Abstract),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_goods_from_what_nobody_buys() {
        for noun in ["bread", "colander", "saucepan", "parsley", "apron"] {
            assert_eq!(class_of(noun), Some(NounClass::Thing), "{noun}");
        }
        for noun in ["meeting", "happiness", "uncle", "weather", "tuesday"] {
            assert_ne!(class_of(noun), Some(NounClass::Thing), "{noun}");
        }
        for noun in ["meeting", "happiness", "uncle", "weather", "city"] {
            assert_eq!(class_of(noun), Some(NounClass::Abstract), "{noun}");
        }
        for noun in ["", "shop", "quickly", "brea", "breads", "хлеб"] {
            assert_eq!(class_of(noun), None, "{noun}");
        }
    }

    #[test]
    fn finds_every_line() {
        let nouns: Vec<&str> = TEXT
            .lines()
            .skip(1)
            .filter_map(|line| line.get(..line.len() - 1))
            .collect();
        assert!(nouns.is_sorted());
        for noun in nouns {
            assert!(class_of(noun).is_some(), "{noun}");
        }
    }
}
