//! Days as people name them.

use jiff::civil::Weekday;

/// A day, or the first day of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Day {
    /// So many days after today.
    FromToday(i32),
    /// The next such weekday after today.
    Weekday(Weekday),
    /// The next such weekday, today where it is one ("this friday").
    ThisWeekday(Weekday),
    /// The next such weekday after today, and so many weeks later ("a week from friday").
    WeekdayLater(Weekday, i32),
    /// The weekday of the week that is so many ahead, weeks beginning on Monday ("next friday").
    WeekdayOfWeek(Weekday, i32),
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
    /// A day of this or the next month that has it («15 числа», "the 23rd"), 1–31; said on that very day, of the next.
    DayOfMonth(i8),
    /// A day, 1–31, of the month that is so many ahead («5 числа следующего месяца»).
    DayOfMonthAhead(i8, i32),
    /// Such a weekday of a month, the first («первый понедельник месяца») to the fifth, or the last by −1.
    NthWeekday(i8, Weekday, MonthOf),
    /// A date in the year that is so many ahead («5 марта следующего года»).
    DateOfYear {
        /// Years after this one.
        years_ahead: i32,
        /// 1–12.
        month: i8,
        /// 1–31.
        day: i8,
    },
    /// A week, month or year, so many ahead of the current one, which itself says no day.
    Span(Period, i32),
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
    /// The beginning or end of the week, month or year that is so many ahead.
    EdgeOf(Edge, Period, i32),
}

/// Which month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthOf {
    /// The one so many ahead; the current one where the day is not over, else the next.
    Ahead(i32),
    /// The next one of this number, 1–12, whose day is not over.
    Named(i8),
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
