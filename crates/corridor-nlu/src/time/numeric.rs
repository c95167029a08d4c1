//! Dates in digits alone, for both languages: «25.03.2027», «25.03», "3/25", "2027-03-25".

use jiff::civil::Date;

use super::cursor::{Cursor, Found};
use super::mention::{Day, MentionKind};
use crate::token::TokenKind;

/// Which comes first in a date with slashes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// 25/03
    DayFirst,
    /// 3/25
    MonthFirst,
}

/// A date that its form alone tells from a number: three parts, or a day and a two-digit month after a point.
pub(super) fn full(c: Cursor<'_>, order: Order) -> Found<'_, MentionKind> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    if let Some(found) = iso(c) {
        return Some(found);
    }
    if token.norm.contains('.') {
        let mut parts = token.norm.split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next());
        if parts.next().is_some() || month.len() != 2 || day.len() > 2 {
            return None;
        }
        // «1.05» is rather a number, unless a year follows.
        if year.is_none() && (day.len() < 2 || is_measure(c.next().norm())) {
            return None;
        }
        return Some((from_parts(year, month, day)?, c.next()));
    }
    let mut parts = token.norm.split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if first.len() == 4 {
        return Some((from_parts(Some(first), second, year)?, c.next()));
    }
    let (day, month) = by_order(first, second, order)?;
    Some((from_parts(Some(year), month, day)?, c.next()))
}

/// What makes «12.05» an amount.
fn is_measure(norm: &str) -> bool {
    matches!(
        norm,
        "кг" | "г"
            | "гр"
            | "л"
            | "мл"
            | "м"
            | "см"
            | "руб"
            | "рублей"
            | "литра"
            | "килограмма"
            | "метра"
            | "kg"
            | "g"
            | "l"
            | "ml"
            | "lb"
            | "oz"
            | "m"
            | "cm"
            | "%"
            | "$"
            | "€"
            | "₽"
            | "dollars"
    )
}

/// "3/25" or «25/03», which may be a fraction: only where the context asks for a date.
pub(super) fn slashed(c: Cursor<'_>, order: Order) -> Found<'_, MentionKind> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    let (first, second) = token.norm.split_once('/')?;
    let (day, month) = by_order(first, second, order)?;
    let found = from_parts(None, month, day)?;
    (found != MentionKind::Impossible).then_some((found, c.next()))
}

/// The day and the month; where only the other order makes a date, that one.
fn by_order<'t>(first: &'t str, second: &'t str, order: Order) -> Option<(&'t str, &'t str)> {
    let is_month = |text: &str| {
        text.len() <= 2
            && text
                .parse()
                .is_ok_and(|month: i8| (1..=12).contains(&month))
    };
    match order {
        Order::DayFirst if is_month(second) => Some((first, second)),
        Order::MonthFirst if is_month(first) => Some((second, first)),
        Order::DayFirst if is_month(first) => Some((second, first)),
        Order::MonthFirst if is_month(second) => Some((first, second)),
        _ => None,
    }
}

fn iso(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let [year, first, month, second, day] = c.tokens().get(c.at()..c.at() + 5)? else {
        return None;
    };
    let shaped = [first, second].iter().all(|dash| dash.is("-"))
        && [first, month, second, day].iter().all(|token| token.glued)
        && [year, month, day]
            .iter()
            .all(|token| token.kind == TokenKind::Number)
        && (year.norm.len(), month.norm.len(), day.norm.len()) == (4, 2, 2);
    if !shaped {
        return None;
    }
    Some((
        from_parts(Some(&year.norm), &month.norm, &day.norm)?,
        c.step(5),
    ))
}

fn from_parts(year: Option<&str>, month: &str, day: &str) -> Option<MentionKind> {
    let year: Option<i16> = match year {
        Some(year) if year.len() == 2 => Some(2000 + year.parse::<i16>().ok()?),
        Some(year) if year.len() == 4 => Some(year.parse().ok()?),
        Some(_) => return None,
        None => None,
    };
    let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
    if !(1..=12).contains(&month) {
        return None;
    }
    Some(date(year, month, day))
}

/// The day of that date, or [`MentionKind::Impossible`] where no year, or not this one, has it.
pub(super) fn date(year: Option<i16>, month: i8, day: i8) -> MentionKind {
    // Of all years, a leap year has the most dates.
    let exists = Date::new(year.unwrap_or(2000), month, day).is_ok();
    if exists {
        MentionKind::Day(Day::Date { year, month, day })
    } else {
        MentionKind::Impossible
    }
}
