//! The types of settings that limit what is kept and for how long.

use jiff::SignedDuration;

use crate::config::declaration::{Notation, SettingValue};

/// Declares a whole number with a range.
macro_rules! number_setting {
    ($(#[doc = $doc:literal])+ $name:ident: $range:expr, $allowed:literal) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(u32);

        impl SettingValue for $name {
            const NOTATION: Notation = Notation::Integer;
            const ALLOWED: &'static str = $allowed;

            fn from_text(text: &str) -> Result<Self, &'static str> {
                let number: u32 = text.parse().map_err(|_| "is not a whole number in range")?;
                if !($range).contains(&number) {
                    return Err("is out of range");
                }
                Ok(Self(number))
            }
        }
    };
}

number_setting! {
    /// A size of files, up to a terabyte.
    Megabytes: 1..=1_048_576, "a number of megabytes from 1 to 1048576"
}

number_setting! {
    /// A time span of an hour to a year.
    Hours: 1..=8_760, "a number of hours from 1 to 8760"
}

number_setting! {
    /// A time span of a day to ten years.
    Days: 1..=3_650, "a number of days from 1 to 3650"
}

number_setting! {
    /// How many records may wait.
    RecordQueueLength: 1..=1_000_000, "a number of records from 1 to 1000000"
}

impl Megabytes {
    /// The size in bytes, a megabyte being 2^20.
    #[must_use]
    pub fn bytes(self) -> u64 {
        u64::from(self.0) << 20
    }
}

impl Hours {
    /// The span as a duration.
    #[must_use]
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.0))
    }
}

impl Days {
    /// The span as a duration, a day being 24 hours.
    #[must_use]
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.0).saturating_mul(24))
    }
}

impl RecordQueueLength {
    /// The number.
    #[must_use]
    pub fn get(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// The name a service goes by among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceName(String);

impl ServiceName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl SettingValue for ServiceName {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str = "1 to 100 visible ASCII characters";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        if !(1..=100).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("is no such name");
        }
        Ok(Self(text.to_owned()))
    }
}
