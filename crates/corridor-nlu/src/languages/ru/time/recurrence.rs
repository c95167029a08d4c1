//! How often, in Russian: «каждую среду», «по вторникам и четвергам», «раз в неделю», «ежедневно».

use jiff::civil::Weekday;

use super::date::{every_month, month_days};
use super::day::part_word;
use super::length::{Length, amount, length};
use super::senses::{Preposition, Sense, sense};
use crate::amount::Amount;
use crate::languages::ru::numbers::ordinal;
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{
    Edge, Every, MentionKind, MonthDays, Offset, Part, Period, Recurrence, TimeUnit, WeekdaySet,
};

/// After «каждый».
pub(super) fn every(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some((set, end)) = weekday_list(c, named) {
        return Some(with_part(Every::Weekdays(set), end));
    }
    if let Some(end) = c.past("квартал") {
        return Some(with_part(Every::After(quarter()), end));
    }
    if let Some(part) = part_word(c) {
        return Some(recurrence(Every::After(days(1)), Some(part), c.next()));
    }
    let first = if c.is_number() {
        Sense::Number
    } else {
        sense(c.norm())?
    };
    match first {
        Sense::Weekend => Some(with_part(Every::DaysOfWeek(WeekdaySet::WEEKEND), c.next())),
        Sense::DaysOfWeek(set) => Some(with_part(Every::DaysOfWeek(set), c.next())),
        Sense::WorkdayAdjective => {
            let end = workday(c)?;
            Some(with_part(Every::DaysOfWeek(WeekdaySet::WORKDAYS), end))
        }
        // «каждое первое число», «каждую вторую среду», «каждый второй день»
        Sense::Number => every_numbered(c).or_else(|| every_length(c)),
        Sense::Final => every_last(c.next()),
        Sense::Season => Some((MentionKind::VAGUE, c.next())),
        _ => every_length(c),
    }
}

fn every_numbered(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (number, len) = ordinal(c.tokens(), c.at()).or_else(|| cardinal_day(c))?;
    let after = c.step(len);
    match sense(after.norm())? {
        Sense::DayNumber => {
            let day = i8::try_from(number)
                .ok()
                .filter(|day| (1..=31).contains(day))?;
            let end = after.next();
            Some(with_part(
                Every::DaysOfMonth(MonthDays::of(day)?),
                every_month(end).unwrap_or(end),
            ))
        }
        Sense::Weekday(weekday) => match after.next().past("месяца") {
            Some(end) => Some(with_part(
                Every::NthWeekday(i8::try_from(number).ok()?, weekday),
                end,
            )),
            None => Some(with_part(
                Every::Weekdays(WeekdaySet::of(weekday)),
                after.next(),
            )),
        },
        Sense::Unit(unit) => Some(with_part(
            Every::After(Offset::new(Amount::from_integer(u64::from(number))?, unit)),
            after.next(),
        )),
        _ => None,
    }
}

/// After «каждый последний»: «день месяца», «пятницу месяца».
fn every_last(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = c.next().past("месяца")?;
    match sense(c.norm())? {
        Sense::Weekday(weekday) => Some(with_part(Every::NthWeekday(-1, weekday), end)),
        Sense::Unit(TimeUnit::Day) => Some(with_part(Every::EdgeOf(Edge::End, Period::Month), end)),
        _ => None,
    }
}

/// «каждые два дня», «каждый день», «каждый час»
fn every_length(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match length(c)? {
        (Length::Known(offset), end) => Some(with_part(Every::After(offset), end)),
        (Length::Vague, _) => None,
    }
}

/// After «по»: «средам и пятницам», «утрам», «будням», «рабочим дням», «5 числам».
pub(super) fn by(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some((set, end)) = weekday_list(c, plural) {
        return Some(with_part(Every::Weekdays(set), end));
    }
    let first = if c.is_number() {
        Sense::Number
    } else {
        sense(c.norm())?
    };
    match first {
        Sense::Parts(part) => Some(recurrence(Every::After(days(1)), Some(part), c.next())),
        Sense::DaysOfWeek(set) => {
            let end = c.next();
            Some(with_part(
                Every::DaysOfWeek(set),
                end.past("дням").unwrap_or(end),
            ))
        }
        Sense::WorkdayAdjective => {
            workday(c).map(|end| with_part(Every::DaysOfWeek(WeekdaySet::WORKDAYS), end))
        }
        Sense::Number => {
            if let Some((MentionKind::Recurrence(recurrence), end)) = month_days(c) {
                return Some(with_part(recurrence.every, end));
            }
            let (number, len) = ordinal(c.tokens(), c.at()).or_else(|| cardinal_day(c))?;
            let day = i8::try_from(number)
                .ok()
                .filter(|day| (1..=31).contains(day))?;
            let end = c.step(len).past_any(&["числам", "числа"])?;
            Some(with_part(Every::DaysOfMonth(MonthDays::of(day)?), end))
        }
        _ => None,
    }
}

