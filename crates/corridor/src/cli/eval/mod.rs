//! `corridor eval`: runs the golden data set and says how right the decisions are.

mod args;
mod misses;

use std::{num::NonZeroUsize, thread, time::Instant};

use corridor_eval::{InProcess, Miss, Run, RunSize, dataset::Entry};

use super::{failure::Failure, golden::files, output::Output};
use crate::{config::Sources, engine::Engine};

pub(super) use args::{EvalArgs, Show};

/// Evaluates and prints the report.
pub(super) fn eval(
    arguments: &EvalArgs,
    sources: Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    let settings = sources.load().map_err(Failure::Settings)?;
    let dataset = files::sound(&files::read(&arguments.golden)?)?;
    let entries = selected(dataset.entries, arguments.only.as_deref())?;
    let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
    let size = RunSize {
        threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        rounds: arguments.repeat,
    };
    let started = Instant::now();
    let run = Run::of(&entries, &InProcess::new(engine.decider()), size);
    let elapsed = started.elapsed();
    let misses: Vec<Miss> = run.outcomes.iter().filter_map(Miss::of).collect();
    if arguments.show.contains(&Show::Misses) {
        for miss in &misses {
            output.text(&misses::readable(miss, output.paint()))?;
        }
    }
    output.text(&format!(
        "{} of {} right; {} decisions in {} ms\n",
        run.outcomes.len() - misses.len(),
        run.outcomes.len(),
        run.decided,
        elapsed.as_millis()
    ))?;
    Ok(())
}

/// The entries with this tag or beginning of an id; all of them where nothing is asked for.
fn selected(entries: Vec<Entry>, only: Option<&str>) -> Result<Vec<Entry>, Failure> {
    let Some(only) = only else {
        return Ok(entries);
    };
    let fits = |entry: &Entry| entry.id.as_str().starts_with(only) || entry.has_tag(only);
    let selected: Vec<Entry> = entries.into_iter().filter(fits).collect();
    if selected.is_empty() {
        return Err(Failure::Refused {
            message: format!("no entry has the tag `{only}` or an id that begins so"),
            hint: "take a tag from tags.toml, or an id such as ru-hard".to_owned(),
        });
    }
    Ok(selected)
}
