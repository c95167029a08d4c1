//! English.

pub(crate) mod contractions;
pub(crate) mod items;
pub mod morphology;
pub mod noun_classes;
pub mod numbers;
pub(crate) mod person_role;
mod sorted_lines;
pub(crate) mod time;
pub(crate) mod title;
pub mod vocabulary;
