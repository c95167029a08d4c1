//! What a mention of time says, before it is resolved against a day and a clock.

use std::ops::Range;

use jiff::civil::Weekday;

use crate::amount::Amount;

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
    /// What no calendar can tell.
    Unresolved(Unresolved),
    /// A time that is over («вчера», "two days ago").
    Past,
    /// A date or a time that does not exist («32 мая», "25:00").
    Impossible,
}

/// Why a mention cannot be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unresolved {
    /// It counts back from an event, whose name may follow the range («за час до [встречи]», "an hour before [the meeting]").
    Lead,
    /// It is vague or hangs on daily life («после работы», «попозже», "soon").
    Vague,
}

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

/// How many hours the face of the clock has that a time was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Morning or afternoon is not known («в шесть», "at 5"). The hour is 1–12.
    Twelve,
    /// The time is exact. The hour is 0–24, 24 being the midnight that ends the day.
    TwentyFour,
}

/// A time on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    hour: i8,
    minute: i8,
    face: Face,
    part: Option<Part>,
}

impl Clock {
    /// Noon.
    pub const NOON: Self = Self { hour: 12, minute: 0, face: Face::TwentyFour, part: None };
    /// The midnight that begins a day.
    pub const MIDNIGHT: Self = Self { hour: 0, minute: 0, face: Face::TwentyFour, part: None };

    /// A time as said: of the twelve-hour face for 1–12, exact for other hours. `None` beyond 24:00.
    #[must_use]
    pub fn said(hour: i8, minute: i8) -> Option<Self> {
        if (1..=12).contains(&hour) { Self::new(hour, minute, Face::Twelve) } else { Self::exact(hour, minute) }
    }

    /// A time of the twenty-four-hour face; `None` beyond 24:00.
    #[must_use]
    pub fn exact(hour: i8, minute: i8) -> Option<Self> {
        Self::new(hour, minute, Face::TwentyFour)
    }

    fn new(hour: i8, minute: i8, face: Face) -> Option<Self> {
        let exists = (0..=59).contains(&minute) && ((0..=23).contains(&hour) || (hour == 24 && minute == 0));
        exists.then_some(Self { hour, minute, face, part: None })
    }

    /// 0–24.
    #[must_use]
    pub fn hour(self) -> i8 {
        self.hour
    }

    /// 0–59.
    #[must_use]
    pub fn minute(self) -> i8 {
        self.minute
    }

    /// Which face it was read from.
    #[must_use]
    pub fn face(self) -> Face {
        self.face
    }

    /// The part of the day that was said with it («2 ночи»).
    #[must_use]
    pub fn part(self) -> Option<Part> {
        self.part
    }

    /// Minutes since the midnight that begins the day.
    #[must_use]
    pub fn minutes(self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute)
    }

    /// The time in a part of the day («семь» in the evening is 19:00); exact times stay.
    #[must_use]
    pub fn in_part(self, part: Part) -> Self {
        if self.face == Face::TwentyFour {
            return self;
        }
        let hour = match (part, self.hour) {
            (Part::Morning | Part::Night, 12) => 0,
            (Part::Evening, 12) => 24,
            (Part::Afternoon, hour @ 1..=7) | (Part::Night, hour @ 6..=11) | (Part::Evening, hour) => hour + 12,
            (Part::Morning | Part::Afternoon | Part::Night, hour) => hour,
        };
        // Half past twelve in the evening is after midnight: no hour 24 has minutes.
        let hour = if hour == 24 && self.minute > 0 { 0 } else { hour };
        Self { hour, face: Face::TwentyFour, part: Some(part), ..self }
    }

    /// The time by the reading most people mean on a day that is not today: 7–11 in the morning, 12–6 in the afternoon.
    #[must_use]
    pub fn usual(self) -> Self {
        match self.face {
            Face::TwentyFour => self,
            Face::Twelve if self.hour < 7 => self.afternoon(),
            Face::Twelve => Self { face: Face::TwentyFour, ..self },
        }
    }

    /// The time before noon, midnight for twelve; exact times stay.
    #[must_use]
    pub fn morning(self) -> Self {
        match self.face {
            Face::TwentyFour => self,
            Face::Twelve => Self { hour: self.hour % 12, face: Face::TwentyFour, ..self },
        }
    }

    /// The time from noon on; exact times stay.
    #[must_use]
    pub fn afternoon(self) -> Self {
        match self.face {
            Face::TwentyFour => self,
            Face::Twelve => Self { hour: self.hour % 12 + 12, face: Face::TwentyFour, ..self },
        }
    }

    /// This time as the beginning of a range that ends at `end`: in the half of the day that is known of the end where it then comes
    /// before it («с трёх до четырёх дня»), else in the other («с одиннадцати до часа дня»).
    #[must_use]
    pub fn before(self, end: Self) -> Self {
        if end.face == Face::Twelve {
            // "from 9 to 5" cannot begin in the evening; "from 8 to 12" can.
            return if end.minutes() <= self.minutes() { self.usual() } else { self };
        }
        let afternoon = self.afternoon();
        if afternoon.minutes() < end.minutes() { afternoon } else { self.morning() }
    }
}

