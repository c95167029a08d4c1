//! Which file of a data set is what, and where its lines are.

use std::ops::Range;
use std::sync::Arc;

use super::FORMAT_VERSION;
use super::lines::Lines;
use super::problem::{DatasetProblem, Place};
use crate::vocabulary::EntryLanguage;

const CONTEXTS: &str = "contexts/";

/// The texts of a data set's files. Whoever reads folders gives them here; this crate opens nothing.
#[derive(Clone, Debug)]
pub struct DatasetFiles {
    root: String,
    files: Vec<(String, String)>,
}

impl DatasetFiles {
    /// The path of the file that declares the tags.
    pub const TAGS: &'static str = "tags.toml";
    /// The path of the file that says how many entries there have to be of what.
    pub const COVERAGE: &'static str = "coverage.toml";

    /// Files as (path, text), each path with `/` and relative to `root`, which is shown before it to people.
    #[must_use]
    pub fn new(root: impl Into<String>, mut files: Vec<(String, String)>) -> Self {
        files.sort();
        Self {
            root: root.into(),
            files,
        }
    }

    /// The file that says how many entries there have to be of what.
    pub(crate) fn coverage(&self) -> Option<Source<'_>> {
        self.named(Self::COVERAGE)
            .map(|(path, text)| self.source(path, text))
    }

    /// Whether the set declares its tags.
    pub(crate) fn has_tags(&self) -> bool {
        self.tags().is_some()
    }

    /// The beginning of a file, also of one that is not there.
    pub(crate) fn first_line(&self, path: &str) -> Place {
        self.source(path, "").place(&(0..0))
    }

    /// The text of a file, by its path.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.named(path).map(|(_, text)| text)
    }

    /// The same files with one of them replaced or added.
    #[must_use]
    pub fn with(&self, path: &str, text: String) -> Self {
        let others = self
            .files
            .iter()
            .filter(|(other, _)| other != path)
            .cloned();
        Self::new(
            self.root.clone(),
            others.chain([(path.to_owned(), text)]).collect(),
        )
    }

    pub(super) fn contexts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter(|(path, _)| path.starts_with(CONTEXTS))
    }

    pub(super) fn tags(&self) -> Option<(&str, &str)> {
        self.named(Self::TAGS)
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter(|(path, _)| {
            !path.starts_with(CONTEXTS) && ![Self::TAGS, Self::COVERAGE].contains(path)
        })
    }

    pub(super) fn source<'t>(&self, path: &str, text: &'t str) -> Source<'t> {
        let shown = if self.root.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.root)
        };
        Source {
            file: shown.into(),
            text,
            lines: Lines::of(text),
        }
    }

    fn named(&self, name: &str) -> Option<(&str, &str)> {
        self.iter().find(|(path, _)| *path == name)
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// A file that entries came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryFile {
    /// Its path, relative to the set's root.
    pub path: String,
    /// As it is shown to people.
    pub shown: Arc<str>,
    /// The language of its entries.
    pub language: EntryLanguage,
}

/// One file on its way to be read.
pub(crate) struct Source<'t> {
    pub(crate) file: Arc<str>,
    pub(crate) text: &'t str,
    lines: Lines,
}

impl Source<'_> {
    /// The line where a span of bytes begins.
    pub(crate) fn place(&self, span: &Range<usize>) -> Place {
        Place {
            file: Arc::clone(&self.file),
            line: self.lines.line(span.start),
        }
    }

    /// What a TOML error says, at its line and with the key that stands there.
    pub(crate) fn toml_problem(
        &self,
        error: &toml::de::Error,
        fallback: &Range<usize>,
    ) -> DatasetProblem {
        let place = self.place(&error.span().unwrap_or_else(|| fallback.clone()));
        let message = error.message().trim_end().replace('\n', "; ");
        let message = match self.key_of_line(place.line) {
            Some(key) if !message.contains(&format!("`{key}`")) => format!("{key}: {message}"),
            _ => message,
        };
        DatasetProblem::new(place, message, "datasets/README.md describes every field")
    }

    fn key_of_line(&self, line: usize) -> Option<&str> {
        let (key, _) = self
            .text
            .lines()
            .nth(line.saturating_sub(1))?
            .split_once('=')?;
        let key = key.trim();
        let is_bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        (!key.is_empty() && key.chars().all(is_bare)).then_some(key)
    }

    /// What to tell about a file of another version.
    pub(crate) fn wrong_version(&self, version: &toml::Spanned<u32>) -> Option<DatasetProblem> {
        let found = *version.get_ref();
        (found != FORMAT_VERSION).then(|| {
            let message = format!("version: {found} is not a version this build reads");
            let hint =
                format!("write version = {FORMAT_VERSION}, or use a build that knows the version");
            DatasetProblem::new(self.place(&version.span()), message, hint)
        })
    }
}
