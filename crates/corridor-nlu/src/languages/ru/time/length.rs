//! Lengths of time in Russian: «два часа», «полчаса», «час тридцать», «минут десять».

use super::counted::{Case, counts};
use super::senses::{Sense, sense};
use crate::amount::Amount;
use crate::languages::ru::numbers::{cardinal, range_word};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Offset, TimeUnit};

/// A length as far as the words tell it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Length {
    Known(Offset),
    /// «несколько минут»
    Vague,
}

/// The length that begins here.
pub(super) fn length(c: Cursor<'_>) -> Found<'_, Length> {
    if let Some(after) = c.past_any(&["несколько", "нескольких"]) {
        return unit(after).map(|(_, end)| (Length::Vague, end));
    }
    let (mut offset, mut unit, mut end) = one(c)?;
    while let Some((rest, smaller, after)) = rest(end, unit) {
        offset = offset.saturating_add(rest);
        (unit, end) = (smaller, after);
    }
    Some((Length::Known(offset), end))
}

/// A single number and unit, in either order, or a unit alone.
fn one(c: Cursor<'_>) -> Option<(Offset, TimeUnit, Cursor<'_>)> {
    if let Some(Sense::HalfUnit(half)) = sense(c.norm()) {
        return Some((Offset::new(Amount::HALF, half), half, c.next()));
    }
    // «час-два», «неделю-другую»
    if let Some(Sense::Unit(unit)) = c.norm().split_once('-').and_then(|(first, _)| sense(first)) {
        return Some((Offset::new(Amount::ONE, unit), unit, c.next()));
    }
    if let Some((amount, after)) = amount(c) {
        let (unit, end) = unit(after)?;
        return Some((Offset::new(amount, unit), unit, end));
    }
    let (unit, after) = unit(c)?;
    if let Some((amount, end)) = amount(after).filter(|_| is_counted_form(c.norm())) {
        return Some((Offset::new(amount, unit), unit, end));
    }
    if !is_single_form(c.norm()) && !is_pair_form(c.norm()) {
        return None;
    }
    match after
        .past_any(&["с"])
        .and_then(|share| share.past_any(&["половиной", "половинкой"]))
    {
        Some(end) => Some((
            Offset::new(Amount::ONE.checked_add(Amount::HALF)?, unit),
            unit,
            end,
        )),
        None => Some((Offset::new(Amount::ONE, unit), unit, after)),
    }
}

/// The number of units: of a range («2-3», «два-три») its beginning.
pub(super) fn amount(c: Cursor<'_>) -> Found<'_, Amount> {
    if let Some((low, _)) = range_word(c.norm()) {
        return Some((low, c.next()));
    }
    let numeral = cardinal(c.tokens(), c.at()).filter(|_| c.token().is_some())?;
    let after = c.step(numeral.len);
    let range_end = after
        .past("-")
        .and_then(|high| cardinal(high.tokens(), high.at()).map(|numeral| high.step(numeral.len)));
    Some((numeral.amount, range_end.unwrap_or(after)))
}

/// «часа», «минут», «ч»
pub(super) fn unit(c: Cursor<'_>) -> Found<'_, TimeUnit> {
    match sense(c.norm())? {
        Sense::Unit(unit) => {
            // «день рождения» is no length.
            let birthday = unit == TimeUnit::Day && c.next().is_any(&["рождения", "рождений"]);
            (!birthday).then(|| (unit, c.next()))
        }
        _ => None,
    }
}

/// What follows in a smaller unit: «тридцать минут», «и десять секунд»; after hours also bare minutes («час тридцать»).
fn rest(c: Cursor<'_>, larger: TimeUnit) -> Option<(Offset, TimeUnit, Cursor<'_>)> {
    let said = c.skip(",").skip("и");
    let Some((amount, after)) = amount(said) else {
        // «через месяц и неделю»
        let (unit, end) = unit(said).filter(|_| said.at() > c.at() && is_one(said.norm()))?;
        return unit
            .is_smaller_than(larger)
            .then(|| (Offset::new(Amount::ONE, unit), unit, end));
    };
    match unit(after) {
        Some((unit, end)) => {
            let smaller = unit.is_smaller_than(larger);
            smaller.then(|| (Offset::new(amount, unit), unit, end))
        }
        None => {
            let minutes = amount.as_integer().filter(|minutes| {
                (10..60).contains(minutes) && larger == TimeUnit::Hour && !c.is("и")
            })?;
            let bare = !counts(after, i64::try_from(minutes).ok()?, Case::Accusative);
            if bare {
                Some((
                    Offset::new(amount, TimeUnit::Minute),
                    TimeUnit::Minute,
                    after,
                ))
            } else {
                None
            }
        }
    }
}

/// Forms that mean one by themselves.
fn is_single_form(norm: &str) -> bool {
    matches!(
        norm,
        "час"
            | "часик"
            | "минуту"
            | "минутку"
            | "минуточку"
            | "секунду"
            | "секундочку"
            | "неделю"
            | "недельку"
            | "день"
            | "денек"
            | "месяц"
            | "год"
            | "годик"
            | "часа"
            | "недели"
            | "дня"
            | "месяца"
            | "года"
            | "минуты"
    )
}

/// The accusative of one unit («и неделю», «и день»).
fn is_one(norm: &str) -> bool {
    matches!(
        norm,
        "неделю"
            | "недельку"
            | "день"
            | "денек"
            | "час"
            | "часик"
            | "минуту"
            | "месяц"
            | "сутки"
    )
}

/// «сутки» has no singular.
fn is_pair_form(norm: &str) -> bool {
    matches!(norm, "сутки" | "суток")
}

/// Forms that stand before the number they go with («часа два», «минут десять»).
fn is_counted_form(norm: &str) -> bool {
    matches!(
        norm,
        "часа"
            | "часов"
            | "часика"
            | "часиков"
            | "минут"
            | "минуток"
            | "секунд"
            | "дня"
            | "дней"
            | "недели"
            | "недель"
            | "месяца"
            | "месяцев"
    )
}
