//! Days and spans in English: "tomorrow", "next friday", "this weekend", "the end of the month".

use jiff::civil::Weekday;

use super::date::{date, day_of_month, month_days, period, stands_alone};
use super::length::{Length, length};
use super::senses::{Sense, sense};
use super::weekday::{weekday_range, weeks_more};
use crate::languages::en::numbers::ordinal;
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{
    Day, Edge, Every, MentionKind, MonthOf, Part, Period, Recurrence, TimeUnit, Weekend,
};

/// The day or date that begins here, its preposition left behind.
pub(super) fn day_or_date(c: Cursor<'_>) -> Found<'_, MentionKind> {
    day(c).or_else(|| date(c))
}

/// The day that begins here by its name.
pub(super) fn day(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let next = c.next();
    match sense(c.norm())? {
        Sense::Day(days) => Some(match weeks_more(next) {
            Some((weeks, end)) => (MentionKind::Day(Day::FromToday(days + 7 * weeks)), end),
            None => (MentionKind::Day(Day::FromToday(days)), next),
        }),
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
        Sense::Weekday(weekday) => match weeks_more(next) {
            Some((weeks, end)) => Some((MentionKind::Day(Day::WeekdayLater(weekday, weeks)), end)),
            None => weekday_range(next, weekday, 0),
        },
        Sense::WeekdayPossessive(weekday) => {
            Some((MentionKind::DayAttribute(next_weekday(weekday)), next))
        }
        Sense::This => match next.past("coming") {
            Some(coming) => pointed(coming, 0),
            None => this(next).or_else(|| pointed(next, 0)),
        }
        .or_else(|| this_part(next)),
        Sense::Coming => pointed(next, 0),
        Sense::Next => pointed(next, 1),
        Sense::Last => last(next),
        Sense::The => the(next),
        Sense::Unit(TimeUnit::Day) => day_after_tomorrow(c),
        Sense::Unit(_) => after_next(c),
        Sense::EndOf(period) => Some((MentionKind::Day(Day::EdgeOf(Edge::End, period, 0)), next)),
        Sense::EndOfDay => Some((MentionKind::part(Part::Evening), next)),
        _ if c.is_any(&["end", "start", "beginning"]) => edge_of(c),
        _ if c.is_any(&["middle", "mid"]) => middle_of(c),
        _ => None,
    }
}

/// After "this": "friday", which can be today.
fn this(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match sense(c.norm())? {
        Sense::Weekday(weekday) | Sense::WeekdayAbbreviation(weekday) => {
            Some((MentionKind::Day(Day::ThisWeekday(weekday)), c.next()))
        }
        Sense::Season => Some((MentionKind::VAGUE, c.next())),
        _ => None,
    }
}

/// "week after next", "friday after next", after "the"
fn after_next(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = c.next().past_all(&["after", "next"])?;
    let day = match sense(c.norm())? {
        Sense::Weekday(weekday) => Day::WeekdayOfWeek(weekday, 2),
        Sense::Weekend => Day::WeekdayOfWeek(Weekday::Saturday, 2),
        Sense::Unit(unit) => Day::Span(period(unit)?, 2),
        _ => return None,
    };
    Some((MentionKind::Day(day), end))
}

/// "middle of next week", "mid july" say no day.
fn middle_of(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let of = c.next().skip("-").skip("of");
    let named = of.past_any(&["the", "this", "next"]).unwrap_or(of);
    matches!(sense(named.norm())?, Sense::Unit(_) | Sense::Month(_))
        .then(|| (MentionKind::VAGUE, named.next()))
}

fn next_weekday(weekday: Weekday) -> Day {
    Day::Weekday(weekday)
}

pub(super) fn weekday_kind(weekday: Weekday, weeks_ahead: i32) -> MentionKind {
    MentionKind::Day(match weeks_ahead {
        0 => next_weekday(weekday),
        _ => Day::WeekdayOfWeek(weekday, weeks_ahead),
    })
}

/// After "this" (0), "coming" (0), "next" (1).
fn pointed(c: Cursor<'_>, ahead: i32) -> Found<'_, MentionKind> {
    let next = c.next();
    let named = matches!(sense(next.norm()), Some(Sense::Day(_) | Sense::Next));
    if c.is("time") && ahead == 0 && named {
        return Some((MentionKind::VAGUE, next));
    }
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
            Some((MentionKind::Day(Day::Span(period, ahead)), next))
        }
        // "next three days", "next few weeks"
        Sense::Number => {
            let (_, end) = length(c)?;
            Some((MentionKind::VAGUE, end))
        }
        _ => None,
    }
    .or_else(|| few(c))
}