/// A unit that times are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// A length of time: calendar months and days, or exact seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    /// Calendar months.
    pub months: i32,
    /// Calendar days.
    pub days: i32,
    /// Exact seconds; where there are any, the result is a moment, else a day.
    pub seconds: i64,
}

impl Offset {
    /// So many units; parts of days, weeks, months and years become hours and days («полтора месяца» is a month and fifteen days).
    /// `None` where the number is beyond any calendar.
    #[must_use]
    pub fn new(amount: Amount, unit: TimeUnit) -> Option<Self> {
        let none = Self { months: 0, days: 0, seconds: 0 };
        let whole = i32::try_from(amount.floor()).ok()?;
        let part_of = |size: u64| {
            let size = Amount::from_integer(size)?;
            amount.fraction().checked_mul(size).and_then(|part| i32::try_from(part.round()).ok())
        };
        let seconds = |size: u64| {
            let total = amount.checked_mul(Amount::from_integer(size)?)?;
            i64::try_from(total.round()).ok().map(|seconds| Self { seconds, ..none })
        };
        match unit {
            TimeUnit::Second => seconds(1),
            TimeUnit::Minute => seconds(60),
            TimeUnit::Hour => seconds(3600),
            TimeUnit::Day => Some(Self { days: whole, seconds: i64::from(part_of(24)?) * 3600, ..none }),
            TimeUnit::Week => Some(Self { days: whole.checked_mul(7)?.checked_add(part_of(7)?)?, ..none }),
            TimeUnit::Month => Some(Self { months: whole, days: part_of(30)?, ..none }),
            TimeUnit::Year => Some(Self { months: whole.checked_mul(12)?.checked_add(part_of(12)?)?, ..none }),
        }
    }

    /// Both lengths together; `None` beyond any calendar.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
            seconds: self.seconds.checked_add(other.seconds)?,
        })
    }
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
    /// On this day of each month, 1–31.
    DayOfMonth(i8),
    /// At this end of each week, month or year.
    EdgeOf(Edge, Period),
}

/// Some of the seven weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekdaySet {
    bits: u8,
}

impl WeekdaySet {
    /// Monday to Friday.
    pub const WORKDAYS: Self = Self { bits: 0b001_1111 };
    /// Saturday and Sunday.
    pub const WEEKEND: Self = Self { bits: 0b110_0000 };

    /// One weekday.
    #[must_use]
    pub fn of(weekday: Weekday) -> Self {
        Self { bits: 1 << weekday.to_monday_zero_offset() }
    }

    /// The set with one weekday more.
    #[must_use]
    pub fn with(self, weekday: Weekday) -> Self {
        Self { bits: self.bits | Self::of(weekday).bits }
    }

    /// Whether the weekday is among them.
    #[must_use]
    pub fn contains(self, weekday: Weekday) -> bool {
        self.bits & Self::of(weekday).bits != 0
    }
}
