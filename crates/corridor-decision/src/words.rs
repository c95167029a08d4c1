//! Words to people, from the pack's messages in the command's language.

use corridor_contract::Said;
use corridor_nlu::{Engine, Language};

/// The pack's messages in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words<'e> {
    engine: &'e Engine,
    language: Language,
}

impl<'e> Words<'e> {
    pub(crate) fn new(engine: &'e Engine, language: Language) -> Self {
        Self { engine, language }
    }

    /// The message of this key. A pack without it shows the key, so that what is missing can be seen.
    pub(crate) fn say(&self, key: &str) -> Said {
        Said::new(self.engine.message(self.language, key).unwrap_or(key))
    }

    /// The message of this key, where the pack has it.
    pub(crate) fn find(&self, key: &str) -> Option<&'e str> {
        self.engine.message(self.language, key)
    }

    /// The message with one name filled in.
    pub(crate) fn fill(&self, key: &str, name: &str, value: &str) -> String {
        self.engine
            .message(self.language, key)
            .unwrap_or(key)
            .replace(&format!("{{{name}}}"), value)
    }
}
