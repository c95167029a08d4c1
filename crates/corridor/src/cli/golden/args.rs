//! What `corridor golden` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use corridor_eval::Difficulty;

use crate::cli::setting_flags::DecisionFlags;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum GoldenCommands {
    /// Check the data set: broken entries, duplicates, contradictions, unknown ids, gaps; prints what it covers
    Check {
        /// Folder of the golden data set
        #[arg(long, value_name = "DIR", default_value = "datasets/golden")]
        golden: PathBuf,
        /// Print what was found as JSON, also on a terminal
        #[arg(long)]
        json: bool,
    },
    /// Decide a command and append it, with its answer, as a new entry
    ///
    /// Shows the entry first. An answer is not right by being given: correct the entry where the decision rules say otherwise.
    Add(AddArgs),
}

/// A new entry.
#[derive(Args, Debug)]
pub(in crate::cli) struct AddArgs {
    /// What a person says
    #[arg(value_name = "TEXT", num_args = 1.., required = true)]
    pub(in crate::cli) text: Vec<String>,

    /// The household it is said in: a file in contexts/, without .toml
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) context: String,

    /// easy: one plain rule; medium: one that is easy to get wrong, or several; hard: the rest
    #[arg(long, value_name = "DIFFICULTY", value_parser = difficulty)]
    pub(in crate::cli) difficulty: Difficulty,

    /// What the entry is there to hold, from tags.toml; may be repeated
    #[arg(long = "tag", value_name = "TAG", required = true)]
    pub(in crate::cli) tags: Vec<String>,

    /// The file to append to, from the set's folder on; by language, difficulty and intent by default
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) file: Option<String>,

    /// Why the answer is right, where it is not obvious
    #[arg(long, value_name = "WORDS")]
    pub(in crate::cli) notes: Option<String>,

    /// Append without asking
    #[arg(long)]
    pub(in crate::cli) yes: bool,

    /// Folder of the golden data set
    #[arg(long, value_name = "DIR", default_value = "datasets/golden")]
    pub(in crate::cli) golden: PathBuf,

    #[command(flatten)]
    pub(in crate::cli) settings: DecisionFlags,
}

fn difficulty(word: &str) -> Result<Difficulty, String> {
    Difficulty::from_word(word).ok_or_else(|| "use easy, medium or hard".to_owned())
}
