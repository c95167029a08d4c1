//! The settings of the whole registry: daily limits, breaker, backoff.

use std::time::Duration;

use super::table::Table;
use super::{BackoffSettings, BreakerSettings, Limits};

pub(super) fn read_limits(root: &Table<'_>) -> Limits {
    let mut limits = Limits {
        currency: "USD".to_owned(),
        max_calls_per_day: None,
        max_spend_micros_per_day: None,
    };
    if let Some(table) = root.table("limits") {
        if let Some(currency) = table.text("currency") {
            limits.currency = currency.value;
        }
        limits.max_calls_per_day = table
            .integer("max_calls_per_day", 1..=1_000_000_000)
            .map(|at| at.value);
        limits.max_spend_micros_per_day = table
            .decimal("max_spend_per_day", 0.000_001..=1_000_000_000.0)
            .map(|at| micros(at.value));
        table.finish();
    }
    limits
}

pub(super) fn read_breaker(root: &Table<'_>) -> Option<BreakerSettings> {
    let defaults = BreakerSettings {
        failures_to_trip: 5,
        cooldown: Duration::from_secs(5),
        max_cooldown: Duration::from_secs(60),
    };
    let Some(table) = root.table("breaker") else {
        return Some(defaults);
    };
    let state = table
        .choice("state", &[("on", true), ("off", false)])
        .is_none_or(|at| at.value);
    let failures = table.integer("failures_to_trip", 1..=1000);
    let cooldown = table.integer("cooldown_ms", 1..=3_600_000);
    let max_cooldown = table.integer("max_cooldown_ms", 1..=3_600_000);
    let settings = BreakerSettings {
        failures_to_trip: failures.map_or(defaults.failures_to_trip, |at| {
            u32::try_from(at.value).unwrap_or(u32::MAX)
        }),
        cooldown: cooldown.map_or(defaults.cooldown, |at| Duration::from_millis(at.value)),
        max_cooldown: max_cooldown
            .map_or(defaults.max_cooldown, |at| Duration::from_millis(at.value)),
    };
    if settings.max_cooldown < settings.cooldown {
        table.report(
            table.span(),
            "max_cooldown_ms",
            "is shorter than cooldown_ms",
            "make it at least as long",
        );
    }
    table.finish();
    state.then_some(settings)
}

pub(super) fn read_backoff(root: &Table<'_>) -> BackoffSettings {
    let mut backoff = BackoffSettings {
        base: Duration::from_millis(100),
        max: Duration::from_millis(1000),
    };
    if let Some(table) = root.table("backoff") {
        if let Some(base) = table.integer("base_ms", 1..=60_000) {
            backoff.base = Duration::from_millis(base.value);
        }
        if let Some(max) = table.integer("max_ms", 1..=60_000) {
            backoff.max = Duration::from_millis(max.value);
        }
        if backoff.max < backoff.base {
            table.report(
                table.span(),
                "max_ms",
                "is shorter than base_ms",
                "make it at least as long",
            );
        }
        table.finish();
    }
    backoff
}

/// Millionths of an amount. Amounts are checked to lie between 0 and 10⁹, so the product is exact enough and fits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked where it is read"
)]
pub(super) fn micros(amount: f64) -> u64 {
    (amount * 1_000_000.0).round() as u64
}
