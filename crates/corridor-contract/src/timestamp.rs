//! Points in time as the contract writes them: RFC 3339 date-times that keep their offset.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Zoned};
use serde::{Serialize, Serializer};

/// Why a text is not a date-time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a date-time is written as in RFC 3339, with an offset: 2026-06-15T18:00:00+03:00 or 2026-06-15T15:00:00Z"
)]
pub struct NotADateTime;

/// A date-time with its offset from UTC, years 0000 to 9999.
///
/// Two of them are equal when they are written alike, offset included; compare [`Timestamp::instant`] to ask whether they are the same
/// moment. A leap second (23:59:60 UTC) is accepted and counts as the second before it; digits beyond nanoseconds are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timestamp {
    civil: DateTime,
    offset: Offset,
}

impl Timestamp {
    /// The moment, in UTC.
    ///
    /// jiff's range ends at 9999-12-30T22:00:00Z to leave room for offsets; a later moment is held at that end.
    #[must_use]
    pub fn instant(self) -> jiff::Timestamp {
        self.offset
            .to_timestamp(self.civil)
            .unwrap_or(jiff::Timestamp::MAX)
    }

    /// The offset from UTC it was written with.
    #[must_use]
    pub fn offset(self) -> Offset {
        self.offset
    }

    /// Date and time on a clock at that offset.
    #[must_use]
    pub fn civil(self) -> DateTime {
        self.civil
    }

    /// The moment with its offset as a fixed time zone.
    #[must_use]
    pub fn to_zoned(self) -> Zoned {
        self.instant().to_zoned(TimeZone::fixed(self.offset))
    }

    /// The same offset, `duration` later; held at the end of year 9999.
    #[must_use]
    pub fn saturating_add(self, duration: SignedDuration) -> Self {
        Self {
            civil: self.civil.saturating_add(duration).max(FIRST).min(LAST),
            offset: self.offset,
        }
    }
}

const FIRST: DateTime = DateTime::constant(0, 1, 1, 0, 0, 0, 0);
const LAST: DateTime = DateTime::constant(9999, 12, 31, 23, 59, 59, 999_999_999);

impl From<jiff::Timestamp> for Timestamp {
    /// In UTC; held within years 0000 to 9999.
    fn from(instant: jiff::Timestamp) -> Self {
        Self {
            civil: Offset::UTC.to_datetime(instant).max(FIRST),
            offset: Offset::UTC,
        }
    }
}

impl FromStr for Timestamp {
    type Err = NotADateTime;

    fn from_str(text: &str) -> Result<Self, NotADateTime> {
        parse(text.as_bytes()).ok_or(NotADateTime)
    }
}

/// Stricter than jiff's own reader, which also takes a space for the `T`, hours alone and time zone names.
fn parse(text: &[u8]) -> Option<Timestamp> {
    let (year, rest) = number::<4>(text)?;
    let (month, rest) = number::<2>(rest.strip_prefix(b"-")?)?;
    let (day, rest) = number::<2>(rest.strip_prefix(b"-")?)?;
    let (hour, rest) = number::<2>(
        rest.strip_prefix(b"T")
            .or_else(|| rest.strip_prefix(b"t"))?,
    )?;
    let (minute, rest) = number::<2>(rest.strip_prefix(b":")?)?;
    let (second, rest) = number::<2>(rest.strip_prefix(b":")?)?;
    let (nanosecond, rest) = fraction(rest)?;
    let offset_minutes = offset(rest)?;

    let is_leap_second =
        second == 60 && (hour * 60 + minute - offset_minutes).rem_euclid(24 * 60) == 23 * 60 + 59;
    let second = if is_leap_second { 59 } else { second };
    let date = Date::new(narrow(year)?, narrow(month)?, narrow(day)?).ok()?;
    let time =
        jiff::civil::Time::new(narrow(hour)?, narrow(minute)?, narrow(second)?, nanosecond).ok()?;
    Some(Timestamp {
        civil: date.to_datetime(time),
        offset: Offset::from_seconds(offset_minutes * 60).ok()?,
    })
}

/// Exactly `DIGITS` digits and what follows them.
fn number<const DIGITS: usize>(text: &[u8]) -> Option<(i32, &[u8])> {
    let (digits, rest) = text.split_at_checked(DIGITS)?;
    let mut value = 0;
    for digit in digits {
        value = value * 10 + i32::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    Some((value, rest))
}

/// The fraction of a second in nanoseconds, zero where there is none, and what follows it.
fn fraction(text: &[u8]) -> Option<(i32, &[u8])> {
    let Some(text) = text.strip_prefix(b".") else {
        return Some((0, text));
    };
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if length == 0 {
        return None;
    }
    let (digits, rest) = text.split_at_checked(length)?;
    let nanoseconds = digits
        .iter()
        .chain(std::iter::repeat(&b'0'))
        .take(9)
        .fold(0, |value, digit| value * 10 + i32::from(digit - b'0'));
    Some((nanoseconds, rest))
}

/// Minutes east of UTC; the text must end with it.
fn offset(text: &[u8]) -> Option<i32> {
    let (sign, rest) = match text {
        b"Z" | b"z" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = number::<2>(rest)?;
    let (minutes, rest) = number::<2>(rest.strip_prefix(b":")?)?;
    (rest.is_empty() && hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

fn narrow<T: TryFrom<i32>>(value: i32) -> Option<T> {
    T::try_from(value).ok()
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.civil)?;
        let minutes = self.offset.seconds() / 60;
        if minutes == 0 {
            return f.write_str("Z");
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        write!(
            f,
            "{sign}{:02}:{:02}",
            minutes.abs() / 60,
            minutes.abs() % 60
        )
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
