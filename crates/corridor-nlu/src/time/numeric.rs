//! Dates in digits alone, for both languages: «25.03.2027», «25.03», "25/03", "2027-03-25".
//!
//! The day comes first; the month does only where nothing else makes a date ("3/25").

use jiff::civil::Date;

use super::cursor::{Cursor, Found};
use super::mention::{Day, MentionKind};
use crate::token::TokenKind;

/// A date that its form alone tells from a number: three parts, or a day and a two-digit month after a point.
pub(crate) fn full(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    if let Some(found) = iso(c).or_else(|| dashed(c)) {
        return Some(found);
    }
    if token.norm.contains('.') {
        let mut parts = token.norm.split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next());
        let month_fits = month.len() == 2 || (month.len() == 1 && year.is_some());
        if parts.next().is_some() || !month_fits || day.len() > 2 {
            return None;
        }
        // «1.05» is rather a number, unless a year follows.
        if year.is_none() && (day.len() < 2 || is_measure(c.next())) {
            return None;
        }
        return Some((from_parts(year, month, day)?, c.next()));
    }
    let mut parts = token.norm.split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if first.len() == 4 {
        return Some((from_parts(Some(first), second, year)?, c.next()));
    }
    let (day, month) = day_and_month(first, second)?;
    Some((from_parts(Some(year), month, day)?, c.next()))
}

/// What makes «12.05» an amount.
pub(crate) fn is_measure(c: Cursor<'_>) -> bool {
    matches!(
        c.norm(),
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

/// "1.09" after a word that asks for a day.
pub(crate) fn pointed(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    let (day, month) = token.norm.split_once('.')?;
    let padded = month.len() == 2 && month.starts_with('0') && day.len() <= 2;
    let found = from_parts(None, month, day).filter(|_| padded && !is_measure(c.next()))?;
    (found != MentionKind::Impossible).then_some((found, c.next()))
}

/// "25/07" by itself: no fraction is written so, and no measure follows.
pub(crate) fn slashed_alone(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    let (first, second) = token.norm.split_once('/')?;
    let day: i8 = first.parse().ok()?;
    let full = first.len() == 2 && second.len() == 2;
    let plain = (full || (day > 12 && second.len() < 3)) && token.norm != "24/7";
    slashed(c).filter(|(_, end)| plain && !is_measure(*end) && !end.is_glued())
}

/// "3/25" or «25/03», which may be a fraction: only where the context asks for a date.
pub(crate) fn slashed(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    let (first, second) = token.norm.split_once('/')?;
    let (day, month) = day_and_month(first, second)?;
    let found = from_parts(None, month, day)?;
    (found != MentionKind::Impossible).then_some((found, c.next()))
}

/// The day and the month; the month first only where the other order makes no date.
fn day_and_month<'t>(first: &'t str, second: &'t str) -> Option<(&'t str, &'t str)> {
    let is_month = |text: &str| {
        text.len() <= 2
            && text
                .parse()
                .is_ok_and(|month: i8| (1..=12).contains(&month))
    };
    if is_month(second) {
        Some((first, second))
    } else {
        is_month(first).then_some((second, first))
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

/// «25-03-2027»
fn dashed(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let [day, first, month, second, year] = c.tokens().get(c.at()..c.at() + 5)? else {
        return None;
    };
    let shaped = [first, second].iter().all(|dash| dash.is("-"))
        && [first, month, second, year].iter().all(|token| token.glued)
        && [year, month, day]
            .iter()
            .all(|token| token.kind == TokenKind::Number)
        && (day.norm.len(), month.norm.len()) == (2, 2)
        && matches!(year.norm.len(), 2 | 4);
    if !shaped {
        return None;
    }
    let (day, month) = day_and_month(&day.norm, &month.norm)?;
    Some((from_parts(Some(&year.norm), month, day)?, c.step(5)))
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
pub(crate) fn date(year: Option<i16>, month: i8, day: i8) -> MentionKind {
    // Of all years, a leap year has the most dates.
    let exists = Date::new(year.unwrap_or(2000), month, day).is_ok();
    if exists {
        MentionKind::Day(Day::Date { year, month, day })
    } else {
        MentionKind::Impossible
    }
}
