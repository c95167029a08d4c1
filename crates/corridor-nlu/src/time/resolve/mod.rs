//! All mentions of one clause against a reading of the clock: a due date, and what has no place in it.

mod calendar;
mod combine;
mod recurrence;
mod time_of_day;

use std::fmt;

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::mention::{
    Clock, Day, Every, Mention, MentionKind, Offset, Part, Recurrence, Unresolved,
};

/// When something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A day: prints as an RFC 3339 full-date.
    Day(Date),
    /// A moment, to the second: prints as an RFC 3339 date-time with its offset.
    Moment(Zoned),
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            // Offsets before standard time have seconds, which RFC 3339 cannot write.
            Self::Moment(moment) if moment.offset().seconds() % 60 != 0 => {
                write_moment(f, &moment.with_time_zone(TimeZone::UTC))
            }
            Self::Moment(moment) => write_moment(f, moment),
        }
    }
}

fn write_moment(f: &mut fmt::Formatter<'_>, moment: &Zoned) -> fmt::Result {
    let datetime = moment
        .datetime()
        .with()
        .subsec_nanosecond(0)
        .build()
        .unwrap_or(moment.datetime());
    write!(f, "{datetime}{}", moment.strftime("%:z"))
}

/// What the mentions of a clause say together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// When it is due, or for the first time due; `None` where nothing says so or there is a problem.
    pub when: Option<When>,
    /// Mentions that say no date, by index: their words belong in a description.
    pub leftovers: Vec<usize>,
    /// Why the person must be asked.
    pub problem: Option<DueProblem>,
    /// The mention that says how often, by index.
    pub recurrence: Option<usize>,
}

/// Why mentions make no due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DueProblem {
    /// The time is over.
    Past,
    /// There is no such date or time, or none that a calendar of four-digit years holds.
    Impossible,
    /// Two mentions exclude each other («в среду во вторник»).
    Contradictory,
}

/// Resolves all mentions of one clause. `now` is when it was said, in the time zone that the person means.
///
/// Clock changes are met as jiff's compatible strategy does: a time that is skipped moves forward, of a repeated one the first counts.
#[must_use]
pub fn resolve(mentions: &[Mention], now: &Zoned) -> Due {
    let mut said = Said::default();
    let mut due = Due {
        when: None,
        leftovers: Vec::new(),
        problem: None,
        recurrence: None,
    };
    for (index, mention) in mentions.iter().enumerate() {
        said.take(index, &mention.kind, &mut due);
    }
    if due.problem.is_none() {
        match said.when(now, &mut due.leftovers) {
            Ok(when) => due.when = when,
            Err(problem) => due.problem = Some(problem),
        }
    }
    due.leftovers.sort_unstable();
    due
}

/// The mentions of a clause by what they say.
#[derive(Default)]
struct Said {
    days: Vec<(usize, Day)>,
    attributes: Vec<(usize, Day)>,
    clocks: Vec<(usize, Clock)>,
    parts: Vec<Part>,
    offsets: Vec<Offset>,
    recurrence: Option<Recurrence>,
    several: Option<Every>,
    ranges_over_days: bool,
}

impl Said {
    fn take(&mut self, index: usize, kind: &MentionKind, due: &mut Due) {
        match *kind {
            MentionKind::Day(day) => self.days.push((index, day)),
            MentionKind::DayAttribute(day) => self.attributes.push((index, day)),
            MentionKind::Clock(clock) => self.clocks.push((index, clock)),
            MentionKind::Part { part, day } => {
                self.parts.push(part);
                self.days.extend(day.map(|day| (index, day)));
            }
            MentionKind::Offset(offset) => self.offsets.push(offset),
            MentionKind::Recurrence(recurrence) => self.recur(index, recurrence, due),
            MentionKind::Several(every) => {
                self.several = self.several.or(Some(every));
                due.leftovers.push(index);
            }
            MentionKind::Unresolved(unresolved) => {
                self.ranges_over_days |= unresolved == Unresolved::DayRange;
                due.leftovers.push(index);
            }
            MentionKind::Duration(_) => due.leftovers.push(index),
            MentionKind::Aside => {}
            MentionKind::Past => due.problem = due.problem.or(Some(DueProblem::Past)),
            MentionKind::Impossible => due.problem = Some(DueProblem::Impossible),
        }
    }

