//! A run as a report: as JSON for programs, as text for people, as a page to show around.

mod comparison;
mod html;
pub(crate) mod number;
mod text;

use std::time::Duration;

use serde::{Serialize, Serializer};

pub use comparison::ComparisonReport;
pub use html::{Subject, page};

use crate::baseline::Comparison;
use crate::breakdown::Breakdown;
use crate::dataset::EntryId;
use crate::metrics::Metrics;
use crate::miss::Miss;
use crate::mode::Mode;
use crate::model_use::ModelUse;
use crate::perturb::{PerturbationReport, RatesVerdict};
use crate::run::Run;
use crate::statistics::{Calibration, Graded, RiskCoverage};
use crate::variance::Variance;

/// The version of the JSON form. Fields are added under the same version; it changes where one changes its meaning or goes.
const VERSION: u32 = 2;

/// The JSON Schema of both forms, a single run and a comparison.
pub const REPORT_SCHEMA: &str = include_str!("report/report.schema.json");

/// What is told of a run. Its JSON form is stable.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of this form.
    pub report_version: u32,
    /// Who had a say.
    pub mode: Mode,
    /// The engine and pack that decided.
    pub decision_version: Option<String>,
    /// How many entries were evaluated.
    pub entries: usize,
    /// Entries without a valid decision, or with another one in another round where nothing may vary. Any is a defect.
    pub unsound: Vec<EntryId>,
    /// Over all entries.
    pub metrics: Metrics,
    /// Whether the confidence of executed decisions can be believed.
    pub calibration: Calibration,
    /// What executing less would gain.
    pub risk_coverage: RiskCoverage,
    /// Over parts of them.
    pub by: Breakdown,
    /// How far rounds lie apart, where there was more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variance: Option<Variance>,
    /// What the model did, where one had a say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelUse>,
    /// How fast it went.
    pub speed: Speed,
    /// Against the accepted baseline, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<Comparison>,
    /// A sample of changed commands against the accepted rates, where that was asked for and there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perturbation_gate: Option<RatesVerdict>,
    /// Changed commands, for the page; they have a report of their own.
    #[serde(skip)]
    pub perturbations: Option<PerturbationReport>,
    /// What is not right, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misses: Option<Vec<Miss>>,
}

/// How fast a run went, all rounds and threads together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Speed {
    /// How many commands were decided.
    pub decided: usize,
    /// On how many threads.
    pub threads: usize,
    /// How long it took.
    #[serde(rename = "elapsed_ms", serialize_with = "milliseconds")]
    pub elapsed: Duration,
}

impl Report {
    /// The report of a run; `speed` comes from whoever has a clock.
    #[must_use]
    pub fn of(run: &Run<'_>, mode: Mode, speed: Speed) -> Self {
        let unsound = run.outcomes.iter().filter(|outcome| !outcome.is_sound());
        let graded: Vec<Graded> = run
            .outcomes
            .iter()
            .filter_map(|outcome| outcome.graded())
            .collect();
        Self {
            report_version: VERSION,
            mode,
            decision_version: run.decision_version.clone(),
            entries: run.outcomes.len(),
            unsound: unsound.map(|outcome| outcome.entry.id.clone()).collect(),
            metrics: Metrics::over(&run.outcomes),
            calibration: Calibration::of(&graded),
            risk_coverage: RiskCoverage::of(&graded),
            by: Breakdown::of(&run.outcomes),
            variance: Variance::of(run),
            model: None,
            speed,
            gate: None,
            perturbation_gate: None,
            perturbations: None,
            misses: None,
        }
    }
}

/// Milliseconds with a fraction.
fn milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64() * 1000.0)
}
