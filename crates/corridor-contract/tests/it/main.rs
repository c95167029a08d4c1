//! The contract's tests, through its public door.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod agreement;
mod bytes;
mod differences;
mod evolution;
mod evolution_soundness;
mod fixtures;
mod mutation;
mod privacy;
mod round_trip;
mod timestamps;
mod wire;
