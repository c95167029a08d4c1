//! Whether a data set is sound as a whole: what no entry shows by itself, and what is missing between them.

mod coverage;
mod duplicates;
mod minimum;

use std::collections::HashSet;

use serde::Serialize;

pub use coverage::Coverage;
pub use minimum::Gap;

use crate::dataset::{Dataset, DatasetFiles, DatasetProblem, Place};
use minimum::Minimum;

/// What a check of a data set found.
#[derive(Clone, Debug, Serialize)]
pub struct CheckReport {
    /// What is wrong, by file and line.
    pub problems: Vec<DatasetProblem>,
    /// How many entries there are of what.
    pub coverage: Coverage,
    /// Where there are too few.
    pub gaps: Vec<Gap>,
}

impl CheckReport {
    /// Whether nothing is wrong and nothing missing.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.problems.is_empty() && self.gaps.is_empty()
    }
}

/// Checks the files of a data set. Goes on after a problem; entries that cannot be read are not counted.
#[must_use]
pub fn check(files: &DatasetFiles) -> CheckReport {
    let reading = Dataset::read(files);
    let (dataset, mut problems) = (reading.dataset, reading.problems);
    problems.extend(duplicates::find(&dataset.entries));
    problems.extend(unused(&dataset, files));
    let coverage = Coverage::of(&dataset.entries);
    let gaps = match Minimum::read(files, &mut problems) {
        Some(minimum) => minimum.gaps(&coverage),
        None => Vec::new(),
    };
    problems.sort();
    problems.dedup();
    CheckReport {
        problems,
        coverage,
        gaps,
    }
}

/// The duplicates among entries, as problems of the later one.
pub(crate) use duplicates::find as duplicates;

/// Tags and households that no entry refers to: a word too many, or an entry too few.
fn unused(dataset: &Dataset, files: &DatasetFiles) -> Vec<DatasetProblem> {
    let used_tags: HashSet<&str> = dataset
        .entries
        .iter()
        .flat_map(|entry| &entry.tags)
        .map(|tag| tag.name.as_str())
        .collect();
    let used_contexts: HashSet<_> = dataset.entries.iter().map(|entry| &entry.context).collect();
    let mut problems = Vec::new();
    let mut note = |place: &Place, message: String, hint: &str| {
        problems.push(DatasetProblem::new(place.clone(), message, hint));
    };
    match &dataset.tags {
        Some(tags) => {
            for (tag, place) in tags.iter().filter(|(tag, _)| !used_tags.contains(tag)) {
                note(
                    place,
                    format!("tags: no entry carries `{tag}`"),
                    "add an entry that it is for, or remove it",
                );
            }
        }
        None if !files.has_tags() => {
            note(
                &files.first_line(DatasetFiles::TAGS),
                "is missing".to_owned(),
                "declare the tags that entries carry",
            );
        }
        None => {}
    }
    for context in dataset
        .contexts
        .values()
        .filter(|context| !used_contexts.contains(&context.name))
    {
        let message = format!("context: no entry is said in `{}`", context.name);
        note(
            &context.place,
            message,
            "add an entry that it is for, or remove it",
        );
    }
    problems
}
