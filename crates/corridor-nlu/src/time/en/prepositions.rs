//! Times after an English preposition, which decides what the words after it can be.

use super::clock::{self, Certainty, Reading, counts};
use super::date;
use super::day;
use super::offset;
use super::recurrence;
use super::senses::{Preposition, Sense, sense};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Day, MentionKind, Part, Weekend};
use crate::time::numeric::{self, Order};

/// The time that stands at `c`, right after the preposition.
pub(super) fn phrase(c: Cursor<'_>, preposition: Preposition) -> Found<'_, MentionKind> {
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

fn abbreviation(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match sense(c.norm())? {
        Sense::WeekdayAbbreviation(weekday) => {
            Some((MentionKind::Day(Day::Weekday(weekday)), c.next().skip(".")))
        }
        _ => None,
    }
}

fn slashed(c: Cursor<'_>) -> Found<'_, MentionKind> {
    numeric::slashed(c, Order::MonthFirst)
}

fn weekend(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = c.skip("the").past("weekend")?;
    Some((MentionKind::Day(Day::Weekend(Weekend::Coming)), end))
}

/// "on friday", "on the 23rd", "on sundays", "on march 5", "on the weekend"
fn on(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(found) = weekend(c)
        .or_else(|| slashed(c))
        .or_else(|| abbreviation(c))
        .or_else(|| day::holiday(c))
    {
        return Some(found);
    }
    match sense(c.norm()) {
        Some(Sense::Every) => recurrence::every(c.next()),
        Some(Sense::Weekdays(_) | Sense::Weekends | Sense::Workdays) => recurrence::plural(c),
        Some(Sense::Weekday(_)) => recurrence::plural(c).or_else(|| day::day(c)),
        _ => day::day_or_date(c),
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
        return Some((MentionKind::VAGUE, end));
    }
    weekend(c)
        .or_else(|| hours_only(c))
        .or_else(|| clock::beside_hour(c).map(|(reading, end)| (clock_kind(reading), end)))
        .or_else(|| clock_range(c, &["to", "until", "till", "-"]))
        .or_else(|| clock_in(c))
        .or_else(|| {
            let edge = c.skip("the");
            edge.is_any(&["end", "start", "beginning"])
                .then(|| day::edge_of(edge))?
        })
}

/// "at 1430"
fn hours_only(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (hour, minute) = c
        .norm()
        .split_at_checked(2)
        .filter(|(_, minute)| minute.len() == 2 && c.is_number())?;
    let clock = crate::time::mention::Clock::exact(hour.parse().ok()?, minute.parse().ok()?)?;
    (!counts(c.next()) && clock::reading(c).is_none())
        .then_some((MentionKind::Clock(clock), c.next()))
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
        .or_else(|| abbreviation(c))
        .or_else(|| day::holiday(c))
        .or_else(|| day::day_or_date(c))
        .or_else(|| clock_in(c))
        .or_else(|| date::month_or_year(c))
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
    if let Some(end) = c.past("advance") {
        return Some((MentionKind::LEAD, end));
    }
    if let Some(end) = c
        .past("a")
        .and_then(|a| a.past_any(&["bit", "while", "moment"]))
    {
        return Some((MentionKind::VAGUE, end));
    }
    offset::after_in(c).or_else(|| date::month_or_year(c))
}

/// "from 8 to 12", "from monday to friday", "from tomorrow", "from now on"
fn from(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(end) = c.past("now") {
        return Some((MentionKind::Day(Day::FromToday(0)), end.skip("on")));
    }
    day_range(c, &["to", "until", "till", "through", "thru"])
        .or_else(|| day::day_or_date(c))
        .or_else(|| clock_range(c, &["to", "until", "till", "til", "-"]))
        .or_else(|| sure_clock(c))
}

/// "march 5 to march 7": the beginning counts.
fn day_range<'t>(c: Cursor<'t>, joints: &[&str]) -> Found<'t, MentionKind> {
    let (first, joint) = day::day_or_date(c)?;
    let (_, end) = day::day_or_date(joint.past_any(joints)?)?;
    Some((first, end))
}

/// "8 to 12", "8 to 10 pm": the beginning counts, in the half of the day said with the end where that makes a range.
pub(super) fn clock_range<'t>(c: Cursor<'t>, joints: &[&str]) -> Found<'t, MentionKind> {
    let (first, joint) = clock::plain(c)?;
    let last_at = joint.past_any(joints)?;
    let (last, end) = clock::reading(last_at)?;
    if last.certainty == Certainty::Bare && counts(end) {
        return None;
    }
    let (Some(first), Some(last)) = (first.clock, last.clock) else {
        return Some((MentionKind::Impossible, end));
    };
    // "8 to 22" tells both by the twenty-four-hour face.
    Some((
        MentionKind::Clock(if clock::is_past_twelve(last_at) {
            first.usual()
        } else {
            first.before(last)
        }),
        end,
    ))
}

/// "after lunch", "after six", "after work"
fn after(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(end) = c.past_any(&["lunch", "noon", "midday"]) {
        return Some((MentionKind::part(Part::Afternoon), end));
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
    weekend(c).or_else(|| {
        c.past("the")
            .and_then(part)
            .map(|(part, end)| (MentionKind::part(part), end))
    })
}

/// What happens every day at a time of the household's own.
fn daily_event(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = c.past_any(&[
        "work",
        "school",
        "dinner",
        "breakfast",
        "supper",
        "bed",
        "bedtime",
        "class",
        "classes",
        "dark",
        "dusk",
        "sunset",
        "sunrise",
    ])?;
    Some((MentionKind::VAGUE, end))
}

fn part(c: Cursor<'_>) -> Found<'_, Part> {
    match sense(c.norm())? {
        Sense::Part(part) => Some((part, c.next())),
        _ => None,
    }
}

/// A clock time after a preposition that calls for one; bare numbers only where they count nothing.
fn clock_in(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (reading, end) = clock::reading(c)?;
    if reading.certainty == Certainty::Bare && counts(end) {
        return None;
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
