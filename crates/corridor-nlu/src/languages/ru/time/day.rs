//! Days and spans in Russian: «завтра», «следующую пятницу», «выходные», «следующей неделе», «конце месяца».

use jiff::civil::Weekday;

use super::date::{date, every_month, month_days, stands_alone, year};
use super::senses::{Sense, sense};
use super::weekday::weekday_range;
use crate::languages::ru::numbers::ordinal;
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{
    Day, Edge, Every, MentionKind, MonthOf, Part, Period, Recurrence, TimeUnit, Weekend,
};

/// The day that begins here, its preposition left behind.
pub(super) fn day(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match sense(c.norm())? {
        Sense::Day(days) => Some((MentionKind::Day(Day::FromToday(days)), c.next())),
        Sense::PastDay => Some((MentionKind::Past, c.next())),
        Sense::DayAdjective(days) => Some(day_adjective(c.next(), days)),
        Sense::Weekday(weekday) => weekday_range(c.next(), weekday, 0),
        Sense::Weekend => Some((MentionKind::Day(Day::Weekend(Weekend::Coming)), c.next())),
        Sense::This if c.past_all(&["это", "же", "время"]).is_some() => {
            Some((MentionKind::VAGUE, c.step(3)))
        }
        // «это пятница» names the day that it is.
        Sense::This if c.is("это") && !c.next().is_any(&["воскресенье", "утро"]) => {
            None
        }
        Sense::This => this(c.next())
            .or_else(|| pointed(c.next(), 0))
            .or_else(|| this_part(c.next())),
        Sense::Coming => pointed(c.next(), 0),
        Sense::Next => pointed(c.next(), 1),
        Sense::Last => last(c.next()),
        Sense::Edge(edge) => edge_of(c.next(), edge),
        Sense::Season => Some((MentionKind::VAGUE, c.next())),
        Sense::Holiday => Some(holiday(c)),
        Sense::Governed => middle_of(c)
            .or_else(|| new_year(c))
            .or_else(|| first_days(c)),
        Sense::Final => nth_weekday(c.next(), -1).or_else(|| last_day(c.next())),
        Sense::Number => {
            let (nth, len) =
                ordinal(c.tokens(), c.at()).filter(|(nth, _)| (1..=5).contains(nth))?;
            nth_weekday(c.step(len), i8::try_from(nth).ok()?)
        }
        _ => None,
    }
}

pub(super) fn weekday(weekday: Weekday, weeks_ahead: i32) -> MentionKind {
    MentionKind::Day(match weeks_ahead {
        0 => Day::Weekday(weekday),
        _ => Day::WeekdayOfWeek(weekday, weeks_ahead),
    })
}

/// «завтрашний день» and «завтрашнее утро» are times, «завтрашней встрече» tells one of something else.
fn day_adjective(c: Cursor<'_>, days: i32) -> (MentionKind, Cursor<'_>) {
    match sense(c.norm()) {
        Some(Sense::Unit(TimeUnit::Day)) => (MentionKind::Day(Day::FromToday(days)), c.next()),
        Some(Sense::PartNoun(part) | Sense::PartAdverb(part)) => (
            MentionKind::Part {
                part,
                day: Some(Day::FromToday(days)),
            },
            c.next(),
        ),
        _ => (MentionKind::DayAttribute(Day::FromToday(days)), c),
    }
}

