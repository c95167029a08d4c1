//! `--perturb`: commands changed in ways that keep their meaning and in ways that turn it. At a gate a sample of them is held to the
//! accepted rates.

pub(in crate::cli) mod data;
mod sentences;

use std::{fs, io, num::NonZeroUsize, path::PathBuf};

use corridor_eval::{
    Accepted, Baseline, InProcess, Mode, Run, RunSize, Subject, page,
    perturb::{
        AcceptedRates, Base, Direction, Failing, PerturbationReport, Perturbed, Perturber,
        RatesVerdict, Selection,
    },
};

use super::{EvalArgs, Evaluation, Show, write};
use crate::{
    cli::{
        failure::Failure,
        output::{Output, Paint, Tone, printable},
    },
    config::Settings,
    engine::Engine,
};

/// The name of the file with the accepted rates, beside the baseline.
const RATES: &str = "perturbations.json";

/// Changes the entries of the golden data set.
pub(super) fn golden(evaluation: &Evaluation<'_>, output: &mut Output) -> Result<(), Failure> {
    let arguments = evaluation.arguments;
    let words = data::words(
        arguments.perturbations.as_deref(),
        &evaluation.settings.decision,
    )?;
    let rules = InProcess::new(evaluation.engine.decider());
    let (run, mut report) = evaluation.run(&rules, Mode::Baseline);
    let perturber = Perturber::new(&words, arguments.variants.get());
    let bases = bases(&run, |_, is_right| is_right);
    let size = once(evaluation.size());
    let perturbed = Perturbed::of(&bases, &perturber, Selection::All, &rules, size);
    let told = told(&perturbed, evaluation.entries.len(), arguments);
    if let Some(path) = &arguments.html {
        report.misses = Some(
            run.outcomes
                .iter()
                .filter_map(corridor_eval::Miss::of)
                .collect(),
        );
        let all = told.clone().with_failing(&perturbed);
        report.perturbations = Some(all);
        write(path, &page(Subject::Run(&report)))?;
    }
    print(&told, arguments, output)
}

/// Changes the sentences of the pack's expectations.
pub(super) fn expectations(
    arguments: &EvalArgs,
    settings: &Settings,
    engine: &Engine,
    output: &mut Output,
) -> Result<(), Failure> {
    let words = data::words(arguments.perturbations.as_deref(), &settings.decision)?;
    let sentences = sentences::of_pack(engine, &words)?;
    let rules = InProcess::new(engine.decider());
    let size = once(super::size(arguments));
    let run = Run::of(&sentences.entries, &rules, size);
    let perturber = Perturber::new(&words, arguments.variants.get());
    let bases = bases(&run, |position, _| {
        sentences.hold.get(position) == Some(&true)
    });
    let perturbed = Perturbed::of(&bases, &perturber, Selection::All, &rules, size);
    let told = told(&perturbed, sentences.entries.len(), arguments);
    if let Some(path) = &arguments.html {
        let all = told.clone().with_failing(&perturbed);
        write(path, &page(Subject::Perturbations(&all)))?;
    }
    print(&told, arguments, output)
}

/// The accepted rates that the arguments need, if there are any.
pub(super) fn accepted(arguments: &EvalArgs) -> Result<Option<AcceptedRates>, Failure> {
    if !arguments.gate && !arguments.accept {
        return Ok(None);
    }
    let path = path(arguments);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(Failure::Unreadable { path, source }),
    };
    match AcceptedRates::parse(&text) {
        Ok(rates) => Ok(Some(rates)),
        Err(error) => Err(Failure::Refused {
            message: format!("{}: {error}", path.display()),
            hint: "take the committed file, or delete it and write a new one with --accept"
                .to_owned(),
        }),
    }
}

