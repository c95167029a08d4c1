//! What `corridor llm` takes.

use clap::Subcommand;
use corridor_llm::TaskId;

use crate::cli::setting_flags::ModelFlags;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum LlmCommands {
    /// Show what the model policy comes to, route by route, and whether models would be called; calls nobody
    ///
    /// Keys are never shown, only whether there is one. Exits with 1 where something is missing.
    Check {
        /// Print it as JSON, also on a terminal
        #[arg(long)]
        json: bool,

        #[command(flatten)]
        settings: ModelFlags,
    },
    /// Make one real call per route and say how each ended, how long it took and how many tokens
    ///
    /// The sentence sent is one of ours. Calls go one after the other, with no retry. Exits with 1 where one failed.
    Ping {
        /// Call the routes of this task alone
        #[arg(long, value_name = "TASK", value_parser = task)]
        task: Option<TaskId>,

        /// Print one JSON object a route, also on a terminal
        #[arg(long)]
        json: bool,

        #[command(flatten)]
        settings: ModelFlags,
    },
}

fn task(name: &str) -> Result<TaskId, String> {
    TaskId::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = TaskId::ALL.into_iter().map(TaskId::as_str).collect();
        format!("use one of {}", names.join(", "))
    })
}
