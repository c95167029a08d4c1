//! What can be wrong with settings, in words for the operator.
//!
//! Values are never repeated: what stands in the wrong place may be a key.

use std::{fmt, io, path::PathBuf};

use super::{
    declaration::{Declaration, Layer, Notation},
    settings::SECTIONS,
};

/// Where a value or a name was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody gave it.
    Default,
    /// A line of a settings file, counted from 1.
    File {
        /// The file as it was named.
        path: PathBuf,
        /// The line.
        line: usize,
    },
    /// An environment variable.
    Environment {
        /// Its name.
        variable: &'static str,
    },
    /// A flag of the command line.
    Flag {
        /// Its name without dashes.
        flag: &'static str,
    },
}

impl Origin {
    /// The layer it belongs to.
    #[must_use]
    pub fn layer(&self) -> Layer {
        match self {
            Self::Default => Layer::Default,
            Self::File { .. } => Layer::File,
            Self::Environment { .. } => Layer::Environment,
            Self::Flag { .. } => Layer::Flag,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Environment { variable } => write!(f, "environment variable {variable}"),
            Self::Flag { flag } => write!(f, "--{flag}"),
        }
    }
}

/// One thing wrong with the settings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingProblem {
    /// The file cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not TOML.
    #[error("{origin}: not valid TOML: {message}")]
    Syntax {
        /// Where the parser stopped.
        origin: Origin,
        /// What it expected.
        message: String,
    },
    /// There is no such section.
    #[error("{origin}: there is no section [{name}]")]
    UnknownSection {
        /// Where the section stands.
        origin: Origin,
        /// Its name.
        name: String,
        /// The known section that looks most like it.
        nearest: Option<&'static str>,
    },
    /// There is no such setting in this section.
    #[error("{origin}: there is no setting `{name}`")]
    UnknownKey {
        /// Where the key stands.
        origin: Origin,
        /// `section.key`, or the bare key outside any section.
        name: String,
        /// The known setting that looks most like it.
        nearest: Option<&'static Declaration>,
    },
    /// A variable of the environment is named almost like one that is a setting.
    #[error("environment variable {variable}: there is no setting of this name")]
    UnknownVariable {
        /// The variable.
        variable: String,
        /// The variable it is probably meant to be.
        nearest: &'static str,
    },
    /// A section's name is used for a value.
    #[error("{origin}: `{name}` is a section, not a setting")]
    NotASection {
        /// Where the name stands.
        origin: Origin,
        /// The section's name.
        name: &'static str,
    },
    /// A secret stands in the file.
    #[error("{origin}: `{}` is a secret and not taken from a settings file", declaration.name())]
    SecretInFile {
        /// Where the key stands.
        origin: Origin,
        /// The setting.
        declaration: &'static Declaration,
    },
    /// The value is written in the wrong TOML notation.
    #[error("{origin}: `{}` must be {}, not {found}", declaration.name(), declaration.notation.name())]
    WrongNotation {
        /// Where the value stands.
        origin: Origin,
        /// The setting.
        declaration: &'static Declaration,
        /// What stands there instead.
        found: &'static str,
    },
    /// The value is not allowed.
    #[error("{origin}: the value of `{}` {reason}", declaration.name())]
    NotAllowed {
        /// Where the value stands.
        origin: Origin,
        /// The setting.
        declaration: &'static Declaration,
        /// Why, continuing "the value".
        reason: &'static str,
    },
}

impl SettingProblem {
    /// The line of the file that it is about; nothing where it is about something else.
    fn line(&self) -> Option<usize> {
        match self {
            Self::Unreadable { .. } | Self::UnknownVariable { .. } => None,
            Self::Syntax { origin, .. }
            | Self::UnknownSection { origin, .. }
            | Self::UnknownKey { origin, .. }
            | Self::NotASection { origin, .. }
            | Self::SecretInFile { origin, .. }
            | Self::WrongNotation { origin, .. }
            | Self::NotAllowed { origin, .. } => match origin {
                Origin::File { line, .. } => Some(*line),
                Origin::Default | Origin::Environment { .. } | Origin::Flag { .. } => None,
            },
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Unreadable { .. } => {
                "name a readable file with --config or CORRIDOR_CONFIG".to_owned()
            }
            Self::Syntax { .. } => {
                "write `[section]` lines and `key = value` lines; strings stand in double quotes"
                    .to_owned()
            }
            Self::UnknownSection {
                nearest: Some(nearest),
                ..
            } => format!("did you mean [{nearest}]?"),
            Self::UnknownKey {
                nearest: Some(nearest),
                ..
            } => format!("did you mean `{}`?", nearest.name()),
            Self::UnknownVariable { nearest, .. } => format!("did you mean {nearest}?"),
            Self::UnknownSection { .. } => sections(),
            Self::UnknownKey { name, .. } => keys_beside(name).unwrap_or_else(sections),
            Self::NotASection { name, .. } => {
                format!("write a line `[{name}]` and its settings below")
            }
            Self::WrongNotation { declaration, .. } => match declaration.notation {
                Notation::Text => format!(
                    "write {} = \"…\"; allowed: {}",
                    declaration.key, declaration.allowed
                ),
                Notation::Integer | Notation::Decimal => format!(
                    "write the number without quotes; allowed: {}",
                    declaration.allowed
                ),
                Notation::Boolean => {
                    format!("write {} = true or false, without quotes", declaration.key)
                }
            },
            Self::SecretInFile { declaration, .. } => format!(
                "take the line out and give it by the environment variable {}",
                declaration.environment
            ),
            Self::NotAllowed { declaration, .. } => format!("allowed: {}", declaration.allowed),
        }
    }
}

/// The sections there are.
fn sections() -> String {
    let names: Vec<_> = SECTIONS
        .iter()
        .map(|section| format!("[{}]", section.name))
        .collect();
    format!("the sections are {}", names.join(", "))
}

/// The settings of the section that `name` (`section.key`) stands in; nothing where it stands in none.
fn keys_beside(name: &str) -> Option<String> {
    let (section, _) = name.split_once('.')?;
    let section = SECTIONS.iter().find(|known| known.name == section)?;
    let keys: Vec<_> = section.settings.iter().map(|known| known.key).collect();
    Some(format!("[{}] has {}", section.name, keys.join(", ")))
}

/// Everything wrong with the settings, never empty.
#[derive(Debug, thiserror::Error)]
#[error("the settings have {} problem{}", .0.len(), if .0.len() == 1 { "" } else { "s" })]
pub struct SettingProblems(Vec<SettingProblem>);

impl SettingProblems {
    /// In the order of the file's lines, then what is not in the file.
    pub(super) fn new(mut problems: Vec<SettingProblem>) -> Self {
        problems.sort_by_key(|problem| problem.line().unwrap_or(usize::MAX));
        Self(problems)
    }

    /// The problems.
    pub fn iter(&self) -> std::slice::Iter<'_, SettingProblem> {
        self.0.iter()
    }
}
