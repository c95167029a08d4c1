//! Which commands partial trust takes: a stable share, by the command's id alone.
//!
//! The place of a command is the first 16 hexadecimal digits of the SHA-256 of its id's UTF-8 bytes, read as a number and divided by
//! 16^16. A command is in the sample where its place is below the rate. So the same command is always treated the same, another
//! implementation can say which, and a higher rate keeps everybody whom a lower one had. Test vectors: `docs/reference/sampling.md`.

use corridor_contract::CommandId;
use sha2::{Digest, Sha256};

/// 16^16, the number of places.
const PLACES: f64 = 18_446_744_073_709_551_616.0;

/// A share of commands, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct SampleRate(f64);

/// Why a number is not a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sample rate is a number from 0 to 1: 0.01 is one command in a hundred")]
pub struct NotARate;

impl SampleRate {
    /// Nobody.
    pub const NONE: Self = Self(0.0);
    /// Everybody.
    pub const ALL: Self = Self(1.0);
    /// One command in a hundred: where a rollout starts.
    pub const DEFAULT: Self = Self(0.01);

    /// Takes a share.
    ///
    /// # Errors
    /// Where it is not from 0 to 1.
    pub fn new(share: f64) -> Result<Self, NotARate> {
        if (0.0..=1.0).contains(&share) {
            Ok(Self(share))
        } else {
            Err(NotARate)
        }
    }

    /// The share.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Whether a command is in the sample. 0 takes nobody and 1 everybody, exactly.
    #[must_use]
    pub fn takes(self, command: &CommandId) -> bool {
        if self.0 >= 1.0 {
            return true;
        }
        // A whole number below 2^64 as f64 is rounded to the nearest, at most up to 2^64: still never below a rate of 0.
        place_of(command) < self.0
    }
}

/// The place of a command among all, from 0 to 1: it is in the sample of every rate above.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    reason = "53 of 64 bits are plenty; rounding keeps the order"
)]
pub fn place_of(command: &CommandId) -> f64 {
    let digest = Sha256::digest(command.as_str().as_bytes());
    let first = digest.iter().take(8);
    let number = first.fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    number as f64 / PLACES
}
