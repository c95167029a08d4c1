//! English.

pub mod morphology;
pub mod numbers;
pub mod vocabulary;
