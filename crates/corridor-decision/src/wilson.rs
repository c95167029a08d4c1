//! How sure a share of a sample is: the one interval that reports, the guard and the verdict on a rollout all use.

/// The normal quantile that leaves 2.5 % on either side: intervals for people, "95 %".
pub const Z_95_TWO_SIDED: f64 = 1.959_963_984_540_054;

/// The normal quantile that leaves 5 % on one side: bounds that a rule is held to, "95 % sure that it is above".
pub const Z_95_ONE_SIDED: f64 = 1.644_853_626_951_472_2;

/// The ends of an interval for a share, 0 ≤ `low` ≤ `high` ≤ 1.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// What is known of a share before anything was seen.
    pub const UNKNOWN: Self = Self {
        low: 0.0,
        high: 1.0,
    };

    /// Whether a share lies inside, ends included.
    #[must_use]
    pub fn contains(self, share: f64) -> bool {
        self.low <= share && share <= self.high
    }
}

/// The Wilson score interval of `part` of `whole`, without continuity correction, for the normal quantile `z`. Total: of nothing it is
/// [`Interval::UNKNOWN`], and a part larger than its whole counts as the whole.
///
/// Chosen because it stays honest where shares are near 0 or 1 and samples small, which is where models are trusted or not.
///
/// E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, JASA 22 (1927) 209–212; recommended by
/// R. G. Newcombe, *Two-sided confidence intervals for the single proportion*, Statistics in Medicine 17 (1998) 857–872, method 3.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of samples are far below 2^53"
)]
pub fn wilson(part: u64, whole: u64, z: f64) -> Interval {
    if whole == 0 {
        return Interval::UNKNOWN;
    }
    let part = part.min(whole);
    let n = whole as f64;
    let share = part as f64 / n;
    let z_squared = z * z;
    let centre = share + z_squared / (2.0 * n);
    let spread = z * (share * (1.0 - share) / n + z_squared / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z_squared / n;
    // At the ends the formula gives the share itself; floating point would miss it by a hair.
    Interval {
        low: if part == 0 {
            0.0
        } else {
            ((centre - spread) / scale).max(0.0)
        },
        high: if part == whole {
            1.0
        } else {
            ((centre + spread) / scale).min(1.0)
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Newcombe 1998, table I, method 3.
    #[test]
    fn published_values() {
        let published = [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ];
        for (part, whole, low, high) in published {
            let got = wilson(part, whole, Z_95_TWO_SIDED);
            assert!(
                (got.low - low).abs() < 0.000_05 && (got.high - high).abs() < 0.000_05,
                "{part} of {whole}: {got:?}"
            );
        }
    }

    #[test]
    fn nothing_tells_nothing() {
        assert_eq!(wilson(0, 0, Z_95_TWO_SIDED), Interval::UNKNOWN);
        assert_eq!(wilson(7, 3, 1.0), wilson(3, 3, 1.0));
    }

    proptest! {
        #[test]
        fn it_holds_its_share_and_mirrors(whole in 1_u64..1_000_000, seed in any::<u64>(), z in 0.1_f64..5.0) {
            let part = seed % (whole + 1);
            let interval = wilson(part, whole, z);
            prop_assert!(0.0 <= interval.low && interval.low <= interval.high && interval.high <= 1.0);
            prop_assert!(interval.contains(part as f64 / whole as f64));
            let mirrored = wilson(whole - part, whole, z);
            prop_assert!((interval.low - (1.0 - mirrored.high)).abs() < 1e-9);
        }

        #[test]
        fn more_of_the_same_is_surer(whole in 1_u64..10_000, seed in any::<u64>(), times in 2_u64..20) {
            let part = seed % (whole + 1);
            let (few, many) = (wilson(part, whole, 1.96), wilson(part * times, whole * times, 1.96));
            prop_assert!(many.high - many.low < few.high - few.low);
        }
    }
}
