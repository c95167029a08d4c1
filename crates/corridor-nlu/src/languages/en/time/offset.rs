//! Times counted from now or back from an event: "in two hours", "two weeks from now", "an hour before", "five minutes ago".

use super::clock::{self, Certainty};
use super::length::{Length, amount, half_unit, length, unit};
use super::senses::{Sense, sense};
use crate::amount::Amount;
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Day, MentionKind, Offset, TimeUnit};
use jiff::civil::Weekday;

/// After "in": "two hours", "half an hour", "the next hour", "two weeks' time".
pub(super) fn after_in(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let c = c
        .past_any(&["about", "around", "exactly", "like"])
        .unwrap_or(c);
    match c.past("the") {
        // "in the year" says no time from now, "in the next year" does.
        Some(the) => within(the.past("next")?),
        None => within(c),
    }
}

/// After "within": "two hours", "the hour".
pub(super) fn within(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let c = c.skip("the");
    if let Some((weekday, count, end)) = weekdays_ahead(c) {
        let end = end.past_all(&["from", "now"]).unwrap_or(end);
        return Some((MentionKind::Day(Day::WeekdayLater(weekday, count - 1)), end));
    }
    if let Some((offset, end)) = half_unit(c.skip("a")) {
        return Some((MentionKind::Offset(offset), end));
    }
    if let Some((unit, end)) = unit(c) {
        return Some((MentionKind::Offset(Offset::new(Amount::ONE, unit)), end));
    }
    let Some((length, end)) = length(c) else {
        return bare_minutes(c);
    };
    let end = end.past_all(&["or", "so"]).unwrap_or(end);
    let end = end.past_all(&["from", "now"]).unwrap_or(end);
    Some((from_now(length), end.skip("'").skip("time")))
}

/// "in ten" means minutes where nothing is counted.
fn bare_minutes(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (minutes, end) =
        clock::number(c).filter(|(minutes, _)| minutes % 5 == 0 && (5..=60).contains(minutes))?;
    let free = end.token().is_none() || end.is_any(&["to", ",", "."]);
    let offset = Offset::new(
        Amount::from_integer(u64::try_from(minutes).ok()?)?,
        TimeUnit::Minute,
    );
    free.then_some((MentionKind::Offset(offset), end))
}

/// "2 mondays", "three fridays": the last of them, counted from now.
fn weekdays_ahead(c: Cursor<'_>) -> Option<(Weekday, i32, Cursor<'_>)> {
    let (count, after) = number(c)?;
    let count = i32::try_from(count.as_integer()?).ok()?;
    match sense(after.norm())? {
        Sense::Weekdays(weekday) | Sense::Weekday(weekday) if (1..=99).contains(&count) => {
            Some((weekday, count, after.next()))
        }
        _ => None,
    }
}

fn from_now(length: Length) -> MentionKind {
    match length {
        Length::Known(offset) => MentionKind::Offset(offset),
        Length::Vague => MentionKind::VAGUE,
    }
}

/// More leads than anybody says in a row bound the work on hostile text.
const MOST_LEADS: usize = 4;

