//! Times after a Russian preposition, which decides what the words after it can be.

use super::clock::{self, Certainty, Reading};
use super::counted::{Case, counts};
use super::date;
use super::day;
use super::event::{daily_event, half_of_span};
use super::offset;
use super::recurrence;
use super::senses::{Preposition, Sense, sense};
use super::weekday;
use crate::languages::ru::numbers::range_word;
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Every, Recurrence};
use crate::time::mention::{MentionKind, Part, WeekdaySet};
use crate::time::numeric;

/// The time that stands at `c`, right after the preposition.
pub(super) fn phrase(c: Cursor<'_>, preposition: Preposition) -> Found<'_, MentionKind> {
    // Most words after prepositions are no times: one look-up tells.
    if !c.is_number() {
        sense(c.norm()).or_else(|| hyphenated(c.norm()))?;
    }
    match governed(c, preposition)? {
        // «в сегодняшней почте»: the preposition belongs to the noun, «с завтрашнего» has none.
        (MentionKind::DayAttribute(day), end) => end
            .token()
            .is_none()
            .then_some((MentionKind::Day(day), end)),
        found => Some(found),
    }
}

fn governed(c: Cursor<'_>, preposition: Preposition) -> Found<'_, MentionKind> {
    let c = c
        .past_any(&["ровно", "примерно", "районе", "где-то"])
        .unwrap_or(c);
    match preposition {
        Preposition::In => into(c),
        Preposition::On => onto(c),
        Preposition::To => bound_in(c, Case::Dative),
        Preposition::Until => until(c),
        Preposition::From => from(c),
        Preposition::By => recurrence::by(c),
        Preposition::After => after(c),
        Preposition::Before => before(c),
        Preposition::Through => offset::through(c),
        Preposition::Within => offset::lead(c),
        Preposition::Around => clock_in(c, Case::Genitive).or_else(|| part_noun(c)),
        Preposition::Between => between(c),
    }
}

/// «два-три» begins a number, «час-два» a length.
fn hyphenated(norm: &str) -> Option<Sense> {
    let (first, _) = norm.split_once('-')?;
    range_word(norm)
        .map(|_| Sense::Number)
        .or_else(|| sense(first))
}

/// What a time becomes.
pub(super) fn clock_kind(reading: Reading) -> MentionKind {
    reading
        .clock
        .map_or(MentionKind::Impossible, MentionKind::Clock)
}

/// After «не позднее».
pub(super) fn bound(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match sense(c.norm()) {
        Some(Sense::Preposition(preposition)) => phrase(c.next(), preposition),
        _ => bound_in(c, Case::Genitive),
    }
}

/// «в среду», «в шесть», «в марте», «в обед», «в течение часа», «в начале месяца»
fn into(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if c.is_any(&["среде", "среды"]) {
        return None;
    }
    if let Some(Sense::WeekdayAbbreviation(_)) = sense(c.norm()) {
        return weekday::abbreviation(c);
    }
    if let Some(half) = c
        .past_any(&["первой", "второй"])
        .and_then(|half| half.past_all(&["половине", "дня"]))
    {
        let part = if c.is("первой") {
            Part::Morning
        } else {
            Part::Afternoon
        };
        return Some((MentionKind::part(part), half));
    }
    if let Some(end) = half_of_span(c) {
        return Some((MentionKind::VAGUE, end));
    }
    if let Some(end) = c.past("скором").and_then(|c| c.past("времени")) {
        return Some((MentionKind::VAGUE, end));
    }
    if let Some(end) = c.past("обед") {
        return Some((MentionKind::part(Part::Afternoon), end));
    }
    match sense(c.norm()) {
        Some(Sense::WorkdayAdjective | Sense::DaysOfWeek(_)) => return workdays(c),
        Some(Sense::Every) => return recurrence::every(c.next()),
        _ => {}
    }
    offset::in_the_course(c)
        .or_else(|| slashed(c))
        .or_else(|| day::month_or_year(c))
        .or_else(|| day::day(c))
        .or_else(|| clock_in(c, Case::Accusative))
        .or_else(|| date::date(c))
        .or_else(|| beyond_clock(c))
}

/// «в 26 полить»: no clock shows it, and nothing is there that it could count.
fn beyond_clock(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (_, end) = clock::number(c).filter(|(hour, _)| (25..60).contains(hour))?;
    date::stands_alone(end).then_some((MentionKind::Impossible, end))
}

/// «в будни», «в рабочие дни»
fn workdays(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = if c.is("будни") {
        c.next()
    } else {
        c.next().past_any(&["дни", "день"])?
    };
    let recurs = !end.before().is_some_and(|token| token.is("день"));
    recurs.then_some((
        MentionKind::Recurrence(Recurrence {
            every: Every::DaysOfWeek(WeekdaySet::WORKDAYS),
            part: None,
        }),
        end,
    ))
}

/// «на завтра», «на шесть вечера», «на следующей неделе», «на час»
fn onto(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(end) = c.past_any(&["днях", "рассвете", "закате"]) {
        return Some((MentionKind::VAGUE, end));
    }
    if let Some(end) = c.past("неделе").or_else(|| c.past_all(&["той", "неделе"])) {
        return Some((MentionKind::VAGUE, end));
    }
    match sense(c.norm()) {
        Some(Sense::Every) => return recurrence::every(c.next()),
        Some(Sense::WeekdayAbbreviation(_)) => return weekday::abbreviation(c),
        _ => {}
    }
    slashed(c)
        .or_else(|| numeric::pointed(c))
        .or_else(|| day::day_or_date(c))
        .or_else(|| part_noun(c))
        .or_else(|| clock_onto(c))
        .or_else(|| offset::duration(c))
        .or_else(|| day::month_or_year(c).filter(|(kind, _)| matches!(kind, MentionKind::Day(_))))
}

/// «на шесть вечера», «на три сегодня», «[на завтра] на три»: a number by itself only beside a day, as «на пять» mostly counts.
fn clock_onto(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let (reading, end) = clock::reading(c)?;
    match reading.certainty {
        Certainty::Sure => {}
        Certainty::Bare(number) if !counts(end, number, Case::Accusative) => {
            let day_before = c
                .at()
                .checked_sub(2)
                .and_then(|index| c.tokens().get(index))
                .is_some_and(|token| is_day(&token.norm));
            if !day_before && !is_day(end.norm()) {
                return None;
            }
        }
        Certainty::Bare(_) | Certainty::Hours | Certainty::Days => return None,
    }
    Some((clock_kind(reading), end))
}

fn is_day(norm: &str) -> bool {
    matches!(sense(norm), Some(Sense::Day(_) | Sense::Weekday(_)))
}

/// A deadline: «к шести», «до пятницы», «к вечеру», «до конца месяца», «к марту».
fn bound_in(c: Cursor<'_>, case: Case) -> Found<'_, MentionKind> {
    if let Some(Sense::WeekdayAbbreviation(_)) = sense(c.norm()) {
        return weekday::abbreviation(c);
    }
    slashed(c)
        .or_else(|| numeric::pointed(c))
        .or_else(|| day::day_or_date(c))
        .or_else(|| part_noun(c))
        .or_else(|| clock_in(c, case))
        .or_else(|| day::month_or_year(c))
}

fn until(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(end) = c.past("обеда") {
        return Some((MentionKind::part(Part::Morning), end));
    }
    bound_in(c, Case::Genitive).or_else(|| daily_event(c))
}

/// «с утра», «с понедельника», «с восьми до двенадцати», «с 5 по 8 марта», «с 9 утра»
fn from(c: Cursor<'_>) -> Found<'_, MentionKind> {
    // «с утра», but «с днём», «с добрым утром» greet.
    if let Some((part, end)) = part_noun(c) {
        return Some((part, end.skip("пораньше")));
    }
    if let Some(Sense::WeekdayAbbreviation(_)) = sense(c.norm()) {
        return weekday::abbreviation(c);
    }
    if let Some(end) = c.past("сроком") {
        return super::deadline(end);
    }
    date_range(c, &["по", "до"])
        .or_else(|| day::day_or_date(c))
        .or_else(|| day::month_or_year(c))
        .or_else(|| clock_range(c, &["до", "по", "-"]))
        .or_else(|| {
            // Without an end «с» is too often "with".
            let (reading, end) = clock::reading(c)?;
            matches!(reading.certainty, Certainty::Sure | Certainty::Hours)
                .then(|| (clock_kind(reading), end))
        })
}

/// «5 по 8 марта», «5 марта по 2 апреля», «завтра до пятницы»
fn date_range<'t>(c: Cursor<'t>, joints: &[&str]) -> Found<'t, MentionKind> {
    let dated = day::day_or_date(c).map(|(_, joint)| joint);
    let joint = match dated.filter(|joint| joint.is_any(joints)) {
        Some(joint) => joint,
        None => day_of_range(c)?.1,
    };
    let (kind, end) = day::day_or_date(joint.past_any(joints)?)?;
    matches!(kind, MentionKind::Day(_)).then_some((MentionKind::DAY_RANGE, end))
}

fn day_of_range(c: Cursor<'_>) -> Found<'_, i8> {
    let (number, after) = match crate::languages::ru::numbers::ordinal(c.tokens(), c.at()) {
        Some((number, len)) => (i64::from(number), c.step(len)),
        None => clock::number(c)?,
    };
    i8::try_from(number)
        .ok()
        .filter(|day| (1..=31).contains(day))
        .map(|day| (day, after))
}

/// «восьми до двенадцати [вечера]»
fn clock_range<'t>(c: Cursor<'t>, joints: &[&str]) -> Found<'t, MentionKind> {
    let (first, joint) = clock::reading(c)?;
    let last_at = joint.past_any(joints)?;
    let (last, end) = clock::reading(last_at)?;
    if let Certainty::Bare(number) = last.certainty
        && counts(end, number, Case::Genitive)
    {
        return None;
    }
    if first.clock.is_none() || last.clock.is_none() {
        return Some((MentionKind::Impossible, end));
    }
    Some((MentionKind::RANGE, end))
}

/// «между тремя и четырьмя», «между первым и пятым марта»
fn between(c: Cursor<'_>) -> Found<'_, MentionKind> {
    date_range(c, &["и"]).or_else(|| clock_range(c, &["и"]))
}

/// «после обеда», «после шести», «после работы»
fn after(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(end) = c.past_any(&["обеда", "полудня"]) {
        return Some((MentionKind::part(Part::Afternoon), end));
    }
    if let Some(found) = clock_in(c, Case::Genitive) {
        return Some(found);
    }
    // The day itself is not meant, and how much later is not said.
    day::day_or_date(c)
        .map(|(_, end)| (MentionKind::VAGUE, end))
        .or_else(|| daily_event(c))
}

/// «перед сном», «под вечер», «перед выходными»
fn before(c: Cursor<'_>) -> Found<'_, MentionKind> {
    part_noun(c)
        .or_else(|| daily_event(c))
        .or_else(|| match sense(c.norm())? {
            Sense::Holiday | Sense::Governed => day::day(c),
            _ => None,
        })
        .or_else(|| c.past("выходными").map(|end| (MentionKind::VAGUE, end)))
}

/// «вечер», «утру»
fn part_noun(c: Cursor<'_>) -> Found<'_, MentionKind> {
    part_word(c).map(|(part, end)| day::part_of_weekday(part, end))
}

fn part_word(c: Cursor<'_>) -> Found<'_, Part> {
    day::part_word(c)
        .filter(|_| !matches!(sense(c.norm()), Some(Sense::PartAdverb(_))))
        .map(|part| (part, c.next()))
}

/// A clock time after a preposition that calls for one; bare numbers only where they count nothing.
fn clock_in(c: Cursor<'_>, case: Case) -> Found<'_, MentionKind> {
    if let Some((reading, end)) = clock::pointed(c) {
        return Some((clock_kind(reading), end));
    }
    let Some((reading, end)) = clock::reading(c) else {
        let (reading, end) = clock::run_together(c)?;
        return Some((clock_kind(reading), end));
    };
    // «в пять или шесть»
    let other = end
        .past_any(&["или", "либо"])
        .map(|other| other.past_any(&["в", "во"]).unwrap_or(other))
        .and_then(clock::reading);
    if let Some((_, end)) = other.filter(|(other, end)| match other.certainty {
        Certainty::Bare(number) => !counts(*end, number, case),
        _ => true,
    }) && !matches!(reading.certainty, Certainty::Hours if c.is("час"))
    {
        return Some((MentionKind::RANGE, end));
    }
    match reading.certainty {
        // «60 км в час», «раз в час»
        Certainty::Hours if c.is("час") && is_rate(c) => return None,
        Certainty::Bare(number) if counts(end, number, case) => return None,
        _ => {}
    }
    Some((clock_kind(reading), end))
}

/// Whether «в» before `c` says how much in an hour.
fn is_rate(c: Cursor<'_>) -> bool {
    let before = c
        .at()
        .checked_sub(2)
        .and_then(|index| c.tokens().get(index));
    before.is_some_and(|token| {
        matches!(
            token.norm.as_str(),
            "км" | "километров" | "раз" | "раза" | "рублей" | "руб" | "литров" | "метров"
        )
    })
}

/// «25/03» after a preposition of days.
fn slashed(c: Cursor<'_>) -> Found<'_, MentionKind> {
    numeric::slashed(c)
}
