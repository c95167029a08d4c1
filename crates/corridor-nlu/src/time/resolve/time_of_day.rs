//! Times and parts of the day on a day that was said, or on the next one that fits.

use jiff::Zoned;
use jiff::civil::{Date, DateTime};

use super::calendar::{moment, plus_days};
use super::{DueProblem, When, in_part};
use crate::time::mention::{Clock, Face, Part};

/// Hours that a time without a day is looked for in where its half of the day is not said.
const WAKING_MINUTES: std::ops::Range<i32> = 7 * 60..23 * 60;

/// The moment or day of a clock time and a part of the day, on `date` where one was said.
pub(super) fn on_or_without_day(
    date: Option<Date>,
    clock: Option<Clock>,
    part: Option<Part>,
    now: &Zoned,
) -> Result<Option<When>, DueProblem> {
    let clock = clock.map(|clock| in_part(clock, part));
    match (date, clock, part) {
        (Some(date), Some(clock), None) if date == now.date() => {
            on_day(date, of_today(clock, now), None, now).map(Some)
        }
        (Some(date), Some(clock), part) => on_day(date, clock.usual(), part, now).map(Some),
        (Some(date), None, Some(part))
            if date == now.date() && is_over(part, now) && !reaches_midnight(part) =>
        {
            Err(DueProblem::Past)
        }
        (Some(date), None, _) => Ok(Some(When::Day(date))),
        (None, Some(clock), _) => next(clock, now).map(|when| Some(When::Moment(when))),
        (None, None, Some(part)) => day_of(part, now).map(|date| Some(When::Day(date))),
        (None, None, None) => Ok(None),
    }
}

/// Today, or tomorrow where the part of the day is over.
pub(super) fn day_of(part: Part, now: &Zoned) -> Result<Date, DueProblem> {
    plus_days(now.date(), i32::from(is_over(part, now))).ok_or(DueProblem::Impossible)
}

/// Whether the part of today is over. The night belongs to the day before it and so never is.
pub(super) fn is_over(part: Part, now: &Zoned) -> bool {
    match part {
        Part::Morning => now.hour() >= 12,
        Part::Afternoon => now.hour() >= 18,
        Part::Evening => now.hour() >= 23,
        Part::Night => false,
    }
}

/// Said of today in its last hour, such a part still means today.
fn reaches_midnight(part: Part) -> bool {
    matches!(part, Part::Evening | Part::Night)
}

/// Whether an exact time can lie in the part of the day as people use the word.
pub(super) fn agrees(clock: Clock, part: Part) -> bool {
    if clock.face() == Face::Twelve {
        return true;
    }
    let hour = clock.hour();
    match part {
        Part::Morning => (3..=12).contains(&hour),
        Part::Afternoon => (11..=19).contains(&hour),
        Part::Evening => hour >= 15 || hour == 0,
        Part::Night => hour >= 18 || hour <= 6,
    }
}

/// An exact time on a day that was said.
pub(super) fn on_day(
    date: Date,
    clock: Clock,
    part: Option<Part>,
    now: &Zoned,
) -> Result<When, DueProblem> {
    let at = |date: Date| at(date, clock, now).ok_or(DueProblem::Impossible);
    let next_day = || plus_days(date, 1).ok_or(DueProblem::Impossible);
    let said = at(date)?;
    let small_hours = clock.hour() < 6;
    // «в пятницу ночью в час» is the night that begins on Friday, unless that night runs already.
    if part == Some(Part::Night)
        && small_hours
        && clock.part() == Some(Part::Night)
        && !(date == now.date() && said > *now)
    {
        return at(next_day()?).map(When::Moment);
    }
    if said > *now {
        return Ok(When::Moment(said));
    }
    // «сегодня в полночь», «сегодня в 2 ночи»: the night ahead.
    let ahead = date == now.date()
        && (clock.minutes() == 0 || (clock.part() == Some(Part::Night) && small_hours));
    if ahead {
        at(next_day()?).map(When::Moment)
    } else {
        Err(DueProblem::Past)
    }
}

/// «сегодня в семь», "today at 7", said at noon: of two readings the one that is ahead.
fn of_today(clock: Clock, now: &Zoned) -> Clock {
    let ahead = |clock: &Clock| at(now.date(), *clock, now).is_some_and(|moment| moment > *now);
    let usual = clock.usual();
    let later = Some(clock.afternoon()).filter(|clock| WAKING_MINUTES.contains(&clock.minutes()));
    match clock.face() {
        Face::Twelve if !ahead(&usual) => later.filter(ahead).unwrap_or(usual),
        _ => usual,
    }
}

/// The moment of an exact time on a date.
pub(super) fn at(date: Date, clock: Clock, now: &Zoned) -> Option<Zoned> {
    let (date, hour) = if clock.hour() == 24 {
        (plus_days(date, 1)?, 0)
    } else {
        (date, clock.hour())
    };
    moment(
        DateTime::new(
            date.year(),
            date.month(),
            date.day(),
            hour,
            clock.minute(),
            0,
            0,
        )
        .ok()?,
        now,
    )
}

/// The next time the clock shows this; of two readings the next one in waking hours.
fn next(clock: Clock, now: &Zoned) -> Result<Zoned, DueProblem> {
    let waking = |clock: Clock| WAKING_MINUTES.contains(&clock.minutes());
    let readings = match clock.face() {
        Face::TwentyFour => [Some(clock), None],
        Face::Twelve => [
            Some(clock.morning()).filter(|clock| waking(*clock)),
            Some(clock.afternoon()).filter(|clock| waking(*clock)),
        ],
    };
    readings
        .into_iter()
        .flatten()
        .filter_map(|clock| next_exact(clock, now))
        .min()
        .ok_or(DueProblem::Impossible)
}

fn next_exact(clock: Clock, now: &Zoned) -> Option<Zoned> {
    // Where clocks go forward a skipped time may come out at or before now even tomorrow.
    (-1..=2)
        .filter_map(|days| at(plus_days(now.date(), days)?, clock, now))
        .find(|moment| moment > now)
}
