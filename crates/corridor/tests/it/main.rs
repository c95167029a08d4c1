//! The integration tests of the program, in one binary.

#![allow(missing_docs, reason = "tests are read where they stand")]

mod committed;
mod settings;
