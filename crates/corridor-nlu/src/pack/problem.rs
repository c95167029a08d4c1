//! What is wrong with a pack, where, and what to do.

use std::fmt;
use std::ops::Range;

/// One thing wrong with a pack file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackProblem {
    /// File: from the pack's folder, or with what the folder is called.
    pub file: String,
    /// Line, from 1; absent where the whole file is meant.
    pub line: Option<usize>,
    /// The key it concerns (`rule.ru.buy.phrases`), where there is one.
    pub key: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl PackProblem {
    /// Where it is: `ru/units.toml:12: unit.kind`.
    #[must_use]
    pub fn place(&self) -> String {
        let mut place = self.file.clone();
        if let Some(line) = self.line {
            place.push_str(&format!(":{line}"));
        }
        if let Some(key) = &self.key {
            place.push_str(&format!(": {key}"));
        }
        place
    }
}

impl fmt::Display for PackProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// Everything wrong with a pack; never empty as an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackProblems(pub(super) Vec<PackProblem>);

impl PackProblems {
    /// The problems, in the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, PackProblem> {
        self.0.iter()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn push(&mut self, problem: PackProblem) {
        self.0.push(problem);
    }

    /// `Ok` where nothing was found.
    pub(crate) fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Display for PackProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for PackProblems {}

/// A place in a pack file, from which problems are reported.
#[derive(Clone, Copy)]
pub(crate) struct Place<'p> {
    pub(crate) file: &'p str,
    pub(crate) text: &'p str,
}

impl Place<'_> {
    /// The line where a span begins, from 1.
    pub(crate) fn line(&self, span: &Range<usize>) -> Option<usize> {
        let head = self.text.get(..span.start)?;
        Some(head.matches('\n').count() + 1)
    }

    pub(crate) fn problem(
        &self,
        span: Option<Range<usize>>,
        key: &str,
        message: impl Into<String>,
        hint: Option<&str>,
    ) -> PackProblem {
        PackProblem {
            file: self.file.to_owned(),
            line: span.and_then(|span| self.line(&span)),
            key: (!key.is_empty()).then(|| key.to_owned()),
            message: message.into(),
            hint: hint.map(str::to_owned),
        }
    }
}
