//! Sets of weekdays.

use jiff::civil::Weekday;

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
        Self {
            bits: 1 << weekday.to_monday_zero_offset(),
        }
    }

    /// The set with one weekday more.
    #[must_use]
    pub fn with(self, weekday: Weekday) -> Self {
        Self {
            bits: self.bits | Self::of(weekday).bits,
        }
    }

    /// From the first to the last, Sunday before Monday.
    #[must_use]
    pub fn range(first: Weekday, last: Weekday) -> Self {
        let mut set = Self::of(first);
        let mut day = first;
        while day != last {
            day = day.next();
            set = set.with(day);
        }
        set
    }

    /// Whether the weekday is among them.
    #[must_use]
    pub fn contains(self, weekday: Weekday) -> bool {
        self.bits & Self::of(weekday).bits != 0
    }
}
