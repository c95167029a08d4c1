//! What `corridor rollout` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use corridor_decision::stages::SampleRate;

use super::verdict::VerdictArgs;
use crate::{
    cli::setting_flags::{ModelFlags, ServiceFlags},
    model::switches::SwitchName,
};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RolloutCommands {
    /// Explain the steps of a rollout, with the figures that allow the next one, and which step the settings are at
    Plan {
        /// Print it as JSON, also on a terminal
        #[arg(long)]
        json: bool,

        #[command(flatten)]
        settings: ServiceFlags,
    },
    /// Say which commands are in the sample of partial trust, by their ids
    ///
    /// Ids come from --command-id, or one a line from standard input. A command's place, from 0 to 1, never changes: it is in the
    /// sample of every rate above it.
    Who(WhoArgs),
    /// Show the switches of a running service, who says what, and change the operator's own word
    Switches(SwitchesArgs),
    /// Say from the records of a stage whether the model may go a stage further, should stay, or go back, and which rule decided
    ///
    /// Exits with 0 to promote, 3 to hold, 4 to roll back. docs/reference/rollout-verdict.md says how often that is right.
    Verdict(VerdictArgs),
}

/// Whom to place.
#[derive(Args, Debug)]
pub(in crate::cli) struct WhoArgs {
    /// Share of commands, from 0 to 1; partial_trust.sample_rate by default
    #[arg(long, value_name = "SHARE", value_parser = rate)]
    pub(in crate::cli) rate: Option<SampleRate>,

    /// A command's id; may be repeated
    #[arg(long = "command-id", value_name = "ID")]
    pub(in crate::cli) command_ids: Vec<String>,

    /// Print one JSON object a command, also on a terminal
    #[arg(long)]
    pub(in crate::cli) json: bool,

    #[command(flatten)]
    pub(in crate::cli) settings: ModelFlags,
}

/// Which service, and what to change.
#[derive(Args, Debug)]
pub(in crate::cli) struct SwitchesArgs {
    /// Address of the service's operators
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub(in crate::cli) url: String,

    /// File that holds an operator's token and nothing else; CORRIDOR_OPERATOR_TOKEN holds one too
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) operator_token: Option<PathBuf>,

    /// Switch this off, over whatever the settings say; may be repeated
    #[arg(long, value_name = "SWITCH", value_parser = switch)]
    pub(in crate::cli) off: Vec<SwitchName>,

    /// Take the operator's own off back; may be repeated
    #[arg(long, value_name = "SWITCH", value_parser = switch)]
    pub(in crate::cli) lift: Vec<SwitchName>,

    /// Arm the guard again after it tripped
    #[arg(long)]
    pub(in crate::cli) rearm: bool,

    /// Print the service's answer as JSON, also on a terminal
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

fn rate(text: &str) -> Result<SampleRate, String> {
    let share: f64 = text.parse().map_err(|_| "use a number from 0 to 1")?;
    SampleRate::new(share).map_err(|error| error.to_string())
}

fn switch(name: &str) -> Result<SwitchName, String> {
    SwitchName::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = SwitchName::ALL
            .iter()
            .map(|switch| switch.as_str())
            .collect();
        format!("use one of {}", names.join(", "))
    })
}
