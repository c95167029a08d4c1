//! Percentiles of times, by a histogram with three significant digits.

use hdrhistogram::Histogram;
use serde::{Serialize, Serializer};

/// Times in microseconds, the resolution of records; the largest told apart is an hour.
const LARGEST_US: u64 = 3_600_000_000;

/// Significant digits: a percentile is at most a thousandth above the exact one.
const DIGITS: u8 = 3;

/// Adds up times.
#[derive(Clone, Debug)]
pub(super) struct Times {
    histogram: Option<Histogram<u32>>,
    /// Kept beside the histogram, which would round it up.
    max_us: u64,
}

/// Percentiles of times, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Percentiles {
    /// How many times there were.
    pub count: u64,
    /// Half are at most this.
    #[serde(serialize_with = "microseconds")]
    pub p50_ms: f64,
    /// 90 % are at most this.
    #[serde(serialize_with = "microseconds")]
    pub p90_ms: f64,
    /// 95 % are at most this.
    #[serde(serialize_with = "microseconds")]
    pub p95_ms: f64,
    /// 99 % are at most this.
    #[serde(serialize_with = "microseconds")]
    pub p99_ms: f64,
    /// The largest.
    #[serde(serialize_with = "microseconds")]
    pub max_ms: f64,
}

impl Times {
    pub(super) fn new() -> Self {
        // The bounds are constants that the histogram takes; without it nothing would be counted, which a test would see.
        Self {
            histogram: Histogram::new_with_bounds(1, LARGEST_US, DIGITS).ok(),
            max_us: 0,
        }
    }

    /// Adds a time in milliseconds. What is no time counts as none, and for percentiles more than an hour as an hour.
    pub(super) fn add(&mut self, ms: f64) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "float to integer casts saturate"
        )]
        let microseconds = (ms * 1000.0).round() as u64;
        self.max_us = self.max_us.max(microseconds);
        if let Some(histogram) = &mut self.histogram {
            histogram.saturating_record(microseconds);
        }
    }

    pub(super) fn percentiles(&self) -> Percentiles {
        let filled = |histogram: &&Histogram<u32>| !histogram.is_empty();
        let Some(histogram) = self.histogram.as_ref().filter(filled) else {
            return Percentiles::default();
        };
        // The histogram gives the upper end of a bucket, which may be above everything in it.
        let at = |quantile| to_ms(histogram.value_at_quantile(quantile).min(self.max_us));
        Percentiles {
            count: histogram.len(),
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p95_ms: at(0.95),
            p99_ms: at(0.99),
            max_ms: to_ms(self.max_us),
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "exact far beyond an hour")]
fn to_ms(microseconds: u64) -> f64 {
    microseconds as f64 / 1000.0
}

/// Three decimals: no more than is known.
fn microseconds<S: Serializer>(ms: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((ms * 1000.0).round() / 1000.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The smallest time that at least this share of all is at most.
    fn exact(sorted: &[u64], quantile: f64) -> f64 {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let rank = ((quantile * sorted.len() as f64).ceil() as usize).max(1);
        sorted
            .get(rank - 1)
            .map_or(0.0, |microseconds| to_ms(*microseconds))
    }

    proptest! {
        #[test]
        fn percentiles_are_within_a_thousandth_of_the_exact_ones(
            mut times in prop::collection::vec(
                prop_oneof![0..100_u64, 100..100_000_u64, 100_000..3_000_000_000_u64],
                1..400,
            )
        ) {
            let mut adding = Times::new();
            times.iter().for_each(|microseconds| adding.add(to_ms(*microseconds)));
            times.sort_unstable();
            let percentiles = adding.percentiles();
            prop_assert_eq!(percentiles.count, u64::try_from(times.len()).unwrap_or_default());
            for (found, quantile) in [
                (percentiles.p50_ms, 0.5),
                (percentiles.p90_ms, 0.9),
                (percentiles.p95_ms, 0.95),
                (percentiles.p99_ms, 0.99),
                (percentiles.max_ms, 1.0),
            ] {
                let exact = exact(&times, quantile);
                prop_assert!(
                    (found - exact).abs() <= exact * 0.001 + 1e-9,
                    "{quantile}: {found} for {exact}"
                );
            }
        }
    }

    #[test]
    fn nothing_has_no_percentiles() {
        assert_eq!(Times::new().percentiles(), Percentiles::default());
    }
}
