//! Lengths of time in English: "two hours", "half an hour", "an hour and a half", "a few days".

use super::senses::{Sense, sense};
use crate::amount::Amount;
use crate::languages::en::numbers::{cardinal, half_prefix};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Offset, TimeUnit};

/// A length as far as the words tell it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Length {
    Known(Offset),
    /// "a few minutes"
    Vague,
}

/// The length that begins here.
pub(super) fn length(c: Cursor<'_>) -> Found<'_, Length> {
    let counted = c.skip("a");
    if let Some(after) = counted.past_any(&["few", "several", "some"]) {
        return unit(after).map(|(_, end)| (Length::Vague, end));
    }
    let (mut offset, mut unit, mut end) = one(c)?;
    while let Some((rest, smaller, after)) = rest(end, unit) {
        offset = offset.saturating_add(rest);
        (unit, end) = (smaller, after);
    }
    Some((Length::Known(offset), end))
}

fn one(c: Cursor<'_>) -> Option<(Offset, TimeUnit, Cursor<'_>)> {
    let (amount, after) = amount(c)?;
    // "three quarters of an hour"
    let after = after.past_all(&["of", "an"]).unwrap_or(after);
    let (unit, end) = unit(after)?;
    if let Some(end) = end.past_all(&["and", "a", "half"]) {
        return Some((
            Offset::new(amount.checked_add(Amount::HALF)?, unit),
            unit,
            end,
        ));
    }
    if let Some(end) = end.past_all(&["and", "a", "quarter"]) {
        return Some((
            Offset::new(amount.checked_add(Amount::QUARTER)?, unit),
            unit,
            end,
        ));
    }
    Some((Offset::new(amount, unit), unit, end))
}

/// The number of units: "two", "half an", "a", "a couple of", "2-3" (its beginning).
pub(super) fn amount(c: Cursor<'_>) -> Found<'_, Amount> {
    if let Some(numeral) = cardinal(c.tokens(), c.at()).filter(|_| c.token().is_some()) {
        let after = c.step(numeral.len);
        let range_end = after.past_any(&["-", "to", "or"]).and_then(|high| {
            cardinal(high.tokens(), high.at()).map(|numeral| high.step(numeral.len))
        });
        let end = range_end
            .filter(|end| unit(*end).is_some())
            .unwrap_or(after);
        let couple = end.before().is_some_and(|token| token.is("couple"));
        return Some((
            numeral.amount,
            if couple {
                end.skip("of")
            } else {
                end.skip("more")
            },
        ));
    }
    c.past_any(&["a", "an", "the", "another"])
        .map(|after| (Amount::ONE, after))
}

/// "hours", "half-hour"
pub(super) fn unit(c: Cursor<'_>) -> Found<'_, TimeUnit> {
    match sense(c.norm()) {
        Some(Sense::Unit(unit)) => Some((unit, c.next())),
        _ if c.is("second") => Some((TimeUnit::Second, c.next())),
        _ => None,
    }
}

/// A half in one word: "half-hour".
pub(super) fn half_unit(c: Cursor<'_>) -> Found<'_, Offset> {
    let Some(Sense::Unit(unit)) = half_prefix(c.norm()).and_then(sense) else {
        return None;
    };
    Some((Offset::new(Amount::HALF, unit), c.next()))
}

/// What follows in a smaller unit: "30 minutes", "and ten seconds".
fn rest(c: Cursor<'_>, larger: TimeUnit) -> Option<(Offset, TimeUnit, Cursor<'_>)> {
    let (amount, after) = amount(c.skip(",").skip("and"))?;
    // "1h30", "1h 30m"
    let minutes = after.past("m").filter(|_| after.is_glued());
    if larger == TimeUnit::Hour && (minutes.is_some() || c.is_glued()) && unit(after).is_none() {
        let end = minutes.unwrap_or(after);
        return Some((Offset::new(amount, TimeUnit::Minute), TimeUnit::Minute, end));
    }
    let (unit, end) = unit(after)?;
    unit.is_smaller_than(larger)
        .then(|| (Offset::new(amount, unit), unit, end))
}
