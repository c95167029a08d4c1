//! How often, in English: "every other wednesday", "on sundays", "twice a week", "daily".

use jiff::civil::Weekday;

use super::date::month_days;
use super::length::{Length, length, unit};
use super::senses::{Preposition, Sense, sense};
use crate::amount::Amount;
use crate::languages::en::numbers::{cardinal, ordinal};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{
    Edge, Every, MentionKind, MonthDays, Offset, Part, Period, Recurrence, TimeUnit, WeekdaySet,
};
use crate::token::TokenKind;

/// After "every" and "each".
pub(super) fn every(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let c = c.skip("single");
    if let Some(end) = c
        .past_all(&["so", "often"])
        .or_else(|| c.past_all(&["now", "and", "then"]))
        .or_else(|| c.past_all(&["now", "and", "again"]))
    {
        return Some((MentionKind::VAGUE, end));
    }
    if let Some((MentionKind::Several(every), end)) = month_days(c) {
        return Some((
            MentionKind::Recurrence(Recurrence { every, part: None }),
            end,
        ));
    }
    if let Some(last) = c.past("last") {
        return every_last(last);
    }
    let numbered = c.past_any(&["other", "second", "alternate"]);
    let c = match numbered {
        Some(after)
            if unit(after).is_some()
                || matches!(sense(after.norm()), Some(Sense::Part(_)))
                || (weekday(after.norm()).is_some() && !after.next().is("of")) =>
        {
            after
        }
        _ => c,
    };
    let factor = if numbered.is_some_and(|after| after.at() == c.at()) {
        Amount::from_integer(2)?
    } else {
        Amount::ONE
    };
    if let Some((set, end)) = weekday_list(c, weekday) {
        return Some(with_part(Every::Weekdays(set), end));
    }
    let first = if c.is_number() || ordinal(c.tokens(), c.at()).is_some() {
        Sense::Number
    } else {
        sense(c.norm())?
    };
    match first {
        Sense::Part(part) => {
            let every = Every::After(Offset::new(factor, TimeUnit::Day));
            Some(found(every, Some(part), c.next()))
        }
        _ if c.is("quarter") => {
            let months = Amount::from_integer(3)?;
            Some(found(
                Every::After(Offset::new(months, TimeUnit::Month)),
                None,
                c.next(),
            ))
        }
        Sense::Season => Some((MentionKind::VAGUE, c.next())),
        Sense::Weekend | Sense::Weekends => {
            Some(with_part(Every::DaysOfWeek(WeekdaySet::WEEKEND), c.next()))
        }
        Sense::Workday | Sense::Workdays => {
            Some(with_part(Every::DaysOfWeek(WeekdaySet::WORKDAYS), c.next()))
        }
        Sense::Unit(TimeUnit::Week) if c.next().is("day") => Some(with_part(
            Every::DaysOfWeek(WeekdaySet::WORKDAYS),
            c.step(2),
        )),
        Sense::Unit(unit) => Some(with_part(Every::After(Offset::new(factor, unit)), c.next())),
        Sense::Number => day_of_month(c).or_else(|| every_length(c)),
        Sense::Governed => every_length(c),
        _ => None,
    }
}

/// "every 1st of the month", "every 15th", "every first monday", "every third day"
fn day_of_month(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (day, len) = ordinal(c.tokens(), c.at())?;
    if let Some(weekday) = weekday(c.step(len).norm()) {
        let end = c.step(len + 1);
        let end = end
            .past("of")
            .and_then(|of| of.skip("the").skip("each").past("month"))
            .unwrap_or(end);
        return Some(with_part(
            Every::NthWeekday(i8::try_from(day).ok()?, weekday),
            end,
        ));
    }
    let day = i8::try_from(day)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let after = c.step(len);
    let of_month = after
        .past("of")
        .and_then(|of| of.skip("the").skip("each").past("month"));
    // "every third day" counts days.
    if of_month.is_none() && unit(after).is_some() {
        let (unit, end) = unit(after)?;
        return Some(with_part(
            Every::After(Offset::new(
                Amount::from_integer(u64::from(day.unsigned_abs()))?,
                unit,
            )),
            end,
        ));
    }
    Some(found(
        Every::DaysOfMonth(MonthDays::of(day)?),
        None,
        of_month.unwrap_or(after),
    ))
}

/// After "every last": "friday of the month", "day of the month".
fn every_last(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let every = match weekday(c.norm()) {
        Some(weekday) => Every::NthWeekday(-1, weekday),
        None if c.is("day") => Every::EdgeOf(Edge::End, Period::Month),
        None => return None,
    };
    let end = c.next();
    let of = end
        .past("of")
        .and_then(|of| of.skip("the").skip("each").past("month"))?;
    Some(found(every, None, of))
}

/// "every two days from now", "every three hours"
fn every_length(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match length(c)? {
        (Length::Known(offset), end) => Some(with_part(
            Every::After(offset),
            end.past_all(&["from", "now"]).unwrap_or(end),
        )),
        // "every few days" begins as soon as every day does.
        (Length::Vague, end) => Some(with_part(Every::After(days(1)), end)),
    }
}

/// After "on", or by themselves: "sundays", "mondays and wednesdays", "weekends", "friday nights".
pub(super) fn plural(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some((set, end)) = weekday_list(c, weekdays) {
        return Some(with_part(Every::Weekdays(set), end));
    }
    match sense(c.norm())? {
        Sense::Weekends => Some(with_part(Every::DaysOfWeek(WeekdaySet::WEEKEND), c.next())),
        Sense::Workdays => Some(with_part(Every::DaysOfWeek(WeekdaySet::WORKDAYS), c.next())),
        Sense::Workday => match sense(c.next().norm())? {
            Sense::Parts(part) => Some(found(
                Every::DaysOfWeek(WeekdaySet::WORKDAYS),
                Some(part),
                c.step(2),
            )),
            _ => None,
        },
        Sense::Weekday(weekday) | Sense::WeekdayAbbreviation(weekday) => {
            match sense(c.next().norm())? {
                Sense::Parts(part) => Some(found(
                    Every::Weekdays(WeekdaySet::of(weekday)),
                    Some(part),
                    c.step(2),
                )),
                _ => None,
            }
        }
        _ => None,
    }
}

