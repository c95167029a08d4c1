//! Amounts: number, unit, and how they stand to the noun beside them.

use crate::amount::Amount;
use crate::engine::Engine;
use crate::lang::ru::numbers::{half_prefix, range_word};
use crate::morph::{Case, Number};
use crate::pack::{Unit, UnitKind};
use crate::phrase::Forms;
use crate::utterance::{View, Word};

/// An amount as it was said.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    /// What a decision says: none for ranges, limits and vague words.
    pub(super) quantity: Option<Amount>,
    /// The unit as a decision writes it.
    pub(super) unit: Option<String>,
    /// The number itself.
    pub(super) number: Option<Amount>,
    /// Where the unit's word stands.
    pub(super) unit_at: Option<usize>,
    /// The first word after the amount.
    pub(super) end: usize,
    /// "of" closed it.
    pub(super) of: bool,
}

/// The amount that begins at `start`.
pub(super) fn read(engine: &Engine, view: &View<'_>, start: usize) -> Option<Measured> {
    let known = &engine.pack.known;
    let mut at = start;
    let mut limited = false;
    while let Some(len) = view.word(at).and_then(|word| word.entry(known.about, Forms::ANY)) {
        at += len;
        limited = true;
    }
    let norm = |at: usize| view.word(at).map_or("", |word| word.norm.as_str());
    let mut article = false;
    if matches!(norm(at), "a" | "an" | "one" | "the") && view.word(at).is_some_and(|word| word.number.is_none()) {
        article = true;
        at += 1;
    }
    // «х2», "x 2"
    if matches!(norm(at), "x" | "х") && number_at(view, at + 1).is_some() {
        at += 1;
    }
    if let Some((whole, end, unit)) = half_word(engine, view, at) {
        return Some(finish(view, Some(whole), Some((unit, at)), end, limited));
    }
    if let Some((end, unit)) = view.word(at).and_then(|word| range_word(&word.norm)).and_then(|_| {
        let end = at + 1;
        Some((end, unit_at(engine, view, end)))
    }) {
        let end = unit.as_ref().map_or(end, |(_, end)| *end);
        return Some(Measured { quantity: None, unit: None, number: None, unit_at: None, end, of: false });
    }
    let Some((number, after)) = number_at(view, at) else {
        return unit_alone(engine, view, at, article, limited);
    };
    if norm(after) == "%" || norm(after).starts_with("процент") || norm(after) == "percent" {
        return None;
    }
    // An ordinal or a clock time is no amount: «5-го».
    if let Some(end) = range_end(view, after) {
        let unit = unit_at(engine, view, end);
        let end = unit.map_or(end, |(_, end)| end);
        return Some(Measured { quantity: None, unit: None, number: None, unit_at: None, end: skip_of(view, end).0, of: false });
    }
    let mut place = after;
    // «2 больших пачки», "2 large cans"
    if unit_at(engine, view, place).is_none() && is_size(view, place) && unit_at(engine, view, place + 1).is_some() {
        place += 1;
    }
    match unit_at(engine, view, place) {
        Some((unit, end)) => Some(finish(view, Some(number), Some((unit, place)), end, limited)),
        None => {
            let (end, of) = skip_of(view, after);
            Some(Measured {
                quantity: (!limited).then_some(number),
                unit: None,
                number: Some(number),
                unit_at: None,
                end,
                of,
            })
        }
    }
}

fn finish(view: &View<'_>, number: Option<Amount>, unit: Option<(&Unit, usize)>, end: usize, limited: bool) -> Measured {
    let end = if view.token(end).is_some_and(|token| token.is(".") && token.glued)
        && view.token(end + 1).is_some()
    {
        end + 1
    } else {
        end
    };
    let (end, of) = skip_of(view, end);
    Measured {
        quantity: if limited { None } else { number },
        unit: if limited { None } else { unit.map(|(unit, _)| unit.write.clone()) },
        number,
        unit_at: unit.map(|(_, at)| at),
        end,
        of,
    }
}

fn skip_of(view: &View<'_>, at: usize) -> (usize, bool) {
    if view.word(at).is_some_and(|word| word.norm == "of") { (at + 1, true) } else { (at, false) }
}

fn number_at(view: &View<'_>, at: usize) -> Option<(Amount, usize)> {
    let word = view.word(at)?;
    let numeral = word.number.as_ref()?;
    // Words taken out of the clause must not stand inside the number.
    let last = view.at.get(at + numeral.len - 1)?;
    (*last == view.at.get(at)? + numeral.len - 1).then_some((numeral.amount, at + numeral.len))
}

