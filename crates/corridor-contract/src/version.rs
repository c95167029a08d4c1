//! The contract's version.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// The version of the contract that this crate speaks; `schemas/VERSION` is its one home.
pub const SCHEMA_VERSION: &str = include_str!("../schemas/VERSION").trim_ascii();

/// Why a text is not a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a version is MAJOR.MINOR.PATCH, each a number of at most nine digits without leading zeros, like 2.1.0"
)]
pub struct NotAVersion;

/// A version as `MAJOR.MINOR.PATCH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaVersion {
    /// Grows when a peer that validates with the old schema breaks.
    pub major: u32,
    /// Grows when commands may say more.
    pub minor: u32,
    /// Grows when words change.
    pub patch: u32,
}

impl SchemaVersion {
    /// [`SCHEMA_VERSION`]. That it is a version is checked when this crate is compiled.
    pub const CURRENT: Self = match parse(SCHEMA_VERSION) {
        Some(version) => version,
        None => panic!("schemas/VERSION must hold MAJOR.MINOR.PATCH"),
    };
}

impl FromStr for SchemaVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        parse(text).ok_or(NotAVersion)
    }
}

const fn parse(text: &str) -> Option<SchemaVersion> {
    let Some((major, [b'.', rest @ ..])) = number(text.as_bytes()) else {
        return None;
    };
    let Some((minor, [b'.', rest @ ..])) = number(rest) else {
        return None;
    };
    let Some((patch, [])) = number(rest) else {
        return None;
    };
    Some(SchemaVersion {
        major,
        minor,
        patch,
    })
}

/// The number that `text` starts with and what follows it. Nine digits at most, so that the number fits and no peer is surprised.
const fn number(text: &[u8]) -> Option<(u32, &[u8])> {
    if let [b'0', rest @ ..] = text {
        return Some((0, rest));
    }
    let (mut value, mut digits, mut rest) = (0, 0, text);
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        digits += 1;
        if digits > 9 {
            return None;
        }
        value = value * 10 + (*digit - b'0') as u32;
        rest = after;
    }
    if digits == 0 {
        None
    } else {
        Some((value, rest))
    }
}

impl fmt::Display for SchemaVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl Serialize for SchemaVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{SCHEMA_VERSION, SchemaVersion};

    #[test]
    fn the_contract_has_a_version() {
        assert_eq!(
            SCHEMA_VERSION.parse::<SchemaVersion>().unwrap().to_string(),
            SCHEMA_VERSION
        );
    }

    #[test]
    fn only_three_plain_numbers_are_a_version() {
        for text in [
            "",
            "2",
            "2.1",
            "2.1.0.0",
            "2.1.x",
            "02.1.0",
            "2..0",
            "2.1.1234567890",
            "+2.1.0",
            "2.1.0 ",
        ] {
            assert!(text.parse::<SchemaVersion>().is_err(), "{text}");
        }
    }
}
