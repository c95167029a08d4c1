//! Decisions, stages and records, through the crate's own door.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot start has failed"
)]

mod corridor;
mod decisions;
mod records;
mod sampling;
mod scripted;
