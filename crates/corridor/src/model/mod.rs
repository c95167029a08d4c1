//! Models at run time: whether they may be called, and what is remembered of them over a restart.
//!
//! The model client itself is `corridor-llm`; here it meets the settings, the environment and the disk.

mod setup;
pub mod state;

pub use setup::{Setup, SetupError};
