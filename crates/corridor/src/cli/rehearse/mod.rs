//! `corridor rehearse`: a whole rollout in one command, against a provider that plays good days and bad ones, with the promises of the
//! service checked at every step. Nothing leaves this machine.

mod commands;
mod home;
mod promises;
mod report;
mod step;
mod tally;

use std::path::PathBuf;

use clap::Args;

use super::{failure::Failure, output::Output};
use commands::Replay;
use home::Home;
use promises::Promises;
use step::STEPS;

/// What to rehearse with.
#[derive(Args, Debug)]
pub(super) struct RehearseArgs {
    /// Folder of the golden data set whose commands are replayed; a few commands of its own where it is not there
    #[arg(long, value_name = "DIR", default_value = "datasets/golden")]
    golden: PathBuf,

    /// The most commands to replay at each step, evenly taken from the set
    #[arg(long, value_name = "N", default_value = "150", value_parser = clap::value_parser!(u16).range(10..))]
    commands: u16,

    /// Print one JSON object a step and one of the promises, also on a terminal
    #[arg(long)]
    json: bool,
}

/// Walks the steps of a rollout and tells what an operator would see. A broken promise is a failure.
pub(super) fn rehearse(arguments: &RehearseArgs, output: &mut Output) -> Result<(), Failure> {
    let replay = Replay::gather(&arguments.golden, usize::from(arguments.commands))?;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .map_err(|source| Failure::System {
            doing: "start the rehearsal's threads",
            source,
        })?
        .block_on(walk(&replay, arguments.json, output))
}

async fn walk(replay: &Replay, json: bool, output: &mut Output) -> Result<(), Failure> {
    let mut home = Home::open().await?;
    let mut promises = Promises::new(replay);
    if !json {
        output.text(&report::opening(replay, &home))?;
        output.flush()?;
    }
    for step in STEPS {
        let played = home.play(step, replay).await?;
        promises.check(step, &played);
        if json {
            output.json_line(&report::Shown::of(step, &played))?;
        } else {
            output.text(&report::line(step, &played, output.paint()))?;
        }
        output.flush()?;
    }
    let kept = promises.close(&mut home).await;
    if json {
        output.json_line(&kept)?;
    } else {
        output.text(&report::closing(&kept, &home.files(), output.paint()))?;
    }
    if kept.is_whole() {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}
