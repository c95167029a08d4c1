//! Russian.

pub mod diminutives;
pub mod morphology;
pub mod numbers;
