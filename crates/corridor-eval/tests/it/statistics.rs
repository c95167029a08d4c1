//! Statistics against published values, and by what must hold of any sample.

use corridor_eval::statistics::{
    Calibration, Graded, PairedCounts, RiskCoverage, Spread, holm, mcnemar_exact, newcombe_paired,
    pairs_needed,
};
use proptest::prelude::*;

fn near(got: f64, expected: f64, within: f64) {
    assert!((got - expected).abs() <= within, "{got} is not {expected}");
}

fn table(both: u64, only_first: u64, only_second: u64, neither: u64) -> PairedCounts {
    PairedCounts {
        both,
        only_first,
        only_second,
        neither,
    }
}

/// Fagerland, Lydersen, Laake 2013: airway hyper-responsiveness (1 and 7) and complete response (6 and 16).
#[test]
fn mcnemar_as_published() {
    near(mcnemar_exact(1, 7), 0.070, 0.0005);
    near(mcnemar_exact(6, 16), 0.052, 0.0005);
}

#[test]
fn mcnemar_by_hand() {
    near(mcnemar_exact(0, 5), 2.0 / 32.0, 1e-12);
    near(mcnemar_exact(0, 6), 2.0 / 64.0, 1e-12);
    near(mcnemar_exact(3, 3), 1.0, 0.0);
    near(mcnemar_exact(0, 0), 1.0, 0.0);
    // Where 2^-n is no number any more.
    assert!(mcnemar_exact(1000, 1400) < 1e-10 && mcnemar_exact(1000, 1400) > 0.0);
    near(mcnemar_exact(20_000, 20_000), 1.0, 0.0);
}

/// Fagerland, Lydersen, Laake, *Recommended tests and confidence intervals for paired binomial proportions*, Statistics in Medicine 33
/// (2014) 2850–2875: the airway data, 1, 1, 7 and 12 of 21.
#[test]
fn newcombe_as_published() {
    let interval = newcombe_paired(table(1, 7, 1, 12));
    near(interval.low, -0.507, 0.0006);
    near(interval.high, -0.026, 0.0006);
}

/// Two bins, the example of the torchmetrics documentation for its binary calibration error: l1 0.29, max 0.3167.
#[test]
fn calibration_as_published() {
    let graded = [
        (0.25, false),
        (0.25, false),
        (0.55, true),
        (0.75, true),
        (0.75, true),
    ]
    .map(|(confidence, is_right)| Graded {
        confidence,
        is_right,
    });
    let calibration = Calibration::with_bins(&graded, 2);
    near(calibration.expected_error.unwrap(), 0.29, 1e-9);
    near(calibration.largest_error.unwrap(), 0.316_666, 1e-5);
    assert_eq!(
        calibration
            .bins
            .iter()
            .map(|bin| bin.entries)
            .collect::<Vec<_>>(),
        [2, 3]
    );
}

#[test]
fn the_highest_confidence_has_a_bin() {
    let sure = Graded {
        confidence: 1.0,
        is_right: true,
    };
    let calibration = Calibration::of(&[sure]);
    assert_eq!(calibration.expected_error, Some(0.0));
    assert_eq!(
        (calibration.bins[0].from, calibration.bins[0].to),
        (0.9, 1.0)
    );
    assert_eq!(Calibration::of(&[]).expected_error, None);
}

/// By hand: right, right, wrong from the surest on gives risks 0, 0, 1/3.
#[test]
fn risk_by_coverage_by_hand() {
    let graded = |list: &[(f64, bool)]| -> Vec<Graded> {
        list.iter()
            .map(|(confidence, is_right)| Graded {
                confidence: *confidence,
                is_right: *is_right,
            })
            .collect()
    };
    let good = RiskCoverage::of(&graded(&[(0.5, false), (0.9, true), (0.7, true)]));
    near(good.area.unwrap(), (1.0 / 3.0) / 3.0, 1e-12);
    near(good.excess_area.unwrap(), 0.0, 1e-12);
    assert_eq!(good.points.len(), 3);
    let bad = RiskCoverage::of(&graded(&[(0.9, false), (0.7, true), (0.5, true)]));
    near(bad.area.unwrap(), (1.0 + 0.5 + 1.0 / 3.0) / 3.0, 1e-12);
    // Equal confidence is no ranking: the risk is the same at every coverage.
    let tied = RiskCoverage::of(&graded(&[(0.8, false), (0.8, true)]));
    near(tied.area.unwrap(), 0.5, 1e-12);
    assert_eq!(tied.points.len(), 1);
    assert_eq!(RiskCoverage::of(&[]).area, None);
}

/// Holm 1979 as it is taught: 0.01, 0.04, 0.03, 0.005 become 0.03, 0.06, 0.06, 0.02.
#[test]
fn holm_by_hand() {
    let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]);
    for (got, expected) in adjusted.into_iter().zip([0.03, 0.06, 0.06, 0.02]) {
        near(got, expected, 1e-12);
    }
    assert!(holm(&[]).is_empty());
}

