//! Lengths of time.

use crate::amount::Amount;

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
    /// Two weeks.
    Fortnight,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl TimeUnit {
    /// Whether it can follow the other in one length («через неделю и два дня»).
    pub(crate) fn is_smaller_than(self, other: Self) -> bool {
        self.rank() < other.rank()
    }

    fn rank(self) -> u8 {
        match self {
            Self::Second => 0,
            Self::Minute => 1,
            Self::Hour => 2,
            Self::Day => 3,
            Self::Week => 4,
            Self::Fortnight => 5,
            Self::Month => 6,
            Self::Year => 7,
        }
    }
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
    /// Numbers beyond any calendar stop at the largest that the fields hold.
    #[must_use]
    pub fn new(amount: Amount, unit: TimeUnit) -> Self {
        let none = Self {
            months: 0,
            days: 0,
            seconds: 0,
        };
        let whole = i32::try_from(amount.floor()).unwrap_or(i32::MAX);
        let part_of = |size: u64| {
            let part =
                Amount::from_integer(size).and_then(|size| amount.fraction().checked_mul(size));
            part.and_then(|part| i32::try_from(part.round()).ok())
                .unwrap_or_default()
        };
        let seconds = |size: u64| {
            let total = Amount::from_integer(size).and_then(|size| amount.checked_mul(size));
            Self {
                seconds: total
                    .and_then(|total| i64::try_from(total.round()).ok())
                    .unwrap_or(i64::MAX),
                ..none
            }
        };
        let times = |size: i32| {
            whole
                .saturating_mul(size)
                .saturating_add(part_of(size.unsigned_abs().into()))
        };
        match unit {
            TimeUnit::Second => seconds(1),
            TimeUnit::Minute => seconds(60),
            TimeUnit::Hour => seconds(3600),
            TimeUnit::Day => Self {
                days: whole,
                seconds: i64::from(part_of(24)) * 3600,
                ..none
            },
            TimeUnit::Week => Self {
                days: times(7),
                ..none
            },
            TimeUnit::Fortnight => Self {
                days: times(14),
                ..none
            },
            TimeUnit::Month => Self {
                months: whole,
                days: part_of(30),
                ..none
            },
            TimeUnit::Year => Self {
                months: times(12),
                ..none
            },
        }
    }

    /// Both lengths together, no further than the fields hold.
    #[must_use]
    pub fn saturating_add(self, other: Self) -> Self {
        Self {
            months: self.months.saturating_add(other.months),
            days: self.days.saturating_add(other.days),
            seconds: self.seconds.saturating_add(other.seconds),
        }
    }
}