/// A sample of changed commands against the accepted rates; writes them anew where that is asked for. Without a file the gate has nothing
/// to hold the sample to. A gate changes the entries that the baseline has as right: one that turned right since must not cost anything.
pub(super) fn sample(
    evaluation: &Evaluation<'_>,
    run: &Run<'_>,
    baseline: Option<&Baseline>,
    accepted: Option<AcceptedRates>,
) -> Result<Option<RatesVerdict>, Failure> {
    let arguments = evaluation.arguments;
    if accepted.is_none() && !arguments.accept {
        return Ok(None);
    }
    let most = accepted.map_or(AcceptedRates::VARIANTS_PER_ENTRY, |rates| {
        rates.variants_per_entry
    });
    let words = data::words(
        arguments.perturbations.as_deref(),
        &evaluation.settings.decision,
    )?;
    let rules = InProcess::new(evaluation.engine.decider());
    let was_right = |position: usize| {
        let outcome = run.outcomes.get(position);
        let accepted = outcome.and_then(|outcome| baseline?.accepted(&outcome.entry.id));
        accepted == Some(&Accepted::Right)
    };
    let bases = bases(run, |position, is_right| {
        is_right && (arguments.accept || was_right(position))
    });
    let perturbed = Perturbed::of(
        &bases,
        &Perturber::new(&words, most),
        Selection::Sample(most),
        &rules,
        once(evaluation.size()),
    );
    let report = PerturbationReport::of(&perturbed, run.outcomes.len());
    let now = AcceptedRates::of(&report, most);
    if arguments.accept {
        write(&path(arguments), &now.to_text())?;
    }
    Ok(Some(accepted.unwrap_or(now).judge(&report)))
}

/// What a sample came to.
pub(super) fn readable(gate: &RatesVerdict, arguments: &EvalArgs, paint: Paint) -> String {
    let path = path(arguments);
    let verdict = match (arguments.accept, gate.passes) {
        (true, _) => "written; review the difference like code".to_owned(),
        (false, true) => "passes; accept what is better with --accept".to_owned(),
        (false, false) => format!(
            "{}: see `corridor eval --perturb --show misses`; correct what broke, or accept it with --accept and say why",
            paint.paint(Tone::Bad, "fails")
        ),
    };
    format!(
        "\nA sample of changed commands, against {}\n{gate}  {verdict}\n",
        path.display()
    )
}

fn path(arguments: &EvalArgs) -> PathBuf {
    arguments.baseline.with_file_name(RATES)
}

fn once(size: RunSize) -> RunSize {
    RunSize {
        rounds: NonZeroUsize::MIN,
        ..size
    }
}

/// The outcomes that variants are made from.
fn bases<'d>(run: &'d Run<'d>, is_base: impl Fn(usize, bool) -> bool) -> Vec<Base<'d>> {
    run.outcomes
        .iter()
        .enumerate()
        .filter(|(position, outcome)| is_base(*position, outcome.is_right()))
        .filter_map(|(_, outcome)| Base::of(outcome))
        .collect()
}

fn told(perturbed: &Perturbed<'_>, entries: usize, arguments: &EvalArgs) -> PerturbationReport {
    let report = PerturbationReport::of(perturbed, entries);
    if arguments.show.contains(&Show::Misses) {
        report.with_failing(perturbed)
    } else {
        report
    }
}

fn print(
    report: &PerturbationReport,
    arguments: &EvalArgs,
    output: &mut Output,
) -> Result<(), Failure> {
    if arguments.json {
        return Ok(output.json(report)?);
    }
    for one in report.failing.iter().flatten() {
        output.text(&failing(one, output.paint()))?;
    }
    Ok(output.text(&report.to_string())?)
}

/// A variant that failed: what was said before and now, and the parts that differ.
fn failing(one: &Failing, paint: Paint) -> String {
    let mut text = format!(
        "{} {} {}\n  «{}»\n  of «{}»\n",
        paint.paint(Tone::Strong, one.id.as_str()),
        paint.paint(Tone::Faint, &one.place.to_string()),
        paint.paint(Tone::Bad, one.kind.as_str()),
        printable(&one.text),
        printable(&one.base)
    );
    for row in one.rows.iter().filter(|row| row.differs) {
        let value = |value: &Option<String>| value.as_deref().map_or("—".to_owned(), printable);
        let line = match one.kind.direction() {
            Direction::Keeps => format!("{} → {}", value(&row.expected), value(&row.got)),
            Direction::Turns => value(&row.got),
        };
        text.push_str(&format!("    {}: {line}\n", row.part));
    }
    if let Some(failure) = &one.failure {
        text.push_str(&format!("    {}\n", printable(failure)));
    }
    text.push('\n');
    text
}
