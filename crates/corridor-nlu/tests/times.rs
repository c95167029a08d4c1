//! The time grammars through their public door: folders of cases, and phrases for every day of years against oracles that step from
//! day to day.
//!
//! A case is `words with [marked] mentions => due`. Brackets mark a mention that counts for the date, braces one left for the
//! description, angle brackets the recurrence; words outside are no mention. The due date is a date, a date-time, `none` or a problem.
//! A line `now: …` sets when the cases after it were said, Monday 2026-06-15T12:00:00+03:00 before the first. Adding a case is adding a
//! line, adding a topic a file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use std::fs;
use std::path::Path;

use corridor_nlu::language::Language;
use corridor_nlu::time::{Due, DueProblem, When, resolve, scan};
use corridor_nlu::tokenize::tokenize;
use jiff::civil::{Date, Time, Weekday, date};
use jiff::{ToSpan, Zoned};
use proptest::prelude::*;

const NOW: &str = "2026-06-15T12:00:00+03:00[Europe/Moscow]";

fn due(text: &str, language: Language, now: &Zoned) -> Due {
    resolve(&scan(&tokenize(text), language), now)
}

/// What is due as the case files write it.
fn said(due: &Due) -> String {
    match (&due.when, due.problem) {
        (_, Some(DueProblem::Past)) => "past".to_owned(),
        (_, Some(DueProblem::Impossible)) => "impossible".to_owned(),
        (_, Some(DueProblem::Contradictory)) => "contradictory".to_owned(),
        (_, Some(other)) => format!("{other:?}"),
        (Some(when), None) => when.to_string(),
        (None, None) => "none".to_owned(),
    }
}

/// The text with its mentions marked.
fn marked(text: &str, language: Language, now: &Zoned) -> String {
    let tokens = tokenize(text);
    let mentions = scan(&tokens, language);
    let due = resolve(&mentions, now);
    let mut out = String::new();
    let mut at = 0;
    for (index, mention) in mentions.iter().enumerate() {
        let (start, end) = (
            tokens[mention.range.start].span.start,
            tokens[mention.range.end - 1].span.end,
        );
        let (open, close) = match index {
            _ if due.recurrence == Some(index) => ('<', '>'),
            _ if due.leftovers.contains(&index) => ('{', '}'),
            _ => ('[', ']'),
        };
        out.push_str(&text[at..start]);
        out.push(open);
        out.push_str(&text[start..end]);
        out.push(close);
        at = end;
    }
    out + &text[at..]
}

fn run_cases(folder: &str, language: Language) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/times")
        .join(folder);
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(&dir).expect("the case folder exists") {
        let path = entry.unwrap().path();
        let mut now: Zoned = NOW.parse().unwrap();
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if let Some(said_at) = line.strip_prefix("now: ") {
                now = said_at
                    .parse()
                    .unwrap_or_else(|error| panic!("{}:{}: {error}", path.display(), number + 1));
                continue;
            }
            let Some((wanted, due_wanted)) =
                line.split_once(" => ").filter(|_| !line.starts_with('#'))
            else {
                continue;
            };
            count += 1;
            let text: String = wanted.chars().filter(|c| !"[]{}<>".contains(*c)).collect();
            let found = (
                marked(&text, language, &now),
                said(&due(&text, language, &now)),
            );
            if (found.0.as_str(), found.1.as_str()) != (wanted, due_wanted) {
                failures.push(format!(
                    "{}:{}: {line}\n    found: {} => {}",
                    path.display(),
                    number + 1,
                    found.0,
                    found.1
                ));
            }
        }
    }
    assert!(count > 0, "no cases in {}", dir.display());
    assert!(
        failures.is_empty(),
        "{} of {count} failed:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn russian_cases() {
    run_cases("ru", Language::Ru);
}

#[test]
fn english_cases() {
    run_cases("en", Language::En);
}

