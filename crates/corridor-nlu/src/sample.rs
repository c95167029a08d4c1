//! The household in which a pack's expectations are tried. The packs guide documents it; change both together.

use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};

use crate::engine::Engine;
use crate::household::Household;
use crate::language::Language;
use crate::understand::Situation;

/// What the engine makes of `text` in the sample household, on Monday 2026-06-15 at 12:00 in UTC+3.
pub(crate) fn understand(engine: &Engine, text: &str) -> Vec<String> {
    let russian = text
        .chars()
        .any(|c| ('а'..='я').contains(&c.to_lowercase().next().unwrap_or(c)));
    let household = if russian {
        Household {
            members: vec![Some("Аня"), Some("Саша"), Some("Пётр")],
            speaker: Some(0),
            zones: vec!["Кухня", "Детская", "Ванная"],
            lists: vec!["Продукты", "Аптека"],
        }
    } else {
        Household {
            members: vec![Some("Ann"), Some("Bob"), Some("Samantha")],
            speaker: Some(0),
            zones: vec!["Kitchen", "Nursery", "Bathroom"],
            lists: vec!["Groceries", "Pharmacy"],
        }
    };
    let zone = Offset::from_hours(3).map_or(TimeZone::UTC, TimeZone::fixed);
    let Ok(now) = date(2026, 6, 15).at(12, 0, 0, 0).to_zoned(zone) else {
        return Vec::new();
    };
    let situation = Situation {
        household,
        now,
        fallback: if russian { Language::Ru } else { Language::En },
    };
    engine
        .understand(text, &situation)
        .lines(&situation.household)
}
