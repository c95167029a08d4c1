//! `corridor golden`: the golden data set itself.

pub(super) mod files;
