//! Prompts: minijinja files with ids and versions that live beside the pack, and the schemas of the answers.
//!
//! A template never sees what a person said as text of its own. It gets one variable, `data`: a fence with JSON inside,
//! built here, whose end cannot be forged from within (every `<` inside is escaped). The schema comes from its own
//! file, so no wording inside the fence can change it.

mod compile;
mod data;
mod file;
mod library;
mod schema;

use std::sync::Arc;

pub use library::PromptLibrary;

pub(crate) use schema::{SchemaProblems, TaskSchema};

use crate::call::{Message, OutputSchema};

/// Which prompt was used, for records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptRef {
    /// The prompt's id, such as `shopping_extraction.ru`.
    pub id: Arc<str>,
    /// The prompt's version; it changes whenever the wording does.
    pub version: Arc<str>,
}

/// A prompt ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Rendered {
    pub(crate) prompt: PromptRef,
    pub(crate) messages: Vec<Message>,
    pub(crate) schema: Arc<TaskSchema>,
}

impl Rendered {
    pub(crate) fn output_schema(&self) -> Arc<OutputSchema> {
        Arc::clone(self.schema.output())
    }
}
