//! The `corridor` program.
fn main() {}
