//! The first time of something that recurs.

use jiff::Zoned;
use jiff::civil::Date;

use super::calendar::{after, days_of_month, edge, plus_days};
use super::time_of_day::{at, is_over, on_day};
use super::{DueProblem, When, in_part};
use crate::time::mention::{Clock, Edge, Every, Part, Period, WeekdaySet};

/// The first time from `now` on.
///
/// Named weekdays begin after today, as a weekday by itself does; every other rhythm begins today where its time is still ahead.
pub(super) fn first(
    every: Every,
    clock: Option<Clock>,
    part: Option<Part>,
    now: &Zoned,
) -> Result<When, DueProblem> {
    let today = now.date();
    let clock = clock.map(|clock| in_part(clock, part).usual());
    if let Every::After(offset) = every
        && offset.seconds != 0
        && clock.is_none()
    {
        return after(now, offset)
            .map(When::Moment)
            .ok_or(DueProblem::Impossible);
    }
    let ahead = |date: &Date| is_ahead(*date, clock, part, now);
    let date = match every {
        Every::After(_) => days(today, 0).find(ahead),
        Every::Weekdays(set) => in_set(today, 1, set).next(),
        Every::DaysOfWeek(set) => in_set(today, 0, set).find(ahead),
        Every::DayOfMonth(day) => days_of_month(today, day).find(ahead),
        Every::NthWeekday(nth, weekday) => (0..=12)
            .filter_map(|months| edge(today, Edge::Start, Period::Month, months))
            .filter_map(|first| first.nth_weekday_of_month(nth, weekday).ok())
            .find(ahead),
        Every::EdgeOf(which, period) => (0..=1)
            .filter_map(|count| edge(today, which, period, count))
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

/// Two weeks of days from so many after today.
fn days(today: Date, from: i32) -> impl Iterator<Item = Date> {
    (from..from + 14).filter_map(move |days| plus_days(today, days))
}

fn in_set(today: Date, from: i32, set: WeekdaySet) -> impl Iterator<Item = Date> {
    days(today, from).filter(move |date| set.contains(date.weekday()))
}
