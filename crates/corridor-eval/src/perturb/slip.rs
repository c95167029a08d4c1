//! One slip of a finger in one word.

use super::base::Base;
use super::choice::{choose, hash};
use super::kind::Kind;
use super::language::LanguageWords;
use super::same::Tolerance;
use super::text::{Word, plain, replaced};
use super::variant::Variant;

/// Shorter words are too often one slip away from another word.
const LEAST: usize = 5;

pub(super) fn variants(language: &LanguageWords, base: &Base<'_>, most: usize) -> Vec<Variant> {
    if !base.proposes() {
        return Vec::new();
    }
    let text = base.text();
    let mut all: Vec<(&Word, String)> = Vec::new();
    for word in &base.words {
        let Some(written) = text.get(word.span.clone()) else {
            continue;
        };
        // A name is whatever its owner says it is.
        let inner_capital = word.span.start > 0 && written.starts_with(char::is_uppercase);
        let of_language = word
            .plain
            .chars()
            .all(|letter| language.raw.alphabet.contains(letter));
        let fits = of_language && word.plain.chars().count() >= LEAST;
        if fits && !inner_capital && !base.is_named(&word.plain) {
            let own = slips(language, written).into_iter();
            all.extend(own.map(|slipped| (word, slipped)));
        }
    }
    // A word has dozens of slips; texts are put together for those alone that are taken.
    all.retain(|(_, slipped)| !is_known(language, base, &plain(slipped)));
    let id = base.entry.id.as_str();
    choose(all, most, |(_, slipped)| hash(&[id, slipped]))
        .into_iter()
        .filter_map(|(word, slipped)| {
            let text = replaced(text, &word.span, &slipped)?;
            Some(Variant {
                tolerance: Tolerance::Slip,
                ..Variant::same(Kind::Slip, text, base)
            })
        })
        .collect()
}

/// A letter doubled, left out, swapped with the next, or hit beside; the first letter is seldom missed.
fn slips(language: &LanguageWords, word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut all = Vec::new();
    for (position, letter) in letters.iter().enumerate().skip(1) {
        let with = |by: &[char], over: usize| -> String {
            let before = letters.iter().take(position);
            let behind = letters.iter().skip(position + over);
            before.chain(by).chain(behind).collect()
        };
        all.push(with(&[*letter, *letter], 1));
        all.push(with(&[], 1));
        if let Some(next) = letters.get(position + 1)
            && next != letter
        {
            all.push(with(&[*next, *letter], 2));
        }
        for near in beside(language, *letter) {
            all.push(with(&[near], 1));
        }
    }
    all
}

/// The keys to the left and to the right.
fn beside(language: &LanguageWords, letter: char) -> Vec<char> {
    let rows = language.raw.keyboard.iter();
    rows.filter_map(|row| {
        let keys: Vec<char> = row.chars().collect();
        let at = keys.iter().position(|key| *key == letter)?;
        Some([at.checked_sub(1), at.checked_add(1)]).map(|places| {
            places
                .into_iter()
                .flatten()
                .filter_map(|at| keys.get(at).copied())
                .collect::<Vec<_>>()
        })
    })
    .flatten()
    .collect()
}

/// Whether a slip gave a word that means something here: a good, an order, or another word of the text.
fn is_known(language: &LanguageWords, base: &Base<'_>, word: &str) -> bool {
    let orders = &language.raw.orders;
    base.words.iter().any(|own| own.plain == word)
        || orders.iter().any(|order| order == word)
        || language.goods.knows(word)
}
