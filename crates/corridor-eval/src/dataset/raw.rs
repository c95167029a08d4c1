//! Files as they are written, before anything is checked. Unknown keys are errors; new keys come as optional ones.

use std::collections::BTreeMap;

use corridor_contract::{Action, Capability, MissingField};
use serde::Deserialize;
use toml::Spanned;

use crate::vocabulary::{Difficulty, EntryLanguage, Intent};

/// What stands above the entries of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHead {
    pub(super) version: Spanned<u32>,
    pub(super) language: EntryLanguage,
}

/// An `[[entry]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEntry {
    pub(super) id: Spanned<String>,
    pub(super) text: String,
    pub(super) context: Spanned<String>,
    pub(super) timestamp: Option<Spanned<String>>,
    pub(super) capabilities: Option<Spanned<Vec<Capability>>>,
    pub(super) difficulty: Difficulty,
    pub(super) tags: Spanned<Vec<Spanned<String>>>,
    pub(super) intent: Intent,
    pub(super) action: Spanned<Action>,
    #[serde(default)]
    pub(super) items: Option<Spanned<Vec<RawItem>>>,
    #[serde(default)]
    pub(super) tasks: Option<Spanned<Vec<RawTask>>>,
    #[serde(default)]
    pub(super) missing_fields: Option<Spanned<Vec<MissingField>>>,
    #[serde(default)]
    pub(super) reject_code: Option<Spanned<String>>,
    pub(super) notes: Option<String>,
    #[serde(default)]
    pub(super) accept: Vec<RawAlternative>,
}

/// Another answer that is right too.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAlternative {
    pub(super) intent: Option<Intent>,
    pub(super) action: Spanned<Action>,
    pub(super) items: Option<Spanned<Vec<RawItem>>>,
    pub(super) tasks: Option<Spanned<Vec<RawTask>>>,
    pub(super) missing_fields: Option<Spanned<Vec<MissingField>>>,
    pub(super) reject_code: Option<Spanned<String>>,
}

/// An expected item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawItem {
    pub(super) name: Spanned<String>,
    pub(super) quantity: Option<Spanned<String>>,
    pub(super) unit: Option<Spanned<String>>,
    pub(super) list: Option<Spanned<String>>,
}

/// An expected task.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTask {
    pub(super) title: Spanned<String>,
    pub(super) assignee: Option<Spanned<String>>,
    pub(super) zone: Option<Spanned<String>>,
    pub(super) due: Option<Spanned<String>>,
    pub(super) description: Option<Spanned<String>>,
}

/// `contexts/NAME.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawContext {
    pub(super) version: Spanned<u32>,
    pub(super) user_id: Spanned<String>,
    pub(super) timestamp: Spanned<String>,
    pub(super) capabilities: Spanned<Vec<Capability>>,
    pub(super) context: Spanned<serde_json::Value>,
}

/// `tags.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTags {
    pub(super) version: Spanned<u32>,
    pub(super) tags: BTreeMap<String, Spanned<String>>,
}
