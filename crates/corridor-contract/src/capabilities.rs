//! What a product can do now, as a set.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::at_least_one::EmptyList;
use crate::vocabulary::Capability;

/// A set of capabilities that is not empty. Order and repetition on the wire carry no meaning and are not kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Capabilities(u8);

impl Capabilities {
    /// Collects capabilities.
    ///
    /// # Errors
    /// [`EmptyList`] where there are none.
    pub fn new(capabilities: impl IntoIterator<Item = Capability>) -> Result<Self, EmptyList> {
        let bits = capabilities
            .into_iter()
            .fold(0, |bits, capability| bits | bit(capability));
        if bits == 0 {
            Err(EmptyList)
        } else {
            Ok(Self(bits))
        }
    }

    /// Every capability there is.
    #[must_use]
    pub fn all() -> Self {
        Self(
            Capability::ALL
                .iter()
                .fold(0, |bits, capability| bits | bit(*capability)),
        )
    }

    /// Whether the product can do this.
    #[must_use]
    pub fn contains(self, capability: Capability) -> bool {
        self.0 & bit(capability) != 0
    }

    /// The members of the set, in the contract's order.
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::ALL
            .iter()
            .copied()
            .filter(move |capability| self.contains(*capability))
    }
}

const fn bit(capability: Capability) -> u8 {
    1 << capability as u8
}

impl fmt::Debug for Capabilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Capabilities {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
