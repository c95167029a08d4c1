//! The Corridor binary.
fn main() {}
