//! What a pack expects of the engine: sentences with what they must come to, beside the data that makes them so.

use std::collections::HashSet;

use toml::Spanned;

use super::problem::{PackProblems, Place};
use super::raw::{RawExpectation, RawExpectations};
use super::rule::{NotOurs, RejectCode};
use super::{PackFiles, toml_file};
use crate::typo::nearest;

/// What may be asked, as lines of expectations name it.
const ASKED: &[&str] = &["text", "item", "title", "due"];

/// One expected understanding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// File it stands in.
    pub file: String,
    /// The line where it says what it is about.
    pub line: Option<usize>,
    /// The phenomenon of language it is about.
    pub about: String,
    /// What is said.
    pub say: String,
    /// One line a clause, as [`crate::Understanding::lines`] writes them.
    pub get: Vec<String>,
}

/// How one expectation came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectationOutcome {
    /// What was expected.
    pub expected: Expectation,
    /// What the engine made of it.
    pub got: Vec<String>,
    /// Items that were expected and did not come, and of which no word is a known good.
    pub unknown_goods: Vec<String>,
}

impl ExpectationOutcome {
    /// Whether it came out as expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.expected.get == self.got
    }
}

/// All expectations of a pack, run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectationReport {
    /// One outcome an expectation, in the order of the files.
    pub outcomes: Vec<ExpectationOutcome>,
}

impl ExpectationReport {
    /// Those that came out otherwise.
    pub fn failures(&self) -> impl Iterator<Item = &ExpectationOutcome> {
        self.outcomes.iter().filter(|outcome| !outcome.passed())
    }
}

impl Expectation {
    /// The names of the items that it expects, with their amounts.
    pub(crate) fn items(&self) -> impl Iterator<Item = &str> {
        self.get
            .iter()
            .filter_map(|line| line.strip_prefix("buy: "))
            .flat_map(|items| {
                let items = items
                    .split_once("; list ")
                    .map_or(items, |(items, _)| items);
                items.split(", ")
            })
            .map(|item| item.split_once(" > ").map_or(item, |(item, _)| item))
    }
}

/// What all packs of a pile expect. Of a sentence that several of them have, the highest says what it must come to.
pub(super) fn read(files: &PackFiles) -> Result<Vec<Expectation>, PackProblems> {
    let mut problems = PackProblems::default();
    let mut layers: Vec<Vec<Expectation>> = Vec::new();
    for layer in files.layers().iter().rev() {
        let mut own = Vec::new();
        for (_, place) in layer.files() {
            let Some(raw) = toml_file::parse::<RawExpectations>(place, &mut problems) else {
                continue;
            };
            for expect in raw.expect {
                check_lines(&expect, place, &mut problems);
                own.push(expectation(expect, place));
            }
        }
        let above: HashSet<&str> = said(&layers).collect();
        own.retain(|expect| !above.contains(expect.say.as_str()));
        layers.push(own);
    }
    problems.into_result()?;
    Ok(layers.into_iter().rev().flatten().collect())
}

fn said(layers: &[Vec<Expectation>]) -> impl Iterator<Item = &str> {
    layers.iter().flatten().map(|expect| expect.say.as_str())
}

fn expectation(raw: RawExpectation, place: Place<'_>) -> Expectation {
    Expectation {
        file: place.file.to_owned(),
        line: place.line(&raw.about.span()),
        about: raw.about.into_inner(),
        say: raw.say,
        get: raw.get.into_iter().map(Spanned::into_inner).collect(),
    }
}

/// Lines that no understanding ever comes to.
fn check_lines(expect: &RawExpectation, place: Place<'_>, problems: &mut PackProblems) {
    for line in &expect.get {
        if let Some((message, hint)) = odd_line(line.get_ref()) {
            problems.push(place.problem(Some(line.span()), "expect.get", message, Some(&hint)));
        }
    }
}

/// What is wrong with a line, and what to write.
fn odd_line(line: &str) -> Option<(String, String)> {
    let (head, value) = match line.split_once(": ") {
        _ if line == "not understood" => return None,
        Some(parts) => parts,
        None => (line, ""),
    };
    let known: Vec<&str> = match head {
        "buy" | "do" if value.is_empty() => {
            let message = format!("nothing stands behind `{head}:`");
            return Some((message, "see docs/guides/packs.md, Expectations".to_owned()));
        }
        "buy" | "do" => return None,
        "ask" => ASKED.to_vec(),
        "not ours" => NotOurs::ALL.iter().map(|(_, name)| *name).collect(),
        "reject" => RejectCode::ALL.iter().map(|(_, name)| *name).collect(),
        _ => {
            let message = format!("`{head}` is nothing that a sentence comes to");
            let hint =
                "lines begin with buy:, do:, ask:, not ours:, reject:, or are `not understood`";
            return Some((message, hint.to_owned()));
        }
    };
    if known.contains(&value) {
        return None;
    }
    let hint = match nearest(value, known.iter().copied()) {
        Some(near) => format!("did you mean `{head}: {near}`?"),
        None => format!("write one of {}", known.join(", ")),
    };
    Some((format!("`{value}` is no word for `{head}:`"), hint))
}
