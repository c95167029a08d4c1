//! The arguments of `corridor stats`.

use std::path::PathBuf;

use clap::Args;
use corridor_eval::stats::Window;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Which records, and how to show them.
#[derive(Args, Debug)]
pub(in crate::cli) struct StatsArgs {
    /// Folder of the record files; without it the one of the settings
    #[arg(value_name = "LOGDIR")]
    pub(super) folder: Option<PathBuf>,

    /// Only records from this time on: RFC 3339, or a day in UTC such as 2026-06-15
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<Timestamp>,

    /// Only records before this time: RFC 3339, or a day in UTC, which then does not count itself
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Timestamp>,

    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl StatsArgs {
    /// The time that is asked about.
    pub(super) fn window(&self) -> Window {
        Window {
            since: self.since,
            until: self.until,
        }
    }
}

/// A time, or the beginning of a day in UTC.
pub(in crate::cli) fn time(text: &str) -> Result<Timestamp, &'static str> {
    let of_day = || {
        let day: Date = text.parse().ok()?;
        Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
    };
    text.parse()
        .ok()
        .or_else(of_day)
        .ok_or("write it as 2026-06-15T10:00:00+03:00, or as 2026-06-15")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_days_are_read() {
        for (text, expected) in [
            ("2026-06-15T10:00:00+03:00", Some("2026-06-15T07:00:00Z")),
            ("2026-06-15", Some("2026-06-15T00:00:00Z")),
            ("yesterday", None),
            ("", None),
        ] {
            let expected = expected.map(|text| text.parse::<Timestamp>().unwrap());
            assert_eq!(time(text).ok(), expected, "{text}");
        }
    }
}
