//! Decisions, stages and records, through the crate's own door.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot start has failed"
)]

mod assist;
mod baseline_first;
mod canary;
mod corridor;
mod decisions;
mod fallback;
mod guard;
mod records;
mod sampling;
mod scripted;
mod shadow;
mod sockets;
mod switched_off;
mod words;