/// «полкило», «поллитра».
fn half_word<'e>(engine: &'e Engine, view: &View<'_>, at: usize) -> Option<(Amount, usize, &'e Unit)> {
    let word = view.word(at)?;
    let rest = half_prefix(&word.norm)?;
    let readings = engine.russian.read(rest);
    let unit = engine.pack.units.find(rest, &readings)?;
    Some((Amount::HALF, at + 1, unit))
}

/// The unit at `at`, and the first word after it.
pub(super) fn unit_at<'e>(engine: &'e Engine, view: &View<'_>, at: usize) -> Option<(&'e Unit, usize)> {
    let word = view.word(at)?;
    if let Some(next) = view.word(at + 1)
        && let Some(unit) = engine.pack.units.find_pair(&word.norm, (&next.norm, &next.readings))
    {
        return Some((unit, at + 2));
    }
    // "k.g.", "fl. oz."
    if let (Some(dot), Some(next)) = (view.token(at + 1), view.word(at + 2))
        && dot.is(".")
        && dot.glued
        && view.token(at + 2).is_some_and(|token| token.glued)
    {
        let joined = format!("{}{}", word.norm, next.norm);
        if let Some(unit) = engine.pack.units.find(&joined, &[]) {
            let end = at + 3;
            return Some((unit, end));
        }
    }
    engine.pack.units.find(&word.norm, &word.readings).map(|unit| (unit, at + 1))
}

/// A unit without a number counts one («пачку масла», "a liter of milk"), where a noun follows that it measures. With a number behind
/// it, the number counts («килограмма три»).
fn unit_alone(engine: &Engine, view: &View<'_>, at: usize, article: bool, limited: bool) -> Option<Measured> {
    let (unit, end) = unit_at(engine, view, at)?;
    if let Some((number, after)) = number_at(view, end)
        && !article
        && unit_at(engine, view, after).is_none()
        && view.word(at).is_some_and(|word| is_genitive(word) || unit.kind != UnitKind::Container)
    {
        return Some(finish(view, Some(number), Some((unit, at)), after, limited));
    }
    let measured = finish(view, Some(Amount::ONE), Some((unit, at)), end, limited);
    if article || measured.of {
        return Some(measured);
    }
    let next = view.word(measured.end);
    let alone = next.is_none_or(|word| word.readings.is_empty());
    // At the end of the phrase it measures what stands before it («молоко литр»); the caller knows whether anything does.
    (alone || next.is_some_and(is_genitive) || unit.kind == UnitKind::Measure).then_some(measured)
}

fn is_genitive(word: &Word) -> bool {
    word.readings.iter().any(|reading| {
        matches!(reading.case, Some(Case::Genitive | Case::Partitive)) && (reading.is_nominal() || reading.is_attribute())
    })
}

/// «2–3», «2 или 3», "2 to 3": where the second number ends.
fn range_end(view: &View<'_>, at: usize) -> Option<usize> {
    let word = view.word(at)?;
    if !matches!(word.norm.as_str(), "-" | "или" | "or" | "to" | "до") {
        return None;
    }
    number_at(view, at + 1).map(|(_, end)| end)
}

fn is_size(view: &View<'_>, at: usize) -> bool {
    view.word(at).is_some_and(|word| {
        word.readings.iter().any(crate::morph::Reading::is_attribute)
            || matches!(word.norm.as_str(), "large" | "big" | "small" | "medium" | "little" | "full" | "whole")
    })
}

/// Whether an amount takes the noun behind it (rather than the one before): «десяток яиц», "2 liters of milk", not «литр хлеб».
pub(super) fn governs(view: &View<'_>, measured: &Measured, noun: Option<&Word>) -> bool {
    let Some(noun) = noun else { return false };
    if measured.of {
        return true;
    }
    let cased = noun.readings.iter().any(|reading| reading.case.is_some());
    if cased {
        if measured.unit_at.is_none() && measured.number == Some(Amount::ONE) {
            // «одна» agrees with its noun, in the nominative or accusative.
            return noun.readings.iter().any(|r| {
                matches!(r.case, Some(Case::Nominative | Case::Accusative)) && r.number == Some(Number::Singular)
            }) && !ends_clause(view, measured.end);
        }
        return is_genitive(noun);
    }
    // English: a bare number stands before its noun.
    measured.unit_at.is_none()
}

fn ends_clause(view: &View<'_>, at: usize) -> bool {
    at >= view.at.len()
}
