//! The types of settings that concern models.

use std::fmt;

use corridor_contract::JobType;
use corridor_llm::{
    ApiKey,
    call::{self, PlainHttp},
    policy::ProfileId,
};

use crate::config::declaration::{self, Notation, SettingValue};

/// A key. Shows itself nowhere, and is taken from the environment alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(ApiKey);

impl Secret {
    /// The key.
    #[must_use]
    pub fn key(&self) -> &ApiKey {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(private)")
    }
}

impl SettingValue for Secret {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str = "one line of visible ASCII characters";
    const PLACES: declaration::Places = declaration::Places::Environment;

    fn from_text(text: &str) -> Result<Self, &'static str> {
        ApiKey::new(text)
            .map(Self)
            .map_err(|_| "cannot be sent as a key")
    }
}

/// The base address of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(call::BaseUrl);

impl BaseUrl {
    /// The address as text.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

impl SettingValue for BaseUrl {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str = "an http or https address without user, password, query or fragment, such as http://127.0.0.1:8080/v1";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        // Whether plain http may leave this machine is the profile's to say, when the policy is loaded.
        call::BaseUrl::new(text, PlainHttp::Allow)
            .map(Self)
            .map_err(|_| "is not such an address")
    }
}

/// The name of a profile. Whether the policy knows it shows when that is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile(ProfileId);

impl Profile {
    /// The name.
    #[must_use]
    pub fn id(&self) -> &ProfileId {
        &self.0
    }
}

impl SettingValue for Profile {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str =
        "the name of a profile: 1 to 40 lower-case ASCII letters, digits, `_` or `-`";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        ProfileId::new(text)
            .map(Self)
            .ok_or("is no name for a profile")
    }
}

/// The intents that partial trust covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedIntents(Vec<JobType>);

impl TrustedIntents {
    /// The intents, each once.
    #[must_use]
    pub fn get(&self) -> &[JobType] {
        &self.0
    }
}

impl SettingValue for TrustedIntents {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str = "`add_shopping_item`, the one intent a model has a task for";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let mut intents = Vec::new();
        for name in text.split(',').map(str::trim) {
            if name != JobType::AddShoppingItem.as_str() {
                return Err("names an intent that no model has a task for");
            }
            if !intents.contains(&JobType::AddShoppingItem) {
                intents.push(JobType::AddShoppingItem);
            }
        }
        Ok(Self(intents))
    }
}

/// A share of commands, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleRate(f64);

/// Never NaN, so that equality is total.
impl Eq for SampleRate {}

impl SampleRate {
    /// The share.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl SettingValue for SampleRate {
    const NOTATION: Notation = Notation::Decimal;
    const ALLOWED: &'static str = "a number from 0 (no command) to 1 (every command)";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let rate: f64 = text.parse().map_err(|_| "is not a number")?;
        if !(0.0..=1.0).contains(&rate) {
            return Err("is out of range");
        }
        // -0 would print as a share nobody asked for.
        Ok(Self(rate.abs()))
    }
}

/// A share of things that happened, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(f64);

/// Never NaN, so that equality is total.
impl Eq for Share {}

impl Share {
    /// The share.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl SettingValue for Share {
    const NOTATION: Notation = Notation::Decimal;
    const ALLOWED: &'static str = "a number from 0 (none) to 1 (all)";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        SampleRate::from_text(text).map(|rate| Self(rate.get()))
    }
}

/// How many things are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleCount(u16);

impl SampleCount {
    /// The number.
    #[must_use]
    pub fn get(self) -> usize {
        usize::from(self.0)
    }
}

impl SettingValue for SampleCount {
    const NOTATION: Notation = Notation::Integer;
    const ALLOWED: &'static str = "a number from 1 to 10000";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        number(text, 1..=10_000).map(Self)
    }
}

/// How many calls may be under way at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallPlaces(u16);

impl CallPlaces {
    /// The number.
    #[must_use]
    pub fn get(self) -> usize {
        usize::from(self.0)
    }
}

impl SettingValue for CallPlaces {
    const NOTATION: Notation = Notation::Integer;
    const ALLOWED: &'static str = "a number of calls from 1 to 1000";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        number(text, 1..=1000).map(Self)
    }
}

/// How many calls may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueLength(u16);

impl QueueLength {
    /// The number.
    #[must_use]
    pub fn get(self) -> usize {
        usize::from(self.0)
    }
}

impl SettingValue for QueueLength {
    const NOTATION: Notation = Notation::Integer;
    const ALLOWED: &'static str = "a number of calls from 0 to 10000";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        number(text, 0..=10_000).map(Self)
    }
}

/// The length of a text, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLength(u16);

impl TextLength {
    /// The number of characters.
    #[must_use]
    pub fn get(self) -> usize {
        usize::from(self.0)
    }
}

impl SettingValue for TextLength {
    const NOTATION: Notation = Notation::Integer;
    const ALLOWED: &'static str = "a number of characters from 1 to 10000";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        number(text, 1..=10_000).map(Self)
    }
}

fn number(text: &str, allowed: std::ops::RangeInclusive<u16>) -> Result<u16, &'static str> {
    let number = text.parse().map_err(|_| "is not a whole number in range")?;
    if !allowed.contains(&number) {
        return Err("is out of range");
    }
    Ok(number)
}
