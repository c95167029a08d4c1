//! Proptest strategies for valid commands and decisions, for the property tests of every crate. Behind the feature `generate`.
//!
//! They reach for what breaks software that reads what people say: two languages in one text, emoji, right-to-left marks, control
//! characters, nothing at all, equal names, defaults that are not among the lists.

mod command;
mod decision;
mod texts;

pub use command::{command, context, household};
pub use decision::{decision, payload, proposed_action};
pub use texts::{name, text};

use proptest::prelude::*;

use crate::Timestamp;

/// Any date-time the contract allows, with any offset.
pub fn timestamp() -> BoxedStrategy<Timestamp> {
    let odd = prop_oneof![
        Just("9999-12-31T23:59:59.999999999-23:59"),
        Just("0000-01-01T00:00:00+23:59"),
        Just("2024-02-29T12:00:00Z"),
        Just("2016-12-31T23:59:60Z"),
        Just("2026-03-29T02:30:00+01:00"),
    ];
    let any = (
        0..=9999,
        1..=12,
        1..=28,
        0..24,
        0..60,
        0..60,
        "(\\.[0-9]{1,12})?",
        "Z|[+-](0[0-9]|1[0-4]):(00|30|45)",
    );
    let any = any.prop_map(
        |(year, month, day, hour, minute, second, fraction, offset)| {
            format!(
                "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}"
            )
        },
    );
    let written = prop_oneof![4 => any, 1 => odd.prop_map(str::to_owned)];
    written
        .prop_filter_map("is a date-time", |written| written.parse().ok())
        .boxed()
}

/// Ids as products make them, the empty one too.
fn id<T: From<String> + std::fmt::Debug + 'static>(kind: &'static str) -> BoxedStrategy<T> {
    let id = prop_oneof![
        8 => (0..60u32).prop_map(move |number| format!("{kind}-{number}")),
        1 => "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}",
        1 => texts::junk(),
        1 => Just(String::new()),
    ];
    id.prop_map(T::from).boxed()
}
