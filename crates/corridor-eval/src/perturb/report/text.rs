//! The report for reading.

use std::fmt::{self, Display, Formatter};

use super::{Figures, PerturbationReport};
use crate::metrics::Ratio;
use crate::report::number::{estimate, share};
use crate::vocabulary::EntryLanguage;

impl Display for PerturbationReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let version = self.decision_version.as_deref().unwrap_or("nothing");
        writeln!(
            f,
            "{} of {} entries are decided right and are changed, each at most {} times a kind, decided by {version}; ranges are 95 % intervals",
            self.bases, self.entries, self.variants_per_kind
        )?;
        writeln!(f, "decided the same {}", share(self.same.all))?;
        writeln!(f, "turned and executed {}", share(self.executed.all))?;
        figures(f, "Kept meaning", "the same", &self.same)?;
        figures(f, "Turned meaning", "executed", &self.executed)
    }
}

fn figures(f: &mut Formatter<'_>, title: &str, rate: &str, figures: &Figures) -> fmt::Result {
    let languages: Vec<EntryLanguage> = figures.by_language.keys().copied().collect();
    let heads: String = languages
        .iter()
        .map(|language| format!("  {:>19}", format!("{rate}, {language}")))
        .collect();
    writeln!(
        f,
        "\n{title:<18}  applied  not applied  variants  {rate:>19}{heads}"
    )?;
    for kind in &figures.kinds {
        let cells: String = languages
            .iter()
            .map(|language| {
                let ratio = kind.by_language.get(language).copied();
                format!("  {:>19}", estimate(ratio.unwrap_or_default().into()))
            })
            .collect();
        let Ratio { whole, .. } = kind.all;
        writeln!(
            f,
            "  {:<16}  {:>7}  {:>11}  {whole:>8}  {:>19}{cells}",
            kind.kind,
            kind.applied,
            kind.not_applied,
            estimate(kind.all.into())
        )?;
    }
    Ok(())
}
