//! English expressions of time.
//!
//! The first word decides which rules are tried; a word without a role costs one look-up.

mod clock;
mod correction;
mod date;
mod day;
mod event;
mod holiday;
mod length;
mod names;
mod offset;
mod prepositions;
mod recurrence;
mod senses;
mod weekday;

use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Day, Every, Mention, MentionKind, Part, Recurrence, WeekdaySet};
use crate::time::numeric;
use crate::token::{Token, TokenKind};
pub(crate) use correction::SETTLING;
use correction::clock_anew;
pub(crate) use senses::repaired;
use senses::{Preposition, Sense, sense};

/// The mention that begins at `at`, if one does. `previous` is the one found before it.
pub(crate) fn mention_at(
    tokens: &[Token],
    at: usize,
    previous: Option<&Mention>,
) -> Option<Mention> {
    let token = tokens.get(at)?;
    let c = Cursor::new(tokens, at);
    let adjacent = previous.filter(|previous| previous.range.end == at);
    let (kind, end) = match token.kind {
        // "b4 friday"
        TokenKind::Word if token.is("b") && c.next().is("4") && c.next().is_glued() => {
            prepositions::phrase(c.step(2), Preposition::Before)?
        }
        TokenKind::Word => {
            let first = first_sense(&token.norm)?;
            by_first_word(c, first, adjacent)
                .or_else(|| (first == Sense::Number).then(|| clock_anew(c, previous))?)?
        }
        TokenKind::Number => misspelt_number(c)
            .or_else(|| clock_beside_day(c, adjacent))
            .or_else(|| numbered(c))
            .or_else(|| clock_anew(c, previous))?,
        TokenKind::Symbol if token.is("@") => prepositions::phrase(c.next(), Preposition::At)?,
        TokenKind::Symbol => return None,
    };
    (!end.runs_on()).then(|| Mention {
        range: at..end.at(),
        kind,
    })
}

/// Hyphenated numbers ("twenty-five") are in no table, nor is "mon-fri".
fn first_sense(norm: &str) -> Option<Sense> {
    sense(norm).or_else(|| {
        let (first, last) = norm.split_once('-')?;
        match (sense(first)?, sense(last)) {
            (Sense::Number, _) => Some(Sense::Number),
            (
                Sense::WeekdayAbbreviation(first) | Sense::Weekday(first),
                Some(Sense::WeekdayAbbreviation(last) | Sense::Weekday(last)),
            ) => Some(Sense::DaysOfWeek(WeekdaySet::range(first, last))),
            _ => None,
        }
    })
}

/// "2moro", "2nite": the digit is read as a number of its own.
fn misspelt_number(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let rest = c.next();
    if !c.is("2") || !rest.is_glued() {
        return None;
    }
    let kind = match rest.norm() {
        "day" => MentionKind::Day(Day::FromToday(0)),
        "moro" | "morow" | "morrow" | "mrw" | "moz" => MentionKind::Day(Day::FromToday(1)),
        "nite" | "night" => MentionKind::Part {
            part: Part::Night,
            day: Some(Day::FromToday(0)),
        },
        _ => return None,
    };
    Some((kind, rest.next()))
}

/// "[friday] 8.40", "[sat] 7": a number right behind a day, with nothing behind it that it could count.
fn clock_beside_day<'t>(c: Cursor<'t>, adjacent: Option<&Mention>) -> Found<'t, MentionKind> {
    let asked = c
        .before()
        .is_some_and(|token| matches!(token.norm.as_str(), "me" | "us"));
    if asked && let Some(found) = numeric::slashed(c) {
        return Some(found);
    }
    if adjacent.is_some_and(|adjacent| matches!(adjacent.kind, MentionKind::Day(_))) || asked {
        let pointed = clock::pointed(c).filter(|_| numeric::full(c).is_none());
        if let Some((reading, end)) = pointed {
            return Some((prepositions::clock_kind(reading), end));
        }
    }
    let MentionKind::Day(day) = adjacent?.kind else {
        return None;
    };
    let named = matches!(
        day,
        Day::Weekday(_) | Day::ThisWeekday(_) | Day::WeekdayOfWeek(..) | Day::FromToday(_)
    );
    let (reading, end) = clock::reading(c).filter(|_| named)?;
    // "friday 13" is a date that no month is said of.
    let hour = reading.clock.is_some_and(|clock| clock.hour() <= 12);
    (hour && date::stands_alone(end)).then(|| (prepositions::clock_kind(reading), end))
}

