//! Free text that came from a person or is about one, in a type that cannot leak it.
//!
//! Every string of the contract that is neither an id nor a word of a closed vocabulary is [`Said`]. The text reaches the wire
//! inside a [`Command`](crate::Command) or a [`Decision`](crate::Decision) and nowhere else: there is no `Display` and no `Serialize`,
//! and `Debug` shows the length alone.

use std::fmt;

use serde::{Serialize, Serializer};

/// Text that a person said, wrote, or that was made from it: a command, an item's name, a title, a list's name, a question.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Said(String);

impl Said {
    /// Wraps a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Whoever calls this answers for where it goes: never into a log, an error or a metric.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text itself, by value; see [`Said::expose`].
    #[must_use]
    pub fn into_exposed(self) -> String {
        self.0
    }

    /// Whether there is nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "‹{} chars›", self.0.chars().count())
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl PartialEq<str> for Said {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Said {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// The wire form, for the wire types of this crate alone: `Said` itself stays unserialisable.
pub(crate) mod wire {
    use super::{Said, Serialize, Serializer};

    struct Exposed<'a>(&'a Said);

    impl Serialize for Exposed<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.0.expose())
        }
    }

    pub(crate) fn one<S: Serializer>(said: &Said, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(said.expose())
    }

    pub(crate) fn option<S: Serializer>(
        said: &Option<Said>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        said.as_ref().map(Exposed).serialize(serializer)
    }

    pub(crate) fn list<S: Serializer>(said: &[Said], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(said.iter().map(Exposed))
    }
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn debug_shows_the_length_alone() {
        assert_eq!(format!("{:?}", Said::from("молоко")), "‹6 chars›");
    }
}
