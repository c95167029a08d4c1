//! Pack files as they are written, before anything is checked. Unknown keys are errors.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawManifest {
    pub pack: RawIdentity,
    pub thresholds: RawThresholds,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawIdentity {
    pub id: String,
    pub version: Spanned<String>,
    pub languages: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawThresholds {
    /// Below this confidence nothing is executed.
    pub execute: Spanned<f64>,
}

/// `<language>/classes.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawClasses {
    pub classes: BTreeMap<String, Spanned<Vec<Spanned<String>>>>,
}

/// `<language>/phrases.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPhrases {
    #[serde(default)]
    pub macros: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub rule: Vec<RawRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRule {
    pub id: Spanned<String>,
    pub then: Spanned<String>,
    pub reason: Option<Spanned<String>>,
    pub code: Option<Spanned<String>>,
    pub goods: Option<Spanned<String>>,
    pub mood: Option<Spanned<String>>,
    pub confidence: Option<Spanned<f64>>,
    pub rank: Option<Spanned<u8>>,
    pub lists: Option<Spanned<String>>,
    pub phrases: Vec<Spanned<String>>,
}

/// `<language>/goods.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawGoods {
    #[serde(default)]
    pub goods: Vec<RawGoodsGroup>,
    #[serde(default)]
    pub brands: Vec<RawBrand>,
    #[serde(default)]
    pub irregular: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawGoodsGroup {
    #[allow(dead_code)]
    pub group: String,
    #[serde(default)]
    pub mass: Vec<Spanned<String>>,
    #[serde(default)]
    pub count: Vec<Spanned<String>>,
    #[serde(default)]
    pub plural: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBrand {
    pub name: Spanned<String>,
    #[serde(default)]
    pub say: Vec<String>,
}

/// `<language>/units.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawUnits {
    pub unit: Vec<RawUnit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawUnit {
    /// How a decision writes it.
    pub write: Spanned<String>,
    /// Lemmas and abbreviations by which people say it.
    pub say: Vec<String>,
    pub kind: Spanned<String>,
}

/// `<language>/chores.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawChores {
    #[serde(default)]
    pub chores: Vec<RawVerbs>,
    #[serde(default)]
    pub errands: Vec<RawVerbs>,
    #[serde(default)]
    pub light_verbs: Vec<RawLightVerb>,
    #[serde(default)]
    pub gerund_nouns: Vec<Spanned<String>>,
    #[serde(default)]
    pub activity_nouns: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawVerbs {
    #[allow(dead_code)]
    pub group: Option<String>,
    #[serde(default)]
    pub verbs: Vec<Spanned<String>>,
    #[serde(default)]
    pub intransitive: Vec<Spanned<String>>,
    #[serde(default)]
    pub only_as_need: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLightVerb {
    pub verb: Spanned<String>,
    pub objects: Vec<Spanned<String>>,
}

/// `<language>/devices.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawDevices {
    #[serde(default)]
    pub devices: Vec<Spanned<String>>,
    #[serde(default)]
    pub rooms: Vec<Spanned<String>>,
}

/// `<language>/messages.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMessages {
    pub messages: BTreeMap<String, Spanned<String>>,
}

/// `expectations/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawExpectations {
    pub expect: Vec<RawExpectation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawExpectation {
    /// The phenomenon of language the case is about.
    pub about: Spanned<String>,
    pub say: String,
    pub get: Vec<String>,
}
