//! Days as people name them.

use jiff::civil::Weekday;

/// A day, or the first day of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Day {
    /// So many days after today.
    FromToday(i32),
    /// The next such weekday after today, and so many weeks later.
    Weekday {
        /// Which weekday.
        weekday: Weekday,
        /// Weeks added ("a week from friday" is one).
        weeks_later: i32,
    },
    /// The weekday of a week counted from this one, weeks beginning on Monday ("next friday" is one).
    WeekdayOfWeek {
        /// Which weekday.
        weekday: Weekday,
        /// Weeks after this one.
        weeks_ahead: i32,
    },
    /// A weekend, by its Saturday.
    Weekend(Weekend),
    /// A date, the next one where the year is not said.
    Date {
        /// The year, where said.
        year: Option<i16>,
        /// 1–12.
        month: i8,
        /// 1–31, existing in the month in some year.
        day: i8,
    },
    /// A day of this or the next month that has it («15 числа», "the 23rd"), 1–31.
    DayOfMonth(i8),
    /// A day of the month that is so many ahead («5 числа следующего месяца»), 1–31.
    DayOfMonthAhead {
        /// 1–31.
        day: i8,
        /// Months after this one.
        months_ahead: i32,
    },
    /// A date in the year that is so many ahead («5 марта следующего года»).
    DateOfYear {
        /// Years after this one.
        years_ahead: i32,
        /// 1–12.
        month: i8,
        /// 1–31.
        day: i8,
    },
    /// A week, month or year, counted from the current one.
    Span {
        /// What is counted.
        period: Period,
        /// How many of them ahead; the current one says no day.
        ahead: i32,
    },
    /// A month by name, at its beginning unless its end is said.
    Month {
        /// The year, where said.
        year: Option<i16>,
        /// 1–12.
        month: i8,
        /// Which end of it.
        edge: Edge,
    },
    /// A year by number.
    Year(i16),
    /// The beginning or end of a span counted from the current one.
    EdgeOf {
        /// Which end.
        edge: Edge,
        /// Of what.
        period: Period,
        /// How many of them ahead.
        ahead: i32,
    },
}

/// Which weekend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekend {
    /// The one whose Saturday comes next after today («в выходные»).
    Coming,
    /// The running one, on its days, else the coming one («в эти выходные»).
    This,
    /// That of next week («в следующие выходные»).
    Next,
}

/// A span of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// An end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its first day.
    Start,
    /// Its last day.
    End,
}
