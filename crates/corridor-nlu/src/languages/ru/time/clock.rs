//! Times of the clock in Russian: «18:00», «шесть вечера», «полседьмого», «без пятнадцати восемь», «в восемь тридцать».

mod written;

use super::counted::{Case, counts};
use super::senses::{Sense, part_after_clock, sense};
use crate::languages::ru::numbers::{cardinal, ordinal, range_word};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Clock, TimeUnit};

use written::written;
pub(super) use written::{pointed, run_together};

/// A time, and how sure the words are that it is one.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// `None` for a time that does not exist («25:00»).
    pub(super) clock: Option<Clock>,
    pub(super) certainty: Certainty,
}

/// What tells a time from a count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// The form is a time's alone («18:00», «шесть вечера», «полседьмого»).
    Sure,
    /// Hours, of the clock or of work («два часа»).
    Hours,
    /// The time or so many days («три дня»).
    Days,
    /// A number, which may count what follows.
    Bare(i64),
}

impl Reading {
    fn sure(clock: Option<Clock>) -> Self {
        Self {
            clock,
            certainty: Certainty::Sure,
        }
    }
}

/// The time that begins here, its preposition left behind.
pub(super) fn reading(c: Cursor<'_>) -> Found<'_, Reading> {
    match sense(c.norm()) {
        Some(Sense::Noon) => return Some((Reading::sure(Some(Clock::NOON)), c.next())),
        Some(Sense::Midnight) => return Some((Reading::sure(Some(Clock::MIDNIGHT)), c.next())),
        Some(Sense::HalfPast(hour)) => return with_part(c.next(), Clock::said(hour, 30)?),
        Some(Sense::Without) => return before_hour(c.next()),
        Some(Sense::Unit(TimeUnit::Hour)) => return one_o_clock(c),
        _ => {}
    }
    written(c).or_else(|| into_hour(c)).or_else(|| spoken(c))
}

/// Adds the part of the day after a time: «шесть тридцать вечера».
fn with_part(c: Cursor<'_>, clock: Clock) -> Found<'_, Reading> {
    let (clock, end) = part(c, clock).unwrap_or((clock, c));
    Some((Reading::sure(Some(clock)), end.skip("ровно")))
}

fn part(c: Cursor<'_>, clock: Clock) -> Found<'_, Clock> {
    part_after_clock(c.norm()).map(|part| (clock.in_part(part), c.next()))
}

/// «половина седьмого», «четверть шестого», «десять минут шестого»
fn into_hour(c: Cursor<'_>) -> Found<'_, Reading> {
    let (minute, after) = match c.norm() {
        "половина" | "половину" | "половине" | "половиной" | "пол" => {
            (30, c.next())
        }
        "четверть" | "четверти" => (15, c.next()),
        "начале" => (0, c.next()),
        _ => {
            if let Some(found) = running_hour(c) {
                return Some(found);
            }
            let (minutes, after) = number(c)?;
            (minutes, minute_word(after)?)
        }
    };
    let (hour, end) = hour_ordinal(after)?;
    let passed = if hour == 1 { 12 } else { hour - 1 };
    with_part(end, Clock::said(passed, i8::try_from(minute).ok()?)?)
}

/// «восьмом часу»
fn running_hour(c: Cursor<'_>) -> Found<'_, Reading> {
    let (value, len) = ordinal(c.tokens(), c.at()).filter(|(value, _)| (1..=12).contains(value))?;
    let end = c.step(len).past("часу")?;
    let passed = if value == 1 {
        12
    } else {
        i8::try_from(value).ok()? - 1
    };
    with_part(end, Clock::said(passed, 0)?)
}

/// «седьмого» as the hour that is running.
fn hour_ordinal(c: Cursor<'_>) -> Found<'_, i8> {
    let genitive = c.norm().ends_with("ого") || c.norm().ends_with("его");
    let (value, len) = ordinal(c.tokens(), c.at())
        .filter(|(value, len)| genitive && *len == 1 && (1..=12).contains(value))?;
    Some((i8::try_from(value).ok()?, c.step(len)))
}

/// After «без»: «пятнадцати восемь», «четверти девять», «десяти минут шесть».
fn before_hour(c: Cursor<'_>) -> Found<'_, Reading> {
    let (minutes, after) = match c.norm() {
        "четверти" => (15, c.next()),
        _ => {
            let (minutes, after) = number(c).filter(|(minutes, _)| (1..=30).contains(minutes))?;
            (minutes, minute_word(after).unwrap_or(after))
        }
    };
    let (hour, end) = match sense(after.norm()) {
        Some(Sense::Unit(TimeUnit::Hour)) => (1, after.next()),
        _ => number(after).filter(|(hour, _)| (1..=24).contains(hour))?,
    };
    let hour = if hour == 1 { 12 } else { hour - 1 };
    with_part(
        end,
        Clock::said(i8::try_from(hour).ok()?, i8::try_from(60 - minutes).ok()?)?,
    )
}

/// «час», «час дня», «час тридцать»
fn one_o_clock(c: Cursor<'_>) -> Found<'_, Reading> {
    if !c.is_any(&["час", "часу", "часа"]) {
        return None;
    }
    let after = c.next();
    let clock = Clock::said(1, 0)?;
    if let Some((clock, end)) = part(after, clock) {
        return Some((Reading::sure(Some(clock)), end));
    }
    if let Some((reading, end)) = minutes(after, 1) {
        let length = reading.clock.is_some_and(|clock| clock.part().is_none());
        let certainty = if length {
            Certainty::Hours
        } else {
            reading.certainty
        };
        return Some((
            Reading {
                certainty,
                ..reading
            },
            end,
        ));
    }
    if after.is_any(&["пик", "икс", "назад"]) {
        return None;
    }
    Some((
        Reading {
            clock: Some(clock),
            certainty: Certainty::Hours,
        },
        after,
    ))
}

/// An hour by number, with whatever tells that it is one.
fn spoken(c: Cursor<'_>) -> Found<'_, Reading> {
    let (hour, after) = number(c)?;
    let after = range_end(after);
    let hour_i8 = i8::try_from(hour).ok()?;
    if let Some(after) = hour_word(after) {
        let Some(clock) = Clock::said(hour_i8, 0) else {
            return Some((
                Reading {
                    clock: None,
                    certainty: Certainty::Hours,
                },
                after,
            ));
        };
        if let Some((reading, end)) = minutes(after, hour_i8) {
            // «два часа десять минут» can be a length too, unless the part of the day is said.
            let length = reading.clock.is_some_and(|clock| clock.part().is_none());
            let certainty = if length {
                Certainty::Hours
            } else {
                reading.certainty
            };
            return Some((
                Reading {
                    certainty,
                    ..reading
                },
                end,
            ));
        }
        return Some(match part(after, clock) {
            Some((clock, end)) => (Reading::sure(Some(clock)), end),
            None => (
                Reading {
                    clock: Some(clock),
                    certainty: Certainty::Hours,
                },
                after.skip("ровно"),
            ),
        });
    }
    let clock = Clock::said(hour_i8, 0)?;
    if let Some((reading, end)) = minutes(after, hour_i8) {
        return Some((reading, end));
    }
    if let Some((clock, end)) = part(after, clock) {
        let days = after.is("дня") && (2..=4).contains(&hour);
        return Some((
            Reading {
                clock: Some(clock),
                certainty: if days {
                    Certainty::Days
                } else {
                    Certainty::Sure
                },
            },
            end,
        ));
    }
    match after.past("ровно") {
        Some(end) => Some((Reading::sure(Some(clock)), end)),
        None => Some((
            Reading {
                clock: Some(clock),
                certainty: Certainty::Bare(hour),
            },
            after,
        )),
    }
}

/// The minutes after an hour: «тридцать», «ноль пять», «30 минут», with the part of the day after them.
fn minutes(c: Cursor<'_>, hour: i8) -> Found<'_, Reading> {
    let joined = c.skip("и");
    if let Some(after) = c.past("ноль-ноль") {
        return with_part(after, Clock::said(hour, 0)?);
    }
    let (minute, after, padded) = match joined.past("ноль") {
        Some(unit) => match unit.past("ноль") {
            Some(after) => (0, after, true),
            None => number(unit)
                .filter(|(minute, _)| (1..10).contains(minute))
                .map(|(minute, after)| (minute, after, true))?,
        },
        None => {
            let (minute, after) = number(joined)?;
            (
                minute,
                after,
                joined.is_number() && joined.norm().len() == 2,
            )
        }
    };
    let clock = Clock::said(hour, i8::try_from(minute).ok()?)?;
    if let Some(after) = minute_word(after) {
        return with_part(after, clock);
    }
    // Bare minutes are said as two digits and without «и»; less than ten of them are something else.
    if joined.at() != c.at() || !(padded || minute >= 10) {
        return None;
    }
    if let Some((clock, end)) = part(after, clock) {
        return Some((Reading::sure(Some(clock)), end));
    }
    (!counts(after, minute, Case::Accusative)).then_some((Reading::sure(Some(clock)), after))
}

/// A whole number; of an approximate one («2-3», «два-три») the beginning. «ноль» is zero whatever follows it.
pub(super) fn number(c: Cursor<'_>) -> Found<'_, i64> {
    let token = c.token()?;
    if token.is("ноль") {
        return Some((0, c.next()));
    }
    if let Some((low, _)) = range_word(&token.norm) {
        return low
            .as_integer()
            .and_then(|low| i64::try_from(low).ok())
            .map(|low| (low, c.next()));
    }
    let numeral = cardinal(c.tokens(), c.at())?;
    let value = numeral.amount.as_integer().filter(|value| *value < 100)?;
    Some((i64::try_from(value).ok()?, c.step(numeral.len)))
}

/// The rest of «2-3».
fn range_end(c: Cursor<'_>) -> Cursor<'_> {
    c.past("-")
        .filter(|_| c.is_glued())
        .and_then(number)
        .map_or(c, |(_, end)| end)
}

fn hour_word(c: Cursor<'_>) -> Option<Cursor<'_>> {
    matches!(sense(c.norm()), Some(Sense::Unit(TimeUnit::Hour))).then(|| c.next())
}

fn minute_word(c: Cursor<'_>) -> Option<Cursor<'_>> {
    matches!(sense(c.norm()), Some(Sense::Unit(TimeUnit::Minute))).then(|| c.next())
}
