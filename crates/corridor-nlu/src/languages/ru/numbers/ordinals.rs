//! Russian ordinals: «третьего», «двадцать пятое», «5-го».

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use super::integers::integer;
use crate::token::{Token, TokenKind};

/// The ordinal that starts at `at`, in any case and gender: its value and how many tokens it takes.
///
/// Words before the last are cardinals in the nominative, as they are said («две тысячи семнадцатого»); digits need an ending, with
/// or without a hyphen («5-го», «5го»).
#[must_use]
pub fn ordinal(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let first = tokens.get(at)?;
    match first.kind {
        TokenKind::Number => {
            let ending = ending_len(tokens, at + 1, is_ordinal_ending)?;
            Some((first.norm.parse().ok()?, 1 + ending))
        }
        TokenKind::Word => spoken(tokens, at),
        TokenKind::Symbol => None,
    }
}

fn spoken(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    if let Some(value) = tokens.get(at).and_then(|token| ordinal_word(&token.norm)) {
        return Some((value, 1));
    }
    // The cardinal part may run into the ordinal only where what follows is smaller than its last word's rank.
    let cardinal = integer(tokens, at)?;
    let last = tokens
        .get(at + cardinal.len)
        .filter(|token| !token.new_line)?;
    let value = ordinal_word(&last.norm)?;
    let fits = if value >= 1000 {
        cardinal.value < u64::from(value)
    } else {
        u64::from(value) < cardinal.room
    };
    if !fits {
        return None;
    }
    let cardinal_value = u32::try_from(cardinal.value).ok()?;
    let total = if value >= 1000 {
        cardinal_value.checked_mul(value)?
    } else {
        cardinal_value.checked_add(value)?
    };
    Some((total, cardinal.len + 1))
}

/// How many tokens an ending written after digits takes: «-го» two, a glued «го» one; `None` where there is none.
pub(super) fn ending_len(
    tokens: &[Token],
    at: usize,
    is_ending: fn(&str) -> bool,
) -> Option<usize> {
    let next = tokens.get(at).filter(|token| token.glued)?;
    if is_ending(&next.norm) {
        return Some(1);
    }
    let ending = tokens.get(at + 1).filter(|token| token.glued)?;
    (next.is("-") && is_ending(&ending.norm)).then_some(2)
}

/// Endings that make digits an ordinal.
pub(super) fn is_ordinal_ending(norm: &str) -> bool {
    matches!(
        norm,
        "й" | "ый"
            | "ой"
            | "ий"
            | "го"
            | "ого"
            | "его"
            | "му"
            | "ому"
            | "ему"
            | "ым"
            | "ом"
            | "е"
            | "ое"
            | "ье"
            | "я"
            | "ая"
            | "ю"
            | "ую"
    )
}

/// The value of an ordinal in one word, in any case and gender.
pub(super) fn ordinal_word(norm: &str) -> Option<u32> {
    FORMS.get(norm).copied()
}

/// Every ordinal in one word, in every form.
pub(super) fn forms() -> impl Iterator<Item = String> {
    values().map(|(form, _)| form)
}

static FORMS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| values().collect());

fn values() -> impl Iterator<Item = (String, u32)> {
    let hard = STEMS.iter().flat_map(|&(stem, value)| {
        HARD_ENDINGS
            .iter()
            .map(move |ending| (format!("{stem}{ending}"), value))
    });
    let soft = SOFT_ENDINGS
        .iter()
        .map(|ending| (format!("трет{ending}"), 3));
    hard.chain(soft)
}

const HARD_ENDINGS: &[&str] = &[
    "ый", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ую", "ою", "ых", "ыми",
];
const SOFT_ENDINGS: &[&str] = &[
    "ий", "ья", "ье", "ьи", "ьего", "ьему", "ьим", "ьем", "ью", "ьей", "ьею", "ьих", "ьими",
];

const STEMS: &[(&str, u32)] = &[
    ("перв", 1),
    ("втор", 2),
    ("четверт", 4),
    ("пят", 5),
    ("шест", 6),
    ("седьм", 7),
    ("восьм", 8),
    ("девят", 9),
    ("десят", 10),
    ("одиннадцат", 11),
    ("двенадцат", 12),
    ("тринадцат", 13),
    ("четырнадцат", 14),
    ("пятнадцат", 15),
    ("шестнадцат", 16),
    ("семнадцат", 17),
    ("восемнадцат", 18),
    ("девятнадцат", 19),
    ("двадцат", 20),
    ("тридцат", 30),
    ("сороков", 40),
    ("пятидесят", 50),
    ("шестидесят", 60),
    ("семидесят", 70),
    ("восьмидесят", 80),
    ("девяност", 90),
    ("сот", 100),
    ("двухсот", 200),
    ("трехсот", 300),
    ("четырехсот", 400),
    ("пятисот", 500),
    ("шестисот", 600),
    ("семисот", 700),
    ("восьмисот", 800),
    ("девятисот", 900),
    ("тысячн", 1000),
    ("двухтысячн", 2000),
];
