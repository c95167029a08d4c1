//! The report for reading: every figure with the counts it comes from.

use std::fmt::{self, Display, Formatter};

use super::number::{estimate, milliseconds, percent, share, thousandths};
use super::{Report, Speed};
use crate::dataset::EntryId;
use crate::metrics::{Column, Metrics, Ratio, Scores};
use crate::model_use::ModelUse;
use crate::variance::Variance;
use crate::vocabulary::Intent;

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let version = self.decision_version.as_deref().unwrap_or("nothing");
        writeln!(
            f,
            "{} entries, {}, decided by {version}; ranges are 95 % intervals",
            self.entries, self.mode
        )?;
        writeln!(f, "right in every part {}", share(self.metrics.right))?;
        intents(f, &self.metrics)?;
        items(f, &self.metrics)?;
        tasks(f, &self.metrics)?;
        rest(f, &self.metrics)?;
        confidence(f, self)?;
        groups(f, "language", &self.by.language)?;
        groups(f, "difficulty", &self.by.difficulty)?;
        let (perfect, others): (Vec<_>, Vec<_>) = self
            .by
            .tag
            .iter()
            .partition(|(_, metrics)| is_perfect(metrics));
        groups(f, "tag", others)?;
        if !perfect.is_empty() {
            writeln!(f, "\nTags with every entry right, and how many")?;
            wrapped(
                f,
                2,
                perfect
                    .iter()
                    .map(|(tag, metrics)| format!("{tag} {}", metrics.right.whole)),
            )?;
        }
        if let Some(model) = &self.model {
            model_lines(f, model)?;
        }
        if let Some(variance) = &self.variance {
            variance_lines(f, variance)?;
        }
        speed(f, self.speed)?;
        unsound(f, &self.unsound)
    }
}

/// Entries without an answer that counts, if any.
pub(super) fn unsound(f: &mut Formatter<'_>, ids: &[EntryId]) -> fmt::Result {
    if ids.is_empty() {
        return Ok(());
    }
    writeln!(
        f,
        "\nwithout a valid decision that is the same each time: {}",
        list(ids)
    )
}

/// How far rounds lie apart.
pub(super) fn variance_lines(f: &mut Formatter<'_>, variance: &Variance) -> fmt::Result {
    let right = variance.right;
    writeln!(f, "\nOver {} rounds", variance.rounds)?;
    writeln!(
        f,
        "  right in every part {} to {}, mean {}, standard deviation {:.2} points",
        percent(Some(right.least)),
        percent(Some(right.most)),
        percent(Some(right.mean)),
        right.standard_deviation * 100.0
    )?;
    writeln!(
        f,
        "  answered differently in some round: {} entries; right in some and wrong in others: {}",
        variance.varied,
        variance.wavering.len()
    )
}

fn confidence(f: &mut Formatter<'_>, report: &Report) -> fmt::Result {
    let (calibration, curve) = (&report.calibration, &report.risk_coverage);
    writeln!(f, "\nConfidence")?;
    writeln!(
        f,
        "  expected calibration error {}, largest of a bin {}",
        thousandths(calibration.expected_error),
        thousandths(calibration.largest_error)
    )?;
    writeln!(
        f,
        "  area under risk–coverage {}, of which a better ranking could save {}",
        thousandths(curve.area),
        thousandths(curve.excess_area)
    )
}

fn intents(f: &mut Formatter<'_>, metrics: &Metrics) -> fmt::Result {
    let intents = &metrics.intents;
    writeln!(f, "\nIntents")?;
    writeln!(
        f,
        "  accuracy {}, macro F1 {}",
        share(intents.accuracy).trim_start(),
        percent(intents.macro_f1)
    )?;
    writeln!(f, "  {:<18} {}", "", SCORES_HEAD)?;
    for (intent, scores) in &intents.each {
        writeln!(f, "  {intent:<18} {}", scores_line(*scores))?;
    }
    writeln!(
        f,
        "\n  expected \\ got    {}",
        columns(|column| column.to_string())
    )?;
    for expected in Intent::ALL {
        let cells = columns(|column| intents.confusion.cell(*expected, column).to_string());
        writeln!(f, "  {expected:<17} {cells}")?;
    }
    Ok(())
}

/// Cells of a row of the confusion matrix, under their heads.
fn columns(cell: impl Fn(Column) -> String) -> String {
    let cells = Column::all().map(|column| {
        format!(
            " {:>width$}",
            cell(column),
            width = column.to_string().len()
        )
    });
    cells.collect()
}

fn items(f: &mut Formatter<'_>, metrics: &Metrics) -> fmt::Result {
    let items = &metrics.items;
    writeln!(f, "\nItems")?;
    writeln!(f, "  {:<18} {}", "", SCORES_HEAD)?;
    writeln!(f, "  {:<18} {}", "whole items", scores_line(items.whole))?;
    writeln!(f, "  {:<18} {}", "names", scores_line(items.names))?;
    ratios(
        f,
        &[
            ("quantity", items.quantity),
            ("unit", items.unit),
            ("list", items.list),
            ("exact lists", items.exact_lists),
        ],
    )
}

fn tasks(f: &mut Formatter<'_>, metrics: &Metrics) -> fmt::Result {
    let tasks = &metrics.tasks;
    writeln!(f, "\nTasks")?;
    writeln!(f, "  {:<18} {}", "", SCORES_HEAD)?;
    writeln!(f, "  {:<18} {}", "whole tasks", scores_line(tasks.whole))?;
    let fields = [
        ("title", tasks.title),
        ("assignee", tasks.assignee),
        ("zone", tasks.zone),
        ("due", tasks.due),
        ("description", tasks.description),
    ];
    ratios(f, &fields)
}

