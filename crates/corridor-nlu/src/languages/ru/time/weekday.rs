//! Weekdays in Russian, short ones and several in one breath: «ср», «пн, ср и пт», «с понедельника по пятницу».

use jiff::civil::Weekday;

use super::day::weekday;
use super::senses::{Sense, sense};
use super::{counted, is_asked, prepositions};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Every, MentionKind, WeekdaySet};

/// A weekday with the others said in one breath: «с понедельника по пятницу», «в среду и четверг», «пн, ср и пт».
pub(super) fn weekday_range(
    c: Cursor<'_>,
    first: Weekday,
    weeks_ahead: i32,
) -> Found<'_, MentionKind> {
    let last = c.past_any(&["по", "до", "-"]).and_then(any_weekday);
    if let Some((_, end)) = last {
        return Some((MentionKind::DAY_RANGE, end));
    }
    if weeks_ahead == 0
        && let Some((set, end)) = weekday_list(c, first)
    {
        return Some((MentionKind::Several(Every::Weekdays(set)), end));
    }
    Some((weekday(first, weeks_ahead), c))
}

/// No longer list is read, which bounds the work on hostile text.
const DAYS_OF_WEEK: usize = 7;

/// «[понедельник], среду и пятницу»; without «и» or «или» the next weekday may begin something else.
fn weekday_list(c: Cursor<'_>, first: Weekday) -> Found<'_, WeekdaySet> {
    if let Some(found) = row(c, first) {
        return Some(found);
    }
    let mut set = WeekdaySet::of(first);
    let (mut at, mut found) = (c, None);
    for _ in 0..DAYS_OF_WEEK {
        let joint = at.skip(",");
        let last = joint.past_any(&["и", "или", "/", "либо"]);
        if last.is_none() && joint.at() == at.at() {
            return found;
        }
        let next = last.unwrap_or(joint);
        // «в среду и в пятницу»: a preposition again may begin another task, but not at the end.
        let again = next.past_any(&["в", "во"]);
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

/// «[пн] ср пт», «[понедельник] среду пятницу»: three in a row, or two short ones, with nothing between.
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
    let first = if matches!(before(start), "в" | "во") {
        start.checked_sub(1)
    } else {
        Some(start)
    };
    first.is_none_or(|at| before(at).starts_with("напомни"))
}

fn any_weekday(c: Cursor<'_>) -> Found<'_, Weekday> {
    match sense(c.norm())? {
        Sense::Weekday(weekday) | Sense::WeekdayAbbreviation(weekday) => Some((weekday, c.next())),
        _ => None,
    }
}

/// «ср», «пт.»
pub(super) fn abbreviation(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let Some(Sense::WeekdayAbbreviation(weekday)) = sense(c.norm()) else {
        return None;
    };
    let after = c.next();
    let point = after.is(".") && after.is_glued();
    weekday_range(if point { after.next() } else { after }, weekday, 0)
}

/// Whether the words around a short weekday, which ends before `end`, ask for one. «пн», «вт», «чт», «пт» mean nothing else.
pub(super) fn asks_for_day(c: Cursor<'_>, end: Cursor<'_>) -> bool {
    if c.is_any(&["пн", "вт", "чт", "пт"]) || end.at() > c.at() + 2 {
        return true;
    }
    let Some(next) = end.token() else {
        return true;
    };
    counted::is_infinitive(&next.norm)
        || next.is(",")
        || c.before().is_none()
        || is_asked(c)
        || match sense(&next.norm) {
            Some(Sense::Preposition(preposition)) => {
                prepositions::phrase(end.next(), preposition).is_some()
            }
            Some(Sense::PartAdverb(_) | Sense::Number | Sense::Noon) => true,
            _ => end.is_number(),
        }
}
