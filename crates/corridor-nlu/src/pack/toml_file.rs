//! Reads a TOML file of a pack, and says in plain words why it cannot be read.

use serde::de::DeserializeOwned;

use super::problem::{PackProblem, PackProblems, Place};
use crate::typo::nearest;

const GUIDE: &str = "see docs/guides/packs.md";

/// The value of a file, or one problem.
pub(super) fn parse<T: DeserializeOwned>(
    place: Place<'_>,
    problems: &mut PackProblems,
) -> Option<T> {
    match toml::from_str(place.text) {
        Ok(value) => Some(value),
        Err(error) => {
            problems.push(problem(place, &error));
            None
        }
    }
}

fn problem(place: Place<'_>, error: &toml::de::Error) -> PackProblem {
    let message = error.message().trim();
    let Some((key, known)) = unknown_key(message) else {
        let message = message.replace('\n', "; ");
        return place.problem(error.span(), "", message, Some(GUIDE));
    };
    let hint = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("keys here are {}", known.join(", ")),
    };
    let table = error
        .span()
        .and_then(|span| place.text.get(..span.start))
        .and_then(table_of);
    let full = table.map_or_else(|| key.to_owned(), |table| format!("{table}.{key}"));
    place.problem(
        error.span(),
        &full,
        format!("unknown key `{key}`"),
        Some(&hint),
    )
}

/// The unknown key that serde complains of, and those that it knows: "unknown field `a`, expected one of `b`, `c`".
fn unknown_key(message: &str) -> Option<(&str, Vec<&str>)> {
    let names = message.strip_prefix("unknown field ")?;
    let mut quoted = names.split('`').skip(1).step_by(2);
    Some((quoted.next()?, quoted.collect()))
}

/// The table in which a text ends.
fn table_of(head: &str) -> Option<&str> {
    let line = head
        .lines()
        .rev()
        .map(str::trim)
        .find(|line| line.starts_with('['))?;
    Some(line.trim_matches(['[', ']']))
}
