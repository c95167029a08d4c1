//! The command line, run as a process.

mod checks;
mod decide;
mod help;
mod serve;
mod stream;
