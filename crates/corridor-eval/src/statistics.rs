//! What figures of a sample tell about what they were drawn from. Pure arithmetic; each formula names its source.
//!
//! The interval of a single share, Wilson's, stands in `corridor_decision::wilson`, since the guard of a running service uses it too.

mod calibration;
mod correction;
mod mcnemar;
mod newcombe;
mod paired;
mod sample_size;
mod selective;
mod spread;

pub use calibration::{BINS, Bin, Calibration};
pub use correction::holm;
pub use corridor_decision::{Interval, Z_95_ONE_SIDED, Z_95_TWO_SIDED, wilson};
pub use mcnemar::mcnemar_exact;
pub use newcombe::newcombe_paired;
pub(crate) use paired::Property;
pub use paired::{PairedCounts, PairedDifference, Tell};
pub use sample_size::pairs_needed;
pub use selective::{CoveragePoint, RiskCoverage};
pub use spread::Spread;

/// A prediction with how sure it was and whether it was right: what calibration and risk–coverage are computed from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Graded {
    /// How sure, 0..=1.
    pub confidence: f64,
    /// Whether it was right.
    pub is_right: bool,
}
