//! Where a registry comes from.

use std::path::Path;

use crate::file_problem::{FileProblem, FileProblems};

/// The text of a registry and the name people know it by.
#[derive(Debug, Clone)]
pub struct PolicySource {
    pub(super) name: String,
    pub(super) text: String,
}

impl PolicySource {
    /// The registry that is compiled in, the same file as the commented copy in `config/`.
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_text(
            "config/llm-policy.toml (built in)",
            include_str!("../../../../config/llm-policy.toml"),
        )
    }

    /// A registry given as text.
    #[must_use]
    pub fn from_text(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Reads a registry from a file.
    ///
    /// # Errors
    /// When the file cannot be read as UTF-8 text.
    pub fn read(path: &Path) -> Result<Self, FileProblems> {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Self { name, text }),
            Err(error) => Err(FileProblem {
                file: name,
                line: 0,
                field: String::new(),
                message: format!("cannot be read: {error}"),
                hint: "give the path of a policy registry by LLM_POLICY_PATH, or unset it for the built-in one".to_owned(),
            }
            .into()),
        }
    }
}