/// Steps from day to day until `fits`, `from` among the days tried; the oracle of every rule about days.
fn step(from: Date, fits: impl Fn(Date) -> bool) -> Date {
    let mut day = from;
    while !fits(day) {
        day = day.tomorrow().unwrap();
    }
    day
}

fn after(day: Date, days: usize) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap())
}

const WEEKDAYS: [(Weekday, &str, &str, &str); 7] = [
    (
        Weekday::Monday,
        "monday",
        "в понедельник",
        "в следующий понедельник",
    ),
    (
        Weekday::Tuesday,
        "tuesday",
        "во вторник",
        "в следующий вторник",
    ),
    (
        Weekday::Wednesday,
        "wednesday",
        "в среду",
        "в следующую среду",
    ),
    (
        Weekday::Thursday,
        "thursday",
        "в четверг",
        "в следующий четверг",
    ),
    (
        Weekday::Friday,
        "friday",
        "в пятницу",
        "в следующую пятницу",
    ),
    (
        Weekday::Saturday,
        "saturday",
        "в субботу",
        "в следующую субботу",
    ),
    (
        Weekday::Sunday,
        "sunday",
        "в воскресенье",
        "в следующее воскресенье",
    ),
];

const MONTHS: [(&str, &str); 12] = [
    ("january", "января"),
    ("february", "февраля"),
    ("march", "марта"),
    ("april", "апреля"),
    ("may", "мая"),
    ("june", "июня"),
    ("july", "июля"),
    ("august", "августа"),
    ("september", "сентября"),
    ("october", "октября"),
    ("november", "ноября"),
    ("december", "декабря"),
];

/// Every day of 2027 and the leap year 2028, at an hour that changes from day to day.
fn days_of_two_years() -> impl Iterator<Item = Zoned> {
    date(2027, 1, 1)
        .series(1.day())
        .take_while(|day| day.year() < 2029)
        .map(|day| {
            let hour = day.day() % 24;
            day.at(hour, 17, 0, 0).in_tz("Europe/Berlin").unwrap()
        })
}

#[track_caller]
fn assert_day(now: &Zoned, russian: &str, english: &str, expected: Date) {
    for (text, language) in [(russian, Language::Ru), (english, Language::En)] {
        let due = due(text, language, now);
        assert_eq!(
            due.when,
            Some(When::Day(expected)),
            "«{text}» said at {now}: {:?}",
            due.problem
        );
    }
}

#[test]
fn names_and_counts_of_days_agree_with_stepping() {
    for now in days_of_two_years() {
        let today = now.date();
        assert_day(&now, "сегодня", "today", today);
        assert_day(&now, "завтра", "tomorrow", after(today, 1));
        assert_day(
            &now,
            "послезавтра",
            "the day after tomorrow",
            after(today, 2),
        );
        assert_day(&now, "через 3 дня", "in 3 days", after(today, 3));
        assert_day(&now, "через неделю", "in a week", after(today, 7));
        assert_day(
            &now,
            "через две недели",
            "two weeks from now",
            after(today, 14),
        );
    }
}

#[test]
fn weekdays_agree_with_stepping() {
    for now in days_of_two_years() {
        let today = now.date();
        let next_monday = step(after(today, 1), |day| day.weekday() == Weekday::Monday);
        for (weekday, english, on, next) in WEEKDAYS {
            let expected = step(after(today, 1), |day| day.weekday() == weekday);
            assert_day(&now, on, &format!("on {english}"), expected);
            assert_day(
                &now,
                next,
                &format!("next {english}"),
                step(next_monday, |day| day.weekday() == weekday),
            );
            assert_day(
                &now,
                &format!("{on} на следующей неделе"),
                &format!("{english} next week"),
                step(next_monday, |day| day.weekday() == weekday),
            );
        }
        assert_day(&now, "на следующей неделе", "next week", next_monday);
        assert_day(
            &now,
            "в выходные",
            "on the weekend",
            step(after(today, 1), |day| day.weekday() == Weekday::Saturday),
        );
    }
}

