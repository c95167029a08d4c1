//! The command line: reads the call, runs one command, tells what failed.

mod args;
mod check;
mod completions;
mod contract;
mod decide;
mod descriptors;
mod eval;
mod failure;
mod fit;
mod golden;
mod llm;
mod mock_llm;
mod output;
mod reference;
mod rehearse;
mod rollout;
mod serve;
mod serve_check;
mod setting_flags;
mod stats;
mod token;
mod usage;

pub use reference::reference_page;

use std::{env, process::ExitCode};

use clap::Parser as _;

use crate::config::{Flags, Sources};
use args::{Cli, ContractCommands, ServeArgs, Subcommands, TokenCommands};
use failure::Failure;
use output::Output;

/// Runs the process's command line and gives its exit code: 0 done, 1 something failed, 2 the call is wrong.
pub fn run() -> ExitCode {
    let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(answer) => return usage::tell(&answer, no_color),
    };
    match dispatch(cli, &mut Output::open(no_color)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::tell(&failure, no_color);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn dispatch(cli: Cli, output: &mut Output) -> Result<(), Failure> {
    let sources = |flags: Flags| Sources {
        file: cli.config,
        environment: environment(),
        flags,
    };
    let result = match cli.command {
        Subcommands::Decide(mut arguments) => {
            let flags = std::mem::take(&mut arguments.settings.0);
            decide::decide(&arguments, sources(flags), output)
        }
        Subcommands::Serve(ServeArgs {
            check: true,
            settings,
        }) => serve_check::check(sources(settings.0), output),
        Subcommands::Serve(arguments) => serve::serve(sources(arguments.settings.0)),
        Subcommands::Check(flags) => check::check(sources(flags.0), output),
        Subcommands::Contract(ContractCommands::Check { schemas, baseline }) => {
            contract::check(schemas.as_deref(), baseline.as_deref(), output)
        }
        Subcommands::Eval(mut arguments) => {
            let flags = std::mem::take(&mut arguments.settings.0);
            eval::eval(&arguments, sources(flags), output)
        }
        Subcommands::Fit(mut arguments) => {
            let flags = std::mem::take(&mut arguments.settings.0);
            fit::fit(&arguments, sources(flags), output)
        }
        Subcommands::Golden(mut command) => golden::golden(&mut command, sources, output),
        Subcommands::Llm(command) => llm::llm(command, sources, output),
        Subcommands::Rollout(command) => rollout::rollout(command, sources, output),
        Subcommands::Rehearse(arguments) => rehearse::rehearse(&arguments, output),
        Subcommands::MockLlm(arguments) => mock_llm::mock_llm(&arguments, output),
        Subcommands::Token(TokenCommands::New { name, file }) => {
            token::new(&name, file.as_deref(), output)
        }
        Subcommands::Stats(arguments) => stats::stats(&arguments, sources(Flags::new()), output),
        Subcommands::Completions { shell } => completions::print(shell, output),
    };
    // What was printed before a failure is part of the result.
    let flushed = output.flush();
    result.and_then(|()| Ok(flushed?))
}

/// The process's environment. A value that is not UTF-8 is kept with replacement characters, which no setting allows.
fn environment() -> crate::config::Environment {
    env::vars_os()
        .map(|(name, value)| {
            (
                name.to_string_lossy().into_owned(),
                value.to_string_lossy().into_owned(),
            )
        })
        .collect()
}
