//! Pack files as they are written, before anything is checked. Unknown keys are errors.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawManifest {
    pub(super) pack: RawIdentity,
    #[serde(default)]
    pub(super) thresholds: RawThresholds,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIdentity {
    pub(super) id: String,
    pub(super) version: Spanned<String>,
    /// What it is laid over: `household`, or the path of a folder.
    pub(super) extends: Option<Spanned<String>>,
    /// Those of the pack beneath where there is one.
    pub(super) languages: Option<Spanned<Vec<Spanned<String>>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawThresholds {
    /// Below this confidence nothing is executed.
    pub(super) execute: Option<Spanned<f64>>,
}

/// `<language>/classes.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClasses {
    pub(super) classes: BTreeMap<String, Spanned<Vec<Spanned<String>>>>,
}

/// `<language>/macros.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMacros {
    #[serde(default)]
    pub(super) macros: BTreeMap<String, Spanned<String>>,
}

/// `<language>/islands.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIslands {
    #[serde(default)]
    pub(super) island: Vec<RawIsland>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIsland {
    pub(super) id: Spanned<String>,
    pub(super) role: Spanned<String>,
    #[serde(default)]
    pub(super) phrases: Vec<Spanned<String>>,
}

/// `<language>/triggers.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTriggers {
    #[serde(default)]
    pub(super) trigger: Vec<RawTrigger>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTrigger {
    pub(super) id: Spanned<String>,
    /// The frame it opens.
    pub(super) opens: Spanned<String>,
    pub(super) confidence: Option<Spanned<f64>>,
    #[serde(default)]
    pub(super) phrases: Vec<Spanned<String>>,
}

/// `<language>/refusals.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRefusals {
    #[serde(default)]
    pub(super) refusal: Vec<RawRefusal>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRefusal {
    pub(super) id: Spanned<String>,
    pub(super) not_ours: Option<Spanned<String>>,
    pub(super) reject: Option<Spanned<String>>,
    /// `first`: even where somebody is reminded or told to do something.
    pub(super) asked: Option<Spanned<String>>,
    pub(super) mood: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) phrases: Vec<Spanned<String>>,
}

/// `<language>/goods/<aisle>.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGoods {
    #[serde(default)]
    pub(super) goods: Vec<RawGoodsGroup>,
    #[serde(default)]
    pub(super) brands: Vec<RawBrand>,
    #[serde(default)]
    pub(super) irregular: BTreeMap<String, Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGoodsGroup {
    pub(super) group: String,
    #[serde(default)]
    pub(super) mass: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) count: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) plural: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBrand {
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) say: Vec<String>,
}

/// `<language>/units.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawUnits {
    pub(super) unit: Vec<RawUnit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawUnit {
    /// How a decision writes it.
    pub(super) write: Spanned<String>,
    /// Lemmas and abbreviations by which people say it.
    pub(super) say: Vec<String>,
    pub(super) kind: Spanned<String>,
}

/// `<language>/chores.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChores {
    #[serde(default)]
    pub(super) chores: Vec<RawVerbs>,
    #[serde(default)]
    pub(super) errands: Vec<RawVerbs>,
    #[serde(default)]
    pub(super) light_verbs: Vec<RawLightVerb>,
    #[serde(default)]
    pub(super) things: Vec<RawThings>,
    #[serde(default)]
    pub(super) gerund_nouns: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) activity_nouns: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVerbs {
    #[allow(dead_code)]
    pub(super) group: Option<String>,
    #[serde(default)]
    pub(super) verbs: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) intransitive: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) only_as_need: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLightVerb {
    pub(super) verb: Spanned<String>,
    pub(super) objects: Vec<Spanned<String>>,
}

/// Things of one kind, with the light verbs that make a task of each.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawThings {
    #[allow(dead_code)]
    pub(super) group: Option<String>,
    pub(super) verbs: Vec<Spanned<String>>,
    pub(super) nouns: Vec<Spanned<String>>,
}

/// `<language>/devices.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDevices {
    #[serde(default)]
    pub(super) devices: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) rooms: Vec<Spanned<String>>,
}

/// `<language>/messages.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMessages {
    pub(super) messages: BTreeMap<String, Spanned<String>>,
}

/// `expectations/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExpectations {
    pub(super) expect: Vec<RawExpectation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExpectation {
    /// The phenomenon of language the case is about.
    pub(super) about: Spanned<String>,
    pub(super) say: String,
    pub(super) get: Vec<Spanned<String>>,
}
