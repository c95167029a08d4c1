//! Sets of days of the month.

/// Some days of the month, 1–31.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthDays {
    bits: u32,
}

impl MonthDays {
    /// One day; `None` where no month has it.
    #[must_use]
    pub fn of(day: i8) -> Option<Self> {
        (1..=31).contains(&day).then(|| Self { bits: 1 << day })
    }

    /// The days of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            bits: self.bits | other.bits,
        }
    }

    /// The days, in order.
    pub fn iter(self) -> impl Iterator<Item = i8> {
        (1_i8..=31).filter(move |day| self.bits & (1 << day) != 0)
    }

    /// The only day, where there is but one.
    #[must_use]
    pub fn single(self) -> Option<i8> {
        let mut days = self.iter();
        days.next().filter(|_| days.next().is_none())
    }
}
