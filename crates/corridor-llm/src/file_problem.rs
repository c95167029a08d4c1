//! What is wrong in a file a person wrote: where, and what to do about it.

use std::fmt;
use std::ops::Range;

/// One thing wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// The file, as the person named it.
    pub file: String,
    /// The line, from 1; 0 where it is about the file as a whole.
    pub line: usize,
    /// The key, with the tables above it (`profiles.cheap.model`); empty where the whole file is meant.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl FileProblem {
    /// File, and line where there is one: `policy.toml:3`.
    #[must_use]
    pub fn place(&self) -> String {
        match self.line {
            0 => self.file.clone(),
            line => format!("{}:{line}", self.file),
        }
    }

    /// Place, message and hint on one line, for logs.
    #[must_use]
    pub fn in_a_line(&self) -> String {
        self.to_string().replace("\n  hint: ", "; ")
    }
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place())?;
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        write!(f, "{}", self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// Everything wrong in a file, at least one thing, in the order of the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblems(Vec<FileProblem>);

impl FileProblems {
    /// All of them, or none where the list is empty.
    pub(crate) fn check(mut problems: Vec<FileProblem>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Err(Self(problems))
    }

    /// The problems, in the order of the lines.
    #[must_use]
    pub fn list(&self) -> &[FileProblem] {
        &self.0
    }
}

impl From<FileProblem> for FileProblems {
    fn from(problem: FileProblem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for FileProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            if position > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for FileProblems {}

/// A file's name and text, which turns positions into lines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourceFile<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
}

impl SourceFile<'_> {
    pub(crate) fn problem(
        &self,
        span: Range<usize>,
        field: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> FileProblem {
        FileProblem {
            file: self.name.to_owned(),
            line: self.line(span.start),
            field: field.to_owned(),
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// A TOML parser's complaint, which speaks of syntax. `example` says where a good file is to be seen.
    pub(crate) fn toml_problem(&self, error: &toml::de::Error, example: &str) -> FileProblem {
        let hint = if self.looks_like_yaml() {
            "this looks like YAML; the file must be TOML (key = value, [tables])"
        } else {
            example
        };
        self.problem(error.span().unwrap_or(0..0), "", error.message(), hint)
    }

    fn looks_like_yaml(&self) -> bool {
        let yaml_name = [".yaml", ".yml"]
            .iter()
            .any(|ending| self.name.to_ascii_lowercase().ends_with(ending));
        let first = self
            .text
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'));
        yaml_name
            || first
                .is_some_and(|line| line == "---" || (line.contains(':') && !line.contains('=')))
    }

    fn line(&self, offset: usize) -> usize {
        self.text
            .bytes()
            .take(offset)
            .filter(|byte| *byte == b'\n')
            .count()
            .saturating_add(1)
    }
}
