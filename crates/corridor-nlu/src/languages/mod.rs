//! Languages, one wing each: all that knows a language's words and grammar. Knows nothing of intents.

pub mod en;
pub mod ru;
