//! Amounts: number, unit, and how they stand to the noun beside them.

mod around;
mod packages;
mod parts;
mod units;

use std::ops::Range;

use crate::amount::Amount;
use crate::engine::Engine;
use crate::language::Language;
use crate::languages::en;
use crate::morph::{Case, Number};
use crate::token::TokenKind;
use crate::utterance::{View, Word};

/// An amount as it was said.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// What a decision says: none for ranges, limits and vague words.
    pub(crate) quantity: Option<Amount>,
    /// The unit as a decision writes it.
    pub(crate) unit: Option<String>,
    /// The number itself; of a range, the larger.
    pub(crate) number: Option<Amount>,
    /// Where the unit's word stands.
    pub(crate) unit_at: Option<usize>,
    /// The first word after the amount.
    pub(crate) end: usize,
    /// "of" closed it.
    pub(crate) of: bool,
    /// «по две», "two each": said of every item named.
    pub(crate) each: bool,
    /// The size of one («3 [200 g] bars»): it stays in the name.
    pub(crate) size: Option<Range<usize>>,
}

impl Measured {
    /// «три», «штуки три»: the number is of the things themselves.
    pub(crate) fn counts_things(&self) -> bool {
        self.unit_at.is_none() || matches!(self.unit.as_deref(), Some("шт" | "pcs"))
    }
}

/// The amount that begins at `start`; units are written in the symbols of `language`.
pub(crate) fn read(
    engine: &Engine,
    view: &View<'_>,
    start: usize,
    language: Language,
) -> Option<Measured> {
    Scale {
        engine,
        view,
        language,
    }
    .read(start)
}

/// More adjectives than these stand between a container and what is in it.
const MOST_ATTRIBUTES: usize = 4;

/// A number at `at` that is no amount of anything: nothing, less than nothing, or more than can be counted («0 литров», «-5 яиц», «1e400»).
pub(crate) fn is_nonsense(view: &View<'_>, at: usize) -> bool {
    let (Some(token), Some(word)) = (view.token(at), view.word(at)) else {
        return false;
    };
    match &word.number {
        Some(number) => {
            let negative = token.glued && is_minus(view, at);
            number.amount == Amount::ZERO || negative || exponent(view, at + 1)
        }
        None => {
            token.kind == TokenKind::Number
                && !token.norm.contains(['/', ':'])
                && Amount::from_decimal(&token.norm.replace(',', ".")).is_none()
        }
    }
}

/// A dash right before the number at `at`, and not one between a thing and its amount («молоко -2 литра»).
fn is_minus(view: &View<'_>, at: usize) -> bool {
    let said = |back: usize| {
        let at = view.at.get(at)?.checked_sub(back)?;
        Some((view.utterance.tokens.get(at)?, at))
    };
    let Some((sign, _)) = said(1).filter(|(sign, _)| sign.is("-") && !sign.glued) else {
        return false;
    };
    let thing = said(2).is_some_and(|(token, at)| {
        token.kind == TokenKind::Word && !sign.new_line && view.at.contains(&at)
    });
    !thing
}

/// "e400" behind a number.
fn exponent(view: &View<'_>, at: usize) -> bool {
    let glued = |at: usize| view.token(at).filter(|token| token.glued);
    glued(at).is_some_and(|token| matches!(token.norm.as_str(), "e" | "е"))
        && glued(at + 1).is_some_and(|token| token.kind == TokenKind::Number || token.is("-"))
}

/// Whether an amount takes the noun behind it (rather than the one before): «десяток яиц», "2 liters of milk", not «литр хлеб».
pub(crate) fn governs(measured: &Measured, noun: Option<&Word>) -> bool {
    let Some(noun) = noun else { return false };
    if measured.of {
        return true;
    }
    if !noun.readings.iter().any(|reading| reading.case.is_some()) {
        // English: a bare number stands before its noun.
        return measured.unit_at.is_none();
    }
    if measured.unit_at.is_none() && measured.number == Some(Amount::ONE) {
        // «одна» agrees with its noun, in the nominative or accusative.
        return noun.readings.iter().any(|r| {
            matches!(r.case, Some(Case::Nominative | Case::Accusative))
                && r.number == Some(Number::Singular)
        });
    }
    is_genitive(noun)
}

