//! The command line, as clap reads it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use super::eval::EvalArgs;
use super::fit::FitArgs;
use super::golden::GoldenCommands;
use super::llm::LlmCommands;
use super::mock_llm::MockLlmArgs;
use super::rehearse::RehearseArgs;
use super::rollout::RolloutCommands;
use super::setting_flags::{DecisionFlags, ServiceFlags};
use super::stats::StatsArgs;

/// Turns what people say at home into decisions a product can execute.
#[derive(Debug, Parser)]
#[command(name = "corridor", version, arg_required_else_help = true, after_long_help = EXIT_CODES)]
pub(super) struct Cli {
    /// Settings file; CORRIDOR_CONFIG names one too, and corridor.toml in the working directory is read by default
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    #[command(subcommand)]
    pub(super) command: Subcommands,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done: every command was decided, every check passed
  1  something failed: a line or file that is no command, a check, the service
  2  the call is wrong: arguments or settings
  3, 4  of rollout verdict: hold, roll back";

#[derive(Debug, Subcommand)]
pub(super) enum Subcommands {
    /// Decide commands: a text, a file, or a stream
    Decide(DecideArgs),
    /// Serve decisions over HTTP
    Serve(ServeArgs),
    /// Check the settings, the pack with its expectations, and the contract
    Check(ServiceFlags),
    /// The wire contract
    #[command(subcommand)]
    Contract(ContractCommands),
    /// Decide the golden data set and say how right the decisions are
    Eval(EvalArgs),
    /// Fit the weights by which a reading is judged to the golden data set and its changed commands
    Fit(FitArgs),
    /// The golden data set
    #[command(subcommand)]
    Golden(GoldenCommands),
    /// The model policy and its routes
    #[command(subcommand)]
    Llm(LlmCommands),
    /// Take a model from shadow to a share of the answers
    #[command(subcommand)]
    Rollout(RolloutCommands),
    /// Walk through a whole rollout against a provider that plays, and check what the service promises
    Rehearse(RehearseArgs),
    /// Play a model's provider on loopback: good answers, now and then each fault
    MockLlm(MockLlmArgs),
    /// Tokens that let callers use the service
    #[command(subcommand)]
    Token(TokenCommands),
    /// Record files as figures: how long commands took, how models fared, what they cost
    Stats(StatsArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// How to serve.
#[derive(Args, Debug)]
pub(super) struct ServeArgs {
    /// Only tell whether the service would start: settings, pack, tokens, addresses, models, folders
    #[arg(long)]
    pub(super) check: bool,

    #[command(flatten)]
    pub(super) settings: ServiceFlags,
}

/// What to decide, and how to show it.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["text", "command", "stdin"]))]
pub(super) struct DecideArgs {
    /// What a person says; decided for a sample household
    #[arg(value_name = "TEXT", num_args = 1..)]
    pub(super) text: Vec<String>,

    /// Decide the command in a JSON file (- for standard input)
    #[arg(long, value_name = "FILE")]
    pub(super) command: Option<PathBuf>,

    /// Decide one command a line from standard input and write one decision a line, in the same order
    ///
    /// A line that is no command becomes an object with its line number and what is wrong; the run goes on and exits with 1. Blank
    /// lines are passed over.
    #[arg(long, conflicts_with = "explain")]
    pub(super) stdin: bool,

    /// Household for a text: a JSON file with the `context` of a command; its first member speaks
    #[arg(long, value_name = "FILE", conflicts_with_all = ["command", "stdin"])]
    pub(super) household: Option<PathBuf>,

    /// Take this as the current time, in RFC 3339 with an offset
    ///
    /// It is the time a text is said and every decision is made; a command keeps its own timestamp.
    #[arg(long, value_name = "TIME")]
    pub(super) now: Option<corridor_contract::Timestamp>,

    /// Show the way to the decision: tokens, rules, slots, rejected alternatives, time of each step
    #[arg(long)]
    pub(super) explain: bool,

    /// Print the Decision object, also on a terminal
    #[arg(long)]
    pub(super) json: bool,

    #[command(flatten)]
    pub(super) settings: DecisionFlags,
}

#[derive(Debug, Subcommand)]
pub(super) enum ContractCommands {
    /// Compare the schemas with their baseline and name the version bump that the difference needs
    Check {
        /// Folder of the schemas to check; those built in by default
        #[arg(long, value_name = "DIR")]
        schemas: Option<PathBuf>,
        /// Folder of the baseline to compare with; the one built in by default
        #[arg(long, value_name = "DIR")]
        baseline: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum TokenCommands {
    /// Make a token: what its owner sends, and the line for the service's token file
    ///
    /// The token is shown this once; the line holds its digest alone.
    New {
        /// Whom it is for; the service's log names it
        name: String,
        /// Add the line to this file, and print the token alone
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
