//! Figures as people read them. The same on the terminal and on the page.

use crate::metrics::{Estimate, Ratio};
use crate::statistics::Interval;

/// One decimal. What is not all or nothing does not look so.
pub(crate) fn percent(value: Option<f64>) -> String {
    match value {
        None => "—".to_owned(),
        Some(value) if value > 0.0 && value < 1.0 => {
            format!("{:.1} %", (value * 100.0).clamp(0.1, 99.9))
        }
        Some(value) => format!("{:.0} %", value * 100.0),
    }
}

/// `95.6–98.2`, in percent.
pub(crate) fn range(interval: Option<Interval>) -> String {
    interval.map_or_else(String::new, |interval| {
        format!("{}–{}", end(interval.low), end(interval.high))
    })
}

fn end(share: f64) -> String {
    if share > 0.0 && share < 1.0 {
        format!("{:.1}", (share * 100.0).clamp(0.1, 99.9))
    } else {
        format!("{:.0}", share * 100.0)
    }
}

/// `97.1 % (95.6–98.2)`.
pub(crate) fn estimate(estimate: Estimate) -> String {
    match estimate.interval {
        None => "—".to_owned(),
        interval => format!("{} ({})", percent(estimate.value), range(interval)),
    }
}

/// `97.1 % (95.6–98.2)  646 of 665`.
pub(crate) fn share(ratio: Ratio) -> String {
    let counts = format!("{} of {}", ratio.part, ratio.whole);
    format!("{:>20}  {counts}", estimate(ratio.into()))
}

/// `+0.3`, in percentage points.
pub(super) fn points(difference: f64) -> String {
    let points = difference * 100.0;
    if points.abs() < 0.05 {
        "0.0".to_owned()
    } else {
        format!("{points:+.1}").replace('-', "−")
    }
}

/// `+0.3 (−0.5 … +1.2)`, in percentage points.
pub(super) fn difference(difference: Option<f64>, interval: Interval) -> String {
    difference.map_or_else(
        || "—".to_owned(),
        |difference| {
            format!(
                "{} ({} … {})",
                points(difference),
                points(interval.low),
                points(interval.high)
            )
        },
    )
}

/// `p = 0.04`, and not more precise than anybody could use.
pub(super) fn p_value(p: f64) -> String {
    if p < 0.001 {
        "p < 0.001".to_owned()
    } else if p < 0.1 {
        format!("p = {p:.3}")
    } else {
        format!("p = {p:.2}")
    }
}

/// Three decimals, as errors of calibration are told.
pub(super) fn thousandths(value: Option<f64>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| format!("{value:.3}"))
}

/// Milliseconds as people read them.
pub(super) fn milliseconds(ms: f64) -> String {
    if ms >= 10_000.0 {
        format!("{:.1} s", ms / 1000.0)
    } else if ms >= 10.0 {
        format!("{ms:.0} ms")
    } else {
        format!("{ms:.2} ms")
    }
}
