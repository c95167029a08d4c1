//! The time grammars through their public door: folders of cases, and phrases for every day of years against oracles that step from
//! day to day.
//!
//! A case is `words with [marked] mentions => due`. Brackets mark a mention that counts for the date, braces one left for the
//! description, angle brackets the recurrence; words outside are no mention. The due date is a date, a date-time, `none` or a problem.
//! A line `now: …` sets when the cases after it were said, Monday 2026-06-15T12:00:00+03:00 before the first. Adding a case is adding a
//! line, adding a topic a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

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
        let (start, end) = (tokens[mention.range.start].span.start, tokens[mention.range.end - 1].span.end);
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
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/times").join(folder);
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(&dir).expect("the case folder exists") {
        let path = entry.unwrap().path();
        let mut now: Zoned = NOW.parse().unwrap();
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if let Some(said_at) = line.strip_prefix("now: ") {
                now = said_at.parse().unwrap_or_else(|error| panic!("{}:{}: {error}", path.display(), number + 1));
                continue;
            }
            let Some((wanted, due_wanted)) = line.split_once(" => ").filter(|_| !line.starts_with('#')) else { continue };
            count += 1;
            let text: String = wanted.chars().filter(|c| !"[]{}<>".contains(*c)).collect();
            let found = (marked(&text, language, &now), said(&due(&text, language, &now)));
            if (found.0.as_str(), found.1.as_str()) != (wanted, due_wanted) {
                failures.push(format!("{}:{}: {line}\n    found: {} => {}", path.display(), number + 1, found.0, found.1));
            }
        }
    }
    assert!(count > 0, "no cases in {}", dir.display());
    assert!(failures.is_empty(), "{} of {count} failed:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn russian_cases() {
    run_cases("ru", Language::Ru);
}

#[test]
fn english_cases() {
    run_cases("en", Language::En);
}
