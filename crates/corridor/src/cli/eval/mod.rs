//! `corridor eval`: runs the golden data set and says how right the decisions are.

mod args;
mod baseline;
mod misses;

use std::{fs, num::NonZeroUsize, thread, time::Instant};

use corridor_eval::{
    Baseline, InProcess, Miss, Mode, Report, Run, RunSize, Speed, Subject, dataset::Entry,
};

use super::{failure::Failure, golden::files, output::Output};
use crate::{config::Sources, engine::Engine};

pub(super) use args::EvalArgs;
use args::Show;

/// Evaluates and prints the report.
pub(super) fn eval(
    arguments: &EvalArgs,
    sources: Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    let settings = sources.load().map_err(Failure::Settings)?;
    let dataset = files::sound(&files::read(&arguments.golden)?)?;
    let entries = selected(dataset.entries, arguments.only.as_deref())?;
    // A baseline that cannot be read is told before the work, not after it.
    let accepted = baseline::needed(arguments)?;
    let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
    let size = RunSize {
        threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        rounds: arguments.repeat,
    };
    let started = Instant::now();
    let run = Run::of(&entries, &InProcess::new(engine.decider()), size);
    let speed = Speed {
        decided: run.decided,
        threads: size.threads.get(),
        elapsed: started.elapsed(),
    };
    let mut report = Report::of(&run, Mode::Baseline, speed);
    let outcome = Baseline::of(&run);
    report.gate = accepted.map(|accepted| accepted.compare(&outcome));
    if let Some(path) = &arguments.html {
        report.misses = Some(run.outcomes.iter().filter_map(Miss::of).collect());
        let page = corridor_eval::page(Subject::Run(&report));
        fs::write(path, page).map_err(|source| Failure::Unwritable {
            path: path.clone(),
            source,
        })?;
    }
    report.misses = misses(&run, &report, arguments);
    if arguments.accept {
        baseline::write(&arguments.baseline, &outcome)?;
    }
    print(&report, arguments, output)?;
    let falls_behind = arguments.gate && report.gate.as_ref().is_some_and(|gate| !gate.passes());
    if falls_behind || !report.unsound.is_empty() {
        return Err(Failure::Told);
    }
    Ok(())
}

/// All misses where they are asked for; at a gate at least those that make it fail.
fn misses(run: &Run<'_>, report: &Report, arguments: &EvalArgs) -> Option<Vec<Miss>> {
    let all = run.outcomes.iter().filter_map(Miss::of);
    if arguments.show.contains(&Show::Misses) {
        return Some(all.collect());
    }
    let gate = report.gate.as_ref().filter(|_| arguments.gate)?;
    Some(
        all.filter(|miss| gate.turned_wrong.contains(&miss.id))
            .collect(),
    )
}

fn print(report: &Report, arguments: &EvalArgs, output: &mut Output) -> Result<(), Failure> {
    if arguments.json {
        return Ok(output.json(report)?);
    }
    for miss in report.misses.iter().flatten() {
        output.text(&misses::readable(miss, output.paint()))?;
    }
    output.text(&report.to_string())?;
    if let Some(gate) = &report.gate {
        let told = baseline::readable(gate, arguments, output.paint());
        output.text(&told)?;
    }
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
            hint: "take a tag from the set's tags.toml, or an id such as ru-hard".to_owned(),
        });
    }
    Ok(selected)
}
