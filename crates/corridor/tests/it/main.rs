//! The integration tests of the program, in one binary: through the command line, over real sockets, and of the repository itself.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where it stands, and tests are read where they stand"
)]

mod bad_input;
mod cli;
mod clients;
mod committed;
mod eval_modes;
mod folder;
mod frames;
mod golden;
mod http;
mod less;
mod models;
mod process;
mod program;
mod repository;
mod rollout_verdict;
mod service;
mod settings;
mod telemetry;
