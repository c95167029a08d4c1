//! Households that entries refer to by name.

use std::fmt;

use corridor_contract::{Capabilities, Context, Timestamp};
use serde::Deserialize as _;

use super::file::Source;
use super::problem::{DatasetProblem, Place};
use super::raw::RawContext;

/// The name of a household: its file without folder and ending.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContextName(String);

impl ContextName {
    /// Wraps a name; whether there is such a household shows when it is looked up.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContextName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A household, with who speaks in it, when, and to what product, unless an entry says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct GoldenContext {
    /// Its name.
    pub name: ContextName,
    /// Its file.
    pub place: Place,
    /// Who speaks.
    pub user_id: String,
    /// When.
    pub timestamp: Timestamp,
    /// What the product can do.
    pub capabilities: Capabilities,
    /// The household as the contract has it, checked.
    pub context: Context,
}

pub(super) fn read(
    source: Source<'_>,
    path: &str,
    problems: &mut Vec<DatasetProblem>,
) -> Option<GoldenContext> {
    let raw = match toml::Deserializer::parse(source.text).and_then(RawContext::deserialize) {
        Ok(raw) => raw,
        Err(error) => {
            problems.push(source.toml_problem(&error, &(0..0)));
            return None;
        }
    };
    problems.extend(source.wrong_version(&raw.version));
    let mut note = |span, message: String, hint: &str| {
        problems.push(DatasetProblem::new(source.place(&span), message, hint));
    };
    let timestamp = raw.timestamp.get_ref().parse::<Timestamp>();
    if let Err(error) = &timestamp {
        note(
            raw.timestamp.span(),
            format!("timestamp: {error}"),
            "write when it is said, with an offset",
        );
    }
    let capabilities = Capabilities::new(raw.capabilities.get_ref().iter().copied());
    if let Err(error) = &capabilities {
        note(
            raw.capabilities.span(),
            format!("capabilities: {error}"),
            "name what the product can do",
        );
    }
    let wire = raw.context.get_ref().to_string();
    let context = Context::from_slice(wire.as_bytes());
    if let Err(found) = &context {
        for problem in found {
            note(
                raw.context.span(),
                format!("context{problem}"),
                "write it as the contract has it in a command",
            );
        }
    }
    if let Ok(context) = &context {
        let members = &context.household.members;
        let speaker = raw.user_id.get_ref();
        if !members
            .iter()
            .any(|member| member.user_id.as_str() == speaker)
        {
            let message = format!("user_id: `{speaker}` is no member of the household");
            note(raw.user_id.span(), message, "let a member speak");
        }
    }
    let name = path
        .rsplit('/')
        .next()
        .unwrap_or(path)
        .trim_end_matches(".toml");
    Some(GoldenContext {
        name: ContextName::new(name),
        place: source.place(&(0..0)),
        user_id: raw.user_id.into_inner(),
        timestamp: timestamp.ok()?,
        capabilities: capabilities.ok()?,
        context: context.ok()?,
    })
}