fn few(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match length(c)? {
        (Length::Vague, end) => Some((MentionKind::VAGUE, end)),
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

/// After "the": "23rd", "day after tomorrow", "first monday of next month", "end of the week".
fn the(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let nth = ordinal(c.tokens(), c.at()).filter(|(nth, _)| (1..=5).contains(nth));
    if let Some((nth, len)) = nth
        && let Some(found) = i8::try_from(nth)
            .ok()
            .and_then(|nth| nth_weekday(c.step(len), nth))
    {
        return Some(found);
    }
    if let Some(found) = month_days(c)
        .or_else(|| day_of_month(c))
        .or_else(|| date(c))
    {
        return Some(found);
    }
    match sense(c.norm())? {
        Sense::Unit(TimeUnit::Day) => day_after_tomorrow(c),
        Sense::Unit(_) | Sense::Weekday(_) | Sense::Weekend => after_next(c),
        Sense::Last => nth_weekday(c.next(), -1).or_else(|| last_day(c.next())),
        Sense::Part(part) => part_of_date(c.next(), part),
        Sense::Next | Sense::Coming => day(c),
        _ if c.is("following") => pointed(c.next(), 1),
        _ if c.is_any(&["end", "start", "beginning"]) => edge_of(c),
        _ if c.is("middle") => middle_of(c),
        _ => None,
    }
}

/// After its number: "monday of the month", "friday of next month", "sunday of may", "monday of every month".
fn nth_weekday(c: Cursor<'_>, nth: i8) -> Found<'_, MentionKind> {
    let Some(Sense::Weekday(weekday)) = sense(c.norm()) else {
        return None;
    };
    let Some(of) = c.next().past("of") else {
        // "every month on the first monday"
        let day = Day::NthWeekday(nth, weekday, MonthOf::Ahead(0));
        return stands_alone(c.next()).then(|| (MentionKind::Day(day), c.next()));
    };
    if sense(of.norm()) == Some(Sense::Every) {
        let end = of.next().past("month")?;
        return Some((
            MentionKind::Recurrence(Recurrence {
                every: Every::NthWeekday(nth, weekday),
                part: None,
            }),
            end,
        ));
    }
    let (month, end) = month_of(of)?;
    Some((MentionKind::Day(Day::NthWeekday(nth, weekday, month)), end))
}

/// After "last": "day of the month".
fn last_day(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let of = c.past("day")?.past("of")?;
    if sense(of.norm()) == Some(Sense::Every) {
        let end = of.next().past("month")?;
        let every = Every::EdgeOf(Edge::End, Period::Month);
        return Some((
            MentionKind::Recurrence(Recurrence { every, part: None }),
            end,
        ));
    }
    let (month, end) = month_of(of)?;
    let day = match month {
        MonthOf::Ahead(ahead) => Day::EdgeOf(Edge::End, Period::Month, ahead),
        MonthOf::Named(month) => Day::Month {
            year: None,
            month,
            edge: Edge::End,
        },
    };
    Some((MentionKind::Day(day), end))
}

fn month_of(c: Cursor<'_>) -> Found<'_, MonthOf> {
    let ahead = match sense(c.norm())? {
        Sense::Month(month) => return Some((MonthOf::Named(month), c.next())),
        Sense::The | Sense::This => 0,
        Sense::Next => 1,
        _ => return None,
    };
    Some((MonthOf::Ahead(ahead), c.next().past("month")?))
}

/// After "the morning": "of the 5th", "of july 4th".
fn part_of_date(c: Cursor<'_>, part: Part) -> Found<'_, MentionKind> {
    let of = c.past("of")?;
    match day_or_date(of).or_else(|| day_of_month(of.past("the")?))? {
        (MentionKind::Day(day), end) => Some((
            MentionKind::Part {
                part,
                day: Some(day),
            },
            end,
        )),
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
        Sense::Season => Some((MentionKind::VAGUE, named.next())),
        // The end of whatever day is said, or of today.
        Sense::Unit(TimeUnit::Day) if edge == Edge::End => {
            Some((MentionKind::part(Part::Evening), named.next()))
        }
        Sense::Unit(unit) => Some((
            MentionKind::Day(Day::EdgeOf(edge, period(unit)?, ahead)),
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
