//! Date-times: what is taken, what is kept.

use corridor_contract::{NotADateTime, Timestamp};
use jiff::SignedDuration;

#[test]
fn the_offset_is_kept() {
    let timestamp = written("2026-06-15T18:00:00+03:00");
    assert_eq!(timestamp.offset(), jiff::tz::offset(3));
    assert_eq!(timestamp.instant(), "2026-06-15T15:00:00Z".parse().unwrap());
    assert_eq!(timestamp.to_zoned().datetime(), timestamp.civil());
    assert_eq!(timestamp.to_string(), "2026-06-15T18:00:00+03:00");
}

#[test]
fn what_rfc_3339_allows_is_taken() {
    for (text, kept) in [
        ("2026-06-15t18:00:00z", "2026-06-15T18:00:00Z"),
        ("2026-06-15T18:00:00-00:00", "2026-06-15T18:00:00Z"),
        ("2026-06-15T18:00:00.5-09:30", "2026-06-15T18:00:00.5-09:30"),
        (
            "2026-06-15T18:00:00.1234567899+00:00",
            "2026-06-15T18:00:00.123456789Z",
        ),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ("0000-02-29T00:00:00Z", "0000-02-29T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2017-01-01T02:59:60+03:00", "2017-01-01T02:59:59+03:00"),
        (
            "2016-12-31T18:29:60.25-05:30",
            "2016-12-31T18:29:59.25-05:30",
        ),
        ("9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59-23:59"),
    ] {
        assert_eq!(written(text).to_string(), kept, "{text}");
    }
}

#[test]
fn anything_else_is_refused() {
    for text in [
        "",
        "now",
        "2026-06-15",
        "2026-06-15T18:00:00",
        "2026-06-15T18:00Z",
        "2026-06-15 18:00:00Z",
        "2026-06-15T18:00:00+03",
        "2026-06-15T18:00:00+0300",
        "2026-06-15T18:00:00+24:00",
        "2026-06-15T18:00:00+03:60",
        "2026-06-15T18:00:00Z[Europe/Moscow]",
        "2026-06-15T18:00:00,5Z",
        "2026-06-15T18:00:00.Z",
        "2026-06-15T24:00:00Z",
        "2026-06-15T18:60:00Z",
        "2026-06-15T18:00:61Z",
        "2026-06-15T18:00:60Z",
        "2017-01-01T02:59:60Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "-001-01-01T00:00:00Z",
        "+2026-01-01T00:00:00Z",
        "２０２６-06-15T18:00:00Z",
        "2026-06-15T18:00:00Z ",
        " 2026-06-15T18:00:00Z",
    ] {
        assert_eq!(text.parse::<Timestamp>(), Err(NotADateTime), "{text}");
    }
}

#[test]
fn moments_beyond_what_can_be_computed_are_held_at_the_end() {
    let last = written("9999-12-31T23:59:59-23:59");
    assert_eq!(last.instant(), jiff::Timestamp::MAX);
    assert_eq!(
        last.saturating_add(SignedDuration::from_mins(15))
            .to_string(),
        "9999-12-31T23:59:59.999999999-23:59"
    );
    assert_eq!(
        Timestamp::from(jiff::Timestamp::MIN).to_string(),
        "0000-01-01T00:00:00Z"
    );
    assert!(
        Timestamp::from(jiff::Timestamp::MAX)
            .to_string()
            .starts_with("9999-12-30T22:00:00")
    );
}

#[test]
fn time_added_keeps_the_offset() {
    let later = written("2026-12-31T23:50:00+05:45").saturating_add(SignedDuration::from_mins(15));
    assert_eq!(later.to_string(), "2027-01-01T00:05:00+05:45");
}

fn written(text: &str) -> Timestamp {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is a date-time"))
}
