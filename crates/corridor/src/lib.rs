//! The Corridor program: command line, HTTP service, settings and logging around the decider.
//!
//! The only crate that reads files, the environment and the wall clock. What a command means is decided in `corridor-decision`;
//! nothing here looks into what people say.

pub mod cli;
pub mod config;
pub mod engine;
pub mod http;
pub mod model;
pub mod pack_folder;
pub mod telemetry;
