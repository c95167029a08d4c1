//! How far repeated measurements lie apart.

use serde::Serialize;

/// Least, mean, most and standard deviation of repeated measurements.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The least.
    pub least: f64,
    /// The mean.
    pub mean: f64,
    /// The most.
    pub most: f64,
    /// The standard deviation of a sample (n - 1); 0 for a single one.
    pub standard_deviation: f64,
}

impl Spread {
    /// The spread of measurements; `None` of none.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "counts of rounds are far below 2^53"
    )]
    pub fn of(values: &[f64]) -> Option<Self> {
        let least = values.iter().copied().reduce(f64::min)?;
        let most = values.iter().copied().reduce(f64::max)?;
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let standard_deviation = if values.len() > 1 {
            (squares / (count - 1.0)).sqrt()
        } else {
            0.0
        };
        Some(Self {
            least,
            mean,
            most,
            standard_deviation,
        })
    }
}
