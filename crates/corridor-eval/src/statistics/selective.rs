//! What answering less would gain: the share of wrong decisions among the surest.

use serde::Serialize;

use super::Graded;

/// Risk by coverage, when only decisions at least so sure are taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RiskCoverage {
    /// The area under the curve: mean risk over all coverages, 0 is best. `None` of nothing.
    pub area: Option<f64>,
    /// How far that is above the least area that the same number of wrong decisions allows: what a better ranking could gain.
    pub excess_area: Option<f64>,
    /// One point for each confidence that occurs, from the surest on.
    pub points: Vec<CoveragePoint>,
}

/// What taking decisions from some confidence on comes to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CoveragePoint {
    /// The least confidence taken.
    pub confidence: f64,
    /// The share of all decisions that is taken.
    pub coverage: f64,
    /// The share of those that is wrong.
    pub risk: f64,
}

impl RiskCoverage {
    /// Measures graded decisions. Decisions of the same confidence are taken in random order, so what counts is the mean over all orders.
    ///
    /// The curve: R. El-Yaniv, Y. Wiener, *On the foundations of noise-free selective classification*, JMLR 11 (2010) 1605–1641; its area
    /// and excess area: Y. Geifman, G. Uziel, R. El-Yaniv, *Bias-reduced uncertainty estimation for deep neural classifiers*, ICLR 2019.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "counts of entries are far below 2^53"
    )]
    pub fn of(graded: &[Graded]) -> Self {
        if graded.is_empty() {
            return Self::default();
        }
        let whole = graded.len() as f64;
        let mut ranked = graded.to_vec();
        ranked.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
        let (mut taken, mut wrong, mut sum_of_risks) = (0_u64, 0_u64, 0.0);
        let mut points = Vec::new();
        for tied in ranked.chunk_by(|one, other| one.confidence == other.confidence) {
            let wrong_here = tied.iter().filter(|decision| !decision.is_right).count() as u64;
            let each = wrong_here as f64 / tied.len() as f64;
            for position in 1..=tied.len() as u64 {
                sum_of_risks += (wrong as f64 + each * position as f64) / (taken + position) as f64;
            }
            taken += tied.len() as u64;
            wrong += wrong_here;
            points.extend(tied.first().map(|decision| CoveragePoint {
                confidence: decision.confidence,
                coverage: taken as f64 / whole,
                risk: wrong as f64 / taken as f64,
            }));
        }
        let area = sum_of_risks / whole;
        Self {
            area: Some(area),
            excess_area: Some(area - least_area(graded.len() as u64, wrong)),
            points,
        }
    }
}

/// The area where every wrong decision is less sure than every right one.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of entries are far below 2^53"
)]
fn least_area(whole: u64, wrong: u64) -> f64 {
    let right = whole - wrong;
    let sum: f64 = (1..=wrong)
        .map(|position| position as f64 / (right + position) as f64)
        .sum();
    sum / whole as f64
}