#[test]
fn months_and_their_days_agree_with_stepping() {
    for now in days_of_two_years() {
        let today = now.date();
        assert_day(
            &now,
            "в следующем месяце",
            "next month",
            step(after(today, 1), |day| day.day() == 1),
        );
        assert_day(
            &now,
            "в конце месяца",
            "end of the month",
            step(today, |day| day.tomorrow().unwrap().day() == 1),
        );
        assert_day(
            &now,
            "в следующем году",
            "next year",
            step(after(today, 1), |day| (day.day(), day.month()) == (1, 1)),
        );
        for number in [1, 4, 15, 29, 30, 31] {
            let expected = step(after(today, 1), |day| day.day() == number);
            assert_day(
                &now,
                &format!("{number} числа"),
                &format!("the {number}th of the month"),
                expected,
            );
        }
    }
}

#[test]
fn dates_without_a_year_agree_with_stepping() {
    // Every twelfth day keeps the test quick; over two years those fall on all days of all months.
    for now in days_of_two_years().step_by(12) {
        for date in date(2028, 1, 1).series(1.day()).take(366) {
            let (english, russian) = MONTHS[usize::try_from(date.month() - 1).unwrap()];
            let expected = step(now.date(), |day| {
                (day.day(), day.month()) == (date.day(), date.month())
            });
            assert_day(
                &now,
                &format!("{} {russian}", date.day()),
                &format!("{english} {}", date.day()),
                expected,
            );
        }
    }
}

#[test]
fn months_added_stop_at_the_end_of_a_shorter_month() {
    for now in days_of_two_years() {
        let today = now.date();
        let next_month = step(after(today, 1), |day| day.day() == 1);
        let expected = step(next_month, |day| {
            day.day() == today.day() || day.tomorrow().unwrap().day() == 1
        });
        assert_day(&now, "через месяц", "in a month", expected);
    }
}

#[test]
fn recurrences_begin_on_the_first_day_that_fits() {
    for now in days_of_two_years() {
        let today = now.date();
        for (weekday, english, on, _) in WEEKDAYS {
            let every = on.trim_start_matches("во ").trim_start_matches("в ");
            let expected = step(after(today, 1), |day| day.weekday() == weekday);
            assert_day(
                &now,
                &format!("каждый {every}"),
                &format!("every {english}"),
                expected,
            );
        }
        assert_day(&now, "каждый день", "every day", after(today, 1));
        let is_workday = |day: Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        assert_day(
            &now,
            "по будням",
            "on weekdays",
            step(after(today, 1), is_workday),
        );
        assert_day(
            &now,
            "31 числа каждого месяца",
            "on the 31st of every month",
            step(after(today, 1), |day| day.day() == 31),
        );
    }
}

/// The first minute after `now` whose local time fits, by trying them all.
fn next_minute(now: &Zoned, fits: impl Fn(Time) -> bool) -> Zoned {
    let mut minute = now
        .with()
        .second(0)
        .subsec_nanosecond(0)
        .build()
        .unwrap()
        .checked_add(1.minute())
        .unwrap();
    while !fits(minute.time()) {
        minute = minute.checked_add(1.minute()).unwrap();
    }
    minute
}

const ZONES: [&str; 4] = [
    "Europe/Berlin",
    "America/New_York",
    "Europe/Moscow",
    "Asia/Kolkata",
];

/// Any minute of 2025 to 2028, clock changes among them.
fn some_now() -> impl Strategy<Value = Zoned> {
    (0_i64..2_100_000, prop::sample::select(&ZONES[..])).prop_map(|(minutes, zone)| {
        date(2025, 1, 1)
            .at(0, 0, 0, 0)
            .in_tz("UTC")
            .unwrap()
            .checked_add(minutes.minutes())
            .unwrap()
            .in_tz(zone)
            .unwrap()
    })
}

/// Hours that only a full face shows. Those of the night are left out: where clocks change some are skipped or come twice.
fn full_face_hour() -> impl Strategy<Value = i8> {
    13_i8..24
}

