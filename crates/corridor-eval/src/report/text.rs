//! The report for reading: every figure with the counts it comes from.

use std::fmt::{self, Display, Formatter};

use super::{Report, Speed};
use crate::metrics::{Column, Metrics, Ratio, Scores};
use crate::vocabulary::Intent;

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let version = self.decision_version.as_deref().unwrap_or("nothing");
        writeln!(f, "{} entries, decided by {version}", self.entries)?;
        writeln!(f, "right in every part  {}", share(self.metrics.right))?;
        intents(f, &self.metrics)?;
        items(f, &self.metrics)?;
        tasks(f, &self.metrics)?;
        rest(f, &self.metrics)?;
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
                perfect
                    .iter()
                    .map(|(tag, metrics)| format!("{tag} {}", metrics.right.whole)),
            )?;
        }
        speed(f, self.speed)?;
        if !self.unsound.is_empty() {
            writeln!(
                f,
                "\nwithout a valid decision that is the same each time: {}",
                list(&self.unsound)
            )?;
        }
        Ok(())
    }
}

fn intents(f: &mut Formatter<'_>, metrics: &Metrics) -> fmt::Result {
    let intents = &metrics.intents;
    writeln!(f, "\nIntents")?;
    writeln!(
        f,
        "  accuracy {}, macro F1 {}",
        share(intents.accuracy),
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
        format!("{}, expected {}", share(got), percent(expected.value()))
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
        "\n{:<width$}   entries    right   intent  item F1    title  false execute",
        format!("By {name}")
    )?;
    for (key, metrics) in groups {
        writeln!(
            f,
            "  {key:<width$} {:>7} {:>8} {:>8} {:>8} {:>8} {:>14}",
            metrics.right.whole,
            percent(metrics.right.value()),
            percent(metrics.intents.accuracy.value()),
            percent(metrics.items.whole.f1()),
            percent(metrics.tasks.title.value()),
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

const SCORES_HEAD: &str = "precision    recall        F1   expected   got   matched";

fn scores_line(scores: Scores) -> String {
    format!(
        "{:>9} {:>9} {:>9} {:>10} {:>5} {:>9}",
        percent(scores.precision()),
        percent(scores.recall()),
        percent(scores.f1()),
        scores.expected,
        scores.got,
        scores.matched
    )
}

fn share(ratio: Ratio) -> String {
    format!(
        "{:>7}  {} of {}",
        percent(ratio.value()),
        ratio.part,
        ratio.whole
    )
}

/// One decimal. What is not all or nothing does not look so.
fn percent(value: Option<f64>) -> String {
    match value {
        None => "—".to_owned(),
        Some(value) if value > 0.0 && value < 1.0 => {
            format!("{:.1} %", (value * 100.0).clamp(0.1, 99.9))
        }
        Some(value) => format!("{:.0} %", value * 100.0),
    }
}

fn list(ids: &[impl Display]) -> String {
    ids.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Words in lines of at most 100 characters.
fn wrapped(f: &mut Formatter<'_>, words: impl Iterator<Item = String>) -> fmt::Result {
    let mut line = String::new();
    for word in words {
        if line.chars().count() + word.chars().count() > 96 {
            writeln!(f, "  {line}")?;
            line.clear();
        }
        let comma = if line.is_empty() { "" } else { ", " };
        line = format!("{line}{comma}{word}");
    }
    writeln!(f, "  {line}")
}
