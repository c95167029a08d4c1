//! `corridor fit`: the weights of evidence and the threshold, from a golden data set and its changed commands.

use std::{
    fmt::Write as _,
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    thread,
};

use clap::Args;
use corridor_decision::{Decider, evidence::Feature};
use corridor_eval::{
    InProcess, Run, RunSize,
    fit::{self, Example, Fitted, RiskTarget, Threshold},
    perturb::{Base, Perturbed, Perturber, Selection},
    statistics::Graded,
};
use serde::Serialize;

use super::{
    eval::perturb::data,
    failure::Failure,
    golden::files,
    output::{Output, Tone},
    setting_flags::DecisionFlags,
};
use crate::{config::Sources, engine::Engine};

/// Changed commands of each entry that are learned from: more would drown what people say in what machines make of it.
const VARIANTS: usize = 2;

/// Rounded to hundredths, as `pack.toml` has it.
const HUNDREDTHS: f64 = 100.0;

/// What to fit to, and what to do with it.
#[derive(Args, Debug)]
pub(super) struct FitArgs {
    /// Folder of the golden data set
    #[arg(long, value_name = "DIR", default_value = "datasets/golden")]
    golden: PathBuf,

    /// Folder of the words that commands are changed with, a file a language; those built in by default
    #[arg(long, value_name = "DIR")]
    perturbations: Option<PathBuf>,

    /// How many of the executed decisions may be ones that should never have been executed, 0 to 1
    #[arg(long, value_name = "SHARE", default_value = "0.005")]
    risk: f64,

    /// How strongly weights are drawn to 0
    #[arg(long, value_name = "L2", default_value = "1")]
    l2: f64,

    /// Write the weights to this file: the pack's evidence.toml
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    write: Option<PathBuf>,

    /// Exit with 1 where this file has other weights
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,

    /// Print the figures as JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    pub(super) settings: DecisionFlags,
}

/// What came of fitting, in figures.
#[derive(Debug, Serialize)]
struct FitReport {
    fit_report_version: u32,
    decisions: usize,
    right: usize,
    false_executes: usize,
    expected_calibration_error: Option<f64>,
    risk_target: f64,
    /// The lowest threshold that keeps to the target.
    threshold: Option<Threshold>,
    weights: Vec<Weight>,
}

#[derive(Debug, Serialize)]
struct Weight {
    feature: &'static str,
    weight: f64,
}

/// Fits, tells, and writes or compares.
pub(super) fn fit(
    arguments: &FitArgs,
    sources: Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    let target = RiskTarget::new(arguments.risk).ok_or_else(|| Failure::Refused {
        message: "--risk: a share is a number from 0 to below 1".to_owned(),
        hint: "0.005 bears one wrong execute in 200".to_owned(),
    })?;
    let settings = sources.load().map_err(Failure::Settings)?;
    let dataset = files::sound(&files::read(&arguments.golden)?)?;
    let words = data::words(arguments.perturbations.as_deref(), &settings.decision)?;
    let engine = Engine::load_without_threshold(&settings.decision).map_err(Failure::Load)?;
    let decider = engine.decider();
    let examples = decided(decider, &dataset.entries, &words);
    let rows: Vec<fit::Row<'static>> = examples.iter().map(|one| one.row.clone()).collect();
    let fitted =
        fit::fit(&rows, &fit::options(arguments.l2)).map_err(|error| Failure::Refused {
            message: error.to_string(),
            hint: "weights need a data set with decisions that are right and some that are not"
                .to_owned(),
        })?;
    let report = report(&fitted, &rows, &examples, target);
    let text = fitted.to_toml(None);
    if let Some(path) = &arguments.write {
        fs::write(path, &text).map_err(|source| Failure::Unwritable {
            path: path.clone(),
            source,
        })?;
    }
    if arguments.json {
        output.json(&report)?;
    } else {
        output.text(&readable(&report, arguments))?;
    }
    match &arguments.check {
        Some(path) => compared(path, &text, output),
        None => Ok(()),
    }
}

