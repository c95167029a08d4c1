//! Settings of the service: where it listens and how much it takes.

use std::{net::SocketAddr, num::NonZeroU32, time::Duration};

use crate::config::declaration::{Notation, SettingValue};

/// An address to listen on, with a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListenAddress(SocketAddr);

impl ListenAddress {
    /// The address to bind.
    #[must_use]
    pub fn get(self) -> SocketAddr {
        self.0
    }
}

impl SettingValue for ListenAddress {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str = "an IP address and port, such as 127.0.0.1:8080, [::1]:8080 or 0.0.0.0:8080, with a port from 0 to 65535";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        text.parse()
            .map(Self)
            .map_err(|_| "is not an IP address with a port")
    }
}

/// A time span of 0 ms to 10 minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MillisecondsOrNone(u32);

impl MillisecondsOrNone {
    /// The span as a duration.
    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_millis(u64::from(self.0))
    }
}

impl SettingValue for MillisecondsOrNone {
    const NOTATION: Notation = Notation::Integer;
    const ALLOWED: &'static str = "a number of milliseconds from 0 to 600000";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let milliseconds: u32 = text
            .parse()
            .map_err(|_| "is not a whole number of milliseconds")?;
        if milliseconds > 600_000 {
            return Err("is out of range");
        }
        Ok(Self(milliseconds))
    }
}

/// How many of something there may be: 1 to a million.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(usize);

impl Count {
    /// The number.
    #[must_use]
    pub fn get(self) -> usize {
        self.0
    }
}

impl SettingValue for Count {
    const NOTATION: Notation = Notation::Integer;
    const ALLOWED: &'static str = "a number from 1 to 1000000";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let count: usize = text.parse().map_err(|_| "is not a whole number")?;
        if !(1..=1_000_000).contains(&count) {
            return Err("is out of range");
        }
        Ok(Self(count))
    }
}

/// How often something may happen, a second: up to a million times, or as often as it likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit(Option<NonZeroU32>);

impl RateLimit {
    /// Times a second; nothing where there is no limit.
    #[must_use]
    pub fn get(self) -> Option<NonZeroU32> {
        self.0
    }
}

impl SettingValue for RateLimit {
    const NOTATION: Notation = Notation::Integer;
    const ALLOWED: &'static str = "a number from 1 to 1000000, or 0 for no limit";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let rate: u32 = text.parse().map_err(|_| "is not a whole number")?;
        if rate > 1_000_000 {
            return Err("is out of range");
        }
        Ok(Self(NonZeroU32::new(rate)))
    }
}