/// Reads amounts of one view.
#[derive(Clone, Copy)]
struct Scale<'r, 'u> {
    engine: &'r Engine,
    view: &'r View<'u>,
    language: Language,
}

impl<'r> Scale<'r, '_> {
    fn read(self, start: usize) -> Option<Measured> {
        // «по две пачки»: so much of every item.
        if self.norm(start) == "по" {
            let measured = self.one(start + 1, true)?;
            let end = measured.end + usize::from(self.is_each(measured.end));
            return Some(Measured {
                each: true,
                end,
                ..measured
            });
        }
        let measured = self.one(start, false)?;
        // "two each", "2 packs each of", «по две каждого»
        if self.is_each(measured.end) {
            let (end, of) = self.skip_of(measured.end + 1);
            return Some(Measured {
                each: true,
                end,
                of,
                ..measured
            });
        }
        Some(measured)
    }

    /// An amount without a word that says what it is of.
    fn one(self, start: usize, each: bool) -> Option<Measured> {
        let (mut at, limited) = self.skip_limits(start);
        let article = matches!(self.norm(at), "a" | "an" | "the") && !self.is_number(at);
        if article {
            at += 1;
        }
        // «х2», "x 2"
        if self.is_times(at) && self.number(at + 1).is_some() {
            at += 1;
        }
        if let Some((unit, end)) = self.half_word(at) {
            return Some(self.finish(Some(Amount::HALF), Some((unit, at)), end, limited));
        }
        if let Some(unit) = self.liter_and_half(at) {
            let size = Amount::ONE.checked_add(Amount::HALF);
            return Some(self.finish(size, Some((unit, at)), at + 1, limited));
        }
        if let Some(most) = self.range_word(at) {
            return Some(self.unlimited(most, at + 1));
        }
        let Some((number, after)) = self.number(at) else {
            return self.unit_alone(
                at + usize::from(self.describes_unit(at)),
                article || each,
                limited,
            );
        };
        if self.is_percent(after) {
            return None;
        }
        if let Some((most, end)) = self.range(after) {
            return Some(self.unlimited(most, end));
        }
        // "between 2 and 3 kilos"
        if limited
            && matches!(self.norm(after), "and" | "и")
            && self.norm(at.saturating_sub(1)) == "between"
            && let Some((most, end)) = self.number(after + 1)
        {
            return Some(self.unlimited(most, end));
        }
        if let Some(measured) = self.package(at, number, after, article, limited) {
            return Some(measured);
        }
        let after = self.echo(after, number);
        let mut place = after;
        // "2 more loaves", «ещё две пачки» has it in front.
        if matches!(
            self.norm(place),
            "more" | "extra" | "additional" | "other" | "new"
        ) && self.unit(place + 1).is_some()
        {
            place += 1;
        }
        // "a couple of bottles of red"
        if self.norm(place) == "of" && self.unit(place + 1).is_some() {
            place += 1;
        }
        // "fourth of a liter"
        if self.norm(place) == "of" && number < Amount::ONE {
            let noun = place + 1 + usize::from(matches!(self.norm(place + 1), "a" | "an" | "the"));
            if self.unit(noun).is_some() {
                place = noun;
            }
        }
        // «2 больших пачки», "2 large cans"
        if self.unit(place).is_none()
            && self.is_size(place)
            && let Some((_, end)) = self.unit(place + 1)
            && (self.norm(end) == "of" || self.governs_at(end))
        {
            place += 1;
        }
        // «две полторашки кваса»
        if let Some(unit) = self.liter_and_half(place) {
            let size = Amount::ONE
                .checked_add(Amount::HALF)
                .and_then(|size| size.checked_mul(number));
            return Some(self.finish(size, Some((unit, place)), place + 1, limited));
        }
        // "12 ct eggs"
        if matches!(self.norm(place), "ct" | "count") && place == after {
            return Some(self.finish(Some(number), None, place + 1, limited));
        }
        // "3 x tuna", "milk 2x"
        if self.is_times(place) && !self.is_number(place + 1) {
            return Some(self.finish(Some(number), None, place + 1, limited));
        }
        // «два батона, молоко»: what is also a good measures only what it governs.
        let unit = self
            .unit(place)
            .filter(|(_, end)| !self.is_good_itself(place, *end))
            .map(|(unit, end)| ((unit, place), end));
        let (unit, end) = unit.map_or((None, after), |(unit, end)| (Some(unit), end));
        let (number, unit, end) = self.more_parts(number, unit, end);
        let (number, end) = self.and_share(number, unit.is_some(), end);
        Some(self.finish(Some(number), unit, end, limited))
    }

    /// A container that is a thing to buy, with something behind it that it does not hold.
    fn is_good_itself(self, at: usize, end: usize) -> bool {
        let russian_good = self.view.word(at).is_some_and(|word| {
            word.good.is_some() && word.readings.iter().any(|r| r.case.is_some())
        });
        russian_good
            && self.norm(end) != "по"
            && self.view.word(end).is_some_and(|word| {
                !word.is(self.engine.pack.known.and)
                    && word
                        .readings
                        .iter()
                        .any(|r| r.is_nominal() || r.is_attribute())
            })
            && !self.governs_at(end)
    }

    fn is_percent(self, at: usize) -> bool {
        let norm = self.norm(at);
        norm == "%" || norm.starts_with("процент") || norm == "percent"
    }

    fn is_each(self, at: usize) -> bool {
        self.view
            .word(at)
            .is_some_and(|word| word.is(self.engine.pack.known.items.each))
    }

    /// «два-три», "two-three": the larger.
    fn range_word(self, at: usize) -> Option<Amount> {
        let norm = self.norm(at);
        // «литр-полтора»
        let with_unit = norm.split_once('-').and_then(|(unit, number)| {
            self.find(unit, &self.engine.russian.read(unit))?;
            crate::languages::ru::numbers::range_word(&format!("один-{number}"))
        });
        crate::languages::ru::numbers::range_word(norm)
            .or(with_unit)
            .or_else(|| en::numbers::range_word(norm))
            .map(|(_, most)| most)
    }

    fn norm(self, at: usize) -> &'r str
    where
        Self: 'r,
    {
        self.view
            .at
            .get(at)
            .and_then(|&token| self.view.utterance.words.get(token))
            .map_or("", |word| word.norm.as_str())
    }

    fn is_times(self, at: usize) -> bool {
        // "garlic bread times two"
        let word = self.norm(at) == "times" && self.is_number(at + 1);
        word || matches!(self.norm(at), "x" | "х")
    }

    fn is_number(self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| word.number.is_some())
    }

    fn number(self, at: usize) -> Option<(Amount, usize)> {
        // ".75" at the very beginning, where marks are cut off.
        let first = *self.view.at.get(at)?;
        if let Some(numeral) = leading_point(self.view, first) {
            return Some((numeral, at + 1));
        }
        let numeral = self.view.word(at)?.number.as_ref()?;
        // Words taken out of the clause must not stand inside the number.
        let last = self.view.at.get(at + numeral.len - 1)?;
        (*last == self.view.at.get(at)? + numeral.len - 1)
            .then_some((numeral.amount, at + numeral.len))
    }

    /// «2–3», «2 или 3», "2 to 3": the second number, and where it ends.
    fn range(self, at: usize) -> Option<(Amount, usize)> {
        matches!(self.norm(at), "-" | "или" | "or" | "to" | "до")
            .then(|| self.number(at + 1))
            .flatten()
    }
}

/// The number that begins with a point right before the token at `first`, which the view does not hold.
fn leading_point(view: &View<'_>, first: usize) -> Option<Amount> {
    let before = first.checked_sub(1)?;
    let (point, digits) = (
        view.utterance.tokens.get(before)?,
        view.utterance.tokens.get(first)?,
    );
    let cut = point.is(".")
        && !point.glued
        && digits.glued
        && digits.kind == TokenKind::Number
        && view.at.binary_search(&before).is_err();
    let word = view.utterance.words.get(before).filter(|_| cut)?;
    word.number.as_ref().map(|numeral| numeral.amount)
}

fn is_genitive(word: &Word) -> bool {
    word.readings.iter().any(|reading| {
        matches!(reading.case, Some(Case::Genitive | Case::Partitive))
            && (reading.is_nominal() || reading.is_attribute())
    })
}
