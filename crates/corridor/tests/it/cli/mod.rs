//! The command line, run as a process.

mod checks;
mod decide;
mod help;
mod idle;
mod llm;
mod packs;
mod rehearse;
mod rollout;
mod serve;
mod serve_check;
mod stats;
mod stream;
mod tokens;
