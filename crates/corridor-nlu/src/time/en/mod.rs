//! English expressions of time.
//!
//! The first word decides which rules are tried; a word without a role costs one look-up.

mod clock;
mod date;
mod day;
mod length;
mod offset;
mod prepositions;
mod recurrence;
mod senses;

use super::cursor::{Cursor, Found};
use super::mention::{Day, Mention, MentionKind, Part};
use crate::token::{Token, TokenKind};
use senses::{Preposition, Sense, sense};

/// The mention that begins at `at`, if one does. `previous` is the one found before it.
pub(super) fn mention_at(
    tokens: &[Token],
    at: usize,
    previous: Option<&Mention>,
) -> Option<Mention> {
    let token = tokens.get(at)?;
    let c = Cursor::new(tokens, at);
    let (kind, end) = match token.kind {
        TokenKind::Word => by_first_word(
            c,
            first_sense(&token.norm)?,
            previous.filter(|previous| previous.range.end == at),
        )?,
        TokenKind::Number => numbered(c)?,
        TokenKind::Symbol if token.is("@") => prepositions::phrase(c.next(), Preposition::At)?,
        TokenKind::Symbol => return None,
    };
    Some(Mention {
        range: at..end.at(),
        kind,
    })
}

/// Hyphenated numbers ("twenty-five") are in no table.
fn first_sense(norm: &str) -> Option<Sense> {
    sense(norm).or_else(|| {
        let (first, _) = norm.split_once('-')?;
        sense(first).filter(|sense| *sense == Sense::Number)
    })
}

fn by_first_word<'t>(
    c: Cursor<'t>,
    first: Sense,
    adjacent: Option<&Mention>,
) -> Found<'t, MentionKind> {
    match first {
        Sense::Preposition(preposition) => prepositions::phrase(c.next(), preposition),
        Sense::Day(_)
        | Sense::PastDay
        | Sense::DayPossessive(_)
        | Sense::Tonight
        | Sense::TonightPossessive
        | Sense::WeekdayPossessive(_)
        | Sense::This
        | Sense::Coming
        | Sense::Next
        | Sense::Last
        | Sense::EndOfDay
        | Sense::EndOf(_) => day::day(c),
        Sense::Weekday(_) => recurrence::plural(c).or_else(|| day::day(c)),
        Sense::Weekdays(weekday) => plural_or_possessive(c, weekday),
        Sense::WeekdayAbbreviation(weekday) => abbreviation(c, weekday),
        Sense::Weekends | Sense::Workdays | Sense::Workday => recurrence::plural(c),
        Sense::Month(_) => date::date(c),
        Sense::Part(part) => part_after_day(c, part, adjacent),
        Sense::Noon | Sense::Midnight => prepositions::sure_clock(c),
        Sense::Unit(_) => day::day(c),
        Sense::Every => recurrence::every(c.next()),
        Sense::Often(every, part) => Some(recurrence::often(c, every, part)),
        Sense::Times => recurrence::times(c),
        Sense::Later => Some(later(c)),
        Sense::Vague => Some((MentionKind::VAGUE, c.next())),
        Sense::Ahead => Some((MentionKind::LEAD, c.next())),
        Sense::Now => Some((MentionKind::Day(Day::FromToday(0)), c.next())),
        Sense::About => about(c),
        Sense::The | Sense::Article if !prepositions::may_begin_time(c) => None,
        Sense::The => offset::eve(c.next())
            .or_else(|| offset::anchored(c))
            .or_else(|| day::day(c)),
        Sense::Article => offset::anchored(c).or_else(|| prepositions::sure_clock(c)),
        Sense::Number => numbered(c),
        Sense::Parts(_) | Sense::Weekend | Sense::Holiday(..) | Sense::Governed => None,
    }
}

