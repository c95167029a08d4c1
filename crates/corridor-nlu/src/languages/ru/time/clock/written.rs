//! Times of the clock in digits: «18:00», «18.30», «1130», «19ч».

use super::super::counted::{Case, counts};
use super::{Reading, hour_word, with_part};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::Clock;
use crate::token::TokenKind;

/// «18.30» after a preposition, where a date is not meant («до 25.03»).
pub(crate) fn pointed(c: Cursor<'_>) -> Found<'_, Reading> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    let (hour, minute) = token.norm.split_once('.')?;
    let (reading, end) = written_parts(c.next(), hour, minute)?;
    reading.clock.is_some().then_some((reading, end))
}

/// «1130», «730» after a preposition
pub(crate) fn run_together(c: Cursor<'_>) -> Found<'_, Reading> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    let digits = token.norm.as_str();
    let (hour, minute) = digits.split_at_checked(digits.len().checked_sub(2)?)?;
    let plain = matches!(digits.len(), 3 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let round = minute.parse::<i8>().is_ok_and(|minute| minute % 5 == 0);
    let end = c.next();
    if !plain || !round || counts(end, 5, Case::Accusative) || end.is("году") {
        return None;
    }
    let (reading, end) = written_parts(end, hour, minute)?;
    reading.clock.is_some().then_some((reading, end))
}

/// «18:00», «7:30», «18-00», «19ч»
pub(super) fn written(c: Cursor<'_>) -> Found<'_, Reading> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    if let Some((hour, rest)) = token.norm.split_once(':') {
        let minute = rest.split(':').next()?;
        return written_parts(c.next(), hour, minute);
    }
    let [dash, minute] = c.tokens().get(c.at() + 1..c.at() + 3)? else {
        return None;
    };
    let dashed = dash.is("-")
        && dash.glued
        && minute.glued
        && minute.norm.len() == 2
        && minute.kind == TokenKind::Number;
    // «10-12» is rather from ten to twelve.
    let is_range = minute
        .norm
        .parse::<i8>()
        .is_ok_and(|minute| minute <= 24 && token.norm.parse().is_ok_and(|hour: i8| hour < minute));
    if dashed && !is_range && token.norm.len() <= 2 {
        let (reading, end) = written_parts(c.step(3), &token.norm, &minute.norm)?;
        return reading.clock.is_some().then_some((reading, end));
    }
    None
}

fn written_parts<'t>(after: Cursor<'t>, hour: &str, minute: &str) -> Found<'t, Reading> {
    if minute.len() != 2 || hour.len() > 2 {
        return None;
    }
    let (hour_value, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    // A leading zero is of the twenty-four-hour face.
    let clock = if hour.len() == 2 && hour.starts_with('0') {
        Clock::exact(hour_value, minute)
    } else {
        Clock::said(hour_value, minute)
    };
    match clock {
        None => Some((Reading::sure(None), after)),
        Some(clock) => with_part(hour_word(after).unwrap_or(after), clock),
    }
}
