//! What was accepted of each entry, and whether a run falls behind it.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::dataset::EntryId;
use crate::judge::Difference;
use crate::run::Run;

/// The version of the file that this build reads and writes.
const VERSION: u32 = 1;

/// The accepted outcome of each entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<EntryId, Accepted>,
}

/// An outcome that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accepted {
    /// The decision is right.
    Right,
    /// It is not, in these parts.
    Wrong(Vec<Difference>),
}

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// It does not have the shape of one.
    #[error("line {line}: {message}")]
    Shape {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It is of another version.
    #[error("version {found} is not one that this build reads, which is {VERSION}")]
    Version {
        /// The version.
        found: u32,
    },
}

/// The file. Unknown keys are errors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBaseline {
    version: u32,
    #[serde(deserialize_with = "each_once")]
    entries: BTreeMap<EntryId, Accepted>,
}

/// Entries by id. A merge of two branches may leave an entry there twice, and then it is not known which is accepted.
fn each_once<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<EntryId, Accepted>, D::Error> {
    struct EachOnce;

    impl<'de> Visitor<'de> for EachOnce {
        type Value = BTreeMap<EntryId, Accepted>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("outcomes by entry id")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = BTreeMap::new();
            while let Some(id) = map.next_key::<String>()? {
                let id = EntryId::new(&id)
                    .ok_or_else(|| A::Error::custom(format!("`{id}` is no entry's id")))?;
                if entries.contains_key(&id) {
                    return Err(A::Error::custom(format!("`{id}` is there twice")));
                }
                entries.insert(id, map.next_value()?);
            }
            Ok(entries)
        }
    }

    deserializer.deserialize_map(EachOnce)
}

impl Baseline {
    /// Reads the text of a baseline file.
    ///
    /// # Errors
    /// Where it is none, or one of another version.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let raw: RawBaseline =
            serde_json::from_str(text).map_err(|error| BaselineError::Shape {
                line: error.line(),
                message: error.to_string(),
            })?;
        if raw.version != VERSION {
            return Err(BaselineError::Version { found: raw.version });
        }
        Ok(Self {
            entries: raw.entries,
        })
    }

    /// What a run comes to.
    #[must_use]
    pub fn of(run: &Run<'_>) -> Self {
        let accepted = run.outcomes.iter().map(|outcome| {
            let accepted = if outcome.is_right() {
                Accepted::Right
            } else {
                Accepted::Wrong(outcome.judgement.differences.clone())
            };
            (outcome.entry.id.clone(), accepted)
        });
        Self {
            entries: accepted.collect(),
        }
    }

    /// The text of its file: sorted, one line an entry, so that a change shows as the lines it changes.
    ///
    /// # Errors
    /// Where the JSON writer fails; nothing a baseline can hold makes it fail today.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        let mut text = format!("{{\n  \"version\": {VERSION},\n  \"entries\": {{");
        for (position, (id, accepted)) in self.entries.iter().enumerate() {
            let comma = if position == 0 { "" } else { "," };
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "{comma}\n    \"{id}\": {}",
                serde_json::to_string(accepted)?
            );
        }
        text.push_str("\n  }\n}\n");
        Ok(text)
    }

    /// What was accepted for an entry, if it was there.
    #[must_use]
    pub fn accepted(&self, id: &EntryId) -> Option<&Accepted> {
        self.entries.get(id)
    }

    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What accepting `next` in its place would change.
    #[must_use]
    pub fn compare(&self, next: &Self) -> Comparison {
        let mut comparison = Comparison::default();
        for (id, next) in &next.entries {
            let list = match (self.entries.get(id), next) {
                (Some(Accepted::Right), Accepted::Wrong(_)) => &mut comparison.turned_wrong,
                (Some(Accepted::Wrong(_)), Accepted::Right) => &mut comparison.turned_right,
                (Some(Accepted::Wrong(before)), Accepted::Wrong(now)) if before != now => {
                    &mut comparison.wrong_otherwise
                }
                (Some(_), _) => continue,
                (None, Accepted::Right) => &mut comparison.new_right,
                (None, Accepted::Wrong(_)) => &mut comparison.new_wrong,
            };
            list.push(id.clone());
        }
        let gone = self
            .entries
            .keys()
            .filter(|id| !next.entries.contains_key(*id));
        comparison.gone = gone.cloned().collect();
        comparison
    }
}

/// What changed from one baseline to the next, each list by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Right before, wrong now: what a gate is there to stop.
    pub turned_wrong: Vec<EntryId>,
    /// Wrong before, right now.
    pub turned_right: Vec<EntryId>,
    /// Wrong before and now, but not in the same parts.
    pub wrong_otherwise: Vec<EntryId>,
    /// Not there before, and right.
    pub new_right: Vec<EntryId>,
    /// Not there before, and wrong.
    pub new_wrong: Vec<EntryId>,
    /// No longer there.
    pub gone: Vec<EntryId>,
}

impl Comparison {
    /// Whether no entry that was right is wrong now.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.turned_wrong.is_empty()
    }

    /// Whether nothing changed at all.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        *self == Self::default()
    }
}
