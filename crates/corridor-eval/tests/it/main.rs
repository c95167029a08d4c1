//! The evaluation's tests, through its public door.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where it stands, and tests are read where they stand"
)]

mod broken;
mod check;
mod comparison;
mod draft;
mod first_version;
mod fit;
mod gate;
mod golden;
mod home;
mod metrics;
mod nothing_lost;
mod perturb;
mod recording;
mod report;
mod rounds;
mod scripted;
mod statistics;
