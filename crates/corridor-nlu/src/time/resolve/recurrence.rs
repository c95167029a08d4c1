//! The first time of something that recurs.

use jiff::Zoned;
use jiff::civil::Date;

use super::calendar::{after, days_of_month, edge, plus_days};
use super::time_of_day::{at, is_over, on_day};
use super::{DueProblem, When, in_part};
use crate::time::mention::{Clock, Edge, Every, MonthDays, Part, Period, WeekdaySet};

/// The first time from `start` on, where one was said, or else from `now` on.
///
/// Without a start, named weekdays begin after today, as a weekday by itself does; every other rhythm begins tomorrow, or today where a
/// time or part of the day is said that is still ahead.
pub(super) fn first(
    every: Every,
    start: Option<Date>,
    clock: Option<Clock>,
    part: Option<Part>,
    now: &Zoned,
) -> Result<When, DueProblem> {
    let today = now.date();
    let clock = clock.map(|clock| in_part(clock, part).usual());
    if let Every::After(offset) = every
        && offset.seconds != 0
        && clock.is_none()
        && start.is_none()
    {
        return after(now, offset)
            .map(When::Moment)
            .ok_or(DueProblem::Impossible);
    }
    let tomorrow = || plus_days(today, 1).ok_or(DueProblem::Impossible);
    let from = match start {
        Some(start) => start,
        None if matches!(every, Every::Weekdays(_)) => tomorrow()?,
        None if clock.is_none() && part.is_none() => tomorrow()?,
        None => today,
    };
    let ahead = |date: &Date| *date >= from && is_ahead(*date, clock, part, now);
    let date = match every {
        Every::After(_) => days(from).find(ahead),
        Every::Weekdays(set) | Every::DaysOfWeek(set) => in_set(from, set).find(ahead),
        Every::DaysOfMonth(set) => in_months(from, set, ahead),
        Every::NthWeekday(nth, weekday) => (0..=12)
            .filter_map(|months| edge(from, Edge::Start, Period::Month, months))
            .filter_map(|first| first.nth_weekday_of_month(nth, weekday).ok())
            .find(ahead),
        Every::EdgeOf(which, period) => (0..=1)
            .filter_map(|count| edge(from, which, period, count))
            .find(ahead),
    };
    let date = date.ok_or(DueProblem::Impossible)?;
    match clock {
        Some(clock) => on_day(date, clock, part, now),
        None => Ok(When::Day(date)),
    }
}

/// Whether the time or the part of the day on that date is still to come.
fn is_ahead(date: Date, clock: Option<Clock>, part: Option<Part>, now: &Zoned) -> bool {
    match (clock, part) {
        _ if date < now.date() => false,
        (Some(clock), _) => at(date, clock, now).is_some_and(|moment| moment > *now),
        (None, Some(part)) => date > now.date() || !is_over(part, now),
        (None, None) => true,
    }
}

/// Two weeks of days.
fn days(from: Date) -> impl Iterator<Item = Date> {
    (0..14).filter_map(move |days| plus_days(from, days))
}

fn in_set(from: Date, set: WeekdaySet) -> impl Iterator<Item = Date> {
    days(from).filter(move |date| set.contains(date.weekday()))
}

/// The first of all the days of all months.
fn in_months(from: Date, set: MonthDays, fits: impl Fn(&Date) -> bool) -> Option<Date> {
    set.iter()
        .filter_map(|day| days_of_month(from, day).find(&fits))
        .min()
}
