//! The `corridor` program.

use std::process::ExitCode;

/// A decision makes many small allocations and frees them at once, and a pack is loaded from hundreds of thousands. Measured beside
/// the system's allocator: a sixth less time a decision and a third less to start, for 12 MB more of memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    corridor::cli::run()
}
