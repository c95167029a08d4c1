//! Times counted from now or back from an event: «через два часа», «5 минут назад», «за час до».

use super::clock::{self, Certainty};
use super::length::{Length, amount, length, unit};
use super::senses::{Preposition, Sense, sense};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Day, MentionKind, Offset, Part};

/// After «через» and «спустя».
pub(super) fn through(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(end) = c
        .past_any(&["некоторое", "какое-то"])
        .and_then(|c| c.past("время"))
    {
        return Some((MentionKind::VAGUE, end));
    }
    let c = c
        .past_any(&[
            "примерно",
            "где-то",
            "приблизительно",
            "каких-то",
            "каждые",
            "ровно",
        ])
        .unwrap_or(c);
    if let Some(found) = weekdays_ahead(c) {
        return Some(found);
    }
    let (length, end) = length(c)?;
    Some((from_now(length), end))
}

/// «два понедельника», «три пятницы»: the last of them, counted from now.
fn weekdays_ahead(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (count, after) = amount(c)?;
    let count = i32::try_from(count.as_integer()?)
        .ok()
        .filter(|count| (1..=99).contains(count))?;
    match sense(after.norm())? {
        Sense::Weekday(weekday) | Sense::Weekdays(weekday) => {
            let day = Day::WeekdayLater(weekday, count - 1);
            Some((MentionKind::Day(day), after.next()))
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

/// «часа через два», «минут через десять»
pub(super) fn inverted(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (unit, after) = unit(c)?;
    if sense(after.norm()) != Some(Sense::Preposition(Preposition::Through)) {
        return None;
    }
    let (amount, end) = amount(after.next())?;
    Some((MentionKind::Offset(Offset::new(amount, unit)), end))
}

/// «5 минут назад», «год тому назад», «неделю спустя»
pub(super) fn ago(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (length, after) = length(c)?;
    if let Some(end) = after.past("спустя") {
        return Some((from_now(length), end));
    }
    let end = after.skip("тому").past("назад")?;
    Some((MentionKind::Past, end))
}

/// After «в»: «течение двух часов», «течение дня»
pub(super) fn in_the_course(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let span = c.past_any(&["течение", "течении"])?;
    if span.is("дня") && !span.next().is_any(&["рождения", "рождений"]) {
        return Some((MentionKind::part(Part::Evening), span.next()));
    }
    let (length, end) = length(span)?;
    Some((from_now(length), end))
}

/// More leads than anybody says in a row bound the work on hostile text.
const MOST_LEADS: usize = 4;

/// After «за»: «час до», «два часа до ее начала», «три два и один час», «неделю».
pub(super) fn lead(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let mut last = c;
    // Several leads in a row share their unit: «за три, два и один час».
    for _ in 0..MOST_LEADS {
        let Some((_, after)) = amount(last) else {
            break;
        };
        let next = after.skip(",").skip("и");
        if unit(after).is_some() || amount(next).is_none() {
            break;
        }
        last = next;
    }
    let (length, after) = length(last)?;
    let long = matches!(length, Length::Known(offset) if offset.months > 0);
    match after.past("до") {
        Some(event) => {
            Some(before_clock(length, event).unwrap_or((MentionKind::LEAD, pronoun_event(event))))
        }
        // «заплатить за месяц» says what is paid for.
        None if long => None,
        None => Some((MentionKind::LEAD, after.skip("заранее"))),
    }
}

/// After «за 10 минут до»: a clock time, which tells the moment.
fn before_clock(length: Length, c: Cursor<'_>) -> Found<'_, MentionKind> {
    let Length::Known(offset) = length else {
        return None;
    };
    let (reading, end) = clock::reading(c).filter(|(reading, _)| {
        !matches!(reading.certainty, Certainty::Bare(_) | Certainty::Days)
    })?;
    let whole = offset.months == 0 && offset.days == 0;
    let clock = reading
        .clock?
        .earlier(i32::try_from(offset.seconds / 60).ok()?)
        .filter(|_| whole)?;
    Some((MentionKind::Clock(clock), end))
}

/// After «до»: the event where no noun names it («до него», «до ее начала», «до того как»), else nothing.
fn pronoun_event(c: Cursor<'_>) -> Cursor<'_> {
    if let Some(end) = c.past_any(&["него", "нее", "них", "этого"]) {
        return end;
    }
    if let Some(end) = c
        .past_all(&["того", "как"])
        .or_else(|| c.past_all(&["того", ",", "как"]))
    {
        return end;
    }
    let owned = c
        .past_any(&["ее", "его", "их", "назначенного"])
        .unwrap_or(c);
    owned.past_any(&["начала", "времени", "срока"]).unwrap_or(c)
}

/// «накануне вечером», «заранее»
pub(super) fn ahead(c: Cursor<'_>) -> (MentionKind, Cursor<'_>) {
    let after = c.next();
    let end = if matches!(sense(after.norm()), Some(Sense::PartAdverb(_))) {
        after.next()
    } else {
        after
    };
    (MentionKind::LEAD, end)
}

/// After «на»: «час», «пятнадцать минут»
pub(super) fn duration(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (length, end) = length(c)?;
    let kind = match length {
        Length::Known(offset) => MentionKind::Duration(offset),
        Length::Vague => MentionKind::VAGUE,
    };
    Some((kind, end))
}