/// The power of McNemar's exact test at a number of pairs, summed over every table there can be.
fn exact_power(pairs: u64, only_first: f64, only_second: f64) -> f64 {
    let ln_factorials: Vec<f64> = std::iter::once(0.0)
        .chain((1..=pairs).scan(0.0, |sum, n| {
            *sum += (n as f64).ln();
            Some(*sum)
        }))
        .collect();
    let concordant = (1.0 - only_first - only_second).ln();
    let mut power = 0.0;
    for first in 0..=pairs {
        for second in 0..=(pairs - first) {
            let rest = pairs - first - second;
            let ln = ln_factorials[pairs as usize]
                - ln_factorials[first as usize]
                - ln_factorials[second as usize]
                - ln_factorials[rest as usize]
                + first as f64 * only_first.ln()
                + second as f64 * only_second.ln()
                + rest as f64 * concordant;
            if ln > -40.0 && mcnemar_exact(first, second) < 0.05 {
                power += ln.exp();
            }
        }
    }
    power
}

/// Two calculators after Connor 1987: 0.05 against 0.45 takes 23 pairs, 0.15 against 0.30 takes 155.
#[test]
fn the_sample_size_as_published() {
    assert_eq!(pairs_needed(0.05, 0.45), Some(23));
    assert_eq!(pairs_needed(0.45, 0.05), Some(23));
    assert_eq!(pairs_needed(0.15, 0.30), Some(155));
}

#[test]
fn the_sample_size_finds_the_difference_four_times_out_of_five() {
    for (only_first, only_second) in [(0.02, 0.10), (0.10, 0.20), (0.05, 0.12)] {
        let pairs = pairs_needed(only_first, only_second).unwrap();
        let power = exact_power(pairs, only_first, only_second);
        assert!((0.72..0.84).contains(&power), "{pairs} pairs: {power}");
    }
    assert_eq!(pairs_needed(0.1, 0.1), None);
}

#[test]
fn spread_by_hand() {
    let spread = Spread::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).unwrap();
    assert_eq!((spread.least, spread.mean, spread.most), (2.0, 5.0, 9.0));
    near(spread.standard_deviation, (32.0_f64 / 7.0).sqrt(), 1e-12);
    assert_eq!(Spread::of(&[3.0]).unwrap().standard_deviation, 0.0);
    assert_eq!(Spread::of(&[]), None);
}

fn samples() -> impl Strategy<Value = Vec<Graded>> {
    let one = (0_u8..=20, any::<bool>()).prop_map(|(confidence, is_right)| Graded {
        confidence: f64::from(confidence) / 20.0,
        is_right,
    });
    proptest::collection::vec(one, 1..200)
}

proptest! {
    #[test]
    fn mcnemar_is_a_probability_and_fair(one in 0_u64..3000, other in 0_u64..3000) {
        let p = mcnemar_exact(one, other);
        prop_assert!((0.0..=1.0).contains(&p));
        prop_assert_eq!(p, mcnemar_exact(other, one));
        // One more on the larger side is never less of a difference.
        prop_assert!(mcnemar_exact(one.min(other), one.max(other) + 1) <= p + 1e-12);
    }

    #[test]
    fn the_interval_of_a_difference_holds_it_and_mirrors(
        both in 0_u64..500, first in 0_u64..100, second in 0_u64..100, neither in 0_u64..500,
    ) {
        prop_assume!(both + first + second + neither > 0);
        let counts = table(both, first, second, neither);
        let difference = (second as f64 - first as f64) / counts.whole() as f64;
        let interval = newcombe_paired(counts);
        prop_assert!(-1.0 <= interval.low && interval.high <= 1.0);
        prop_assert!(interval.low <= difference + 1e-12 && difference - 1e-12 <= interval.high);
        let mirrored = newcombe_paired(table(both, second, first, neither));
        prop_assert!((interval.low + mirrored.high).abs() < 1e-9);
    }

    #[test]
    fn calibration_counts_everybody_once(graded in samples()) {
        let calibration = Calibration::of(&graded);
        let (expected, largest) = (calibration.expected_error.unwrap(), calibration.largest_error.unwrap());
        prop_assert!((0.0..=1.0).contains(&expected) && expected <= largest + 1e-12);
        prop_assert_eq!(calibration.bins.iter().map(|bin| bin.entries).sum::<u64>(), graded.len() as u64);
        for bin in &calibration.bins {
            prop_assert!(bin.from <= bin.confidence + 1e-9 && bin.confidence <= bin.to + 1e-9);
            prop_assert!(bin.interval.contains(bin.accuracy));
        }
    }

    #[test]
    fn risk_by_coverage_ends_at_the_whole_and_order_is_nothing(graded in samples(), turn in 0_usize..200) {
        let curve = RiskCoverage::of(&graded);
        let wrong = graded.iter().filter(|decision| !decision.is_right).count();
        let last = curve.points.last().unwrap();
        prop_assert!((last.coverage - 1.0).abs() < 1e-12);
        prop_assert!((last.risk - wrong as f64 / graded.len() as f64).abs() < 1e-12);
        prop_assert!(curve.points.windows(2).all(|pair| pair[0].coverage < pair[1].coverage));
        prop_assert!(curve.excess_area.unwrap() > -1e-9);
        let mut turned = graded.clone();
        turned.rotate_left(turn % graded.len());
        prop_assert_eq!(RiskCoverage::of(&turned), curve);
    }

    #[test]
    fn adjusting_never_makes_a_difference_surer(p_values in proptest::collection::vec(0.0_f64..=1.0, 0..40)) {
        let adjusted = holm(&p_values);
        prop_assert!(adjusted.iter().zip(&p_values).all(|(after, before)| after >= before && *after <= 1.0));
    }
}