/// After «эту»: «пятницу», which can be today.
fn this(c: Cursor<'_>) -> Found<'_, MentionKind> {
    match sense(c.norm())? {
        Sense::Weekday(weekday) | Sense::WeekdayAbbreviation(weekday) => {
            Some((MentionKind::Day(Day::ThisWeekday(weekday)), c.next()))
        }
        Sense::Season => Some((MentionKind::VAGUE, c.next())),
        _ => None,
    }
}

/// «пасха» moves, «рождество» does not.
fn holiday(c: Cursor<'_>) -> (MentionKind, Cursor<'_>) {
    let kind = if c.norm().starts_with("рождеств") {
        MentionKind::Day(Day::Date {
            year: None,
            month: 1,
            day: 7,
        })
    } else {
        MentionKind::VAGUE
    };
    (kind, c.next())
}

/// «первых числах июля» says no day.
fn first_days(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = c.past_all(&["первых", "числах"])?;
    let named = match sense(end.norm()) {
        Some(Sense::Next | Sense::This) => end.next(),
        _ => end,
    };
    let month = matches!(
        sense(named.norm()),
        Some(Sense::Month(_) | Sense::Unit(TimeUnit::Month))
    );
    Some((MentionKind::VAGUE, if month { named.next() } else { end }))
}

/// After «этот» (0), «ближайший» (0), «следующий» (1).
fn pointed(c: Cursor<'_>, ahead: i32) -> Found<'_, MentionKind> {
    if c.is_any(&["время", "дни"]) {
        return Some((MentionKind::VAGUE, c.next()));
    }
    let span = |period| Some((MentionKind::Day(Day::Span(period, ahead)), c.next()));
    match sense(c.norm())? {
        Sense::Weekday(weekday) => weekday_range(c.next(), weekday, ahead),
        Sense::Weekend if ahead == 0 => {
            Some((MentionKind::Day(Day::Weekend(Weekend::This)), c.next()))
        }
        Sense::Weekend => Some((MentionKind::Day(Day::Weekend(Weekend::Next)), c.next())),
        Sense::Season => Some((MentionKind::VAGUE, c.next())),
        Sense::WeekdayAbbreviation(weekday) => weekday_range(c.next(), weekday, ahead),
        Sense::Unit(TimeUnit::Week) => span(Period::Week),
        Sense::Unit(TimeUnit::Month) => span(Period::Month),
        Sense::Unit(TimeUnit::Year) => span(Period::Year),
        Sense::Unit(TimeUnit::Day) if is_one_day(c.norm()) => {
            Some((MentionKind::Day(Day::FromToday(ahead)), c.next()))
        }
        // «следующие три дня»
        Sense::Number => {
            let (_, end) = super::length::length(c)?;
            Some((MentionKind::VAGUE, end))
        }
        _ => None,
    }
}

fn is_one_day(norm: &str) -> bool {
    matches!(norm, "день" | "дня" | "дню")
}

/// «этим вечером», «в эту ночь»
fn this_part(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let part = part_word(c)?;
    Some((
        MentionKind::Part {
            part,
            day: Some(Day::FromToday(0)),
        },
        c.next(),
    ))
}

/// «к вечеру среды», «утром субботы»: a part of the day, and the weekday behind it in the genitive.
pub(super) fn part_of_weekday(part: Part, c: Cursor<'_>) -> (MentionKind, Cursor<'_>) {
    const GENITIVES: [&str; 7] = [
        "понедельника",
        "вторника",
        "среды",
        "четверга",
        "пятницы",
        "субботы",
        "воскресенья",
    ];
    match sense(c.norm()) {
        Some(Sense::Weekday(weekday)) if c.is_any(&GENITIVES) => {
            let day = Some(Day::Weekday(weekday));
            (MentionKind::Part { part, day }, c.next())
        }
        _ => (MentionKind::part(part), c),
    }
}

/// A part of the day in any form.
pub(super) fn part_word(c: Cursor<'_>) -> Option<Part> {
    match sense(c.norm())? {
        Sense::PartNoun(part) | Sense::PartAdverb(part) => Some(part),
        _ => None,
    }
}

/// «прошлый вторник», «прошлой неделе»
fn last(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let is_time = matches!(
        sense(c.norm())?,
        Sense::Weekday(_)
            | Sense::Weekend
            | Sense::Unit(_)
            | Sense::PartNoun(_)
            | Sense::PartAdverb(_)
    );
    is_time.then(|| (MentionKind::Past, c.next()))
}

/// After «начало», «конец»: «месяца», «следующей недели», «каждого месяца», «дня».
fn edge_of(c: Cursor<'_>, edge: Edge) -> Found<'_, MentionKind> {
    if let Some(end) = every_month(c) {
        return Some((
            MentionKind::Recurrence(Recurrence {
                every: Every::EdgeOf(edge, Period::Month),
                part: None,
            }),
            end,
        ));
    }
    let (ahead, c) = match sense(c.norm())? {
        Sense::This => (0, c.next()),
        Sense::Next => (1, c.next()),
        _ => (0, c),
    };
    let c = if sense(c.norm()) == Some(Sense::WorkdayAdjective) {
        c.next()
    } else {
        c
    };
    let period = match sense(c.norm())? {
        // The end of whatever day is said, or of today.
        Sense::Unit(TimeUnit::Day) if c.is("дня") && edge == Edge::End => {
            return Some((MentionKind::part(Part::Evening), c.next()));
        }
        Sense::Unit(TimeUnit::Week) => Period::Week,
        Sense::Unit(TimeUnit::Month) => Period::Month,
        Sense::Unit(TimeUnit::Year) => Period::Year,
        Sense::Month(month) => return Some(month_named(c.next(), month, edge)),
        Sense::Season => return Some((MentionKind::VAGUE, c.next())),
        _ => return None,
    };
    Some((MentionKind::Day(Day::EdgeOf(edge, period, ahead)), c.next()))
}

/// «середине месяца» says no day.
fn middle_of(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let after = c.past_any(&["середине", "середины", "середину"])?;
    let named = if matches!(sense(after.norm()), Some(Sense::This | Sense::Next)) {
        after.next()
    } else {
        after
    };
    matches!(sense(named.norm())?, Sense::Unit(_) | Sense::Month(_))
        .then(|| (MentionKind::VAGUE, named.next()))
}

/// «новый год», «новому году»
fn new_year(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = c
        .past_any(&["новый", "нового", "новому", "новым", "новом"])?
        .past_any(&["год", "года", "году", "годом"])?;
    Some((
        MentionKind::Day(Day::Date {
            year: None,
            month: 1,
            day: 1,
        }),
        end,
    ))
}

/// After its number: «понедельник месяца», «пятницу следующего месяца», «среду июля».
pub(super) fn nth_weekday(c: Cursor<'_>, nth: i8) -> Found<'_, MentionKind> {
    let Some(Sense::Weekday(weekday)) = sense(c.norm()) else {
        return None;
    };
    let Some((month, end)) = month_of(c.next()) else {
        // «каждый месяц в первый понедельник»
        let day = Day::NthWeekday(nth, weekday, MonthOf::Ahead(0));
        return stands_alone(c.next()).then(|| (MentionKind::Day(day), c.next()));
    };
    Some((MentionKind::Day(Day::NthWeekday(nth, weekday, month)), end))
}

/// After «последний»: «день месяца».
fn last_day(c: Cursor<'_>) -> Found<'_, MentionKind> {
    // «последнего числа каждого месяца»
    if let Some(end) = c.past("числа") {
        let end = every_month(end).unwrap_or(end);
        let every = Every::EdgeOf(Edge::End, Period::Month);
        let recurs = end.at() > c.at() + 1;
        let kind = if recurs {
            MentionKind::Recurrence(Recurrence { every, part: None })
        } else {
            MentionKind::Day(Day::EdgeOf(Edge::End, Period::Month, 0))
        };
        return Some((kind, end));
    }
    let (month, end) = month_of(c.past_any(&["день", "дня", "дню"])?)?;
    let day = match month {
        MonthOf::Ahead(ahead) => Day::EdgeOf(Edge::End, Period::Month, ahead),
        MonthOf::Named(month) => Day::Month {
            year: None,
            month,
            edge: Edge::End,
        },
    };
    Some((MentionKind::Day(day), end))
}

fn month_of(c: Cursor<'_>) -> Found<'_, MonthOf> {
    let (ahead, named) = match sense(c.norm())? {
        Sense::Month(month) => return Some((MonthOf::Named(month), c.next())),
        Sense::This => (0, c.next()),
        Sense::Next => (1, c.next()),
        _ => (0, c),
    };
    let end = named.past("месяца")?;
    Some((MonthOf::Ahead(ahead), end))
}

/// A month or a year by itself, which only a preposition makes a time: «марте», «2027 году», «марте 2027 года».
pub(super) fn month_or_year(c: Cursor<'_>) -> Found<'_, MentionKind> {
    if let Some(Sense::Month(month)) = sense(c.norm()) {
        return Some(month_named(c.next(), month, Edge::Start));
    }
    let by_ordinal = || {
        ordinal(c.tokens(), c.at())
            .and_then(|(_, len)| c.step(len).past_any(&["году", "года", "год"]))
    };
    let named = if c.is_number() {
        c.next().past_any(&["году", "года", "год"])
    } else {
        by_ordinal()
    };
    named?;
    year(c).map(|(year, end)| (MentionKind::Day(Day::Year(year)), end))
}

/// A month by its name, which ended just before `c`, with its year.
fn month_named(c: Cursor<'_>, month: i8, edge: Edge) -> (MentionKind, Cursor<'_>) {
    let (year, end) = year(c).map_or((None, c), |(year, end)| (Some(year), end));
    (MentionKind::Day(Day::Month { year, month, edge }), end)
}

/// A day or a date.
pub(super) fn day_or_date(c: Cursor<'_>) -> Found<'_, MentionKind> {
    day(c).or_else(|| month_days(c)).or_else(|| date(c))
}
