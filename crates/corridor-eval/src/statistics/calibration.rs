//! Whether confidence can be believed: of decisions that are 80 % sure, are 80 % right?

use serde::Serialize;

use super::{Graded, Interval, Z_95_TWO_SIDED, wilson};

/// How many bins of equal width confidence is put into.
pub const BINS: usize = 10;

/// How far confidence is from what it promises.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Calibration {
    /// The expected calibration error: the mean distance of confidence from accuracy over the bins, weighted by their entries. `None` of
    /// nothing.
    pub expected_error: Option<f64>,
    /// The largest distance of any bin.
    pub largest_error: Option<f64>,
    /// The bins that hold anything, from the least sure on.
    pub bins: Vec<Bin>,
}

/// Decisions of about the same confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// The lowest confidence that belongs here.
    pub from: f64,
    /// The confidence where the next bin begins; the last bin holds 1 itself.
    pub to: f64,
    /// How many decisions.
    pub entries: u64,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub accuracy: f64,
    /// The 95 % interval of that share.
    pub interval: Interval,
}

impl Calibration {
    /// Measures graded decisions.
    ///
    /// Expected and largest calibration error with bins of equal width: M. Pakdaman Naeini, G. F. Cooper, M. Hauskrecht, *Obtaining well
    /// calibrated probabilities using Bayesian binning*, AAAI 2015; C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, *On calibration of modern
    /// neural networks*, ICML 2017, section 2.
    #[must_use]
    pub fn of(graded: &[Graded]) -> Self {
        Self::with_bins(graded, BINS)
    }

    /// The same with another number of bins, at least 1.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "counts are far below 2^53, and a bin's number is small and not negative"
    )]
    pub fn with_bins(graded: &[Graded], bins: usize) -> Self {
        let bins = bins.max(1);
        let mut filled = vec![(0_u64, 0_u64, 0.0_f64); bins];
        for decision in graded {
            let bin = (decision.confidence * bins as f64).floor() as usize;
            if let Some((entries, right, sum)) = filled.get_mut(bin.min(bins - 1)) {
                *entries += 1;
                *right += u64::from(decision.is_right);
                *sum += decision.confidence;
            }
        }
        let bins: Vec<Bin> = (0..)
            .zip(filled)
            .filter(|(_, (entries, ..))| *entries > 0)
            .map(|(number, (entries, right, sum))| Bin {
                from: f64::from(number) / bins as f64,
                to: f64::from(number + 1) / bins as f64,
                entries,
                confidence: sum / entries as f64,
                accuracy: right as f64 / entries as f64,
                interval: wilson(right, entries, Z_95_TWO_SIDED),
            })
            .collect();
        let distance = |bin: &Bin| (bin.confidence - bin.accuracy).abs();
        let weighted: f64 = bins
            .iter()
            .map(|bin| distance(bin) * bin.entries as f64)
            .sum();
        Self {
            expected_error: (!graded.is_empty()).then(|| weighted / graded.len() as f64),
            largest_error: bins.iter().map(distance).reduce(f64::max),
            bins,
        }
    }
}
