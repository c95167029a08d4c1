//! What a mention of time says, before it is resolved against a day and a clock.

mod clock;
mod day;
mod month_days;
mod offset;
mod weekdays;

use std::ops::Range;

use jiff::civil::Weekday;

pub use clock::{Clock, Face};
pub use day::{Day, Edge, MonthOf, Period, Weekend};
pub use month_days::MonthDays;
pub use offset::{Offset, TimeUnit};
pub use weekdays::WeekdaySet;

/// An expression of time among tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its tokens, prepositions included.
    pub range: Range<usize>,
    /// What it says.
    pub kind: MentionKind,
}

/// What an expression of time says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MentionKind {
    /// A day, or the first day of a longer span («завтра», «до пятницы», "next week").
    Day(Day),
    /// A day told of something else, by an adjective or a possessive («завтрашней встрече», "tomorrow's meeting"). A [`Day`](Self::Day)
    /// in the same clause goes before it.
    DayAttribute(Day),
    /// A time on the clock («в 18:00», "at half past six").
    Clock(Clock),
    /// A part of a day («вечером»), of that day where the words name it ("tonight").
    Part {
        /// Which part.
        part: Part,
        /// The day in the same words.
        day: Option<Day>,
    },
    /// A time from now («через два часа», "in a week").
    Offset(Offset),
    /// How long something lasts («на час», "for 20 minutes"); with an order to remind it may mean the time from now.
    Duration(Offset),
    /// How often («каждую среду», "daily").
    Recurrence(Recurrence),
    /// Several days said in one breath («в среду или четверг», "the 5th and 6th"): the first that comes is due, the words describe.
    Several(Every),
    /// Words that say no time of their own: taken back («в пять, нет, …»), or said with another time ("… at the latest").
    Aside,
    /// What no calendar can tell.
    Unresolved(Unresolved),
    /// A time that is over («вчера», "two days ago").
    Past,
    /// A date or a time that does not exist («32 мая», "25:00").
    Impossible,
}

impl MentionKind {
    /// Counts back from an event.
    pub(crate) const LEAD: Self = Self::Unresolved(Unresolved::Lead);
    /// Says no time that a calendar could tell.
    pub(crate) const VAGUE: Self = Self::Unresolved(Unresolved::Vague);
    /// Says a beginning and an end.
    pub(crate) const RANGE: Self = Self::Unresolved(Unresolved::Range);
    /// Says from which day to which.
    pub(crate) const DAY_RANGE: Self = Self::Unresolved(Unresolved::DayRange);

    /// A part of whatever day is said.
    pub(crate) const fn part(part: Part) -> Self {
        Self::Part { part, day: None }
    }
}

/// Why a mention cannot be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unresolved {
    /// It counts back from an event, whose name may follow the range («за час до … встречи», "an hour before … the meeting").
    Lead,
    /// It is vague or hangs on daily life («после работы», «попозже», "soon").
    Vague,
    /// It is a range of the clock («с трёх до пяти», "3-4pm").
    Range,
    /// It is a range of days («с пятого по восьмое июля»); no clock time beside it tells the day.
    DayRange,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Until noon.
    Morning,
    /// Noon to six.
    Afternoon,
    /// Six to eleven.
    Evening,
    /// The night that follows the day.
    Night,
}

/// How often, and in which part of the day where that is said in one breath («каждое утро», "every friday night").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// How often.
    pub every: Every,
    /// The part of the day.
    pub part: Option<Part>,
}

/// How often something recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Every {
    /// Again after this long, from now («каждые два дня», «раз в неделю», "every hour").
    After(Offset),
    /// On these weekdays, each named.
    Weekdays(WeekdaySet),
    /// On these weekdays, named together («по будням», "weekends").
    DaysOfWeek(WeekdaySet),
    /// On these days of each month.
    DaysOfMonth(MonthDays),
    /// On such a weekday of each month, the first to the fifth, or the last by −1.
    NthWeekday(i8, Weekday),
    /// At this end of each week, month or year.
    EdgeOf(Edge, Period),
}
