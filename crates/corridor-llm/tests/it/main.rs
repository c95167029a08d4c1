//! The crate's tests through its public door.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "a test that cannot go on must fail loudly"
)]

mod canary;
mod chain;
mod policy;
mod prompts;
mod rehearsal_faults;
mod runtime;
mod scripted;
mod smoke;
mod start;
mod tls;
mod wire_cases;
mod wire_errors;
mod wire_requests;
