//! `corridor eval`: runs the golden data set and says how right the decisions are, with a model or without, and which is better.

mod args;
mod baseline;
mod misses;
mod model;
pub(in crate::cli) mod perturb;
mod recording;
mod service;
mod stages;

use std::{fs, num::NonZeroUsize, path::Path, thread, time::Instant};

use corridor_eval::{
    Baseline, ComparisonReport, Executor, InProcess, Miss, Mode, Report, Run, RunSize, Speed,
    Subject, dataset::Entry, page, statistics::Tell,
};

use super::{failure::Failure, golden::files, output::Output};
use crate::{
    config::{Settings, Sources},
    engine::Engine,
};

pub(super) use args::EvalArgs;
use args::{ModeArg, PerturbArg, Show};
use model::ModelSide;
use service::Service;

/// Evaluates and prints the report.
pub(super) fn eval(
    arguments: &EvalArgs,
    mut sources: Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    must_fit_together(arguments)?;
    model::prepare(arguments, &mut sources);
    let settings = sources.load().map_err(Failure::Settings)?;
    if arguments.perturb == Some(PerturbArg::Expectations) {
        let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
        return perturb::expectations(arguments, &settings, &engine, output);
    }
    let dataset = files::sound(&files::read(&arguments.golden)?)?;
    let evaluation = Evaluation {
        arguments,
        entries: &selected(dataset.entries, arguments.only.as_deref())?,
        engine: &Engine::load(&settings.decision).map_err(Failure::Load)?,
        settings: &settings,
        sources: &sources,
    };
    match arguments.mode {
        ModeArg::Baseline if arguments.perturb.is_some() => perturb::golden(&evaluation, output),
        ModeArg::Baseline => evaluation.baseline(output),
        ModeArg::Assisted => evaluation.assisted(output),
        ModeArg::Compare => evaluation.compare(output),
    }
}

/// What clap cannot tell, since it hangs on a value.
fn must_fit_together(arguments: &EvalArgs) -> Result<(), Failure> {
    let refused = |message: &str, hint: &str| {
        Err(Failure::Refused {
            message: message.to_owned(),
            hint: hint.to_owned(),
        })
    };
    let asks_a_model = arguments.rehearsal.is_some()
        || arguments.record.is_some()
        || arguments.replay.is_some()
        || !arguments.stages.is_empty();
    match arguments.mode {
        ModeArg::Baseline if asks_a_model => refused(
            "--mode baseline asks no model",
            "use --mode assisted or --mode compare, or leave --stages, --rehearsal, --record and --replay out",
        ),
        _ if arguments.perturb.is_some()
            && (arguments.mode != ModeArg::Baseline || arguments.url.is_some()) =>
        {
            refused(
                "--perturb is for the rules in this process",
                "leave --mode and --url out: what a model answers varies by itself",
            )
        }
        ModeArg::Assisted | ModeArg::Compare if arguments.accept => refused(
            "--accept is for the rules alone",
            "leave --mode out: what a model answers is no promise to hold the rules to",
        ),
        ModeArg::Baseline | ModeArg::Assisted if arguments.gate && arguments.only.is_some() => {
            refused(
                "--gate looks at the whole set",
                "leave --only out, or leave --gate out",
            )
        }
        _ => Ok(()),
    }
}

/// What every mode works with.
struct Evaluation<'e> {
    arguments: &'e EvalArgs,
    entries: &'e [Entry],
    engine: &'e Engine,
    settings: &'e Settings,
    sources: &'e Sources,
}

impl<'e> Evaluation<'e> {
    fn baseline(&self, output: &mut Output) -> Result<(), Failure> {
        // A baseline that cannot be read is told before the work, not after it.
        let accepted = baseline::needed(self.arguments)?;
        let (run, report) = match &self.arguments.url {
            None => {
                let rates = perturb::accepted(self.arguments)?;
                let rules = InProcess::new(self.engine.decider());
                let (run, mut report) = self.run(&rules, Mode::Baseline);
                report.perturbation_gate = perturb::sample(self, &run, accepted.as_ref(), rates)?;
                (run, report)
            }
            Some(url) => {
                let threads = threads()?;
                let service = self.service(url, &threads)?;
                self.run(&service, Mode::Baseline)
            }
        };
        self.single(&run, report, accepted, output)
    }

    fn assisted(&self, output: &mut Output) -> Result<(), Failure> {
        let accepted = baseline::needed(self.arguments)?;
        let threads = threads()?;
        let (run, report) = self.with_a_model(&threads)?;
        self.single(&run, report, accepted, output)
    }

