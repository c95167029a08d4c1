//! `corridor golden`: the golden data set itself.

mod add;
mod args;
mod check;
pub(super) mod files;

use super::{failure::Failure, output::Output};
use crate::config::Sources;

use args::AddArgs;
pub(super) use args::GoldenCommands;

/// Runs one command on the data set. `sources` takes the settings that a command has as flags.
pub(super) fn golden(
    command: &mut GoldenCommands,
    sources: impl FnOnce(crate::config::Flags) -> Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    match command {
        GoldenCommands::Check { golden, json } => check::check(golden, *json, output),
        GoldenCommands::Add(arguments) => {
            let flags = std::mem::take(&mut arguments.settings.0);
            add::add(arguments, sources(flags), output)
        }
    }
}