fn rest(f: &mut Formatter<'_>, metrics: &Metrics) -> fmt::Result {
    writeln!(f, "\nQuestions and refusals")?;
    ratios(
        f,
        &[
            ("missing fields", metrics.missing_fields),
            ("reject code", metrics.reject_code),
        ],
    )?;
    let rates = &metrics.rates;
    writeln!(f, "\nRates")?;
    let beside = |got: Ratio, expected: Ratio| {
        format!("{}, expected {}", share(got), estimate(expected.into()))
    };
    writeln!(
        f,
        "  {:<18} {}",
        "clarify",
        beside(rates.clarify, rates.clarify_expected)
    )?;
    writeln!(
        f,
        "  {:<18} {}",
        "start job",
        beside(rates.start_job, rates.start_job_expected)
    )?;
    writeln!(
        f,
        "  {:<18} {}",
        "false execute",
        share(rates.false_execute)
    )
}

fn groups<'m, K: Display>(
    f: &mut Formatter<'_>,
    name: &str,
    groups: impl IntoIterator<Item = (K, &'m Metrics)>,
) -> fmt::Result {
    let groups: Vec<(String, &Metrics)> = groups
        .into_iter()
        .map(|(key, metrics)| (key.to_string(), metrics))
        .collect();
    if groups.is_empty() {
        return Ok(());
    }
    let width = groups
        .iter()
        .map(|(key, _)| key.chars().count())
        .max()
        .unwrap_or(0)
        .max(18);
    writeln!(
        f,
        "\n{:<width$}   entries  {:>20}  {:>20}  false execute",
        format!("By {name}"),
        "right",
        "intent"
    )?;
    for (key, metrics) in groups {
        writeln!(
            f,
            "  {key:<width$} {:>7}  {:>20}  {:>20}  {:>13}",
            metrics.right.whole,
            estimate(metrics.right.into()),
            estimate(metrics.intents.accuracy.into()),
            metrics.rates.false_execute.part,
        )?;
    }
    Ok(())
}

fn speed(f: &mut Formatter<'_>, speed: Speed) -> fmt::Result {
    let elapsed = speed.elapsed.as_secs_f64();
    let threads = if speed.threads == 1 {
        "1 thread".to_owned()
    } else {
        format!("{} threads", speed.threads)
    };
    writeln!(
        f,
        "\n{} decisions in {elapsed:.3} s on {threads}",
        speed.decided
    )
}

fn is_perfect(metrics: &Metrics) -> bool {
    metrics.right.part == metrics.right.whole
}

fn ratios(f: &mut Formatter<'_>, ratios: &[(&str, Ratio)]) -> fmt::Result {
    ratios
        .iter()
        .try_for_each(|(name, ratio)| writeln!(f, "  {name:<18} {}", share(*ratio)))
}

const SCORES_HEAD: &str =
    "          precision               recall                   F1  expected   got  matched";

fn scores_line(scores: Scores) -> String {
    format!(
        "{:>19}  {:>19}  {:>19}  {:>8} {:>5} {:>8}",
        estimate(scores.precision()),
        estimate(scores.recall()),
        estimate(scores.f1()),
        scores.expected,
        scores.got,
        scores.matched
    )
}

fn list(ids: &[impl Display]) -> String {
    ids.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Words in lines of at most 100 characters, indented.
pub(super) fn wrapped(
    f: &mut Formatter<'_>,
    indent: usize,
    words: impl Iterator<Item = String>,
) -> fmt::Result {
    let mut line = String::new();
    for word in words {
        if line.chars().count() + word.chars().count() + indent > 98 {
            writeln!(f, "{:indent$}{line}", "")?;
            line.clear();
        }
        let comma = if line.is_empty() { "" } else { ", " };
        line = format!("{line}{comma}{word}");
    }
    writeln!(f, "{:indent$}{line}", "")
}

/// What a model did.
pub(super) fn model_lines(f: &mut Formatter<'_>, model: &ModelUse) -> fmt::Result {
    let asked = if model.models.is_empty() {
        "none asked".to_owned()
    } else {
        list(&model.models)
    };
    writeln!(f, "\nModel: {asked}")?;
    let calls = &model.calls;
    if calls.calls > 0 {
        let latency = calls.latency.map_or_else(String::new, |latency| {
            format!(
                ", {} in the middle, {} at the 95th percentile",
                milliseconds(latency.median_ms),
                milliseconds(latency.p95_ms)
            )
        });
        writeln!(
            f,
            "  {} calls, {} answered{latency}",
            calls.calls,
            estimate(calls.answered.into())
        )?;
    }
    for (component, statuses) in &model.components {
        let told: Vec<String> = statuses
            .iter()
            .map(|(status, count)| format!("{status} {count}"))
            .collect();
        writeln!(f, "  {component:<18} {}", told.join(", "))?;
    }
    if let Some(shadow) = &model.shadow {
        writeln!(
            f,
            "  shadow's own intent right {}, agrees with the rules on it {}",
            estimate(shadow.intent_right.into()),
            estimate(shadow.agrees_intent.into())
        )?;
    }
    writeln!(f, "  decisions by       {}", counted(&model.decided_by))
}

fn counted(counts: &std::collections::BTreeMap<String, u64>) -> String {
    let told: Vec<String> = counts
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    told.join(", ")
}
