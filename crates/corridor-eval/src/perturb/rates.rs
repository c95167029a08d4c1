//! The accepted rates of a sample: what a gate holds the next engine to.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

use super::report::PerturbationReport;
use crate::metrics::Ratio;

/// The version of the file.
const VERSION: u32 = 1;

/// Rates as they were accepted, on a sample of so many variants an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptedRates {
    version: u32,
    /// The most variants of an entry that the sample takes.
    pub variants_per_entry: usize,
    same: Counts,
    turned_executed: Counts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    part: u64,
    whole: u64,
}

impl From<Ratio> for Counts {
    fn from(ratio: Ratio) -> Self {
        Self {
            part: ratio.part,
            whole: ratio.whole,
        }
    }
}

/// Why a text holds no accepted rates.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RatesError {
    /// Not the shape of them.
    #[error("{0}")]
    Shape(#[from] serde_json::Error),
    /// Of another version.
    #[error("version {0} is not one this build reads")]
    Version(u32),
}

/// A sample against the accepted rates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RatesVerdict {
    /// Decided the same, now.
    pub same: Ratio,
    /// Decided the same, as accepted: at least this share.
    pub same_accepted: Ratio,
    /// Turned and executed, now.
    pub turned_executed: Ratio,
    /// Turned and executed, as accepted: at most this share.
    pub turned_executed_accepted: Ratio,
    /// Whether both are kept to.
    pub passes: bool,
}

impl AcceptedRates {
    /// How many variants of an entry a sample takes where no file says otherwise.
    pub const VARIANTS_PER_ENTRY: usize = 2;

    /// The rates of a sample, to be accepted.
    #[must_use]
    pub fn of(report: &PerturbationReport, variants_per_entry: usize) -> Self {
        Self {
            version: VERSION,
            variants_per_entry,
            same: report.same.all.into(),
            turned_executed: report.executed.all.into(),
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Where it is none of ours.
    pub fn parse(text: &str) -> Result<Self, RatesError> {
        let rates: Self = serde_json::from_str(text)?;
        if rates.version == VERSION {
            Ok(rates)
        } else {
            Err(RatesError::Version(rates.version))
        }
    }

    /// The file, a line a rate.
    #[must_use]
    pub fn to_text(&self) -> String {
        let line =
            |counts: Counts| format!("{{\"part\": {}, \"whole\": {}}}", counts.part, counts.whole);
        format!(
            "{{\n  \"version\": {VERSION},\n  \"variants_per_entry\": {},\n  \"same\": {},\n  \"turned_executed\": {}\n}}\n",
            self.variants_per_entry,
            line(self.same),
            line(self.turned_executed)
        )
    }

    /// Holds a sample to them.
    #[must_use]
    pub fn judge(&self, report: &PerturbationReport) -> RatesVerdict {
        let ratio = |counts: Counts| Ratio {
            part: counts.part,
            whole: counts.whole,
        };
        let (same, executed) = (report.same.all, report.executed.all);
        let (same_accepted, executed_accepted) = (ratio(self.same), ratio(self.turned_executed));
        RatesVerdict {
            same,
            same_accepted,
            turned_executed: executed,
            turned_executed_accepted: executed_accepted,
            passes: at_least(same, same_accepted) && at_least(executed_accepted, executed),
        }
    }
}

impl Display for RatesVerdict {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        use crate::report::number::share;
        writeln!(
            f,
            "  decided the same     {}, accepted {}",
            share(self.same),
            share(self.same_accepted).trim_start()
        )?;
        writeln!(
            f,
            "  turned and executed  {}, accepted {}",
            share(self.turned_executed),
            share(self.turned_executed_accepted).trim_start()
        )
    }
}

/// Whether one share is at least another, without rounding; nothing of nothing is any share.
fn at_least(one: Ratio, other: Ratio) -> bool {
    let product = |part: u64, whole: u64| u128::from(part) * u128::from(whole);
    product(one.part, other.whole) >= product(other.part, one.whole)
}
