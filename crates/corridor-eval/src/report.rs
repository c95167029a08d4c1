//! A run as a report: as JSON for programs, as text for people.

mod text;

use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::baseline::Comparison;
use crate::breakdown::Breakdown;
use crate::dataset::EntryId;
use crate::metrics::Metrics;
use crate::miss::Miss;
use crate::run::Run;

/// The version of the JSON form. Fields are added under the same version; it changes where one changes its meaning or goes.
const VERSION: u32 = 1;

/// What is told of a run. Its JSON form is stable.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of this form.
    pub report_version: u32,
    /// The engine and pack that decided.
    pub decision_version: Option<String>,
    /// How many entries were evaluated.
    pub entries: usize,
    /// Entries without a valid decision, or with another one in another round. Any is a defect of the engine.
    pub unsound: Vec<EntryId>,
    /// Over all entries.
    pub metrics: Metrics,
    /// Over parts of them.
    pub by: Breakdown,
    /// How fast it went.
    pub speed: Speed,
    /// Against the accepted baseline, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<Comparison>,
    /// What is not right, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misses: Option<Vec<Miss>>,
}

/// How fast a run went, all rounds and threads together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Speed {
    /// How many commands were decided.
    pub decided: usize,
    /// How many threads did it.
    pub threads: usize,
    /// How long it took.
    #[serde(rename = "elapsed_ms", serialize_with = "milliseconds")]
    pub elapsed: Duration,
}

impl Report {
    /// The report of a run; `speed` comes from whoever has a clock.
    #[must_use]
    pub fn of(run: &Run<'_>, speed: Speed) -> Self {
        let unsound = run.outcomes.iter().filter(|outcome| !outcome.is_sound());
        Self {
            report_version: VERSION,
            decision_version: run.decision_version.clone(),
            entries: run.outcomes.len(),
            unsound: unsound.map(|outcome| outcome.entry.id.clone()).collect(),
            metrics: Metrics::over(&run.outcomes),
            by: Breakdown::of(&run.outcomes),
            speed,
            gate: None,
            misses: None,
        }
    }
}

/// Milliseconds with a fraction.
fn milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64() * 1000.0)
}
