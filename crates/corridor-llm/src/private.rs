//! Wrapper types for everything that must not be seen: what people said, what a model answered, keys.
//!
//! None of them implements `Display` or `Serialize`, and `Debug` shows a fixed word, so a value cannot reach a log
//! line, a record or a panic message by accident. Reading one takes a call of `expose`, which is easy to find in review.
//!
//! ```compile_fail
//! let said = corridor_llm::PersonText::new("купи молоко");
//! println!("{said}");
//! ```
//!
//! ```compile_fail
//! let answer = corridor_llm::ModelText::new("{}");
//! let _ = serde_json::to_string(&answer);
//! ```

use std::fmt;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

macro_rules! private_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Wraps a text; any text is valid.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text itself. Hand it to the model or to the decision, never to a log.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(private)"))
            }
        }
    };
}

private_text! {
    /// What a person said, or a name that belongs to their household.
    PersonText
}

private_text! {
    /// One message as it goes to a model: instructions around what a person said.
    PromptText
}

private_text! {
    /// What a model answered, before or after any check.
    ModelText
}

/// The answer of a model after it passed its task's schema.
#[derive(Clone, PartialEq)]
pub struct Answer(serde_json::Value);

impl Answer {
    pub(crate) fn new(value: serde_json::Value) -> Self {
        Self(value)
    }

    /// The JSON itself, as the model wrote it: no value was coerced.
    #[must_use]
    pub fn expose(&self) -> &serde_json::Value {
        &self.0
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer(private)")
    }
}

/// A provider's key: one line of visible ASCII, as it goes into a header. Wiped from memory when dropped.
#[derive(Clone)]
pub struct ApiKey(SecretString);

/// Why a text cannot be a key. Never shows the text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiKeyError {
    /// Nothing but white space.
    #[error("the key is empty")]
    Empty,
    /// A character that cannot stand in an HTTP header.
    #[error(
        "the key holds a character that cannot stand in an HTTP header (a line break or a non-ASCII letter?)"
    )]
    NotHeaderText,
    /// The key file could not be read; the kind says why.
    #[error("the key file cannot be read: {0}")]
    Unreadable(std::io::ErrorKind),
}

impl ApiKey {
    /// Takes a key, white space around it removed (files end in a line break).
    ///
    /// # Errors
    /// When nothing is left or the text cannot stand in an HTTP header.
    pub fn new(text: &str) -> Result<Self, ApiKeyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ApiKeyError::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ApiKeyError::NotHeaderText);
        }
        Ok(Self(SecretString::from(text)))
    }

    /// Reads a key from a file that holds nothing else.
    ///
    /// # Errors
    /// When the file cannot be read or does not hold a key.
    pub fn from_file(path: &Path) -> Result<Self, ApiKeyError> {
        let text = SecretString::from(
            std::fs::read_to_string(path).map_err(|error| ApiKeyError::Unreadable(error.kind()))?,
        );
        Self::new(text.expose_secret())
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// To see whether a setting changed; nothing is authenticated by it, so its time need not be constant.
impl PartialEq for ApiKey {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for ApiKey {}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(private)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_content() {
        let shown = format!(
            "{:?} {:?} {:?} {:?} {:?}",
            PersonText::new("canary"),
            PromptText::new("canary"),
            ModelText::new("canary"),
            Answer::new(serde_json::json!({"canary": "canary"})),
            ApiKey::new("canary").unwrap(),
        );
        assert!(!shown.contains("canary"), "{shown}");
    }

    #[test]
    fn a_key_is_one_line_of_visible_ascii() {
        assert_eq!(ApiKey::new(" sk-1 \n").unwrap().expose(), "sk-1");
        assert!(matches!(ApiKey::new(" \n"), Err(ApiKeyError::Empty)));
        assert!(matches!(
            ApiKey::new("a\nb"),
            Err(ApiKeyError::NotHeaderText)
        ));
        assert!(matches!(
            ApiKey::new("ключ"),
            Err(ApiKeyError::NotHeaderText)
        ));
    }
}
