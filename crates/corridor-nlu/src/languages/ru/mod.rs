//! Russian.

pub mod accusative;
pub mod diminutives;
pub(crate) mod government;
pub(crate) mod items;
pub mod morphology;
pub mod numbers;
pub(crate) mod particles;
pub(crate) mod person_role;
pub(crate) mod time;
pub(crate) mod title;
