//! English holidays, which a preposition makes a time: "on christmas eve", "by easter".

use super::senses::{Sense, sense};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Day, MentionKind};

/// The holiday that begins here, its preposition left behind.
pub(super) fn holiday(c: Cursor<'_>) -> Found<'_, MentionKind> {
    fixed(c).or_else(|| moving(c).map(|end| (MentionKind::VAGUE, end)))
}

/// "new year's eve", "christmas eve", "halloween"
fn fixed(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let date = |month, day| {
        MentionKind::Day(Day::Date {
            year: None,
            month,
            day,
        })
    };
    if let Some(year) = c
        .past("new")
        .and_then(|new| new.past_any(&["year's", "years", "year"]))
    {
        return Some(match year.past("eve") {
            Some(end) => (date(12, 31), end),
            None => (date(1, 1), year.skip("day")),
        });
    }
    let Some(Sense::Holiday(month, day)) = sense(c.norm()) else {
        return None;
    };
    match c.next().past("eve").filter(|_| day > 1) {
        Some(end) => Some((date(month, day - 1), end)),
        None => Some((date(month, day), c.next().skip("day"))),
    }
}

/// Holidays that no fixed date has.
fn moving(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let day = |norms: &[&str], day: &[&str]| c.past_any(norms).and_then(|end| end.past_any(day));
    if let Some(end) = c.past_any(&["easter", "thanksgiving", "memorial", "labor", "labour"]) {
        let named = end.past_any(&["day", "sunday", "monday", "weekend", "eve"]);
        let by_day = c.is_any(&["memorial", "labor", "labour"]);
        return named.or_else(|| (!by_day).then_some(end));
    }
    day(&["good", "black"], &["friday"])
        .or_else(|| day(&["ash"], &["wednesday"]))
        .or_else(|| day(&["palm"], &["sunday"]))
        .or_else(|| day(&["shrove"], &["tuesday"]))
        .or_else(|| day(&["mardi"], &["gras"]))
        .or_else(|| {
            day(
                &["pancake", "mother's", "mothers", "father's", "fathers"],
                &["day"],
            )
        })
        .or_else(|| {
            c.past_any(&[
                "passover", "hanukkah", "chanukah", "ramadan", "eid", "diwali", "lent",
            ])
        })
}
