//! The crate's tests through its public door.
