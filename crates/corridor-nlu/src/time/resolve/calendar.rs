//! Steps on the calendar that end where the calendar ends, without a panic.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, Zoned};

use super::super::mention::{Edge, Offset, Period};

/// So many days after.
pub(super) fn plus_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// So many months after, on the last day of a month that is shorter.
pub(super) fn plus_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// The moment after an offset: calendar months and days first, then exact seconds. Parts of a second are dropped.
pub(super) fn after(now: &Zoned, offset: Offset) -> Option<Zoned> {
    let days = Span::new()
        .try_months(offset.months)
        .ok()?
        .try_days(offset.days)
        .ok()?;
    let day = now.checked_add(days).ok()?;
    let moment = day
        .checked_add(Span::new().try_seconds(offset.seconds).ok()?)
        .ok()?;
    moment.with().subsec_nanosecond(0).build().ok()
}

/// The moment of a local time, or what stands in for it where clocks change.
pub(super) fn moment(datetime: DateTime, now: &Zoned) -> Option<Zoned> {
    datetime.to_zoned(now.time_zone().clone()).ok()
}

/// The next such weekday after `today`.
pub(super) fn next_weekday(today: Date, weekday: Weekday) -> Option<Date> {
    let ahead = weekday.to_monday_zero_offset() - today.weekday().to_monday_zero_offset();
    plus_days(today, i32::from((ahead + 6) % 7 + 1))
}

/// The first or last day of the week, month or year that is so many ahead of the one `today` is in.
pub(super) fn edge(today: Date, edge: Edge, period: Period, ahead: i32) -> Option<Date> {
    let start = start(today, period);
    let nth = |count: i32| match period {
        Period::Week => plus_days(start, count.checked_mul(7)?),
        Period::Month => plus_months(start, count),
        Period::Year => plus_months(start, count.checked_mul(12)?),
    };
    match edge {
        Edge::Start => nth(ahead),
        Edge::End => plus_days(nth(ahead.checked_add(1)?)?, -1),
    }
}

fn start(today: Date, period: Period) -> Date {
    match period {
        Period::Week => {
            plus_days(today, -i32::from(today.weekday().to_monday_zero_offset())).unwrap_or(today)
        }
        Period::Month => today.first_of_month(),
        Period::Year => today.first_of_year(),
    }
}

/// The first date from `today` on that has this day of the month.
pub(super) fn next_day_of_month(today: Date, day: i8) -> Option<Date> {
    days_of_month(today, day).next()
}

/// All dates from `today` on, for four years, that have this day of the month.
pub(super) fn days_of_month(today: Date, day: i8) -> impl Iterator<Item = Date> {
    (0..=48).filter_map(move |months| {
        let month = plus_months(today.first_of_month(), months)?;
        Date::new(month.year(), month.month(), day)
            .ok()
            .filter(|date| *date >= today)
    })
}
