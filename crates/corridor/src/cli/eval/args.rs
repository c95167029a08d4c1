//! What `corridor eval` takes.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::setting_flags::ModelFlags;

/// What to evaluate, and what to show of it.
#[derive(Args, Debug)]
pub(in crate::cli) struct EvalArgs {
    /// Folder of the golden data set
    #[arg(long, value_name = "DIR", default_value = "datasets/golden")]
    pub(in crate::cli) golden: PathBuf,

    /// Whose decisions to evaluate
    #[arg(long, value_name = "MODE", default_value = "baseline")]
    pub(in crate::cli) mode: ModeArg,

    /// Stages to turn on, beside those that the settings turn on; partial trust covers every command then
    #[arg(long, value_name = "STAGE", value_delimiter = ',')]
    pub(in crate::cli) stages: Vec<StageArg>,

    /// Evaluate a running service, such as http://127.0.0.1:8080; in compare it is held against the rules in this process
    #[arg(long, value_name = "URL", conflicts_with_all = ["stages", "rehearsal", "record", "replay"])]
    pub(in crate::cli) url: Option<String>,

    /// File that holds the token for the service and nothing else
    #[arg(long, value_name = "FILE", requires = "url")]
    pub(in crate::cli) url_token_file: Option<PathBuf>,

    /// Ask the rehearsal provider instead of the configured model; a script may be named
    #[arg(long, value_name = "SCRIPT", num_args = 0..=1, conflicts_with = "replay")]
    pub(in crate::cli) rehearsal: Option<Option<PathBuf>>,

    /// Keep the model's answers in this folder, by prompt version and entry
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) record: Option<PathBuf>,

    /// Answer from such a folder instead of asking a model
    #[arg(long, value_name = "DIR", conflicts_with = "record")]
    pub(in crate::cli) replay: Option<PathBuf>,

    /// File with the accepted outcome of each entry
    #[arg(long, value_name = "FILE", default_value = "datasets/baseline.json")]
    pub(in crate::cli) baseline: PathBuf,

    /// Compare with the accepted baseline, and exit with 1 where an entry that was right is wrong; in compare, where the model is told to be worse
    #[arg(long)]
    pub(in crate::cli) gate: bool,

    /// Write the outcome of each entry as the new baseline, to be reviewed like code
    #[arg(long, conflicts_with_all = ["only", "gate"])]
    pub(in crate::cli) accept: bool,

    /// Evaluate only entries with this tag, or whose id begins so
    #[arg(long, value_name = "TAG|ID")]
    pub(in crate::cli) only: Option<String>,

    /// Change commands in ways that keep their meaning and in ways that turn it, and say how often the decision follows
    ///
    /// Changes every entry that is decided right, or every sentence that the pack's expectations hold for. With --show misses the variants
    /// that fail are listed.
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "golden", conflicts_with_all = ["gate", "accept"])]
    pub(in crate::cli) perturb: Option<PerturbArg>,

    /// The most variants of a command in each way
    #[arg(long, value_name = "N", default_value = "2", requires = "perturb")]
    pub(in crate::cli) variants: NonZeroUsize,

    /// Folder of the words that commands are changed with, a file a language; those built in by default
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) perturbations: Option<PathBuf>,

    /// Show more than the figures
    #[arg(long, value_name = "WHAT")]
    pub(in crate::cli) show: Vec<Show>,

    /// Go through the set so many times: to measure speed, or a model's own variance. Rules must answer each time alike
    #[arg(long, value_name = "N", default_value = "1")]
    pub(in crate::cli) repeat: NonZeroUsize,

    /// How many commands to decide at once; by default as many as the machine has cores
    #[arg(long, value_name = "N")]
    pub(in crate::cli) threads: Option<NonZeroUsize>,

    /// Write the report as one page of HTML too, with every miss
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) html: Option<PathBuf>,

    /// Print the report as JSON, also on a terminal
    #[arg(long)]
    pub(in crate::cli) json: bool,

    #[command(flatten)]
    pub(in crate::cli) settings: ModelFlags,
}

/// Whose decisions are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ModeArg {
    /// The rules alone
    Baseline,
    /// The rules with a model, as far as the stages that are on let it
    Assisted,
    /// Both on the same entries, and whether one is better
    Compare,
}

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PerturbArg {
    /// The entries of the golden data set
    Golden,
    /// The sentences of the pack's expectations
    Expectations,
}

/// A stage that a model has a say in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StageArg {
    /// The model reads along
    Shadow,
    /// The model gives hints, all three of them
    Assist,
    /// The model's candidates may be executed
    PartialTrust,
}

/// What may be shown beside the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Show {
    /// Every entry that is not right, with expected and got side by side; with --perturb every variant that fails
    Misses,
}
