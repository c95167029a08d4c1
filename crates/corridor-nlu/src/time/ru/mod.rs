//! Russian expressions of time.
//!
//! The first word decides which rules are tried; a word without a role costs one look-up.

mod clock;
mod counted;
mod date;
mod day;
mod forms;
mod length;
mod offset;
mod prepositions;
mod recurrence;
mod senses;

use super::cursor::{Cursor, Found};
use super::mention::{Day, Mention, MentionKind, Part};
use crate::token::{Token, TokenKind};
use clock::Certainty;
use senses::{Sense, sense};

/// The mention that begins at `at`, if one does.
pub(super) fn mention_at(
    tokens: &[Token],
    at: usize,
    previous: Option<&Mention>,
) -> Option<Mention> {
    let token = tokens.get(at)?;
    let c = Cursor::new(tokens, at);
    let (kind, end) = match token.kind {
        TokenKind::Word => match sense(&token.norm)? {
            Sense::PartNoun(part) => part_after_day(c, part, previous)?,
            first => by_first_word(c, first)?,
        },
        TokenKind::Number => numbered(c)?,
        TokenKind::Symbol => return None,
    };
    Some(Mention {
        range: at..end.at(),
        kind,
    })
}

fn by_first_word(c: Cursor<'_>, first: Sense) -> Found<'_, MentionKind> {
    match first {
        Sense::Preposition(preposition) => prepositions::phrase(c.next(), preposition),
        Sense::About => about(c),
        Sense::Day(_)
        | Sense::PastDay
        | Sense::DayAdjective(_)
        | Sense::This
        | Sense::Next
        | Sense::Coming
        | Sense::Last => day::day(c).map(|(kind, end)| (kind, end.skip("же"))),
        Sense::Weekday(_) if !c.is_any(&["среде", "среды", "средой"]) => {
            day::day(c)
        }
        Sense::PartAdverb(part) => part_alone(c, part),
        Sense::Every => recurrence::every(c.next()),
        Sense::Often(every) => Some(recurrence::often(c, every)),
        Sense::Times => recurrence::times(c),
        Sense::Noon | Sense::Midnight | Sense::HalfPast(_) | Sense::Without => sure_clock(c),
        Sense::Unit(_) => offset::inverted(c)
            .or_else(|| offset::ago(c))
            .or_else(|| approximate_clock(c))
            .or_else(|| sure_clock(c)),
        Sense::HalfUnit(_) => offset::ago(c),
        Sense::Number if counts_no_time(c.next()) => None,
        Sense::Number => numbered(c),
        Sense::Ahead => Some(offset::ahead(c)),
        Sense::Vague => vague(c),
        Sense::Now => Some((
            MentionKind::Day(Day::FromToday(0)),
            c.past_any(&["немедленно"])
                .unwrap_or_else(|| c.next().skip("же")),
        )),
        Sense::Final
        | Sense::Weekday(_)
        | Sense::Weekdays(_)
        | Sense::WeekdayAbbreviation(_)
        | Sense::Month(_)
        | Sense::PartNoun(_)
        | Sense::Parts(_)
        | Sense::Weekend
        | Sense::DaysOfWeek(_)
        | Sense::WorkdayAdjective
        | Sense::Edge(_)
        | Sense::DayNumber
        | Sense::Governed => None,
    }
}

/// Whether the word after a number says that the number is no time: most numbers count things. A look-up spares all the rules.
fn counts_no_time(c: Cursor<'_>) -> bool {
    c.token().is_some_and(|token| {
        token.kind == TokenKind::Word
            && sense(&token.norm).is_none()
            && !token.norm.as_bytes().contains(&b'-')
            && !c.is_any(&["раз", "раза"])
    })
}

/// What begins with a number and no preposition.
fn numbered(c: Cursor<'_>) -> Found<'_, MentionKind> {
    offset::ago(c)
        .or_else(|| recurrence::times(c))
        .or_else(|| date::date(c))
        .or_else(|| sure_clock(c))
}

/// A time whose form leaves no doubt.
fn sure_clock(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (reading, end) =
        clock::reading(c).filter(|(reading, _)| reading.certainty == Certainty::Sure)?;
    Some((prepositions::clock_kind(reading), end))
}

/// «часов в шесть», «часа в три»
fn approximate_clock(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let hours = c.is_any(&["часов", "часа", "часам", "часиков"]);
    let Some(Sense::Preposition(preposition)) = sense(c.next().norm()).filter(|_| hours) else {
        return None;
    };
    prepositions::phrase(c.step(2), preposition)
        .filter(|(kind, _)| matches!(kind, MentionKind::Clock(_)))
}

/// «[завтра] вечер», «[на пятницу] утро»: by itself the noun is no time.
fn part_after_day<'t>(
    c: Cursor<'t>,
    part: Part,
    previous: Option<&Mention>,
) -> Found<'t, MentionKind> {
    let after_day = previous
        .is_some_and(|day| day.range.end == c.at() && matches!(day.kind, MentionKind::Day(_)));
    after_day.then(|| (MentionKind::part(part), c.next()))
}

/// «днём», but not «с днём рождения».
fn part_alone(c: Cursor<'_>, part: Part) -> Found<'_, MentionKind> {
    if c.next().is("рождения") {
        return None;
    }
    // «утром 5 марта» and «вечером в пятницу» leave the day to its own mention.
    Some(day::part_of_weekday(part, c.next()))
}

/// «ровно в десять», «начиная с понедельника», «рано утром», «не позднее пятницы», «прямо сейчас»
fn about(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let next = c.next();
    if c.is("не") {
        let after = next.past_any(&["позднее", "позже", "раньше"])?;
        return prepositions::bound(after.skip("чем"));
    }
    if c.is("ближе") {
        return (sense(next.norm()) == Some(Sense::Preposition(senses::Preposition::To)))
            .then(|| prepositions::phrase(next.next(), senses::Preposition::To))?;
    }
    match sense(next.norm())? {
        Sense::Preposition(preposition) if !c.is_any(&["рано", "поздно", "прямо"]) => {
            prepositions::phrase(next.next(), preposition)
        }
        Sense::PartAdverb(part) if c.is_any(&["рано", "поздно"]) => {
            part_alone(next, part)
        }
        first @ Sense::Now => by_first_word(next, first),
        _ => None,
    }
}

/// «попозже»; «потом» only at the end, elsewhere it is "then".
fn vague(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if c.is("потом") && c.next().token().is_some() {
        return None;
    }
    Some((MentionKind::VAGUE, c.next()))
}
