//! Repair of typos and voice slips.
//!
//! An unknown word is repaired only where exactly one word of the pack lies a single edit away. The candidates are made from the word
//! (Norvig, "How to Write a Spelling Corrector", 2007) rather than looked up in an index: unknown words are rare, inflected forms come
//! for free, and nothing is built at start.

/// Edits beyond this many letters of a word are not tried; longer words are no household goods.
const LONGEST: usize = 24;
/// Shorter words lie too close to each other.
const SHORTEST: usize = 4;

const CYRILLIC: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";

/// How likely a slip is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slip {
    /// A swap, a doubled or undoubled letter: of the hand.
    Hand,
    /// One vowel for another, a voiced consonant for its unvoiced pair: of the ear.
    Ear,
    /// Any other letter missing, added or changed.
    Rare,
}

/// Which slips are tried: those of the hand are few and go before all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kinds {
    /// [`Slip::Hand`] alone.
    Hand,
    /// All but these.
    Others,
}

/// Calls `try_word` with every word one edit away from `word` by a slip of these kinds. People and recognisers seldom miss the first
/// letter, so it changes only by a slip of the ear.
pub(crate) fn one_edit_away(word: &str, kinds: Kinds, mut try_word: impl FnMut(&str, Slip)) {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < SHORTEST || letters.len() > LONGEST {
        return;
    }
    let alphabet = if letters.iter().all(char::is_ascii) {
        LATIN
    } else {
        CYRILLIC
    };
    let mut candidate = String::with_capacity(word.len() + 2);
    let mut build = |parts: [&[char]; 3], slip: Slip| {
        if (slip == Slip::Hand) == (kinds == Kinds::Hand) {
            candidate.clear();
            candidate.extend(parts.into_iter().flatten());
            try_word(&candidate, slip);
        }
    };
    for at in 0..letters.len() {
        let (head, tail) = letters.split_at(at);
        let Some((&first, rest)) = tail.split_first() else {
            continue;
        };
        let doubled = head.last() == Some(&first);
        if at > 0 {
            build(
                [head, rest, &[]],
                if doubled { Slip::Hand } else { Slip::Rare },
            );
        }
        if let Some((&second, rest)) = rest.split_first()
            && first != second
        {
            build([head, &[second, first], rest], Slip::Hand);
        }
        if kinds == Kinds::Hand {
            continue;
        }
        for c in alphabet.chars().filter(|&c| c != first) {
            let slip = if sounds_alike(c, first) {
                Slip::Ear
            } else {
                Slip::Rare
            };
            if at > 0 || slip == Slip::Ear {
                build([head, &[c], rest], slip);
            }
        }
    }
    for at in 1..=letters.len() {
        let (head, tail) = letters.split_at(at);
        let doubles = |c: char| head.last() == Some(&c) || tail.first() == Some(&c);
        if kinds == Kinds::Hand {
            for &c in head.last().into_iter().chain(tail.first()) {
                build([head, &[c], tail], Slip::Hand);
            }
            continue;
        }
        for c in alphabet.chars().filter(|&c| !doubles(c)) {
            build([head, &[c], tail], Slip::Rare);
        }
    }
}

/// Calls `try_word` with every word that differs in two unstressed vowels («малако»), the one double slip that is of the ear alone.
pub(crate) fn two_vowels_away(word: &str, mut try_word: impl FnMut(&str)) {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < SHORTEST || letters.len() > LONGEST {
        return;
    }
    let swapped = |c: char| match c {
        'а' => Some('о'),
        'о' => Some('а'),
        'е' => Some('и'),
        'и' => Some('е'),
        _ => None,
    };
    for first in 0..letters.len() {
        for second in first + 1..letters.len() {
            let mut candidate = letters.clone();
            let mut changed = 0;
            for at in [first, second] {
                if let Some(letter) = candidate.get_mut(at)
                    && let Some(other) = swapped(*letter)
                {
                    *letter = other;
                    changed += 1;
                }
            }
            if changed == 2 {
                try_word(&candidate.into_iter().collect::<String>());
            }
        }
    }
}

/// Letters that unstressed or final sounds make alike.
fn sounds_alike(a: char, b: char) -> bool {
    sounds(a) & sounds(b) != 0
}

/// The groups of like sounds that a letter belongs to, a bit each.
fn sounds(letter: char) -> u16 {
    match letter {
        'а' | 'о' => 1,
        'я' => 1 | 2,
        'е' | 'э' => 2,
        'и' => 2 | 4,
        'ы' => 4,
        'у' | 'ю' => 8,
        'б' | 'п' => 16,
        'в' | 'ф' => 32,
        'г' | 'к' | 'х' => 64,
        'д' | 'т' => 128,
        'ж' | 'ш' | 'щ' => 256,
        'з' | 'с' | 'ц' => 512,
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' => 1024,
        'c' | 'k' | 'q' | 's' => 2048,
        _ => 0,
    }
}

/// Damerau–Levenshtein distance (optimal string alignment) between two short words.
///
/// Two rows and the one before them; see Boytsov, "Indexing methods for approximate dictionary searching", 2011, section 2.2.
#[must_use]
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut last_a = None;
    for (i, ca) in a.chars().enumerate() {
        let mut row = vec![i + 1];
        let mut last_b = None;
        for (j, &cb) in b.iter().enumerate() {
            let at =
                |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&above, j + 1) + 1)
                .min(at(&row, j) + 1)
                .min(at(&above, j) + usize::from(ca != cb));
            if j > 0 && last_a == Some(cb) && last_b == Some(ca) {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
            last_b = Some(cb);
        }
        before = std::mem::replace(&mut above, row);
        last_a = Some(ca);
    }
    above.last().copied().unwrap_or(0)
}

/// The name most like `name`, where one is at most three edits and half its length away.
pub(crate) fn nearest<'n>(name: &str, all: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    const FARTHEST: usize = 3;
    let most = FARTHEST.min(name.chars().count() / 2);
    all.map(|candidate| (distance(name, candidate), candidate))
        .filter(|&(distance, _)| distance <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("молоко", "малоко", 1),
            ("хлеб", "хлбе", 1),
            ("", "abc", 3),
            ("ab", "ba", 1),
            ("milk", "silk", 1),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn every_candidate_is_one_edit_away() {
        let mut counts = [0, 0];
        for (count, kinds) in counts.iter_mut().zip([Kinds::Hand, Kinds::Others]) {
            one_edit_away("малако", kinds, |word, slip| {
                *count += 1;
                assert!(distance("малако", word) <= 1, "{word}");
                assert_eq!(slip == Slip::Hand, kinds == Kinds::Hand, "{word}");
            });
        }
        assert!(
            (10..30).contains(&counts[0]) && counts[1] > 300,
            "{counts:?}"
        );
    }
}