fn by_first_word<'t>(
    c: Cursor<'t>,
    first: Sense,
    adjacent: Option<&Mention>,
) -> Found<'t, MentionKind> {
    match first {
        Sense::Preposition(preposition) => {
            prepositions::phrase(c.next(), preposition).or_else(|| {
                let beside = matches!(preposition, Preposition::After | Preposition::Before);
                let beside = beside && matches!(adjacent?.kind, MentionKind::Day(_));
                beside.then(|| event::event(c.next()))?
            })
        }
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
        Sense::Weekday(_) => recurrence::plural(c)
            .or_else(|| day::day(c).filter(|(_, end)| !names::names_something(c, *end))),
        Sense::DaysOfWeek(set) => {
            let every = Every::DaysOfWeek(set);
            let recurrence = Recurrence { every, part: None };
            Some((MentionKind::Recurrence(recurrence), c.next()))
        }
        Sense::Weekdays(weekday) => plural_or_possessive(c, weekday),
        Sense::WeekdayAbbreviation(weekday) => weekday::short_weekday(c, weekday),
        Sense::Weekends | Sense::Workdays | Sense::Workday => recurrence::plural(c),
        Sense::Month(_) => date::date(c),
        Sense::Part(part) => part_after_day(c, part, adjacent),
        Sense::Noon | Sense::Midnight => prepositions::sure_clock(c),
        Sense::Unit(_) => day::day(c).or_else(|| offset::week_on(c)),
        Sense::Every => recurrence::every(c.next()),
        Sense::Often(every, part) => recurrence::adverb(c, every, part),
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
        Sense::Article => offset::anchored(c)
            .or_else(|| prepositions::sure_clock(c))
            .or_else(|| {
                let later = c.next().past_any(&["bit", "little"])?.past("later")?;
                Some((MentionKind::VAGUE, later))
            }),
        Sense::Number => numbered(c),
        Sense::Parts(_) | Sense::Weekend | Sense::Holiday(..) | Sense::Season | Sense::Governed => {
            None
        }
    }
}

/// What begins with a number and no preposition.
fn numbered(c: Cursor<'_>) -> Found<'_, MentionKind> {
    offset::anchored(c)
        .or_else(|| recurrence::times(c))
        .or_else(|| date::month_days(c))
        .or_else(|| date::date(c))
        .or_else(|| numeric::slashed_alone(c))
        .or_else(|| prepositions::sure_clock(c).filter(|(_, end)| !names::is_tea(c, *end)))
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
                && matches!(sense(&next.norm), None | Some(Sense::Governed))
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

/// "tomorrow [morning]", "friday [night]": by itself the word is no time ("good morning").
fn part_after_day<'t>(
    c: Cursor<'t>,
    part: Part,
    adjacent: Option<&Mention>,
) -> Found<'t, MentionKind> {
    matches!(adjacent?.kind, MentionKind::Day(_)).then(|| (MentionKind::part(part), c.next()))
}

/// After "due" and "deadline": "friday", "by june 3rd 9am", "on the 5th", ": tomorrow".
fn due(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let c = c.skip("date").skip("is").skip(":").skip("-");
    match sense(c.norm()) {
        Some(Sense::Preposition(
            preposition @ (Preposition::By
            | Preposition::On
            | Preposition::At
            | Preposition::In
            | Preposition::Before),
        )) => prepositions::phrase(c.next(), preposition),
        Some(Sense::Later | Sense::Vague) => None,
        // "due 5 books" counts, "due 5pm" does not.
        _ if c.is_number() || sense(c.norm()) == Some(Sense::Number) => numbered(c),
        _ => prepositions::phrase(c, Preposition::By),
    }
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
        "middle" | "mid" => return day::day(c),
        "early" | "late" if matches!(sense(next.norm()), Some(Sense::Month(_))) => {
            return Some((MentionKind::VAGUE, next.next()));
        }
        "due" | "deadline" => return due(next),
        "all" => {
            return next
                .past_any(&["week", "month", "summer"])
                .map(|end| (MentionKind::VAGUE, end));
        }
        // "every day except sunday"
        "except" => {
            let day = next.past_any(&["on", "for"]).unwrap_or(next);
            return recurrence::plural(day)
                .or_else(|| day::day(day))
                .map(|(_, end)| (MentionKind::VAGUE, end));
        }
        "as" => {
            let end = next
                .past_all(&["soon", "as", "possible"])
                .or_else(|| next.past_all(&["soon", "as", "you", "can"]))?;
            return Some((MentionKind::VAGUE, end));
        }
        "no" => {
            let bound = next
                .past_all(&["later", "than"])
                .or_else(|| next.past_all(&["earlier", "than"]))?;
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
        "right" | "straight" | "shortly" if next.is_any(&["after", "before"]) => {
            let preposition = if next.is("after") {
                Preposition::After
            } else {
                Preposition::Before
            };
            return prepositions::phrase(next.next(), preposition);
        }
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
                | Sense::WeekdayAbbreviation(_)
                | Sense::Next
                | Sense::Preposition(
                    Preposition::On | Preposition::At | Preposition::By | Preposition::In
                )
        )
    })?;
    by_first_word(whole, first, None)
}
