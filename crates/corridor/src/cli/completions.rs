//! `corridor completions SHELL`.

use clap::CommandFactory as _;
use clap_complete::{Shell, generate};

use super::{args::Cli, failure::Failure, output::Output};

/// Prints a script that completes commands and flags in the shell.
pub(super) fn print(shell: Shell, output: &mut Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    generate(shell, &mut Cli::command(), "corridor", &mut script);
    output.bytes(&script)?;
    Ok(())
}
