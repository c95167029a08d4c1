//! Russian expressions of time.
//!
//! The first word decides which rules are tried; a word without a role costs one look-up.

mod clock;
mod correction;
mod counted;
mod date;
mod day;
mod event;
mod forms;
mod length;
mod offset;
mod prepositions;
mod recurrence;
mod senses;
mod weekday;

use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Day, Every, Mention, MentionKind, Part, Recurrence, WeekdaySet};
use crate::time::numeric;
use crate::token::{Token, TokenKind};
use clock::Certainty;
pub(crate) use correction::SETTLING;
use correction::clock_anew;
pub(crate) use senses::repaired;
use senses::{Sense, sense};

/// The mention that begins at `at`, if one does.
pub(crate) fn mention_at(
    tokens: &[Token],
    at: usize,
    previous: Option<&Mention>,
) -> Option<Mention> {
    let token = tokens.get(at)?;
    let c = Cursor::new(tokens, at);
    if congratulates(c) {
        return None;
    }
    let beside_day = previous.is_some_and(|previous| {
        previous.range.end == at && matches!(previous.kind, MentionKind::Day(_))
    });
    let (kind, end) = match token.kind {
        TokenKind::Word => match first_sense(&token.norm)? {
            Sense::PartNoun(part) => part_after_day(c, part, previous)?,
            first => by_first_word(c, first, beside_day)
                .or_else(|| (first == Sense::Number).then(|| clock_anew(c, previous))?)?,
        },
        TokenKind::Number => asked_clock(c, beside_day)
            .or_else(|| numbered(c))
            .or_else(|| clock_anew(c, previous))?,
        TokenKind::Symbol => return None,
    };
    (!end.runs_on()).then(|| Mention {
        range: at..end.at(),
        kind,
    })
}

/// «поздравить маму с 8 марта», «поздравь всех с новым годом»: what one is congratulated on is no time.
fn congratulates(c: Cursor<'_>) -> bool {
    const FARTHEST: usize = 4;
    let with = if c.is_any(&["с", "со"]) {
        c.at()
    } else {
        match c.before() {
            Some(token) if matches!(token.norm.as_str(), "с" | "со") => c.at() - 1,
            _ => return false,
        }
    };
    let before = c.tokens().get(with.saturating_sub(FARTHEST)..with);
    before
        .into_iter()
        .flatten()
        .any(|token| token.norm.starts_with("поздрав"))
}

/// «пн-пт» is in no table.
fn first_sense(norm: &str) -> Option<Sense> {
    sense(norm).or_else(|| {
        let (first, last) = norm.split_once('-')?;
        match (sense(first)?, sense(last)?) {
            (
                Sense::WeekdayAbbreviation(first) | Sense::Weekday(first),
                Sense::WeekdayAbbreviation(last) | Sense::Weekday(last),
            ) => Some(Sense::NamedDays(WeekdaySet::range(first, last))),
            _ => None,
        }
    })
}

fn by_first_word(c: Cursor<'_>, first: Sense, beside_day: bool) -> Found<'_, MentionKind> {
    match first {
        Sense::Preposition(preposition) => prepositions::phrase(c.next(), preposition)
            .or_else(|| event::event(c.next(), preposition).filter(|_| beside_day)),
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
        Sense::Often(every) => recurrence::often(c, every),
        Sense::WeekdayAbbreviation(_) => {
            weekday::abbreviation(c).filter(|(_, end)| weekday::asks_for_day(c, *end))
        }
        Sense::NamedDays(set) => {
            let every = Every::DaysOfWeek(set);
            let recurrence = Recurrence { every, part: None };
            Some((MentionKind::Recurrence(recurrence), c.next()))
        }
        // «напомни летом …», «осенью перебрать …», but not «зимой холодно»
        Sense::Season if c.is_any(&["летом", "осенью", "зимой", "весной"]) => {
            let asked = is_asked(c) || counted::is_infinitive(c.next().norm());
            asked.then(|| (MentionKind::VAGUE, c.next()))
        }
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
        Sense::Final if c.is("последнего") => day::day(c),
        Sense::Final
        | Sense::Weekday(_)
        | Sense::Weekdays(_)
        | Sense::Season
        | Sense::Holiday
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
            && !c.is_any(&["раз", "раза", "и", "или"])
    })
}

/// Right behind the order to remind.
pub(crate) fn is_asked(c: Cursor<'_>) -> bool {
    c.before()
        .is_some_and(|token| token.norm.starts_with("напомни"))
}

/// «напомни 8.40 …», «завтра 8.40», «напомни 6/30 …»
fn asked_clock(c: Cursor<'_>, beside_day: bool) -> Found<'_, MentionKind> {
    if is_asked(c)
        && let Some(found) = numeric::slashed(c)
    {
        return Some(found);
    }
    if is_asked(c)
        && let Some(found) = numeric::pointed(c)
    {
        return Some(found);
    }
    let (reading, end) = clock::pointed(c).filter(|_| is_asked(c) || beside_day)?;
    numeric::full(c)
        .is_none()
        .then(|| (prepositions::clock_kind(reading), end))
}

/// What begins with a number and no preposition.
fn numbered(c: Cursor<'_>) -> Found<'_, MentionKind> {
    offset::ago(c)
        .or_else(|| recurrence::times(c))
        .or_else(|| date::month_days(c))
        .or_else(|| date::date(c))
        .or_else(|| numeric::slashed_alone(c))
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

/// «днём», but not «с днём рождения», «с международным женским днём», «с добрым утром».
fn part_alone(c: Cursor<'_>, part: Part) -> Found<'_, MentionKind> {
    let greets = c.before().is_some_and(|token| {
        let norm = token.norm.as_str();
        matches!(norm, "с" | "со") || norm.ends_with("ым") || norm.ends_with("им")
    });
    if greets || c.next().is("рождения") {
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
    if c.is_any(&["срок", "дедлайн", "крайний"]) {
        return deadline(if c.is("крайний") {
            next.past("срок")?
        } else {
            next
        });
    }
    if c.is_any(&["самое", "максимум"]) {
        let bound = if c.is("самое") {
            next.past_any(&["позднее", "позже"])?
        } else {
            next
        };
        return prepositions::bound(bound);
    }
    // «каждый день кроме воскресенья»
    if c.is("кроме") {
        return day::day(next).map(|(_, end)| (MentionKind::VAGUE, end));
    }
    if c.is_any(&["чуть", "немного"]) {
        return (sense(next.norm())? == Sense::Vague).then(|| (MentionKind::VAGUE, next.next()));
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
        first @ Sense::Now => by_first_word(next, first, false),
        _ => None,
    }
}

/// After «срок» and «дедлайн»: «20 июня», «до пятницы», «: среда», «в пятницу».
pub(crate) fn deadline(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let c = c.skip(":").skip("-");
    match sense(c.norm()) {
        Some(Sense::Preposition(senses::Preposition::On)) | None if !c.is_number() => None,
        _ => prepositions::bound(c),
    }
}

/// «попозже»; «потом» only at the end, elsewhere it is "then".
fn vague(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if c.is("потом") && c.next().token().is_some() {
        return None;
    }
    Some((MentionKind::VAGUE, c.next()))
}