/// "once a week", "twice every two days", "three times a day", from the first word.
pub(super) fn times(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let after = match sense(c.norm()) {
        Some(Sense::Times) => c.next(),
        _ => {
            let numeral = cardinal(c.tokens(), c.at())?;
            c.step(numeral.len).past_any(&["times", "time", "x"])?
        }
    };
    if let Some(Sense::Often(every, part)) = sense(after.norm()) {
        return Some(often(after, every, part));
    }
    let each = after.past_any(&["a", "an", "per"]);
    if let Some(each) = each {
        let (unit, end) = unit(each)?;
        return Some(found(
            Every::After(Offset::new(Amount::ONE, unit)),
            None,
            end,
        ));
    }
    (sense(after.norm()) == Some(Sense::Every)).then(|| every(after.next()))?
}

/// "daily", "nightly" said of the time: at an end, before another time or function word, or of a reminder. Before a noun it belongs to a name
/// ("the weekly report").
pub(super) fn adverb(c: Cursor<'_>, every: Every, part: Option<Part>) -> Found<'_, MentionKind> {
    const REMINDERS: [&str; 8] = [
        "reminder",
        "reminders",
        "alert",
        "alerts",
        "notification",
        "nudge",
        "task",
        "chore",
    ];
    const AFTER: [&str; 16] = [
        "to", "and", "with", "without", "please", "that", "so", "but", "i", "we", "my", "our",
        "remind", "if", "or", "thanks",
    ];
    const OWNERS: [&str; 14] = [
        "the", "a", "an", "my", "our", "his", "her", "your", "their", "this", "that", "some",
        "any", "every",
    ];
    let before = c.before().map_or("", |token| token.norm.as_str());
    let next = c.next();
    let free = match next.token() {
        None => true,
        Some(token) if token.kind == TokenKind::Symbol => !token.is("-") && !token.is("'"),
        Some(token) if token.kind == TokenKind::Number => false,
        Some(_) => {
            next.is_any(&AFTER)
                || matches!(
                    sense(next.norm()),
                    Some(
                        Sense::Preposition(_)
                            | Sense::Weekdays(_)
                            | Sense::Weekday(_)
                            | Sense::Day(_)
                            | Sense::Every
                            | Sense::Tonight
                            | Sense::Number
                    )
                )
        }
    };
    let said_of_time = if OWNERS.contains(&before) {
        next.is_any(&REMINDERS)
    } else {
        free || next.is_any(&REMINDERS) || c.is("everyday") || matches!(before, "me" | "us")
    };
    said_of_time.then(|| often(c, every, part))
}

fn often(c: Cursor<'_>, every: Every, part: Option<Part>) -> (MentionKind, Cursor<'_>) {
    match part {
        Some(_) => found(every, part, c.next()),
        None => with_part(every, c.next()),
    }
}

/// Weekdays joined by commas, "and", or nothing, each with "every" or "on" again or not.
fn weekday_list(c: Cursor<'_>, role: fn(&str) -> Option<Weekday>) -> Found<'_, WeekdaySet> {
    let mut set = WeekdaySet::of(role(c.norm())?);
    let mut end = c.next();
    if let Some(last) = end
        .past_any(&["to", "through", "thru", "-"])
        .filter(|last| role(last.norm()).is_some())
    {
        return Some((range(c, last, role)?, last.next()));
    }
    loop {
        let mut next = end.skip(",").skip("and").skip("&");
        if matches!(
            sense(next.norm()),
            Some(Sense::Every | Sense::Preposition(Preposition::On))
        ) {
            next = next.next();
        }
        let Some(weekday) = role(next.norm()) else {
            return Some((set, end));
        };
        set = set.with(weekday);
        end = next.next();
    }
}

/// "monday to friday": all days between.
fn range(
    first: Cursor<'_>,
    last: Cursor<'_>,
    role: fn(&str) -> Option<Weekday>,
) -> Option<WeekdaySet> {
    Some(WeekdaySet::range(role(first.norm())?, role(last.norm())?))
}

fn weekday(norm: &str) -> Option<Weekday> {
    match sense(norm)? {
        Sense::Weekday(weekday)
        | Sense::WeekdayAbbreviation(weekday)
        | Sense::Weekdays(weekday) => Some(weekday),
        _ => None,
    }
}

fn weekdays(norm: &str) -> Option<Weekday> {
    match sense(norm)? {
        Sense::Weekdays(weekday) => Some(weekday),
        _ => None,
    }
}

/// The recurrence with the part of the day said right after it ("every friday night", "every day in the morning").
fn with_part(every: Every, end: Cursor<'_>) -> (MentionKind, Cursor<'_>) {
    let part_at = end
        .past_all(&["in", "the"])
        .or_else(|| end.past("at"))
        .unwrap_or(end);
    match sense(part_at.norm()) {
        Some(Sense::Part(part) | Sense::Parts(part)) => found(every, Some(part), part_at.next()),
        _ => found(every, None, end),
    }
}

fn found(every: Every, part: Option<Part>, end: Cursor<'_>) -> (MentionKind, Cursor<'_>) {
    (MentionKind::Recurrence(Recurrence { every, part }), end)
}

fn days(days: i32) -> Offset {
    Offset {
        months: 0,
        days,
        seconds: 0,
    }
}
