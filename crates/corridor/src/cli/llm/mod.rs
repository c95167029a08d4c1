//! `corridor llm`: looking at the model policy and trying its routes.

mod args;
mod check;
mod ping;

use std::mem;

use super::{failure::Failure, output::Output};
use crate::config::{Flags, Sources};

pub(super) use args::LlmCommands;

/// Runs one of the commands.
pub(super) fn llm(
    command: LlmCommands,
    sources: impl FnOnce(Flags) -> Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    match command {
        LlmCommands::Check { json, mut settings } => {
            check::check(&sources(mem::take(&mut settings.0)), json, output)
        }
        LlmCommands::Ping {
            task,
            json,
            mut settings,
        } => ping::ping(&sources(mem::take(&mut settings.0)), task, json, output),
    }
}
