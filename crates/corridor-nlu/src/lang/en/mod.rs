//! English.

pub mod morphology;
pub mod noun_classes;
pub mod numbers;
mod sorted_lines;
pub mod vocabulary;