    fn compare(&self, output: &mut Output) -> Result<(), Failure> {
        let threads = threads()?;
        // First what can fail, so that it is told before the work.
        let (assisted, assisted_report) = self.with_a_model(&threads)?;
        let once = RunSize {
            rounds: NonZeroUsize::MIN,
            ..self.size()
        };
        let rules = InProcess::new(self.engine.decider());
        let (baseline, baseline_report) = self.run_of_size(&rules, Mode::Baseline, once);
        let mut report =
            ComparisonReport::of((&baseline, baseline_report), (&assisted, assisted_report));
        let all = |run: &Run<'_>| run.outcomes.iter().filter_map(Miss::of).collect();
        report.assisted.misses = Some(all(&assisted));
        if let Some(path) = &self.arguments.html {
            write(path, &page(Subject::Comparison(&report)))?;
        }
        if !self.arguments.show.contains(&Show::Misses) {
            report.assisted.misses = None;
        }
        if self.arguments.json {
            output.json(&report)?;
        } else {
            for miss in report.assisted.misses.iter().flatten() {
                output.text(&misses::readable(miss, output.paint()))?;
            }
            output.text(&report.to_string())?;
        }
        let is_worse = [report.comparison.right, report.comparison.false_execute]
            .iter()
            .any(|difference| difference.tell == Tell::Worse);
        if (self.arguments.gate && is_worse)
            || !report.baseline.unsound.is_empty()
            || !report.assisted.unsound.is_empty()
        {
            return Err(Failure::Told);
        }
        Ok(())
    }

    /// The run that a model has a say in: the service's, or a pipeline's in this process.
    fn with_a_model(
        &self,
        threads: &tokio::runtime::Runtime,
    ) -> Result<(Run<'e>, Report), Failure> {
        if let Some(url) = &self.arguments.url {
            let service = self.service(url, threads)?;
            return Ok(self.run(&service, Mode::Assisted));
        }
        let side = ModelSide::open(
            self.arguments,
            self.settings,
            self.sources,
            self.engine,
            threads,
        )?;
        let (run, mut report) = self.run(&side.executor, Mode::Assisted);
        report.model = Some(side.model_use(self.entries));
        side.close(self.arguments)?;
        Ok((run, report))
    }

    fn service(&self, url: &str, threads: &tokio::runtime::Runtime) -> Result<Service, Failure> {
        let token = self
            .arguments
            .url_token_file
            .as_ref()
            .map(|path| {
                fs::read_to_string(path).map_err(|source| Failure::Unreadable {
                    path: path.clone(),
                    source,
                })
            })
            .transpose()?;
        Service::at(url, token.as_deref(), threads.handle().clone())
    }

    fn size(&self) -> RunSize {
        size(self.arguments)
    }

    fn run(&self, executor: &dyn Executor, mode: Mode) -> (Run<'e>, Report) {
        self.run_of_size(executor, mode, self.size())
    }

    fn run_of_size(&self, executor: &dyn Executor, mode: Mode, size: RunSize) -> (Run<'e>, Report) {
        let started = Instant::now();
        let run = Run::of(self.entries, executor, size);
        let speed = Speed {
            decided: run.decided,
            threads: size.threads.get(),
            elapsed: started.elapsed(),
        };
        let report = Report::of(&run, mode, speed);
        (run, report)
    }

    /// Everything that follows on a single run: gate, page, print.
    fn single(
        &self,
        run: &Run<'_>,
        mut report: Report,
        accepted: Option<Baseline>,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let arguments = self.arguments;
        let outcome = Baseline::of(run);
        report.gate = accepted.map(|accepted| accepted.compare(&outcome));
        if let Some(path) = &arguments.html {
            report.misses = Some(run.outcomes.iter().filter_map(Miss::of).collect());
            write(path, &page(Subject::Run(&report)))?;
        }
        report.misses = misses(run, &report, arguments);
        if arguments.accept {
            baseline::write(&arguments.baseline, &outcome)?;
        }
        print(&report, arguments, output)?;
        let falls_behind = arguments.gate
            && (report.gate.as_ref().is_some_and(|gate| !gate.passes())
                || report.perturbation_gate.is_some_and(|gate| !gate.passes));
        if falls_behind || !report.unsound.is_empty() {
            return Err(Failure::Told);
        }
        Ok(())
    }
}

/// How much work the arguments ask for.
fn size(arguments: &EvalArgs) -> RunSize {
    RunSize {
        threads: arguments
            .threads
            .or_else(|| thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN),
        rounds: arguments.repeat,
    }
}

/// The threads that wait for models and services.
fn threads() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|source| Failure::System {
            doing: "start threads",
            source,
        })
}

fn write(path: &Path, page: &str) -> Result<(), Failure> {
    fs::write(path, page).map_err(|source| Failure::Unwritable {
        path: path.to_owned(),
        source,
    })
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
    if let Some(gate) = &report.perturbation_gate {
        let told = perturb::readable(gate, arguments, output.paint());
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
