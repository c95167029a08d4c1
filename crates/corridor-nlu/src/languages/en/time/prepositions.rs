//! Times after an English preposition, which decides what the words after it can be.

use super::clock::{self, Certainty, Reading, counts};
use super::date;
use super::day;
use super::event::{daily_event, half_of_span};
use super::holiday::holiday;
use super::offset;
use super::recurrence;
use super::senses::{Preposition, Sense, sense};
use super::weekday;
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Day, MentionKind, Part, Weekend};
use crate::time::numeric;

/// The time that stands at `c`, right after the preposition.
pub(super) fn phrase(c: Cursor<'_>, preposition: Preposition) -> Found<'_, MentionKind> {
    // "on sam's birthday"
    if preposition == Preposition::On
        && let Some(end) = c.next().past_any(&["birthday", "anniversary"])
    {
        return Some((MentionKind::VAGUE, end));
    }
    // Most words after prepositions are no times: a look-up or two tells.
    if !may_begin_time(c) {
        return None;
    }
    let found = match preposition {
        Preposition::On => on(c),
        Preposition::At => at(c),
        Preposition::By => deadline(c),
        Preposition::Before => deadline(c).or_else(|| daily_event(c)),
        Preposition::For => for_(c),
        Preposition::In => in_(c),
        Preposition::From => from(c),
        Preposition::Between => clock_range(c, &["and"]).or_else(|| day_range(c, &["and"])),
        Preposition::After => after(c),
        Preposition::Around => around(c),
        Preposition::Within => offset::within(c),
        Preposition::Over => over(c),
        Preposition::Starting => {
            on(c.past_any(&["on", "from", "at"]).unwrap_or(c)).or_else(|| day::day_or_date(c))
        }
    };
    // "about tomorrow's meeting": the preposition belongs to the noun.
    found.filter(|(kind, _)| !matches!(kind, MentionKind::DayAttribute(_)))
}

/// Whether the words here have a role in times at all, after their article where they have one.
pub(super) fn may_begin_time(c: Cursor<'_>) -> bool {
    let noun = c.past_any(&["the", "a", "an"]).unwrap_or(c);
    noun.is_number() || super::first_sense(noun.norm()).is_some()
}

/// What a time becomes.
pub(super) fn clock_kind(reading: Reading) -> MentionKind {
    reading
        .clock
        .map_or(MentionKind::Impossible, MentionKind::Clock)
}

fn slashed(c: Cursor<'_>) -> Found<'_, MentionKind> {
    numeric::slashed(c).or_else(|| numeric::pointed(c))
}

fn weekend(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = c.skip("the").past("weekend")?;
    Some((MentionKind::Day(Day::Weekend(Weekend::Coming)), end))
}

/// "on friday", "on the 23rd", "on sundays", "on march 5", "on the weekend"
fn on(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let c = c
        .past("a")
        .filter(|day| matches!(sense(day.norm()), Some(Sense::Weekday(_))))
        .unwrap_or(c);
    if let Some(found) = weekend(c).or_else(|| slashed(c)).or_else(|| holiday(c)) {
        return Some(found);
    }
    match sense(c.norm()) {
        Some(Sense::Every) => recurrence::every(c.next()),
        Some(Sense::Weekdays(_) | Sense::Weekends | Sense::Workdays | Sense::Workday) => {
            recurrence::plural(c)
        }
        Some(Sense::Weekday(_)) => recurrence::plural(c).or_else(|| day::day(c)),
        Some(Sense::WeekdayAbbreviation(_)) => weekday::abbreviation(c),
        _ if c.is("alternate") => recurrence::every(c),
        _ => date::month_days(c).or_else(|| day::day_or_date(c)),
    }
}

/// "at five", "at noon", "at night", "at the end of the month"
fn at(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let c = c
        .past_any(&["about", "around", "exactly", "approximately", "like"])
        .unwrap_or(c);
    if let Some(end) = c.past("night") {
        return Some((MentionKind::part(Part::Night), end));
    }
    if let Some(end) = c.past_any(&["lunchtime", "lunch"]) {
        return Some((MentionKind::part(Part::Afternoon), end));
    }
    if let Some(end) = c.past_any(&[
        "dawn",
        "dusk",
        "sunrise",
        "sunset",
        "bedtime",
        "dinnertime",
        "dinner",
    ]) {
        return Some((MentionKind::VAGUE, end.skip("time")));
    }
    if let Some(end) = c.past_all(&["some", "point"]) {
        return Some((MentionKind::VAGUE, end));
    }
    if let Some(end) = c.past_all(&["the", "same", "time"]) {
        return Some((MentionKind::VAGUE, end));
    }
    if let Some(end) = c.past_all(&["the", "latest"]) {
        return Some((MentionKind::Aside, end));
    }
    weekend(c)
        .or_else(|| holiday(c))
        .or_else(|| clock::beside_hour(c).map(|(reading, end)| (clock_kind(reading), end)))
        .or_else(|| clock_range(c, &["to", "until", "till", "-"]))
        .or_else(|| clock_in(c))
        .or_else(|| beyond_clock(c))
        .or_else(|| {
            let edge = c.skip("the");
            edge.is_any(&["end", "start", "beginning"])
                .then(|| day::edge_of(edge))?
        })
}

/// "by friday", "until 5", "by june 30", "by the end of the week", "by tonight", "by next week"
fn deadline(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some((part, end)) = c.past("the").and_then(part) {
        return Some((MentionKind::part(part), end));
    }
    if let Some(end) = c.past("lunch") {
        return Some((MentionKind::part(Part::Morning), end));
    }
    weekend(c)
        .or_else(|| slashed(c))
        .or_else(|| weekday::abbreviation(c))
        .or_else(|| holiday(c))
        .or_else(|| day::day_or_date(c))
        .or_else(|| clock_in(c))
        .or_else(|| season(c))
        .or_else(|| date::month_or_year(c))
}

/// "summer", "the summer", "next summer": its first day is not what anybody means.
fn season(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let named = c.past_any(&["the", "next", "this"]).unwrap_or(c);
    (sense(named.norm()) == Some(Sense::Season)).then(|| (MentionKind::VAGUE, named.next()))
}

/// "for tomorrow", "for eleven am", "for an hour"
fn for_(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(next) = c.past("the").filter(|next| next.is("next")) {
        let (_, end) = super::length::length(next.next())?;
        return Some((MentionKind::VAGUE, end));
    }
    if let Some(Sense::Weekdays(_) | Sense::Weekends | Sense::Workdays) = sense(c.norm()) {
        return recurrence::plural(c);
    }
    if sense(c.norm()) == Some(Sense::Every) {
        return recurrence::every(c.next());
    }
    weekend(c)
        .or_else(|| day::day_or_date(c))
        .or_else(|| sure_clock(c))
        .or_else(|| offset::duration(c))
}

/// "in two hours", "in the morning", "in march", "in 2027"
fn in_(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some((part, end)) = c.past("the").and_then(part) {
        return Some((MentionKind::part(part), end));
    }
    if let Some(end) = half_of_span(c) {
        return Some((MentionKind::VAGUE, end));
    }
    if let Some(end) = c.past("advance") {
        return Some((MentionKind::LEAD, end));
    }
    if let Some(end) = c
        .past("a")
        .and_then(|a| a.past_any(&["bit", "while", "moment"]))
    {
        return Some((MentionKind::VAGUE, end));
    }
    if let Some(month) = c
        .past_any(&["early", "late", "mid"])
        .filter(|month| matches!(sense(month.norm()), Some(Sense::Month(_))))
    {
        return Some((MentionKind::VAGUE, month.next()));
    }
    offset::after_in(c)
        .or_else(|| season(c))
        .or_else(|| date::month_or_year(c))
}

/// "from 8 to 12", "from monday to friday", "from tomorrow", "from now on"
fn from(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(end) = c.past("now") {
        return Some((MentionKind::Day(Day::FromToday(0)), end.skip("on")));
    }
    day_range(c, &["to", "until", "till", "through", "thru"])
        .or_else(|| clock_range(c, &["to", "until", "till", "til", "-"]))
        .or_else(|| day::day_or_date(c))
        .or_else(|| sure_clock(c))
}

/// "march 5 to march 7", "the 5th to the 8th of july"
fn day_range<'t>(c: Cursor<'t>, joints: &[&str]) -> Found<'t, MentionKind> {
    let first = |c: Cursor<'t>| {
        let the = c.skip("the");
        let number = crate::languages::en::numbers::ordinal(the.tokens(), the.at());
        number.map(|(_, len)| the.step(len))
    };
    let joint = day::day_or_date(c)
        .map(|(_, joint)| joint)
        .filter(|joint| joint.is_any(joints))
        .or_else(|| first(c))?;
    let (_, end) = day::day_or_date(joint.past_any(joints)?)?;
    Some((MentionKind::DAY_RANGE, end))
}