/// Everything that comes to actions, of the set and of its changed commands.
fn decided(
    decider: &Decider,
    entries: &[corridor_eval::dataset::Entry],
    words: &[corridor_eval::perturb::LanguageWords],
) -> Vec<Example> {
    let rules = InProcess::new(decider);
    let size = RunSize {
        threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        rounds: NonZeroUsize::MIN,
    };
    let run = Run::of(entries, &rules, size);
    let right = run.outcomes.iter().filter(|outcome| outcome.is_right());
    let bases: Vec<Base<'_>> = right.filter_map(Base::of).collect();
    let perturber = Perturber::new(words, VARIANTS);
    let perturbed = Perturbed::of(
        &bases,
        &perturber,
        Selection::Sample(VARIANTS),
        &rules,
        size,
    );
    fit::examples(decider, &run, &perturbed)
}

fn report(
    fitted: &Fitted,
    rows: &[fit::Row<'static>],
    examples: &[Example],
    target: RiskTarget,
) -> FitReport {
    let graded: Vec<Graded> = fitted
        .model
        .grade(rows)
        .into_iter()
        .zip(examples)
        .map(|(graded, example)| Graded {
            is_right: !example.is_false,
            ..graded
        })
        .collect();
    let mut weights: Vec<Weight> = Feature::ALL
        .iter()
        .map(|feature| Weight {
            feature: feature.name(),
            weight: fitted.model.weight(feature.name()),
        })
        .collect();
    weights.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    FitReport {
        fit_report_version: 1,
        decisions: fitted.rows,
        right: fitted.right,
        false_executes: examples.iter().filter(|example| example.is_false).count(),
        expected_calibration_error: fitted.model.calibration(rows).expected_error,
        risk_target: target.share(),
        threshold: Threshold::choose(&graded, target),
        weights,
    }
}

fn readable(report: &FitReport, arguments: &FitArgs) -> String {
    let mut text = format!(
        "{} decisions that come to actions: {} right in every part, {} that should never have been executed\n",
        report.decisions, report.right, report.false_executes
    );
    if let Some(error) = report.expected_calibration_error {
        let _ = writeln!(text, "expected calibration error {error:.4}");
    }
    let _ = match &report.threshold {
        Some(threshold) => writeln!(
            text,
            "threshold {:.2} keeps to {} wrong executes per executed: {} of {} ({:.2} % to {:.2} %)",
            (threshold.at * HUNDREDTHS).ceil() / HUNDREDTHS,
            report.risk_target,
            threshold.wrong,
            threshold.executed,
            threshold.risk.low * 100.0,
            threshold.risk.high * 100.0,
        ),
        None => writeln!(
            text,
            "no threshold keeps to {} wrong executes per executed",
            report.risk_target
        ),
    };
    text.push_str("\nwhat each feature adds to the log odds of being right\n");
    for weight in &report.weights {
        let _ = writeln!(text, "  {:<16}{:>9.3}", weight.feature, weight.weight);
    }
    match &arguments.write {
        Some(path) => {
            let _ = writeln!(
                text,
                "\nwritten to {}; review the difference like code",
                path.display()
            );
        }
        None if arguments.check.is_none() => text.push_str(
            "\nnothing is written; --write packs/household/evidence.toml writes the weights\n",
        ),
        None => {}
    }
    text
}

/// Whether a file has just these weights.
fn compared(path: &Path, text: &str, output: &mut Output) -> Result<(), Failure> {
    let there = fs::read_to_string(path).map_err(|source| Failure::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    if there == text {
        return Ok(());
    }
    let verdict = output.paint().paint(Tone::Bad, "differs");
    output.text(&format!(
        "\n{} {verdict} from what is fitted now; write it anew with --write\n",
        path.display()
    ))?;
    Err(Failure::Told)
}