/// What begins with a number and no preposition.
fn numbered(c: Cursor<'_>) -> Found<'_, MentionKind> {
    offset::anchored(c)
        .or_else(|| recurrence::times(c))
        .or_else(|| date::date(c))
        .or_else(|| prepositions::sure_clock(c))
}

/// "later", "later today"
fn later(c: Cursor<'_>) -> (MentionKind, Cursor<'_>) {
    let next = c.next();
    let named = match sense(next.norm()) {
        Some(Sense::Day(_) | Sense::Tonight | Sense::This | Sense::Next) => day::day(next),
        _ => None,
    };
    named.unwrap_or((MentionKind::VAGUE, next))
}

/// "mondays" recurs, but "mondays meeting" is monday's.
fn plural_or_possessive(c: Cursor<'_>, weekday: jiff::civil::Weekday) -> Found<'_, MentionKind> {
    let found = recurrence::plural(c)?;
    let (_, end) = found;
    let owns = end.at() == c.at() + 1
        && end.token().is_some_and(|next| {
            next.kind == TokenKind::Word
                && sense(&next.norm).is_none()
                && !matches!(
                    next.norm.as_str(),
                    "and" | "or" | "to" | "with" | "please" | "i"
                )
        });
    if owns {
        Some((MentionKind::DayAttribute(Day::Weekday(weekday)), end))
    } else {
        Some(found)
    }
}

/// "tues", "thurs" and "fri" by themselves; the others only before another time ("mon 5pm", "sat march 5").
fn abbreviation(c: Cursor<'_>, weekday: jiff::civil::Weekday) -> Found<'_, MentionKind> {
    let after = c.next().skip(".");
    let unmistakable = c.is_any(&["tues", "thurs", "thur", "fri"]);
    let time_follows = || {
        let next = after.skip(",");
        date::date(next).is_some()
            || prepositions::sure_clock(next).is_some()
            || matches!(sense(next.norm()), Some(Sense::Part(_)))
    };
    (unmistakable || time_follows()).then_some((MentionKind::Day(Day::Weekday(weekday)), after))
}

/// "tomorrow [morning]", "friday [night]": by itself the word is no time ("good morning").
fn part_after_day<'t>(
    c: Cursor<'t>,
    part: Part,
    adjacent: Option<&Mention>,
) -> Found<'t, MentionKind> {
    matches!(adjacent?.kind, MentionKind::Day(_)).then(|| (MentionKind::part(part), c.next()))
}

/// Words that belong to the time after them: "exactly at five", "late tonight", "first thing tomorrow", "right now", "no later than
/// friday", "as soon as possible", "due friday", "end of the week".
fn about(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let next = c.next();
    let follow = |c: Cursor<'_>, allowed: fn(Sense) -> bool| {
        let first = sense(c.norm()).filter(|sense| allowed(*sense));
        first.map(|first| (first, c.at()))
    };
    let whole = match c.norm() {
        "end" | "beginning" | "start" => {
            return day::edge_of(c).or_else(|| {
                if c.is("beginning") {
                    prepositions::phrase(next, Preposition::Starting)
                } else {
                    None
                }
            });
        }
        "as" => {
            let end = next
                .past_all(&["soon", "as", "possible"])
                .or_else(|| next.past_all(&["soon", "as", "you", "can"]))?;
            return Some((MentionKind::VAGUE, end));
        }
        "no" => {
            let bound = next.past_all(&["later", "than"])?;
            return match sense(bound.norm()) {
                Some(Sense::Preposition(preposition)) => {
                    prepositions::phrase(bound.next(), preposition)
                }
                _ => prepositions::phrase(bound, Preposition::By),
            };
        }
        "first" => match next.past("thing") {
            Some(thing) => thing,
            None => return numbered(c),
        },
        "right" => {
            return follow(next, |sense| sense == Sense::Now)
                .and_then(|(first, _)| by_first_word(next, first, None));
        }
        _ => next,
    };
    let (first, _) = follow(whole, |sense| {
        matches!(
            sense,
            Sense::Day(_)
                | Sense::Tonight
                | Sense::This
                | Sense::Weekday(_)
                | Sense::Next
                | Sense::Preposition(
                    Preposition::On | Preposition::At | Preposition::By | Preposition::In
                )
        )
    })?;
    by_first_word(whole, first, None)
}