    /// Of two rhythms the one that names days tells when to begin («еженедельно по средам»).
    fn recur(&mut self, index: usize, recurrence: Recurrence, due: &mut Due) {
        let part = self.recurrence.and_then(|said| said.part);
        let more_exact = match self.recurrence {
            None => true,
            Some(said) => matches!(said.every, Every::After(_)),
        };
        if !more_exact {
            due.leftovers.push(index);
            return;
        }
        self.recurrence = Some(Recurrence {
            part: recurrence.part.or(part),
            ..recurrence
        });
        due.leftovers.extend(due.recurrence.replace(index));
    }

    fn when(mut self, now: &Zoned, leftovers: &mut Vec<usize>) -> Result<Option<When>, DueProblem> {
        if self.days.is_empty() {
            self.days.append(&mut self.attributes);
        }
        leftovers.extend(self.attributes.iter().map(|(index, _)| index));
        let offset = agreed(self.offsets.iter().copied())?;
        let clock = agreed(self.clocks.iter().map(|(_, clock)| *clock))?;
        let part = agreed(self.parts.iter().copied())?
            .or(self.recurrence.and_then(|recurrence| recurrence.part));
        self.not_today_again(now, clock, part);
        let date = combine::date(&self.days, offset, now.date(), leftovers)?;
        if let Some(offset) = offset.filter(|offset| offset.seconds != 0) {
            return from_now(now, offset, date, clock).map(Some);
        }
        if clock.is_some_and(|clock| part.is_some_and(|part| !time_of_day::agrees(clock, part))) {
            return Err(DueProblem::Contradictory);
        }
        let every = self.recurrence.map(|recurrence| recurrence.every);
        if let Some(every) = every.or(self.several.filter(|_| date.is_none())) {
            // «каждое воскресенье в июле» ends with July, too.
            for (index, day) in &self.days {
                if matches!(day, Day::Month { .. } | Day::Span(..) | Day::Year(_))
                    && !leftovers.contains(index)
                {
                    leftovers.push(*index);
                }
            }
            return recurrence::first(every, date, clock, part, now).map(Some);
        }
        // «с понедельника по пятницу в девять»: on which of the days is not said.
        if self.ranges_over_days && date.is_none() {
            leftovers.extend(self.clocks.iter().map(|(index, _)| *index));
            return Ok(None);
        }
        time_of_day::on_or_without_day(date, clock, part, now)
    }
}

impl Said {
    /// «15-го» said on the 15th is the next month's, as «в среду» said on a Wednesday is the next week's; with a time that is ahead it
    /// is today.
    fn not_today_again(&mut self, now: &Zoned, clock: Option<Clock>, part: Option<Part>) {
        let today = now.date();
        let [(_, day)] = self.days.as_mut_slice() else {
            return;
        };
        if *day != Day::DayOfMonth(today.day()) {
            return;
        }
        let ahead = (clock.is_some() || part.is_some())
            && time_of_day::on_or_without_day(Some(today), clock, part, now).is_ok();
        if !ahead
            && let Some(date) = calendar::plus_days(today, 1)
                .and_then(|tomorrow| calendar::next_day_of_month(tomorrow, today.day()))
        {
            *day = Day::Date {
                year: Some(date.year()),
                month: date.month(),
                day: date.day(),
            };
        }
    }
}

fn in_part(clock: Clock, part: Option<Part>) -> Clock {
    part.map_or(clock, |part| clock.in_part(part))
}

/// The one value that all of them are.
fn agreed<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Result<Option<T>, DueProblem> {
    let first = values.next();
    if values.all(|value| Some(value) == first) {
        Ok(first)
    } else {
        Err(DueProblem::Contradictory)
    }
}

/// «через два часа»: an exact moment, whatever the clocks do in between.
fn from_now(
    now: &Zoned,
    offset: Offset,
    date: Option<Date>,
    clock: Option<Clock>,
) -> Result<When, DueProblem> {
    if clock.is_some() {
        return Err(DueProblem::Contradictory);
    }
    let moment = calendar::after(now, offset).ok_or(DueProblem::Impossible)?;
    match date {
        Some(date) if date != moment.date() => Err(DueProblem::Contradictory),
        _ => Ok(When::Moment(moment)),
    }
}
