//! What a pack expects of the engine: sentences with what they must come to, beside the data that makes them so.

use super::PackFiles;
use super::check::parse_toml;
use super::problem::PackProblems;
use super::raw::RawExpectations;

/// One expected understanding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// File it stands in.
    pub file: String,
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

pub(super) fn read(files: &PackFiles) -> Result<Vec<Expectation>, PackProblems> {
    let mut problems = PackProblems::default();
    let mut all = Vec::new();
    for (path, text) in files.iter() {
        let Some(raw) = parse_toml::<RawExpectations>(path, text, &mut problems) else {
            continue;
        };
        all.extend(raw.expect.into_iter().map(|expect| Expectation {
            file: path.to_owned(),
            about: expect.about.into_inner(),
            say: expect.say,
            get: expect.get,
        }));
    }
    problems.into_result()?;
    Ok(all)
}