/// A length and the word that makes it a time: "two weeks from now", "an hour before", "five minutes ago", "one hour in advance".
pub(super) fn anchored(c: Cursor<'_>) -> Found<'_, MentionKind> {
    // "three, two and one hours before" share their unit.
    let mut last = c;
    for _ in 0..MOST_LEADS {
        let Some((_, after)) = number(last) else {
            break;
        };
        let next = after.skip(",").skip("and");
        if unit(after).is_some() || number(next).is_none() {
            break;
        }
        last = next;
    }
    if let Some((weekday, count, after)) = weekdays_ahead(c) {
        let end = after
            .past_all(&["from", "now"])
            .or_else(|| after.past_all(&["from", "today"]))
            .or_else(|| after.past("hence"))?;
        return Some((MentionKind::Day(Day::WeekdayLater(weekday, count - 1)), end));
    }
    let (length, after) = length(last)
        .or_else(|| half_unit(c.skip("a")).map(|(offset, end)| (Length::Known(offset), end)))?;
    match after.norm() {
        "ago" => Some((MentionKind::Past, after.next())),
        "later" | "hence" => Some((from_now(length), after.next())),
        "from" | "after" => from_anchor(length, after.next()),
        // "a week on tuesday", "two weeks this friday", "a week tomorrow"
        "on" | "this" => from_anchor(length, after.next()).filter(|_| is_weeks(length)),
        "today" | "tomorrow" if is_weeks(length) => from_anchor(length, after),
        _ => before_clock(length, after)
            .or_else(|| before_event(after).map(|end| (MentionKind::LEAD, end))),
    }
}

/// After a length: "before 6pm", "before noon", which tell the moment.
fn before_clock(length: Length, c: Cursor<'_>) -> Found<'_, MentionKind> {
    let Length::Known(offset) = length else {
        return None;
    };
    let (reading, end) = clock::reading(c.past("before")?)
        .filter(|(reading, _)| reading.certainty == Certainty::Sure)?;
    let whole = offset.months == 0 && offset.days == 0;
    let clock = reading
        .clock?
        .earlier(i32::try_from(offset.seconds / 60).ok()?)
        .filter(|_| whole)?;
    Some((MentionKind::Clock(clock), end))
}

fn is_weeks(length: Length) -> bool {
    matches!(length, Length::Known(offset) if offset.months == 0 && offset.seconds == 0 && offset.days % 7 == 0)
}

/// "week on friday", without its article.
pub(super) fn week_on(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (unit, after) = unit(c)?;
    let length = Length::Known(Offset::new(Amount::ONE, unit));
    let anchor = after
        .past_any(&["on", "from"])
        .filter(|_| is_weeks(length) && !c.norm().ends_with('s'))?;
    from_anchor(length, anchor)
}

/// An amount that is not an article.
fn number(c: Cursor<'_>) -> Found<'_, Amount> {
    amount(c).filter(|_| !c.is_any(&["a", "an", "the", "another"]))
}

/// After "from": "now", "today", "tomorrow", "friday".
fn from_anchor(length: Length, c: Cursor<'_>) -> Found<'_, MentionKind> {
    let offset = match length {
        Length::Known(offset) => offset,
        Length::Vague => {
            return c
                .past_any(&["now", "today"])
                .map(|end| (MentionKind::VAGUE, end));
        }
    };
    let whole_days = offset.months == 0 && offset.seconds == 0;
    let kind = match sense(c.norm())? {
        Sense::Now => MentionKind::Offset(offset),
        Sense::Day(0) => MentionKind::Offset(offset),
        Sense::Day(days) if whole_days => {
            MentionKind::Day(Day::FromToday(offset.days.checked_add(days)?))
        }
        Sense::Weekday(weekday) if whole_days && offset.days % 7 == 0 => {
            MentionKind::Day(Day::WeekdayLater(weekday, offset.days / 7))
        }
        _ => return None,
    };
    Some((kind, c.next()))
}

/// "before", "before it starts", "early", "in advance", "ahead of time", "prior to"
fn before_event(c: Cursor<'_>) -> Option<Cursor<'_>> {
    c.past("before")
        .filter(|event| sense(event.norm()) != Some(Sense::PastDay))
        .map(pronoun)
        .or_else(|| c.past("beforehand"))
        .or_else(|| c.past("early"))
        .or_else(|| c.past("earlier"))
        .or_else(|| c.past_all(&["in", "advance"]))
        .or_else(|| c.past_all(&["ahead", "of", "time"]))
        .or_else(|| c.past("ahead"))
        .or_else(|| c.past("prior").map(|end| end.skip("to")))
}

/// After "before": the event where no noun names it.
fn pronoun(c: Cursor<'_>) -> Cursor<'_> {
    match c.past_any(&["it", "that", "they"]) {
        Some(it) => it
            .past_any(&["starts", "start", "begins", "begin"])
            .unwrap_or(it),
        None => c,
    }
}

/// After "the": "night before", "day before"; from "the" on they count back from an event.
pub(super) fn eve(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let is_span = matches!(sense(c.norm())?, Sense::Part(_) | Sense::Unit(_));
    let end = c
        .next()
        .past("before")
        .filter(|end| is_span && sense(end.norm()) != Some(Sense::PastDay))?;
    Some((MentionKind::LEAD, pronoun(end)))
}

/// After "for": "an hour", "20 minutes", "the next three days"
pub(super) fn duration(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some((offset, end)) = half_unit(c.skip("a")) {
        return Some((MentionKind::Duration(offset), end));
    }
    let (length, end) = length(c)?;
    // "for an hour before the party" is told by the words after it.
    if let Some(end) = before_event(end) {
        return Some((MentionKind::LEAD, end));
    }
    Some(match length {
        Length::Known(offset) => (MentionKind::Duration(offset), end),
        Length::Vague => (MentionKind::VAGUE, end),
    })
}
