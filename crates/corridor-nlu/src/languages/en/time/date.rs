//! Dates in English: "March 25th, 2027", "the 23rd of may", "third march", "the fifteenth".

use super::clock;
use super::senses::{Preposition, Sense, sense};
use crate::languages::en::numbers::{cardinal, ordinal};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Day, Every, MentionKind, MonthDays, Period, Recurrence, TimeUnit};
use crate::time::numeric;
use crate::token::TokenKind;

/// The date that begins here, its preposition left behind.
pub(super) fn date(c: Cursor<'_>) -> Found<'_, MentionKind> {
    numeric::full(c)
        .or_else(|| month_first(c))
        .or_else(|| day_first(c))
        .or_else(|| numbered_day(c))
}

/// "march 25", "march the twenty fifth", "aug. 21, 2035"
fn month_first(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let Some(Sense::Month(month)) = sense(c.norm()) else {
        return None;
    };
    let after = c.next().skip(".").skip("the");
    let (day, end) = ordinal_day(after).or_else(|| {
        let (day, end) = clock::number(after)?;
        // "may 5 people", "march 8 hours"
        (!clock::counts(end) || year(end).is_some()).then_some((day, end))
    })?;
    let (year, end) = optional_year(end);
    Some((numeric::date(year, month, day), end))
}

/// "25 march", "25th of march", "third march", "eleven march"
fn day_first(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (day, after, is_ordinal) = match ordinal_day(c) {
        Some((day, after)) => (day, after, true),
        None => clock::number(c).map(|(day, after)| (day, after, false))?,
    };
    let month_at = if is_ordinal { after.skip("of") } else { after };
    let Some(Sense::Month(month)) = sense(month_at.norm()) else {
        return None;
    };
    let end = month_at.next();
    // "add 2 may be" is no date.
    if !is_ordinal && month_at.is("may") && end.is_any(&["be", "not", "have", "need", "want", "i"])
    {
        return None;
    }
    let (year, end) = optional_year(end);
    Some((numeric::date(year, month, day), end))
}

/// "23rd" without an article, where nothing can follow that it could belong to; small ones only after a preposition ("by 2nd") or
/// before a clock time.
fn numbered_day(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (day, after) = ordinal_day(c).filter(|_| c.is_number())?;
    let before = c.before().map_or("", |token| token.norm.as_str());
    let pointed = matches!(sense(before), Some(Sense::Preposition(_) | Sense::About));
    let owned = matches!(
        before,
        "my" | "our" | "his" | "her" | "their" | "your" | "a" | "an" | "every" | "each"
    );
    let alone = stands_alone(after) && (pointed || after.is("at") || (day > 3 && !owned));
    alone.then(|| (kind_of_day(day), after))
}

/// More days than anybody lists bound the work on hostile text.
const MOST_LISTED: usize = 12;

/// "1st and 20th of every month", "5th or 6th", each with "the" again or not.
pub(super) fn month_days(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (first, mut end) = ordinal_day(c)?;
    let mut set = MonthDays::of(first)?;
    let mut at = end;
    let mut joined = false;
    for _ in 0..MOST_LISTED {
        let joint = at.skip(",");
        let last = joint.past_any(&["and", "or", "&"]);
        if last.is_none() && joint.at() == at.at() {
            break;
        }
        let next = last.unwrap_or(joint).skip("on").skip("the");
        let Some((day, after)) = ordinal_day(next) else {
            break;
        };
        set = set.and(MonthDays::of(day)?);
        at = after;
        if last.is_some() {
            (joined, end) = (true, after);
        }
    }
    if !joined {
        return None;
    }
    let of = end.skip("of");
    let every = Every::DaysOfMonth(set);
    match sense(of.norm()) {
        Some(Sense::Every) if of.next().is("month") => {
            let recurrence = Recurrence { every, part: None };
            Some((MentionKind::Recurrence(recurrence), of.step(2)))
        }
        Some(Sense::The | Sense::This) if of.next().is("month") => {
            Some((MentionKind::Several(every), of.step(2)))
        }
        _ if of.at() != end.at() => None,
        _ => stands_alone(end).then_some((MentionKind::Several(every), end)),
    }
}

fn ordinal_day(c: Cursor<'_>) -> Found<'_, i8> {
    let (value, len) = ordinal(c.tokens(), c.at()).filter(|_| c.token().is_some())?;
    Some((i8::try_from(value).ok()?, c.step(len)))
}

/// After "the": "23rd", "fifteenth", "30th of every month", "1st of next month"; not "5th avenue", and no small ordinals in words
/// ("the second").
pub(super) fn day_of_month(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (day, after) = ordinal_day(c)?;
    let of_month = after.past("of").and_then(|of| month_of(of, day));
    if of_month.is_some() {
        return of_month;
    }
    let small = c.is_any(&["first", "second", "third"]);
    if small || !stands_alone(after) {
        return None;
    }
    Some((kind_of_day(day), after))
}

fn kind_of_day(day: i8) -> MentionKind {
    if (1..=31).contains(&day) {
        MentionKind::Day(Day::DayOfMonth(day))
    } else {
        MentionKind::Impossible
    }
}

/// After "of": "the month", "next month", "every month".
fn month_of(c: Cursor<'_>, day: i8) -> Found<'_, MentionKind> {
    let end = c.next().past("month")?;
    if !(1..=31).contains(&day) {
        return Some((MentionKind::Impossible, end));
    }
    Some(match sense(c.norm())? {
        Sense::Every => (
            MentionKind::Recurrence(Recurrence {
                every: Every::DaysOfMonth(MonthDays::of(day)?),
                part: None,
            }),
            end,
        ),
        Sense::Next => (MentionKind::Day(Day::DayOfMonthAhead(day, 1)), end),
        Sense::The => (MentionKind::Day(Day::DayOfMonth(day)), end),
        Sense::This => (MentionKind::Day(Day::DayOfMonthAhead(day, 0)), end),
        _ => return None,
    })
}

/// No noun follows that the ordinal could belong to.
pub(super) fn stands_alone(c: Cursor<'_>) -> bool {
    let Some(token) = c.token() else { return true };
    match token.kind {
        TokenKind::Symbol => !token.is("-"),
        TokenKind::Number => false,
        TokenKind::Word => {
            matches!(
                sense(&token.norm),
                Some(
                    Sense::Preposition(
                        Preposition::At
                            | Preposition::For
                            | Preposition::In
                            | Preposition::By
                            | Preposition::Before
                            | Preposition::On
                            | Preposition::After
                            | Preposition::Around
                    ) | Sense::Often(..)
                )
            ) || matches!(
                token.norm.as_str(),
                "and"
                    | "to"
                    | "with"
                    | "that"
                    | "please"
                    | "i"
                    | "we"
                    | "remind"
                    | "there"
                    | "is"
                    | "about"
                    | "my"
                    | "or"
                    | "no"
                    | "every"
                    | "each"
            )
        }
    }
}

fn optional_year(c: Cursor<'_>) -> (Option<i16>, Cursor<'_>) {
    year(c.skip(",")).map_or((None, c), |(year, end)| (Some(year), end))
}

/// "2027", "twenty seventeen", "two thousand and eighteen", "nineteen ninety"
pub(super) fn year(c: Cursor<'_>) -> Found<'_, i16> {
    c.token()?;
    let is_year = |value: &i16| (1900..=2999).contains(value);
    if c.is_number() {
        let value = Some(c.norm())
            .filter(|text| text.len() == 4)?
            .parse()
            .ok()
            .filter(is_year)?;
        return (!matches!(sense(c.next().norm()), Some(Sense::Unit(_))))
            .then_some((value, c.next()));
    }
    let numeral = cardinal(c.tokens(), c.at())?;
    let whole = i16::try_from(numeral.amount.as_integer()?).ok()?;
    let after = c.step(numeral.len);
    if is_year(&whole) {
        return Some((whole, after));
    }
    let (rest, end) =
        clock::number(after).filter(|(rest, _)| *rest >= 10 && matches!(whole, 19..=21))?;
    Some((whole * 100 + i16::from(rest), end))
}

/// After "in", "by" and the like: a month or a year by itself ("in march", "in june 2027", "in 2027").
pub(super) fn month_or_year(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(Sense::Month(month)) = sense(c.norm()) {
        let (year, end) = optional_year(c.next());
        return Some((
            MentionKind::Day(Day::Month {
                year,
                month,
                edge: crate::time::mention::Edge::Start,
            }),
            end,
        ));
    }
    let (year, end) = year(c)?;
    Some((MentionKind::Day(Day::Year(year)), end))
}

/// The span that a unit names.
pub(super) fn period(unit: TimeUnit) -> Option<Period> {
    match unit {
        TimeUnit::Week => Some(Period::Week),
        TimeUnit::Month => Some(Period::Month),
        TimeUnit::Year => Some(Period::Year),
        TimeUnit::Second
        | TimeUnit::Minute
        | TimeUnit::Hour
        | TimeUnit::Day
        | TimeUnit::Fortnight => None,
    }
}
