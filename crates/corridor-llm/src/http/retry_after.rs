//! The wait that a provider asks for, in the forms that providers use.

use std::time::{Duration, UNIX_EPOCH};

use httpdate::parse_http_date;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// The wait in `retry-after-ms` or `Retry-After`: milliseconds, seconds with or without a fraction, or a date, which is
/// measured from the response's own `Date`, else from our clock.
pub(super) fn retry_after(headers: &HeaderMap, now: Option<jiff::Timestamp>) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(ms) = text("retry-after-ms").and_then(|ms| ms.parse::<f64>().ok()) {
        return Duration::try_from_secs_f64(ms / 1000.0).ok();
    }
    let value = text(RETRY_AFTER.as_str())?;
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = parse_http_date(value).ok()?;
    let told = text(DATE.as_str()).and_then(|date| parse_http_date(date).ok());
    let ours =
        || UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(now?.as_second()).ok()?));
    until.duration_since(told.or_else(ours)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn wait(name: &'static str, value: &'static str, date: Option<&'static str>) -> Option<u128> {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        let now = Some("2026-06-15T10:00:20Z".parse().unwrap());
        retry_after(&headers, now).map(|wait| wait.as_millis())
    }

    #[test]
    fn every_form_in_use_is_read() {
        let date = Some("Mon, 15 Jun 2026 10:00:00 GMT");
        for (name, value, date, ms) in [
            ("retry-after", "2", None, Some(2000)),
            ("retry-after", "0.25", None, Some(250)),
            ("retry-after-ms", "150", None, Some(150)),
            (
                "retry-after",
                "Mon, 15 Jun 2026 10:00:30 GMT",
                date,
                Some(30_000),
            ),
            (
                "retry-after",
                "Mon, 15 Jun 2026 10:00:30 GMT",
                None,
                Some(10_000),
            ),
            (
                "retry-after",
                "Monday, 15-Jun-26 10:00:30 GMT",
                date,
                Some(30_000),
            ),
            ("retry-after", "Mon, 15 Jun 2026 09:00:00 GMT", date, None),
            ("retry-after", "soon", date, None),
            ("retry-after", "-1", date, None),
            ("retry-after", "NaN", date, None),
        ] {
            assert_eq!(wait(name, value, date), ms, "{name}: {value}");
        }
    }
}
