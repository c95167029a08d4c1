//! What `corridor eval` takes.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::setting_flags::DecisionFlags;

/// What to evaluate, and what to show of it.
#[derive(Args, Debug)]
pub(in crate::cli) struct EvalArgs {
    /// Folder of the golden data set
    #[arg(long, value_name = "DIR", default_value = "datasets/golden")]
    pub(in crate::cli) golden: PathBuf,

    /// File with the accepted outcome of each entry
    #[arg(long, value_name = "FILE", default_value = "datasets/baseline.json")]
    pub(in crate::cli) baseline: PathBuf,

    /// Compare with the accepted baseline, and exit with 1 where an entry that was right is wrong
    #[arg(long, conflicts_with = "only")]
    pub(in crate::cli) gate: bool,

    /// Write the outcome of each entry as the new baseline, to be reviewed like code
    #[arg(long, conflicts_with_all = ["only", "gate"])]
    pub(in crate::cli) accept: bool,

    /// Evaluate only entries with this tag, or whose id begins so
    #[arg(long, value_name = "TAG|ID")]
    pub(in crate::cli) only: Option<String>,

    /// Show more than the figures
    #[arg(long, value_name = "WHAT")]
    pub(in crate::cli) show: Vec<Show>,

    /// Go through the set so many times, to measure speed; later rounds must answer like the first
    #[arg(long, value_name = "N", default_value = "1")]
    pub(in crate::cli) repeat: NonZeroUsize,

    /// Write the report as one page of HTML too, with every miss
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) html: Option<PathBuf>,

    /// Print the report as JSON, also on a terminal
    #[arg(long)]
    pub(in crate::cli) json: bool,

    #[command(flatten)]
    pub(in crate::cli) settings: DecisionFlags,
}

/// What may be shown beside the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Show {
    /// Every entry that is not right, with expected and got side by side
    Misses,
}