proptest! {
    #[test]
    fn a_time_of_the_full_face_is_its_next_occurrence(now in some_now(), hour in full_face_hour(), minute in 0_i8..60) {
        let expected = next_minute(&now, |time| (time.hour(), time.minute()) == (hour, minute));
        for (text, language) in [(format!("в {hour}:{minute:02}"), Language::Ru), (format!("at {}:{minute:02} pm", hour - 12), Language::En)] {
            prop_assert_eq!(due(&text, language, &now).when, Some(When::Moment(expected.clone())), "{} at {}", text, now);
        }
    }

    #[test]
    fn of_two_readings_the_next_in_waking_hours_counts(now in some_now(), hour in 1_i8..=12, minute in 0_i8..60) {
        let expected = next_minute(&now, |time| {
            (time.hour() % 12, time.minute()) == (hour % 12, minute) && (7..23).contains(&time.hour())
        });
        for (text, language) in [(format!("в {hour}:{minute:02}"), Language::Ru), (format!("at {hour}:{minute:02}"), Language::En)] {
            prop_assert_eq!(due(&text, language, &now).when, Some(When::Moment(expected.clone())), "{} at {}", text, now);
        }
    }

    #[test]
    fn on_another_day_small_hours_are_afternoon(now in some_now(), hour in 1_i8..=12) {
        let exact = if hour < 7 { hour + 12 } else { hour };
        let tomorrow = now.date().tomorrow().unwrap();
        let expected = tomorrow.at(exact, 0, 0, 0).to_zoned(now.time_zone().clone()).unwrap();
        for (text, language) in [(format!("завтра в {hour}"), Language::Ru), (format!("tomorrow at {hour}"), Language::En)] {
            prop_assert_eq!(due(&text, language, &now).when, Some(When::Moment(expected.clone())), "{} at {}", text, now);
        }
    }

    #[test]
    fn today_a_time_is_ahead_or_past(now in some_now(), hour in full_face_hour(), minute in 0_i8..60) {
        let moment = now.date().at(hour, minute, 0, 0).to_zoned(now.time_zone().clone()).unwrap();
        let due = due(&format!("сегодня в {hour}:{minute:02}"), Language::Ru, &now);
        if moment > now {
            prop_assert_eq!(due.when, Some(When::Moment(moment)));
        } else {
            prop_assert_eq!((due.when, due.problem), (None, Some(DueProblem::Past)));
        }
    }

    #[test]
    fn offsets_in_hours_and_minutes_are_exact(now in some_now(), hours in 1_i64..100, minutes in 1_i64..60) {
        let expected = now.timestamp().as_second() + hours * 3600 + minutes * 60;
        for (text, language) in [
            (format!("через {hours} ч {minutes} мин"), Language::Ru),
            (format!("in {hours} hours {minutes} minutes"), Language::En),
        ] {
            match due(&text, language, &now).when {
                Some(When::Moment(moment)) => prop_assert_eq!(moment.timestamp().as_second(), expected, "{}", text),
                other => prop_assert!(false, "{} gave {:?}", text, other),
            }
        }
    }

    /// Whatever is said, wherever the calendar ends: mentions keep their order and stay inside, and nothing due is over.
    #[test]
    fn any_words_resolve_to_nothing_that_is_over(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..9),
        now in prop_oneof![some_now(), prop::sample::select(EDGES).prop_map(|text| text.parse().unwrap())],
    ) {
        let tokens = tokenize(&words.join(" "));
        for language in [Language::Ru, Language::En] {
            let mentions = scan(&tokens, language);
            let mut end = 0;
            for mention in &mentions {
                prop_assert!(mention.range.start >= end && mention.range.end > mention.range.start && mention.range.end <= tokens.len());
                end = mention.range.end;
            }
            let due = resolve(&mentions, &now);
            prop_assert!(due.when.is_none() || due.problem.is_none());
            prop_assert!(due.leftovers.iter().all(|index| *index < mentions.len()));
            match &due.when {
                Some(When::Day(day)) => prop_assert!(*day >= now.date(), "{} at {}", words.join(" "), now),
                Some(When::Moment(moment)) => prop_assert!(moment.timestamp().as_second() >= now.timestamp().as_second(), "{} at {}", words.join(" "), now),
                None => {}
            }
        }
    }

    #[test]
    fn any_characters_are_scanned(text in "\\PC{0,40}") {
        let tokens = tokenize(&text);
        for language in [Language::Ru, Language::En] {
            prop_assert!(scan(&tokens, language).len() <= tokens.len());
        }
    }

    #[test]
    fn moments_print_as_rfc_3339(now in some_now(), minutes in 1_i64..100_000) {
        let due = due(&format!("через {minutes} минут"), Language::Ru, &now);
        let printed = due.when.unwrap().to_string();
        let parsed: jiff::Timestamp = printed.parse().unwrap();
        prop_assert_eq!(parsed.as_second(), now.timestamp().as_second() + minutes * 60);
        prop_assert_eq!(printed.len(), "2026-06-15T12:00:00+03:00".len());
    }
}

