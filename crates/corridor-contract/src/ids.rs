//! Identifiers: opaque to Corridor, given by the product or made by the decision.
//!
//! An id names a thing and tells nothing about a person's words, so ids may be logged; what people call things is [`Said`](crate::Said).

use std::fmt;

use serde::{Serialize, Serializer};

/// Why a text is not a command id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a command id must not be empty; give each command an id of its own")]
pub struct EmptyCommandId;

/// The product's id of a command; never empty. Stable sampling and idempotency hang on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(String);

impl CommandId {
    /// Accepts any text that is not empty.
    ///
    /// # Errors
    /// [`EmptyCommandId`] for the empty text.
    pub fn new(id: impl Into<String>) -> Result<Self, EmptyCommandId> {
        let id = id.into();
        if id.is_empty() {
            Err(EmptyCommandId)
        } else {
            Ok(Self(id))
        }
    }

    /// The id as on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for CommandId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Ids for which the contract allows any text.
macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Wraps an id; the contract allows any text.
            #[must_use]
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A member of the household, or whoever speaks.
    UserId
    /// The household.
    HouseholdId
    /// A zone of the home.
    ZoneId
    /// A shopping list.
    ListId
    /// One decision; new each time.
    DecisionId
    /// What ties a decision to the records made of it and to the caller's trace.
    TraceId
    /// A job the product is to start.
    JobId
    /// A confirmation the product is to ask for.
    ConfirmationId
    /// Lets a product execute a retried command once.
    IdempotencyKey
    /// The engine and pack that decided.
    DecisionVersion
    /// Why a command is rejected, as a stable word.
    RejectCode
}
