//! The command line, run as a process.

mod checks;
mod decide;
mod help;
mod packs;
mod serve;
mod stream;
