//! Russian.

pub mod accusative;
pub mod diminutives;
pub(crate) mod government;
pub mod morphology;
pub mod numbers;
