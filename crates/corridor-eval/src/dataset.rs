//! The golden data set: files as text to checked entries, with file and line for everything that is wrong.

mod context;
mod entry;
mod expected;
mod file;
mod lines;
mod problem;
mod raw;
mod read;
mod tags;
pub(crate) mod wire;

use std::collections::{BTreeMap, HashMap};

pub use context::{ContextName, GoldenContext};
pub use entry::{Entry, EntryId, Expected, Tag};
pub use expected::REJECT_CODES;
pub use file::{DatasetFiles, EntryFile};
pub use problem::{DatasetProblem, Place};
pub use tags::TagList;

/// The version of the file formats that this build reads. Fields are only ever added, so it stays until a field has to change its meaning.
pub const FORMAT_VERSION: u32 = 1;

/// Entries with the contexts and tags that they refer to.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// The entries, by file and then as written.
    pub entries: Vec<Entry>,
    /// The households, by name.
    pub contexts: BTreeMap<ContextName, GoldenContext>,
    /// The tags there are; `None` where the set has no list of them.
    pub tags: Option<TagList>,
    /// The files that entries came from.
    pub files: Vec<EntryFile>,
}

/// What came of reading files: all that could be read, and all that could not.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What could be read.
    pub dataset: Dataset,
    /// What is wrong, by file and line. A set with problems is not fit to measure by.
    pub problems: Vec<DatasetProblem>,
}

impl Dataset {
    /// Reads the files of a data set. Goes on after a problem, so that all are told at once.
    #[must_use]
    pub fn read(files: &DatasetFiles) -> Reading {
        let mut reading = Reading::default();
        // Entries are built from contexts, so these come first whatever the order of the files.
        for (path, text) in files.contexts() {
            if let Some(context) =
                context::read(files.source(path, text), path, &mut reading.problems)
            {
                reading
                    .dataset
                    .contexts
                    .insert(context.name.clone(), context);
            }
        }
        if let Some((path, text)) = files.tags() {
            reading.dataset.tags = tags::read(files.source(path, text), &mut reading.problems);
        }
        for (path, text) in files.entries() {
            let source = files.source(path, text);
            let known = read::Known {
                contexts: &reading.dataset.contexts,
                tags: reading.dataset.tags.as_ref(),
            };
            if let Some((file, entries)) =
                read::entries(&source, path, &known, &mut reading.problems)
            {
                reading.dataset.files.push(file);
                reading.dataset.entries.extend(entries);
            }
        }
        one_entry_for_an_id(&mut reading);
        reading.problems.sort();
        reading
    }

    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id)
    }
}

/// Outcomes are accepted by id: two entries under one id would hide each other.
fn one_entry_for_an_id(reading: &mut Reading) {
    let mut seen: HashMap<&EntryId, &Place> = HashMap::new();
    for entry in &reading.dataset.entries {
        if let Some(first) = seen.insert(&entry.id, &entry.place) {
            reading.problems.push(DatasetProblem::new(
                entry.place.clone(),
                format!("id: `{}` is taken by the entry at {first}", entry.id),
                "take the next free number of the file's prefix",
            ));
        }
    }
}
