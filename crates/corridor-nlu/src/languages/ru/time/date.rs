//! Dates in Russian: «25 марта», «первое февраля две тысячи семнадцатого», «15 числа», «25.03.2027».

use super::counted::{Case, counts, is_infinitive};
use super::senses::{Sense, sense};
use crate::languages::ru::numbers::{cardinal, ordinal};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Day, Every, MentionKind, MonthDays, Recurrence, TimeUnit};
use crate::time::numeric;

/// The date that begins here, its preposition left behind.
pub(super) fn date(c: Cursor<'_>) -> Found<'_, MentionKind> {
    numeric::full(c).or_else(|| day_and_more(c))
}

/// A day's number with a month or the word «число», or, by an ordinal in the genitive or dative, alone where no noun can follow it.
fn day_and_more(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (day, after, is_ordinal) = day_number(c)?;
    if let Some(Sense::Month(month)) = sense(after.norm()) {
        let (year, end) =
            year(after.next()).map_or((None, after.next()), |(year, end)| (Some(year), end));
        return Some((numeric::date(year, month, day), end));
    }
    if sense(after.norm()) == Some(Sense::DayNumber) && !after.is("числам") {
        return day_of_month(day, after.next());
    }
    // «до 25 оплатить»: no clock shows it.
    let beyond_clock = (25..=31).contains(&day)
        && c.is_number()
        && c.before()
            .is_some_and(|token| matches!(token.norm.as_str(), "до" | "к" | "на"))
        && !counts(after, i64::from(day), Case::Genitive)
        && !counts(after, i64::from(day), Case::Dative);
    let alone = beyond_clock
        || is_ordinal
            && (is_oblique(c, after) || is_due_day(c, after) || c.is_number())
            && stands_alone(after);
    (alone && (1..=31).contains(&day)).then_some((MentionKind::Day(Day::DayOfMonth(day)), after))
}

/// The number of a day and whether it is an ordinal. Of «5-7 марта» it is the first.
fn day_number(c: Cursor<'_>) -> Option<(i8, Cursor<'_>, bool)> {
    if let Some((value, len)) = ordinal(c.tokens(), c.at()) {
        return Some((i8::try_from(value).ok()?, c.step(len), true));
    }
    let numeral = cardinal(c.tokens(), c.at()).filter(|_| c.token().is_some())?;
    let day = i8::try_from(numeral.amount.as_integer()?).ok()?;
    let after = c.step(numeral.len);
    let end = after
        .past("-")
        .and_then(|last| cardinal(last.tokens(), last.at()).map(|numeral| last.step(numeral.len)));
    Some((day, end.unwrap_or(after), false))
}

/// «15 числа», and «1 числа каждого месяца».
fn day_of_month(day: i8, after: Cursor<'_>) -> Found<'_, MentionKind> {
    if !(1..=31).contains(&day) {
        return Some((MentionKind::Impossible, after));
    }
    if let Some(end) = every_month(after) {
        return Some((
            MentionKind::Recurrence(Recurrence {
                every: Every::DaysOfMonth(MonthDays::of(day)?),
                part: None,
            }),
            end,
        ));
    }
    Some((MentionKind::Day(Day::DayOfMonth(day)), after))
}

/// More days than anybody lists bound the work on hostile text.
const MOST_LISTED: usize = 12;

/// «15 и 30 числа», «первого и двадцатого числа каждого месяца», «5-го или 6-го»
pub(super) fn month_days(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (mut set, mut at) = numbered(c)?;
    let (mut joined, mut ordinals) = (None, is_ordinal(c));
    for _ in 0..MOST_LISTED {
        let joint = at.skip(",");
        let last = joint.past_any(&["и", "или", "либо"]);
        if last.is_none() && joint.at() == at.at() {
            break;
        }
        let next = last.unwrap_or(joint);
        let Some((days, after)) = numbered(next) else {
            break;
        };
        ordinals &= is_ordinal(next);
        set = set.and(days);
        at = after;
        if last.is_some() {
            joined = Some(after);
        }
    }
    let end = joined?;
    let every = Every::DaysOfMonth(set);
    if sense(end.norm()) == Some(Sense::DayNumber) {
        let end = end.next();
        let recurrence = Recurrence { every, part: None };
        return Some(match every_month(end) {
            Some(end) => (MentionKind::Recurrence(recurrence), end),
            None if end.before().is_some_and(|token| token.is("числам")) => {
                (MentionKind::Recurrence(recurrence), end)
            }
            None => (MentionKind::Several(every), end),
        });
    }
    if let Some(end) = every_month(end) {
        let recurrence = Recurrence { every, part: None };
        return Some((MentionKind::Recurrence(recurrence), end));
    }
    (ordinals && stands_alone(end)).then_some((MentionKind::Several(every), end))
}

/// The number of a day; where «числа» follows each of several, that too.
fn numbered(c: Cursor<'_>) -> Found<'_, MonthDays> {
    if !c.is_number() && sense(c.norm()) != Some(Sense::Number) {
        return None;
    }
    let (day, after) = match ordinal(c.tokens(), c.at()) {
        Some((value, len)) => (i8::try_from(value).ok()?, c.step(len)),
        None => {
            let numeral = cardinal(c.tokens(), c.at())?;
            (
                i8::try_from(numeral.amount.as_integer()?).ok()?,
                c.step(numeral.len),
            )
        }
    };
    Some((MonthDays::of(day)?, after))
}

fn is_ordinal(c: Cursor<'_>) -> bool {
    ordinal(c.tokens(), c.at()).is_some()
}

/// «каждого месяца»
pub(super) fn every_month(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let after = c.next();
    (sense(c.norm()) == Some(Sense::Every)
        && sense(after.norm()) == Some(Sense::Unit(TimeUnit::Month)))
    .then(|| after.next())
}

/// The year after a date: «2027», «2027 года», «две тысячи семнадцатого года».
pub(super) fn year(c: Cursor<'_>) -> Found<'_, i16> {
    // «27 года»: two digits of a year are of this century.
    if c.is_number()
        && c.norm().len() == 2
        && let Some(end) = c.next().past_any(&["года", "году", "г"])
    {
        let value: i16 = c.norm().parse().ok()?;
        return Some((
            2000 + value,
            if c.next().is("г") {
                end.skip(".")
            } else {
                end
            },
        ));
    }
    // «1 июля 27»: a number that counts nothing.
    if c.is_number()
        && let Some(value) = near_year(c.norm())
        && !counts(c.next(), i64::from(value), Case::Accusative)
    {
        return Some((value, c.next()));
    }
    let (value, after) = if c.is_number() && c.norm().len() == 4 {
        (c.norm().parse().ok()?, c.next())
    } else {
        let (value, len) = ordinal(c.tokens(), c.at()).filter(|_| c.token().is_some())?;
        (i16::try_from(value).ok()?, c.step(len))
    };
    if !(1000..=2999).contains(&value) {
        return None;
    }
    let end = after
        .past_any(&["года", "год", "году", "г"])
        .unwrap_or(after);
    // The point of «2027 г.» belongs to the abbreviation.
    Some((value, if after.is("г") { end.skip(".") } else { end }))
}

/// Two digits that can be a year of plans and no hour.
fn near_year(norm: &str) -> Option<i16> {
    let value: i16 = norm.parse().ok().filter(|_| norm.len() == 2)?;
    (25..=40).contains(&value).then_some(2000 + value)
}

/// «пятнадцатого», «двадцать пятому»: forms that name a day by themselves.
fn is_oblique(c: Cursor<'_>, after: Cursor<'_>) -> bool {
    let last = after.before().map_or("", |token| &token.norm);
    let small = matches!(c.norm(), "первого" | "второго" | "третьего");
    !small
        && ["ого", "его", "ому", "ему"]
            .iter()
            .any(|ending| last.ends_with(ending))
}

/// «на двадцать пятое»
fn is_due_day(c: Cursor<'_>, after: Cursor<'_>) -> bool {
    let last = after.before().map_or("", |token| &token.norm);
    c.before().is_some_and(|token| token.is("на")) && (last.ends_with("ое") || last.ends_with("ье"))
}

/// No noun follows that the ordinal could belong to.
pub(super) fn stands_alone(c: Cursor<'_>) -> bool {
    let Some(token) = c.token() else { return true };
    match token.kind {
        crate::token::TokenKind::Symbol => !token.is("%"),
        crate::token::TokenKind::Number => false,
        crate::token::TokenKind::Word => {
            is_infinitive(&token.norm)
                || matches!(
                    sense(&token.norm),
                    Some(
                        Sense::Preposition(_)
                            | Sense::PartAdverb(_)
                            | Sense::Weekday(_)
                            | Sense::About
                            | Sense::Every
                            | Sense::Often(_)
                    )
                )
                || matches!(
                    token.norm.as_str(),
                    "и" | "или"
                        | "нет"
                        | "а"
                        | "но"
                        | "что"
                        | "чтобы"
                        | "у"
                        | "о"
                        | "об"
                        | "про"
                        | "для"
                        | "мне"
                        | "нам"
                        | "надо"
                        | "нужно"
                )
        }
    }
}
