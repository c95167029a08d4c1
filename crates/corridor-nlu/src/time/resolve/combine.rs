//! Days said in several ways make one date («в среду на следующей неделе», «в пятницу тринадцатого»), or contradict each other.

use jiff::civil::{Date, Weekday};

use super::DueProblem;
use super::calendar::{
    days_of_month, edge, next_day_of_month, next_weekday, plus_days, plus_months,
};
use crate::time::mention::{Day, Edge, MonthOf, Offset, Period, Weekend};

/// The date that all days and the calendar part of an offset say together. Indexes of days that say none are added to `leftovers`.
pub(super) fn date(
    said: &[(usize, Day)],
    offset: Option<Offset>,
    today: Date,
    leftovers: &mut Vec<usize>,
) -> Result<Option<Date>, DueProblem> {
    let mut days: Vec<(usize, Day)> = said.to_vec();
    let mut offset = offset.filter(|offset| offset.seconds == 0);
    merge_offset(&mut days, &mut offset);
    merge_spans(&mut days)?;
    if let Some(date) = weekday_and_day_of_month(&days, today)? {
        return Ok(Some(date));
    }
    let mut weekdays = Vec::new();
    let mut dates = Vec::new();
    for &(index, day) in &days {
        match day {
            Day::Weekday(weekday) => weekdays.push(weekday),
            _ => match on_calendar(day, today)? {
                Some(date) => dates.push(date),
                None => leftovers.push(index),
            },
        }
    }
    if let Some(offset) = offset {
        let date = plus_months(today, offset.months).and_then(|date| plus_days(date, offset.days));
        dates.push(date.ok_or(DueProblem::Impossible)?);
    }
    // A weekday beside a date only confirms it.
    if dates.is_empty()
        && let Some((&weekday, _)) = weekdays.split_first()
    {
        dates.push(next_weekday(today, weekday).ok_or(DueProblem::Impossible)?);
    }
    let Some((&date, rest)) = dates.split_first() else {
        return Ok(None);
    };
    let agree = rest.iter().all(|other| *other == date)
        && weekdays.iter().all(|weekday| *weekday == date.weekday());
    if agree {
        Ok(Some(date))
    } else {
        Err(DueProblem::Contradictory)
    }
}

/// «через неделю в пятницу» is the Friday of next week.
fn merge_offset(days: &mut [(usize, Day)], offset: &mut Option<Offset>) {
    let Some(weeks) = offset
        .filter(|offset| offset.months == 0 && offset.days > 0 && offset.days % 7 == 0)
        .map(|offset| offset.days / 7)
    else {
        return;
    };
    for (_, day) in days {
        if let Day::Weekday(weekday) = *day {
            *day = Day::WeekdayOfWeek(weekday, weeks);
            *offset = None;
        }
    }
}

/// Gives a day the week, month or year that was said beside it, and takes that out.
fn merge_spans(days: &mut Vec<(usize, Day)>) -> Result<(), DueProblem> {
    let mut taken = Vec::new();
    for at in 0..days.len() {
        for other in 0..days.len() {
            let (Some(&(_, day)), Some(&(_, span))) = (days.get(at), days.get(other)) else {
                continue;
            };
            if let Some(merged) = within(day, span)
                && let Some(slot) = days.get_mut(at)
            {
                slot.1 = merged;
                taken.push(other);
            }
        }
    }
    if taken.len() > 1 && days.len() == taken.len() {
        return Err(DueProblem::Contradictory);
    }
    let mut index = 0;
    days.retain(|_| {
        index += 1;
        !taken.contains(&(index - 1))
    });
    Ok(())
}

/// The day inside the span, where it is the kind of day that needs one.
fn within(day: Day, span: Day) -> Option<Day> {
    Some(match (day, span) {
        (Day::Weekday(weekday), Day::Span(Period::Week, ahead)) => {
            Day::WeekdayOfWeek(weekday, ahead)
        }
        (Day::Weekday(weekday), Day::Weekend(weekend)) if is_weekend(weekday) => match weekend {
            Weekend::Coming | Weekend::This => day,
            Weekend::Next => Day::WeekdayOfWeek(weekday, 1),
        },
        (Day::DayOfMonth(day), Day::Span(Period::Month, ahead)) => Day::DayOfMonthAhead(day, ahead),
        (
            Day::DayOfMonth(day),
            Day::Month {
                year,
                month,
                edge: Edge::Start,
            },
        ) => Day::Date { year, month, day },
        (
            Day::Date {
                year: None,
                month,
                day,
            },
            Day::Year(year),
        ) => Day::Date {
            year: Some(year),
            month,
            day,
        },
        (
            Day::Date {
                year: None,
                month,
                day,
            },
            Day::Span(Period::Year, ahead),
        ) => Day::DateOfYear {
            years_ahead: ahead,
            month,
            day,
        },
        (
            Day::Month {
                year: None,
                month,
                edge,
            },
            Day::Year(year),
        ) => Day::Month {
            year: Some(year),
            month,
            edge,
        },
        _ => return None,
    })
}

/// «в пятницу тринадцатого»: the next date that is both.
fn weekday_and_day_of_month(
    days: &[(usize, Day)],
    today: Date,
) -> Result<Option<Date>, DueProblem> {
    let [(_, first), (_, second)] = days else {
        return Ok(None);
    };
    let (weekday, day) = match (*first, *second) {
        (Day::Weekday(weekday), Day::DayOfMonth(day))
        | (Day::DayOfMonth(day), Day::Weekday(weekday)) => (weekday, day),
        _ => return Ok(None),
    };
    let date = days_of_month(today, day).find(|date| date.weekday() == weekday);
    date.map(Some).ok_or(DueProblem::Impossible)
}

