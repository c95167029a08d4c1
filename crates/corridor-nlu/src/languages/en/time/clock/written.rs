//! Times of the clock in digits: "7:30am", "8.40", "0730", "19h".

use super::Certainty;
use super::{Reading, counts, half_of_day, halved, is_counted, sure};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::Clock;
use crate::time::numeric::is_measure;
use crate::token::TokenKind;

/// "8.40" where the words around it ask for a time.
pub(crate) fn pointed(c: Cursor<'_>) -> Found<'_, Reading> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    let (hour, minute) = token
        .norm
        .split_once('.')
        .filter(|(_, rest)| rest.len() == 2)?;
    let end = c.next();
    if end.is_glued() || is_measure(end) || is_counted(end) {
        return None;
    }
    let (reading, end) = written_parts(end, hour, minute)?;
    reading.clock.is_some().then_some((reading, end))
}

/// "730", "1130", "0930" where the words around it ask for a time.
pub(crate) fn run_together(c: Cursor<'_>) -> Found<'_, Reading> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    let digits = token.norm.as_str();
    let (hour, minute) = digits.split_at_checked(digits.len().checked_sub(2)?)?;
    let plain = matches!(digits.len(), 3 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || counts(c.next()) || minute.parse::<i8>().is_ok_and(|minute| minute % 5 != 0) {
        return None;
    }
    let (reading, end) = written_parts(c.next(), hour, minute)?;
    reading.clock.is_some().then_some((reading, end))
}

/// "7:30am", "7.30 pm", "18:00", "5pm", "19h"
pub(super) fn written(c: Cursor<'_>) -> Found<'_, Reading> {
    let token = c.token().filter(|token| token.kind == TokenKind::Number)?;
    let after = c.next();
    if let Some((hour, rest)) = token.norm.split_once(':') {
        let minute = rest.split(':').next().filter(|minute| minute.len() == 2)?;
        return written_parts(after, hour, minute);
    }
    if let Some((hour, minute)) = token.norm.split_once('.') {
        half_of_day(after).filter(|_| minute.len() == 2)?;
        return written_parts(after, hour, minute);
    }
    if after.is("h") && after.is_glued() {
        let minute = after.next();
        if minute.is_number() && minute.is_glued() && minute.norm().len() == 2 {
            let (hour, minutes) = (token.norm.parse().ok()?, minute.norm().parse().ok()?);
            return Some((sure(Clock::exact(hour, minutes)), minute.next()));
        }
        return Some((
            sure(Some(Clock::exact(token.norm.parse().ok()?, 0)?)),
            after.next(),
        ));
    }
    // "0730", "1430 hours"
    let (hour, minute) = token
        .norm
        .split_at_checked(2)
        .filter(|(_, minute)| minute.len() == 2)?;
    let hours = after.past_any(&["hours", "hrs"]);
    if hours.is_some() {
        let clock = Clock::exact(hour.parse().ok()?, minute.parse().ok()?);
        return Some((sure(clock), hours?));
    }
    if half_of_day(after).is_none() && (!hour.starts_with('0') || counts(after)) {
        return None;
    }
    written_parts(hours.unwrap_or(after), hour, minute)
}

fn written_parts<'t>(after: Cursor<'t>, hour: &str, minute: &str) -> Found<'t, Reading> {
    if hour.len() > 2 {
        return None;
    }
    let (value, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    // A leading zero is of the twenty-four-hour face, unless am or pm follows.
    let padded = hour.starts_with('0') && half_of_day(after).is_none();
    let clock = if padded {
        Clock::exact(value, minute)
    } else {
        Clock::said(value, minute)
    };
    match clock {
        Some(clock) => halved(after, clock, Certainty::Sure),
        None => Some((sure(None), after)),
    }
}
