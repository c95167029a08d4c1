//! When two texts are the same.

use unicode_normalization::UnicodeNormalization as _;

/// Equal after Unicode NFC, with ё as е and runs of white space as one; the case of letters counts.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one == other || normal(one) == normal(other)
}

/// As [`same`], but the case of letters does not count.
pub(crate) fn same_ignoring_case(one: &str, other: &str) -> bool {
    normal(one).to_lowercase() == normal(other).to_lowercase()
}

/// The form in which [`same`] texts are equal.
pub(crate) fn normal(text: &str) -> String {
    let composed: String = text
        .nfc()
        .map(|letter| match letter {
            'ё' => 'е',
            'Ё' => 'Е',
            other => other,
        })
        .collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{same, same_ignoring_case};

    #[test]
    fn composition_yo_and_spaces_do_not_count() {
        assert!(same("свёкла  и\u{a0}и\u{306}од", " свекла и йод"));
        assert!(same("\u{401}лка", "Е\u{43b}ка"));
    }

    #[test]
    fn case_counts_where_it_is_said_to() {
        assert!(!same("Кухня", "кухня"));
        assert!(same_ignoring_case("Каждую среду", "каждую  Среду"));
    }
}
