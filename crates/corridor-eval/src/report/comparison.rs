//! Two runs over the same entries as one report.

use std::fmt::{self, Display, Formatter};

use serde::Serialize;

use super::{Report, VERSION, number, text};
use crate::metrics::Ratio;
use crate::mode::Mode;
use crate::paired::{Effect, PairedComparison};
use crate::run::Run;
use crate::statistics::{PairedDifference, Tell};
use crate::vocabulary::words;

/// The rules alone against the rules with a model, on the same entries. Its JSON form is stable.
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonReport {
    /// The version of this form.
    pub report_version: u32,
    /// Always `compare`; tells this form from that of a single run.
    pub mode: ComparisonMode,
    /// The rules alone.
    pub baseline: Report,
    /// With a model.
    pub assisted: Report,
    /// What differs.
    pub comparison: PairedComparison,
}

words! {
    /// The mode of a report on two runs.
    ComparisonMode {
        /// Baseline and assisted on the same entries.
        Compare = "compare",
    }
}

impl ComparisonReport {
    /// The report of two runs and their reports.
    #[must_use]
    pub fn of(baseline: (&Run<'_>, Report), assisted: (&Run<'_>, Report)) -> Self {
        Self {
            report_version: VERSION,
            mode: ComparisonMode::Compare,
            comparison: PairedComparison::of(baseline.0, assisted.0),
            baseline: baseline.1,
            assisted: assisted.1,
        }
    }
}

impl Display for ComparisonReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} entries, the rules alone against the rules with a model",
            self.assisted.entries
        )?;
        writeln!(
            f,
            "\n  {:<20} {:<20} {:<20} {:<24} ",
            "",
            Mode::Baseline,
            Mode::Assisted,
            "difference, points"
        )?;
        for (name, baseline, assisted, difference) in self.figures() {
            writeln!(
                f,
                "  {name:<20} {:<20} {:<20} {:<24} {}",
                number::estimate(baseline.into()),
                number::estimate(assisted.into()),
                number::difference(difference.difference, difference.interval),
                number::p_value(difference.p_value),
            )?;
        }
        writeln!(f)?;
        for (name, _, _, difference) in self.figures() {
            writeln!(f, "  {name}: {}", difference.tell)?;
        }
        self.groups(f)?;
        self.changes(f)?;
        if let Some(model) = &self.assisted.model {
            text::model_lines(f, model)?;
        }
        if let Some(variance) = &self.assisted.variance {
            text::variance_lines(f, variance)?;
        }
        text::unsound(f, &self.assisted.unsound)
    }
}

impl ComparisonReport {
    /// The figures that decide, each with what is known about its difference.
    pub(super) fn figures(&self) -> [(&'static str, Ratio, Ratio, PairedDifference); 3] {
        let (baseline, assisted) = (&self.baseline.metrics, &self.assisted.metrics);
        let comparison = &self.comparison;
        [
            (
                "right in every part",
                baseline.right,
                assisted.right,
                comparison.right,
            ),
            (
                "intent",
                baseline.intents.accuracy,
                assisted.intents.accuracy,
                comparison.intent,
            ),
            (
                "false execute",
                baseline.rates.false_execute,
                assisted.rates.false_execute,
                comparison.false_execute,
            ),
        ]
    }

    /// Only parts of the set where a difference can be told; the page and the JSON have all.
    fn groups(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let by = &self.comparison.by;
        for (kind, groups) in [
            ("language", &by.language),
            ("difficulty", &by.difficulty),
            ("tag", &by.tag),
        ] {
            for (name, difference) in groups {
                if !matches!(difference.tell, Tell::CannotTell { .. }) {
                    writeln!(
                        f,
                        "  {kind} {name}: {}, {} points",
                        difference.tell,
                        number::difference(difference.difference, difference.interval)
                    )?;
                }
            }
        }
        Ok(())
    }

    fn changes(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.comparison.changed.is_empty() {
            return writeln!(f, "\nNo entry is answered differently.");
        }
        writeln!(f, "\nEntries answered differently")?;
        for effect in [Effect::Better, Effect::Worse, Effect::Different] {
            let ids: Vec<&str> = self
                .comparison
                .with(effect)
                .map(|change| change.id.as_str())
                .collect();
            if !ids.is_empty() {
                writeln!(f, "  {effect}: {}", ids.len())?;
                text::wrapped(f, 4, ids.iter().map(ToString::to_string))?;
            }
        }
        Ok(())
    }
}
