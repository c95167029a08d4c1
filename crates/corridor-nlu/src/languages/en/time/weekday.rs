//! Weekdays in English, alone and several in one breath: "friday week", "monday and thursday", "mon 5pm".

use jiff::civil::Weekday;

use super::day::weekday_kind;
use super::names;
use super::senses::{Sense, sense};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Every, MentionKind, Recurrence, WeekdaySet};

/// "tues", "thurs" and "fri" by themselves; the others where the words around them ask for a day ("mon 5pm", "sat at 11", "remind me wed
/// to …", "call mom sun").
pub(super) fn short_weekday(
    c: Cursor<'_>,
    weekday: jiff::civil::Weekday,
) -> Found<'_, MentionKind> {
    let after = c.next().skip(".");
    let found = weekday_range(after, weekday, 0)?;
    let several = found.1.at() > after.at();
    let plain = c.is_any(&["tue", "tues", "thu", "thurs", "thur", "fri"]) || several;
    (plain || names::asks_for_day(c, after)).then_some(found)
}

/// After a preposition: "fri", "tues."
pub(super) fn abbreviation(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match sense(c.norm())? {
        Sense::WeekdayAbbreviation(weekday) => weekday_range(c.next().skip("."), weekday, 0),
        _ => None,
    }
}

/// "friday week", "tomorrow week", "monday fortnight"
pub(super) fn weeks_more(c: Cursor<'_>) -> Found<'_, i32> {
    match c.norm() {
        "week" => Some((1, c.next())),
        "fortnight" => Some((2, c.next())),
        _ => None,
    }
}

/// A weekday after the words that point at it, with the others said in one breath: "monday to friday", "monday and thursday".
pub(super) fn weekday_range(
    c: Cursor<'_>,
    first: Weekday,
    weeks_ahead: i32,
) -> Found<'_, MentionKind> {
    let last = c
        .past_any(&["to", "through", "thru", "until", "till", "-"])
        .and_then(any_weekday);
    if let Some((last, end)) = last {
        let from = c
            .at()
            .checked_sub(2)
            .and_then(|index| c.tokens().get(index))
            .is_some_and(|token| token.is("from"));
        // "monday to friday" says how often, "from monday to friday" how long.
        let kind = if from || weeks_ahead > 0 {
            MentionKind::DAY_RANGE
        } else {
            let every = Every::DaysOfWeek(WeekdaySet::range(first, last));
            MentionKind::Recurrence(Recurrence { every, part: None })
        };
        return Some((kind, end));
    }
    if weeks_ahead == 0
        && let Some((set, end)) = weekday_list(c, first)
    {
        return Some((MentionKind::Several(Every::Weekdays(set)), end));
    }
    Some((weekday_kind(first, weeks_ahead), c))
}

/// No longer list is read, which bounds the work on hostile text.
const DAYS_OF_WEEK: usize = 7;

/// "[monday], wednesday and friday", "[mon]/wed/fri"; without "and" or "or" the next weekday may begin something else.
fn weekday_list(c: Cursor<'_>, first: Weekday) -> Found<'_, WeekdaySet> {
    if let Some(found) = row(c, first) {
        return Some(found);
    }
    let mut set = WeekdaySet::of(first);
    let (mut at, mut found) = (c, None);
    for _ in 0..DAYS_OF_WEEK {
        let joint = at.skip(",");
        let last = joint.past_any(&["and", "or", "&", "/"]);
        if last.is_none() && joint.at() == at.at() {
            return found;
        }
        let next = last.unwrap_or(joint);
        // "on monday and on friday": a preposition again may begin another task, but not at the end.
        let again = next.past("on");
        let Some((weekday, end)) = any_weekday(again.unwrap_or(next)) else {
            return found;
        };
        if again.is_some() && end.token().is_some_and(|token| !token.is(",")) && !is_fronted(c) {
            return found;
        }
        set = set.with(weekday);
        at = end;
        if last.is_some() {
            found = Some((set, end));
        }
    }
    found
}

/// "[mon] wed fri", "[monday] wednesday friday": three in a row, or two short ones, with nothing between.
fn row(c: Cursor<'_>, first: Weekday) -> Found<'_, WeekdaySet> {
    let mut set = WeekdaySet::of(first);
    let (mut count, mut at) = (1, c);
    let mut short = true;
    while count <= DAYS_OF_WEEK
        && let Some((weekday, end)) = any_weekday(at)
    {
        short &= matches!(sense(at.norm()), Some(Sense::WeekdayAbbreviation(_)));
        set = set.with(weekday);
        (count, at) = (count + 1, end);
    }
    (count > 2 || (count == 2 && short)).then_some((set, at))
}

/// Whether the weekday that ended just before `c` stands in front of the task, at the beginning or behind the order to remind.
fn is_fronted(c: Cursor<'_>) -> bool {
    let Some(start) = c.at().checked_sub(2) else {
        return true;
    };
    let before = |at: usize| c.tokens().get(at).map_or("", |token| token.norm.as_str());
    let first = if before(start) == "on" {
        start.checked_sub(1)
    } else {
        Some(start)
    };
    first.is_none_or(|at| matches!(before(at), "me" | "us"))
}

fn any_weekday(c: Cursor<'_>) -> Found<'_, Weekday> {
    match sense(c.norm())? {
        Sense::Weekday(weekday) | Sense::WeekdayAbbreviation(weekday) => Some((weekday, c.next())),
        _ => None,
    }
}
