//! Times of the clock in English: "7:30am", "five p. m.", "half past six", "ten to nine", "seven hundred and forty five pm".

mod written;

use super::senses::{Sense, sense};
use crate::languages::en::numbers::cardinal;
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Clock, Part};
use crate::token::TokenKind;

use written::written;
pub(super) use written::{pointed, run_together};

/// A time, and how sure the words are that it is one.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// `None` for a time that does not exist ("25:00").
    pub(super) clock: Option<Clock>,
    pub(super) certainty: Certainty,
}

/// What tells a time from a count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// The form is a time's alone ("18:00", "5pm", "half past six").
    Sure,
    /// A number or two, which may count what follows.
    Bare,
}

fn sure(clock: Option<Clock>) -> Reading {
    Reading {
        clock,
        certainty: Certainty::Sure,
    }
}

/// The time that begins here, its preposition left behind.
pub(super) fn reading(c: Cursor<'_>) -> Found<'_, Reading> {
    beside_hour(c).or_else(|| plain(c))
}

/// A time not told from the hour beside it, for ranges: "from ten to six" is no ten to six.
pub(super) fn plain(c: Cursor<'_>) -> Found<'_, Reading> {
    let (reading, end) = match sense(c.norm()) {
        Some(Sense::Noon) => (sure(Some(Clock::NOON)), c.next()),
        Some(Sense::Midnight) => (sure(Some(Clock::MIDNIGHT)), c.next()),
        _ => written(c).or_else(|| spoken(c))?,
    };
    let exact = end
        .past_any(&["sharp", "exactly"])
        .or_else(|| end.past_all(&["on", "the", "dot"]));
    Some((reading, exact.unwrap_or(end)))
}

/// "half past six", "quarter to nine", "ten minutes past six", "twenty to nine"
pub(super) fn beside_hour(c: Cursor<'_>) -> Found<'_, Reading> {
    let start = c.skip("a");
    let (minutes, after) = match start.norm() {
        "half" if start.next().is("past") => (30, start.next()),
        "half" => return half_hour(c),
        "quarter" => (15, start.next()),
        _ => {
            let (minutes, after) = number(c).filter(|(minutes, _)| (1..=30).contains(minutes))?;
            (
                minutes,
                after
                    .past_any(&["minutes", "minute", "min", "mins"])
                    .unwrap_or(after),
            )
        }
    };
    // "10 to 6" in digits is a range.
    if start.is_number() && after.is("to") && start.next().at() == after.at() {
        return None;
    }
    let is_past = match after.norm() {
        "past" | "after" => true,
        "to" | "till" | "til" | "of" | "before" => false,
        _ => return None,
    };
    let hour_at = after.next();
    let (hour, end) = match sense(hour_at.norm()) {
        Some(Sense::Noon) => (12, hour_at.next()),
        Some(Sense::Midnight) => (24, hour_at.next()),
        _ => number(hour_at).filter(|(hour, _)| (1..=24).contains(hour))?,
    };
    // "five to ten" is rather a range, but for the words that say minutes.
    let minutes_said = start.is_any(&["half", "quarter"])
        || after
            .before()
            .is_some_and(|token| token.norm.starts_with("min"))
        || minutes % 5 == 0;
    let joint_of_hours = after.is_any(&["to", "after", "before", "of", "till", "til"]);
    if joint_of_hours && !minutes_said {
        return None;
    }
    let clock = if is_past {
        Clock::said(hour, minutes)
    } else {
        let hour = if hour == 1 { 12 } else { hour - 1 };
        Clock::said(hour, 60 - minutes)
    };
    halved(end.past("o'clock").unwrap_or(end), clock?, Certainty::Sure)
}

/// "half eight" is half past eight; only a preposition makes it a time.
fn half_hour(c: Cursor<'_>) -> Found<'_, Reading> {
    let preposition = c
        .before()
        .is_some_and(|token| matches!(sense(&token.norm), Some(Sense::Preposition(_))));
    let (hour, end) =
        number(c.next()).filter(|(hour, end)| (1..=12).contains(hour) && !counts(*end))?;
    preposition.then(|| halved(end, Clock::said(hour, 30)?, Certainty::Sure))?
}

/// "five", "five thirty", "five oh five", "six o'clock", "eight hundred am", each with am or pm or without.
fn spoken(c: Cursor<'_>) -> Found<'_, Reading> {
    let numeral = cardinal(c.tokens(), c.at()).filter(|_| c.token().is_some())?;
    let value = numeral.amount.as_integer()?;
    let after = c.step(numeral.len);
    if value >= 100 {
        let hours = after
            .past_any(&["hours", "hrs"])
            .filter(|_| value % 100 == 0);
        if let Some(end) = hours.filter(|_| value <= 2400) {
            let clock = Clock::exact(i8::try_from(value / 100).ok()?, 0);
            return Some((sure(clock), end));
        }
        // Voice input writes 7:45 so.
        half_of_day(after).filter(|_| value <= 2400)?;
        let clock = Clock::said(
            i8::try_from(value / 100).ok()?,
            i8::try_from(value % 100).ok()?,
        )?;
        return halved(after, clock, Certainty::Sure);
    }
    let hour = i8::try_from(value).ok()?;
    if let Some(end) = o_clock(after) {
        return match Clock::said(hour, 0) {
            Some(clock) => halved(end, clock, Certainty::Sure),
            None => Some((sure(None), end)),
        };
    }
    if let Some((clock, end)) = minutes(after, hour) {
        let (reading, end) = halved(end, clock, Certainty::Bare)?;
        let stands_out = reading.certainty == Certainty::Sure
            || (1..=12).contains(&hour) && clock.minute() % 5 == 0 && is_set_off(c, end);
        let certainty = if stands_out {
            Certainty::Sure
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
    if let Some(clock) = Clock::said(hour, 0).filter(|_| (1..=12).contains(&hour) && in_part(after))
    {
        return Some((sure(Some(clock)), after));
    }
    if after.is_any(&["noon", "midnight"]) && hour == 12 {
        let clock = if after.is("noon") {
            Clock::NOON
        } else {
            Clock::MIDNIGHT
        };
        return Some((sure(Some(clock)), after.next()));
    }
    halved(after, Clock::said(hour, 0)?, Certainty::Bare)
}

/// "7 in the morning", "nine at night", "eight this evening": the part of the day is its own mention.
fn in_part(c: Cursor<'_>) -> bool {
    let part = |c: Cursor<'_>| matches!(sense(c.norm()), Some(Sense::Part(_)));
    c.past_all(&["in", "the"])
        .or_else(|| c.past("this"))
        .or_else(|| c.past("tomorrow"))
        .is_some_and(part)
        || c.past_all(&["at", "night"]).is_some()
        || c.is("tonight")
}

/// Whether the words around an hour and its minutes leave no room for a count: "remind me ten thirty standup", "the ten thirty", "friday
/// ten thirty".
fn is_set_off(c: Cursor<'_>, end: Cursor<'_>) -> bool {
    if counts(end) {
        return false;
    }
    let before = c.before().map_or("", |token| token.norm.as_str());
    let dated = |norm: &str| {
        matches!(
            sense(norm),
            Some(
                Sense::Day(_) | Sense::Weekday(_) | Sense::Tonight | Sense::WeekdayAbbreviation(_)
            )
        )
    };
    let at_edge = c.before().is_none() || end.token().is_none();
    let round = end.before().is_some_and(|token| {
        matches!(
            token.norm.as_str(),
            "fifteen" | "thirty" | "forty-five" | "five"
        )
    });
    matches!(before, "me" | "us" | "the" | "my" | "our")
        || dated(before)
        || dated(end.norm())
        || (at_edge && round)
}

fn o_clock(c: Cursor<'_>) -> Option<Cursor<'_>> {
    c.past_any(&["o'clock", "oclock", "o'clocks"])
        .or_else(|| c.past_all(&["o", "clock"]))
}

/// The minutes after an hour: "thirty", "oh five"; joined by "and" only before am or pm ("three and forty five p. m.").
fn minutes(c: Cursor<'_>, hour: i8) -> Found<'_, Clock> {
    if let Some(unit) = c.past_any(&["oh", "o", "zero"]) {
        let (minute, end) = number(unit).filter(|(minute, _)| (1..10).contains(minute))?;
        return Some((Clock::said(hour, minute)?, end));
    }
    let joined = c.skip("and");
    let (minute, end) = number(joined).filter(|(minute, _)| (10..60).contains(minute))?;
    if joined.at() != c.at() && half_of_day(end).is_none() {
        return None;
    }
    // "7 eleven": digits and words do not mix; "at 5 10 apples" counts.
    let digits = c
        .before()
        .is_some_and(|token| token.kind == TokenKind::Number);
    let alike = joined.is_number() && joined.norm().len() == 2 && !counts(end);
    if digits && !alike && half_of_day(end).is_none() {
        return None;
    }
    Some((Clock::said(hour, minute)?, end))
}

/// Adds am or pm, which make any time sure.
fn halved(c: Cursor<'_>, clock: Clock, certainty: Certainty) -> Found<'_, Reading> {
    let ish = c.past("ish").filter(|_| c.is_glued());
    let (c, certainty) = ish.map_or((c, certainty), |end| (end, Certainty::Sure));
    match half_of_day(c) {
        Some((Half::Morning, end)) => Some((sure(Some(clock.morning())), end)),
        Some((Half::Afternoon, end)) => Some((sure(Some(clock.afternoon())), end)),
        None => Some((
            Reading {
                clock: Some(clock),
                certainty,
            },
            c,
        )),
    }
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

/// "am", "p.m.", "p. m.", "p m", "o'clock pm"
fn half_of_day(c: Cursor<'_>) -> Found<'_, Half> {
    let c = o_clock(c).unwrap_or(c);
    // "6p"
    if c.is_glued() && c.is_any(&["a", "p"]) && !c.next().is_glued() {
        let half = if c.is("a") {
            Half::Morning
        } else {
            Half::Afternoon
        };
        let spelt = c.next().is("m") || c.next().is(".");
        if !spelt {
            return Some((half, c.next()));
        }
    }
    match c.norm() {
        "am" => return Some((Half::Morning, c.next())),
        "pm" => return Some((Half::Afternoon, c.next())),
        _ => {}
    }
    let half = match c.norm() {
        "a" => Half::Morning,
        "p" => Half::Afternoon,
        _ => return None,
    };
    let end = c.next().skip(".").past("m")?;
    // The last point belongs to the abbreviation where it has one inside.
    Some((half, if c.next().is(".") { end.skip(".") } else { end }))
}

/// A whole number below a hundred.
pub(super) fn number(c: Cursor<'_>) -> Found<'_, i8> {
    let numeral = cardinal(c.tokens(), c.at()).filter(|_| c.token().is_some())?;
    let value = numeral.amount.as_integer().filter(|value| *value < 100)?;
    Some((i8::try_from(value).ok()?, c.step(numeral.len)))
}

/// Whether the bare number, which ended just before `c`, counts what stands there: "5 stores", "2 hours".
///
/// There is no dictionary here: what is counted is plural, and English plurals mostly end in "s".
pub(super) fn counts(c: Cursor<'_>) -> bool {
    let Some(token) = c.token() else { return false };
    match token.kind {
        TokenKind::Number => return true,
        TokenKind::Symbol => {
            let hyphenates = token.is("-") && token.glued && c.next().is_glued();
            return hyphenates
                || matches!(
                    token.norm.as_str(),
                    "%" | "°" | "$" | "€" | "£" | "/" | "+" | "x"
                );
        }
        TokenKind::Word if token.glued => return true,
        TokenKind::Word => {}
    }
    let norm = token.norm.as_str();
    match sense(norm) {
        Some(
            Sense::Unit(_)
            | Sense::Number
            | Sense::Month(_)
            | Sense::Part(Part::Morning)
            | Sense::Weekends,
        ) => return true,
        Some(Sense::Governed) | None => {}
        Some(_) => return false,
    }
    is_counted(c)
}

/// Whether the word here is one that numbers count.
fn is_counted(c: Cursor<'_>) -> bool {
    let norm = c.norm();
    let plural = norm.ends_with('s') && !norm.ends_with("ss") && !norm.ends_with("'s");
    (plural
        && !matches!(
            norm,
            "is" | "was"
                | "has"
                | "this"
                | "his"
                | "its"
                | "us"
                | "yes"
                | "thanks"
                | "always"
                | "does"
        ))
        || COUNTED.split_ascii_whitespace().any(|word| word == norm)
}

/// What numbers count in the singular, and addresses.
const COUNTED: &str = "
    people children men women feet percent degrees kg km lb oz dozen hundred thousand million star stars different other more of main street
    avenue road drive lane eleven guys watt volt amp inch foot ft gallon pound ounce litre liter gram page piece pack ply count pc ct
";
