//! `corridor rollout`: taking a model from shadow to a share of the answers.

mod args;
pub(super) mod operator;
mod plan;
mod switches;
mod verdict;
mod who;

use std::mem;

use super::{failure::Failure, output::Output};
use crate::config::{Flags, Sources};

pub(super) use args::RolloutCommands;

/// Runs one of the commands. `sources` takes the settings that a command has as flags.
pub(super) fn rollout(
    command: RolloutCommands,
    sources: impl FnOnce(Flags) -> Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    match command {
        RolloutCommands::Plan { json, mut settings } => {
            plan::plan(&sources(mem::take(&mut settings.0)), json, output)
        }
        RolloutCommands::Who(mut arguments) => {
            let flags = mem::take(&mut arguments.settings.0);
            who::who(&arguments, &sources(flags), output)
        }
        RolloutCommands::Switches(arguments) => switches::switches(&arguments, output),
        RolloutCommands::Verdict(arguments) => verdict::verdict(&arguments, output),
    }
}