fn cardinal_day(c: Cursor<'_>) -> Option<(u32, usize)> {
    let (amount, after) = amount(c)?;
    Some((
        u32::try_from(amount.as_integer()?).ok()?,
        after.at() - c.at(),
    ))
}

/// «будний день», «рабочим дням», «будням»
fn workday(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let after = c.next();
    (sense(after.norm()) == Some(Sense::Unit(TimeUnit::Day))).then(|| after.next())
}

/// «раз в неделю», «два раза в день», «дважды в месяц», from the first word.
pub(super) fn times(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let after = match amount(c) {
        Some((_, after)) => after.past_any(&["раз", "раза"])?,
        None => c.past_any(&["раз", "дважды", "трижды"])?,
    };
    let span = after.past_any(&["в", "во"])?;
    if let Some(end) = span.past("квартал") {
        return Some(with_part(Every::After(quarter()), end));
    }
    let (length, end) = length(span)?;
    match length {
        Length::Known(offset) => Some(with_part(Every::After(offset), end)),
        Length::Vague => None,
    }
}

/// «ежедневно», and the adjective of a reminder («ежедневное напоминание»). Another adjective belongs to a name («ежемесячный взнос»).
pub(super) fn often(c: Cursor<'_>, every: Every) -> Found<'_, MentionKind> {
    let adverb = c.norm().ends_with('о');
    let of_reminder = ["напоминан", "задач", "уведомлен", "оповещен"]
        .iter()
        .any(|stem| c.next().norm().starts_with(stem));
    (adverb || of_reminder).then(|| with_part(every, c.next()))
}

/// Weekdays joined by commas, «и», or nothing, each with «каждый» again or not.
fn weekday_list(c: Cursor<'_>, role: fn(&str) -> Option<Weekday>) -> Found<'_, WeekdaySet> {
    let mut set = WeekdaySet::of(role(c.norm())?);
    let mut end = c.next();
    loop {
        let mut next = end.skip(",").skip("и");
        if matches!(
            sense(next.norm()),
            Some(Sense::Every | Sense::Preposition(Preposition::By))
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

fn named(norm: &str) -> Option<Weekday> {
    match sense(norm)? {
        Sense::Weekday(weekday) | Sense::WeekdayAbbreviation(weekday) => Some(weekday),
        _ => None,
    }
}

fn plural(norm: &str) -> Option<Weekday> {
    match sense(norm)? {
        Sense::Weekdays(weekday) | Sense::WeekdayAbbreviation(weekday) => Some(weekday),
        _ => None,
    }
}

/// The recurrence with the part of the day said right after it («каждую пятницу вечером», «каждый день по утрам»).
fn with_part(every: Every, end: Cursor<'_>) -> (MentionKind, Cursor<'_>) {
    match sense(end.norm()) {
        Some(Sense::PartAdverb(part)) => recurrence(every, Some(part), end.next()),
        Some(Sense::Preposition(Preposition::By)) => match sense(end.next().norm()) {
            Some(Sense::Parts(part)) => recurrence(every, Some(part), end.step(2)),
            _ => recurrence(every, None, end),
        },
        _ => recurrence(every, None, end),
    }
}

fn recurrence(every: Every, part: Option<Part>, end: Cursor<'_>) -> (MentionKind, Cursor<'_>) {
    (MentionKind::Recurrence(Recurrence { every, part }), end)
}

fn quarter() -> Offset {
    Offset {
        months: 3,
        days: 0,
        seconds: 0,
    }
}

fn days(days: i32) -> Offset {
    Offset {
        months: 0,
        days,
        seconds: 0,
    }
}
