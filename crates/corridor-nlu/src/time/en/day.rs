//! Days and spans in English: "tomorrow", "next friday", "this weekend", "the end of the month".

use jiff::civil::Weekday;

use super::date::{date, day_of_month, period};
use super::length::{Length, length};
use super::senses::{Sense, sense};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{
    Day, Edge, Every, MentionKind, Part, Recurrence, TimeUnit, Unresolved, Weekend,
};

/// The day or date that begins here, its preposition left behind.
pub(super) fn day_or_date(c: Cursor<'_>) -> Found<'_, MentionKind> {
    day(c).or_else(|| date(c))
}

/// The day that begins here by its name.
pub(super) fn day(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let next = c.next();
    match sense(c.norm())? {
        Sense::Day(days) => Some((MentionKind::Day(Day::FromToday(days)), next)),
        Sense::PastDay => Some((MentionKind::Past, next)),
        Sense::DayPossessive(days) => Some((MentionKind::DayAttribute(Day::FromToday(days)), next)),
        Sense::TonightPossessive => Some((MentionKind::DayAttribute(Day::FromToday(0)), next)),
        Sense::Tonight => Some((
            MentionKind::Part {
                part: Part::Night,
                day: Some(Day::FromToday(0)),
            },
            next,
        )),
        Sense::Weekday(weekday) => weekday_range(next, weekday, 0),
        Sense::WeekdayPossessive(weekday) => {
            Some((MentionKind::DayAttribute(next_weekday(weekday)), next))
        }
        Sense::This => pointed(next.past("coming").unwrap_or(next), 0).or_else(|| this_part(next)),
        Sense::Coming => pointed(next, 0),
        Sense::Next => pointed(next, 1),
        Sense::Last => last(next),
        Sense::The => the(next),
        Sense::Unit(TimeUnit::Day) => day_after_tomorrow(c),
        Sense::EndOfDay => Some((
            MentionKind::Part {
                part: Part::Evening,
                day: None,
            },
            next,
        )),
        _ if c.is_any(&["end", "start", "beginning"]) => edge_of(c),
        _ => None,
    }
}

fn next_weekday(weekday: Weekday) -> Day {
    Day::Weekday {
        weekday,
        weeks_later: 0,
    }
}

fn weekday_kind(weekday: Weekday, weeks_ahead: i32) -> MentionKind {
    MentionKind::Day(match weeks_ahead {
        0 => next_weekday(weekday),
        _ => Day::WeekdayOfWeek {
            weekday,
            weeks_ahead,
        },
    })
}

/// A weekday after the words that point at it; of a range ("monday to friday") its beginning.
pub(super) fn weekday_range(
    c: Cursor<'_>,
    first: Weekday,
    weeks_ahead: i32,
) -> Found<'_, MentionKind> {
    let end = c
        .past_any(&["to", "through", "thru", "until", "till", "-"])
        .and_then(|last| match sense(last.norm()) {
            Some(Sense::Weekday(_)) => Some(last.next()),
            _ => None,
        });
    Some((weekday_kind(first, weeks_ahead), end.unwrap_or(c)))
}