/// The date of one day by itself, or `None` where it says no day («на этой неделе»).
fn on_calendar(day: Day, today: Date) -> Result<Option<Date>, DueProblem> {
    let date = match day {
        Day::FromToday(days) => plus_days(today, days),
        Day::Weekday(weekday) => next_weekday(today, weekday),
        Day::ThisWeekday(weekday) if weekday == today.weekday() => Some(today),
        Day::ThisWeekday(weekday) => next_weekday(today, weekday),
        Day::WeekdayLater(weekday, weeks) => {
            next_weekday(today, weekday).and_then(|date| plus_days(date, weeks.checked_mul(7)?))
        }
        Day::WeekdayOfWeek(weekday, weeks_ahead) => weekday_of_week(today, weekday, weeks_ahead),
        Day::Weekend(Weekend::This) if is_weekend(today.weekday()) => Some(today),
        Day::Weekend(Weekend::This | Weekend::Coming) => next_weekday(today, Weekday::Saturday),
        Day::Weekend(Weekend::Next) => weekday_of_week(today, Weekday::Saturday, 1),
        Day::Date {
            year: Some(year),
            month,
            day,
        } => Date::new(year, month, day).ok(),
        Day::Date {
            year: None,
            month,
            day,
        } => next_date(today, month, day),
        Day::DateOfYear {
            years_ahead,
            month,
            day,
        } => i16::try_from(i32::from(today.year()).saturating_add(years_ahead))
            .ok()
            .and_then(|year| Date::new(year, month, day).ok()),
        Day::DayOfMonth(day) => next_day_of_month(today, day),
        Day::NthWeekday(nth, weekday, of) => nth_weekday(today, nth, weekday, of),
        Day::DayOfMonthAhead(day, months_ahead) => {
            edge(today, Edge::Start, Period::Month, months_ahead)
                .and_then(|month| Date::new(month.year(), month.month(), day).ok())
        }
        Day::Span(_, 0) => return Ok(None),
        Day::Span(period, ahead) => edge(today, Edge::Start, period, ahead),
        Day::EdgeOf(which, period, ahead) => edge_ahead(today, which, period, ahead),
        Day::Month { year, month, edge } => return month_by_name(today, year, month, edge),
        Day::Year(year) if year == today.year() => return Ok(None),
        Day::Year(year) => Date::new(year, 1, 1).ok(),
    };
    not_over(date, today).map(Some)
}

/// Of the running month or year, and of the following ones where that day is over.
fn nth_weekday(today: Date, nth: i8, weekday: Weekday, of: MonthOf) -> Option<Date> {
    let months = match of {
        MonthOf::Ahead(0) => 0..=12,
        MonthOf::Ahead(ahead) => ahead..=ahead,
        MonthOf::Named(_) => 0..=24,
    };
    let firsts = months.filter_map(|ahead| edge(today, Edge::Start, Period::Month, ahead));
    let wanted =
        firsts.filter(|first| !matches!(of, MonthOf::Named(month) if month != first.month()));
    wanted
        .filter_map(|first| first.nth_weekday_of_month(nth, weekday).ok())
        .find(|date| *date >= today)
}

fn is_weekend(weekday: Weekday) -> bool {
    matches!(weekday, Weekday::Saturday | Weekday::Sunday)
}

fn not_over(date: Option<Date>, today: Date) -> Result<Date, DueProblem> {
    let date = date.ok_or(DueProblem::Impossible)?;
    if date < today {
        Err(DueProblem::Past)
    } else {
        Ok(date)
    }
}

fn weekday_of_week(today: Date, weekday: Weekday, weeks_ahead: i32) -> Option<Date> {
    let monday = edge(today, Edge::Start, Period::Week, weeks_ahead)?;
    plus_days(monday, i32::from(weekday.to_monday_zero_offset()))
}

/// The next such date, today among them. 29 February can be eight years off.
fn next_date(today: Date, month: i8, day: i8) -> Option<Date> {
    (0..=8)
        .filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok())
        .find(|date| *date >= today)
}

/// A beginning that is over is the next span's.
fn edge_ahead(today: Date, which: Edge, period: Period, ahead: i32) -> Option<Date> {
    let date = edge(today, which, period, ahead)?;
    if date < today && ahead == 0 {
        edge(today, which, period, 1)
    } else {
        Some(date)
    }
}

/// «в марте»: the first day of the next March; said in March, no day. «в конце марта» is its last day.
fn month_by_name(
    today: Date,
    year: Option<i16>,
    month: i8,
    which: Edge,
) -> Result<Option<Date>, DueProblem> {
    let running = today.month() == month && year.is_none_or(|year| year == today.year());
    if running && which == Edge::Start {
        return Ok(None);
    }
    let year = match year {
        Some(year) => Some(year),
        None if month < today.month() => today.year().checked_add(1),
        None => Some(today.year()),
    };
    let first = year.and_then(|year| Date::new(year, month, 1).ok());
    let date = match which {
        Edge::Start => first,
        Edge::End => first.map(Date::last_of_month),
    };
    not_over(date, today).map(Some)
}
