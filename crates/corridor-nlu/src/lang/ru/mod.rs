//! Russian.

pub mod accusative;
pub mod diminutives;
pub mod morphology;
pub mod numbers;
