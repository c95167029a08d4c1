//! The household in which a pack's expectations are tried. The packs guide documents it; change both together.

use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};

use crate::engine::Engine;
use crate::household::Household;
use crate::language::Language;
use crate::pack::Expectation;
use crate::understand::Situation;

/// What the engine makes of `text` in the sample household, on Monday 2026-06-15 at 12:00 in UTC+3.
pub(crate) fn understand(engine: &Engine, text: &str) -> Vec<String> {
    let russian = text
        .chars()
        .any(|c| ('а'..='я').contains(&c.to_lowercase().next().unwrap_or(c)));
    let household = if russian {
        Household {
            members: vec![Some("Аня"), Some("Саша"), Some("Пётр")],
            speaker: Some(0),
            zones: vec!["Кухня", "Детская", "Ванная"],
            lists: vec!["Продукты", "Аптека"],
        }
    } else {
        Household {
            members: vec![Some("Ann"), Some("Bob"), Some("Samantha")],
            speaker: Some(0),
            zones: vec!["Kitchen", "Nursery", "Bathroom"],
            lists: vec!["Groceries", "Pharmacy"],
        }
    };
    let zone = Offset::from_hours(3).map_or(TimeZone::UTC, TimeZone::fixed);
    let Ok(now) = date(2026, 6, 15).at(12, 0, 0, 0).to_zoned(zone) else {
        return Vec::new();
    };
    let situation = Situation {
        household,
        now,
        fallback: if russian { Language::Ru } else { Language::En },
    };
    engine
        .understand(text, &situation)
        .lines(&situation.household)
}

/// English words that end the name of a good before its last word.
const ENDS_A_NAME: &[&str] = &["for", "with", "without", "of", "from", "in"];

/// Items that were expected and did not come, and that no known good is in: the pack may lack the word.
pub(crate) fn unknown_goods(
    engine: &Engine,
    expected: &Expectation,
    got: &[String],
) -> Vec<String> {
    if expected.get == got {
        return Vec::new();
    }
    expected
        .items()
        .filter(|item| !got.iter().any(|line| line.contains(item)))
        .map(without_amount)
        .filter(|name| !is_known(engine, name))
        .collect()
}

/// «молоко» of «молоко 2 л».
fn without_amount(item: &str) -> String {
    let amount = |word: &&str| word.chars().all(|c| c.is_ascii_digit() || c == '.');
    let words: Vec<&str> = item.split(' ').collect();
    let end = match words.as_slice() {
        [.., quantity, _] if amount(quantity) => words.len() - 2,
        [.., quantity] if amount(quantity) => words.len() - 1,
        _ => words.len(),
    };
    words
        .into_iter()
        .take(end.max(1))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a known good is the head of a name: the last word in English, any in Russian.
fn is_known(engine: &Engine, name: &str) -> bool {
    let words = engine.plain_words(name);
    let end = words
        .iter()
        .skip(1)
        .position(|word| ENDS_A_NAME.contains(&word.norm.as_str()))
        .map_or(words.len(), |at| at + 1);
    (0..end).any(|at| {
        let found = engine.pack.lexicon.good_at(&words, at);
        found.is_some_and(|(_, len)| !name.is_ascii() || at + len == end)
    })
}
