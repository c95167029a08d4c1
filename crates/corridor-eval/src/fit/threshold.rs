//! From how likely to whether to execute: a threshold for a risk that somebody stands for.

use serde::Serialize;

use crate::statistics::{Graded, Interval, Z_95_TWO_SIDED, wilson};

/// Steps that thresholds are looked for in: four digits are enough to read, and to write into a pack.
const STEPS: f64 = 10_000.0;

/// How many wrong ones among the executed are borne.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskTarget(f64);

impl RiskTarget {
    /// One wrong execute in 200.
    pub const DEFAULT: Self = Self(0.005);

    /// A share of executed decisions, 0..1.
    #[must_use]
    pub fn new(share: f64) -> Option<Self> {
        (0.0..1.0).contains(&share).then_some(Self(share))
    }

    /// The share.
    #[must_use]
    pub fn share(self) -> f64 {
        self.0
    }
}

/// Where executing begins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Threshold {
    /// Decisions at least so likely right are executed.
    pub at: f64,
    /// How many of the decisions that is.
    pub executed: u64,
    /// How many of those are wrong.
    pub wrong: u64,
    /// The 95 % interval of their share.
    pub risk: Interval,
}

impl Threshold {
    /// The lowest threshold that keeps to the target on these decisions; `None` where even the surest ones do not.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "counts of decisions are far below 2^53"
    )]
    pub fn choose(graded: &[Graded], target: RiskTarget) -> Option<Self> {
        let mut surest_first: Vec<(f64, bool)> = graded
            .iter()
            .map(|decision| (step(decision.confidence), decision.is_right))
            .collect();
        surest_first.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let (mut executed, mut wrong, mut chosen) = (0_u64, 0_u64, None);
        let following = surest_first
            .iter()
            .skip(1)
            .map(|(at, _)| Some(*at))
            .chain([None]);
        for ((at, is_right), next) in surest_first.iter().zip(following) {
            executed += 1;
            wrong += u64::from(!is_right);
            // Those that are equally sure are executed together.
            if next != Some(*at) && wrong as f64 <= target.share() * executed as f64 {
                chosen = Some(Self {
                    at: *at,
                    executed,
                    wrong,
                    risk: wilson(wrong, executed, Z_95_TWO_SIDED),
                });
            }
        }
        chosen
    }
}

/// Rounded down, so that whoever is that sure passes.
fn step(confidence: f64) -> f64 {
    (confidence * STEPS).floor() / STEPS
}