/// "8 to 12", "8 to 10 pm"
pub(super) fn clock_range<'t>(c: Cursor<'t>, joints: &[&str]) -> Found<'t, MentionKind> {
    let (first, joint) = clock::plain(c)?;
    let last_at = joint.past_any(joints)?;
    let (last, end) = clock::reading(last_at)?;
    if last.certainty == Certainty::Bare && counts(end) {
        return None;
    }
    if first.clock.is_none() || last.clock.is_none() {
        return Some((MentionKind::Impossible, end));
    }
    Some((MentionKind::RANGE, end))
}

/// "after lunch", "after six", "after work"
fn after(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(end) = c.past_any(&["lunch", "noon", "midday"]) {
        return Some((MentionKind::part(Part::Afternoon), end));
    }
    if let Some(end) = holiday(c).map(|(_, end)| end) {
        return Some((MentionKind::VAGUE, end));
    }
    // The day itself is not meant, and how much later is not said.
    clock_in(c)
        .or_else(|| day::day_or_date(c).map(|(_, end)| (MentionKind::VAGUE, end)))
        .or_else(|| daily_event(c))
}

/// "around five", "about 5pm", "around noon"
fn around(c: Cursor<'_>) -> Found<'_, MentionKind> {
    // "about" is mostly no time at all.
    if c.before().is_some_and(|token| token.is("about")) {
        sure_clock(c)
    } else {
        clock_in(c)
    }
}

/// "over the weekend", "during the morning"
fn over(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(end) = c.past("lunch") {
        return Some((MentionKind::part(Part::Afternoon), end));
    }
    weekend(c)
        .or_else(|| {
            c.past("the")
                .and_then(part)
                .map(|(part, end)| (MentionKind::part(part), end))
        })
        .or_else(|| daily_event(c))
}

fn part(c: Cursor<'_>) -> Found<'_, Part> {
    match sense(c.norm())? {
        Sense::Part(part) => Some((part, c.next())),
        _ => None,
    }
}

/// "at 25": no clock shows it, and nothing is there that it could count.
fn beyond_clock(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (hour, end) = clock::number(c).filter(|(hour, _)| *hour > 24)?;
    (hour < 60 && date::stands_alone(end)).then_some((MentionKind::Impossible, end))
}

/// A clock time after a preposition that calls for one; bare numbers only where they count nothing.
fn clock_in(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some((reading, end)) = clock::pointed(c) {
        return Some((clock_kind(reading), end));
    }
    let Some((reading, end)) = clock::reading(c) else {
        let (reading, end) = clock::run_together(c)?;
        return Some((clock_kind(reading), end));
    };
    if reading.certainty == Certainty::Bare {
        if counts(end) {
            return None;
        }
        // "at 5 or 6"
        let other = end.past("or").and_then(clock::reading);
        if let Some((_, end)) = other.filter(|(_, end)| !counts(*end)) {
            return Some((MentionKind::RANGE, end));
        }
    }
    Some((clock_kind(reading), end))
}

/// A time whose form leaves no doubt, or a range with one.
pub(super) fn sure_clock(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some((reading, end)) = clock::beside_hour(c) {
        return Some((clock_kind(reading), end));
    }
    let (reading, end) = clock::reading(c)?;
    let last = end
        .past_any(&["to", "-", "until", "till"])
        .and_then(clock::reading);
    let sure = |certainty| certainty == Certainty::Sure;
    if sure(reading.certainty) || last.is_some_and(|(last, _)| sure(last.certainty)) {
        return clock_range(c, &["to", "-", "until", "till"])
            .or(sure(reading.certainty).then(|| (clock_kind(reading), end)));
    }
    None
}