/// After "this" (0), "coming" (0), "next" (1).
fn pointed(c: Cursor<'_>, ahead: i32) -> Found<'_, MentionKind> {
    let next = c.next();
    match sense(c.norm())? {
        Sense::Weekday(weekday) | Sense::WeekdayAbbreviation(weekday) => {
            weekday_range(next, weekday, ahead)
        }
        Sense::WeekdayPossessive(weekday) => match weekday_kind(weekday, ahead) {
            MentionKind::Day(day) => Some((MentionKind::DayAttribute(day), next)),
            _ => None,
        },
        Sense::Weekend if ahead == 0 => Some((MentionKind::Day(Day::Weekend(Weekend::This)), next)),
        Sense::Weekend => Some((MentionKind::Day(Day::Weekend(Weekend::Next)), next)),
        Sense::Unit(TimeUnit::Day) if c.is("day") && ahead == 1 => {
            Some((MentionKind::Day(Day::FromToday(1)), next))
        }
        Sense::Unit(unit) if !c.norm().ends_with('s') => {
            let period = period(unit)?;
            Some((MentionKind::Day(Day::Span { period, ahead }), next))
        }
        // "next three days", "next few weeks"
        Sense::Number => {
            let (_, end) = length(c)?;
            Some((MentionKind::Unresolved(Unresolved::Vague), end))
        }
        _ => None,
    }
    .or_else(|| few(c))
}

fn few(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match length(c)? {
        (Length::Vague, end) => Some((MentionKind::Unresolved(Unresolved::Vague), end)),
        (Length::Known(_), _) => None,
    }
}

/// "this evening"
fn this_part(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let Some(Sense::Part(part)) = sense(c.norm()) else {
        return None;
    };
    Some((
        MentionKind::Part {
            part,
            day: Some(Day::FromToday(0)),
        },
        c.next(),
    ))
}

/// "last tuesday", "last week", "last night"
fn last(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let is_time = match sense(c.norm())? {
        Sense::Weekday(_) | Sense::Weekend | Sense::Part(_) | Sense::Month(_) => true,
        // "the last day to pay" is no time.
        Sense::Unit(unit) => unit != TimeUnit::Day && !c.norm().ends_with('s'),
        _ => false,
    };
    is_time.then(|| (MentionKind::Past, c.next()))
}

/// After "the".
fn the(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(found) = day_of_month(c).or_else(|| date(c)) {
        return Some(found);
    }
    match sense(c.norm())? {
        Sense::Unit(TimeUnit::Day) => day_after_tomorrow(c),
        Sense::Next | Sense::Coming => day(c),
        _ if c.is("following") => pointed(c.next(), 1),
        _ if c.is_any(&["end", "start", "beginning"]) => edge_of(c),
        _ => None,
    }
}

/// "day after tomorrow", "day before yesterday"
fn day_after_tomorrow(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(tomorrow) = c.past_all(&["day", "after"]) {
        return match sense(tomorrow.norm())? {
            Sense::Day(days) => Some((MentionKind::Day(Day::FromToday(days + 1)), tomorrow.next())),
            _ => None,
        };
    }
    let yesterday = c.past_all(&["day", "before"])?;
    (sense(yesterday.norm()) == Some(Sense::PastDay)).then(|| (MentionKind::Past, yesterday.next()))
}

/// "end of the month", "beginning of next week", "start of every month", "end of day", "end of march"
pub(super) fn edge_of(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let edge = if c.is("end") { Edge::End } else { Edge::Start };
    let c = c.next().past("of")?;
    let (ahead, named) = match sense(c.norm())? {
        Sense::The | Sense::This => (0, c.next()),
        Sense::Next => (1, c.next()),
        Sense::Every => {
            let Some(Sense::Unit(unit)) = sense(c.next().norm()) else {
                return None;
            };
            let every = Every::EdgeOf(edge, period(unit)?);
            return Some((
                MentionKind::Recurrence(Recurrence { every, part: None }),
                c.step(2),
            ));
        }
        _ => (0, c),
    };
    match sense(named.norm())? {
        // The end of whatever day is said, or of today.
        Sense::Unit(TimeUnit::Day) if edge == Edge::End => Some((
            MentionKind::Part {
                part: Part::Evening,
                day: None,
            },
            named.next(),
        )),
        Sense::Unit(unit) => Some((
            MentionKind::Day(Day::EdgeOf {
                edge,
                period: period(unit)?,
                ahead,
            }),
            named.next(),
        )),
        Sense::Month(month) => Some((
            MentionKind::Day(Day::Month {
                year: None,
                month,
                edge,
            }),
            named.next(),
        )),
        Sense::Day(days) if edge == Edge::End => {
            Some((MentionKind::Day(Day::FromToday(days)), named.next()))
        }
        _ => None,
    }
}