#[test]
fn an_offset_with_seconds_prints_in_utc() {
    let now: Zoned = "1850-01-01T12:00:00+02:30:17[Europe/Moscow]"
        .parse()
        .unwrap();
    let printed = due("через час", Language::Ru, &now)
        .when
        .unwrap()
        .to_string();
    assert_eq!(printed, "1850-01-01T10:29:43+00:00");
}

const EDGES: &[&str] = &[
    "9999-12-30T21:59:59+00:00[UTC]",
    "9999-12-29T23:00:00+14:00[+14:00]",
    "0000-01-01T00:00:00+00:00[UTC]",
    "-009999-01-03T00:00:00+00:00[UTC]",
];

const WORDS: &[&str] = &[
    "в",
    "на",
    "к",
    "до",
    "с",
    "по",
    "после",
    "через",
    "за",
    "около",
    "между",
    "без",
    "сегодня",
    "завтра",
    "послезавтра",
    "завтрашней",
    "вчера",
    "понедельник",
    "среду",
    "средам",
    "пт",
    "выходные",
    "марта",
    "мае",
    "февраля",
    "утром",
    "утра",
    "дня",
    "вечером",
    "ночи",
    "час",
    "часов",
    "минут",
    "недели",
    "неделю",
    "месяц",
    "года",
    "полчаса",
    "полседьмого",
    "половине",
    "полдень",
    "полночь",
    "этой",
    "следующей",
    "прошлой",
    "каждый",
    "каждую",
    "числа",
    "начале",
    "конце",
    "ежедневно",
    "раз",
    "назад",
    "заранее",
    "сейчас",
    "ровно",
    "и",
    "две",
    "тридцать",
    "первого",
    "ноль",
    "пять",
    "on",
    "at",
    "by",
    "before",
    "for",
    "in",
    "from",
    "between",
    "within",
    "the",
    "a",
    "an",
    "today",
    "tomorrow",
    "tonight",
    "monday",
    "fridays",
    "weekend",
    "weekdays",
    "march",
    "may",
    "23rd",
    "morning",
    "night",
    "noon",
    "midnight",
    "am",
    "pm",
    "p.",
    "m.",
    "o'clock",
    "half",
    "quarter",
    "past",
    "to",
    "of",
    "hour",
    "minutes",
    "weeks",
    "month",
    "year",
    "this",
    "next",
    "last",
    "every",
    "other",
    "daily",
    "twice",
    "ago",
    "now",
    "later",
    "end",
    "end of",
    "five",
    "thirty",
    "twenty",
    "hundred",
    "thousand",
    "first",
    "7",
    "12",
    "31",
    "30",
    "18:00",
    "24:00",
    "25:00",
    "7:30",
    "25.03",
    "3/25",
    "2027-03-25",
    "2020",
    "9999",
    "99999999999",
    "-",
    ",",
    "и",
    "and",
    "молоко",
    "milk",
];
