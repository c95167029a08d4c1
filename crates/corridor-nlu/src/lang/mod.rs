//! Language knowledge: morphology, numbers and names per language. Knows nothing of households.

pub mod en;
pub mod ru;
