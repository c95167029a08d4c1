//! `corridor golden check`: whether the data set is sound, and what it covers.

use std::path::Path;

use corridor_eval::check::{self, CheckReport};

use super::files;
use crate::cli::{
    failure::Failure,
    output::{Output, Tone},
};

/// Checks the data set in a folder and prints what was found.
pub(super) fn check(folder: &Path, as_json: bool, output: &mut Output) -> Result<(), Failure> {
    let report = check::check(&files::read(folder)?);
    let passes = report.passes();
    if as_json {
        output.json(&report)?;
    } else {
        print(report, output)?;
    }
    if passes { Ok(()) } else { Err(Failure::Told) }
}

fn print(report: CheckReport, output: &mut Output) -> Result<(), Failure> {
    output.text(&format!("{}\n", report.coverage))?;
    let paint = output.paint();
    if !report.gaps.is_empty() {
        output.text(&format!(
            "{}\n",
            paint.paint(Tone::Bad, "too few entries of")
        ))?;
        for gap in &report.gaps {
            output.text(&format!("  {gap}\n"))?;
        }
    }
    if report.passes() {
        let entries = report.coverage.entries;
        let good = paint.paint(Tone::Good, "ok");
        output.text(&format!(
            "{good}: {entries} entries, nothing wrong, no gaps\n"
        ))?;
    } else if !report.problems.is_empty() {
        let count = report.problems.len();
        output.complaints(&Failure::Dataset(report.problems))?;
        output.text(&format!(
            "{count} problem{}\n",
            if count == 1 { "" } else { "s" }
        ))?;
    }
    Ok(())
}
