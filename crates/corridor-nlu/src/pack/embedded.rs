//! The household pack as part of the program.

/// Path within the pack and text of every TOML file of the household pack.
pub(super) const HOUSEHOLD: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/household.rs"));
