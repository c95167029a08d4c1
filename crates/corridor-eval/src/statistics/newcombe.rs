//! How large the difference between two ways of answering the same entries is.

use super::{Interval, PairedCounts, Z_95_TWO_SIDED, wilson};

/// The 95 % interval of the difference of two paired shares (second minus first), each end within -1..=1.
///
/// Built from the Wilson intervals of both shares and the correlation of the pairs: R. G. Newcombe, *Improved confidence intervals for
/// the difference between binomial proportions based on paired data*, Statistics in Medicine 17 (1998) 2635–2650, method 10
/// ("square-and-add").
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of entries are far below 2^53"
)]
pub fn newcombe_paired(counts: PairedCounts) -> Interval {
    let whole = counts.whole();
    if whole == 0 {
        return Interval {
            low: -1.0,
            high: 1.0,
        };
    }
    let n = whole as f64;
    let (first, second) = (counts.first(), counts.second());
    let (share_first, share_second) = (first as f64 / n, second as f64 / n);
    let of_first = wilson(first, whole, Z_95_TWO_SIDED);
    let of_second = wilson(second, whole, Z_95_TWO_SIDED);
    let phi = correlation(counts);
    let difference = share_second - share_first;
    let below = square_and_add(
        share_second - of_second.low,
        of_first.high - share_first,
        phi,
    );
    let above = square_and_add(
        of_second.high - share_second,
        share_first - of_first.low,
        phi,
    );
    Interval {
        low: (difference - below).max(-1.0),
        high: (difference + above).min(1.0),
    }
}

fn square_and_add(one: f64, other: f64, phi: f64) -> f64 {
    (one * one - 2.0 * phi * one * other + other * other)
        .max(0.0)
        .sqrt()
}

/// The phi coefficient of the two-by-two table, a positive one corrected for continuity as method 10 has it; 0 where a margin is empty.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of entries are far below 2^53"
)]
fn correlation(counts: PairedCounts) -> f64 {
    let [both, only_first, only_second, neither] = [
        counts.both,
        counts.only_first,
        counts.only_second,
        counts.neither,
    ]
    .map(|count| count as f64);
    let margins = (both + only_first)
        * (only_second + neither)
        * (both + only_second)
        * (only_first + neither);
    if margins <= 0.0 {
        return 0.0;
    }
    let product = both * neither - only_first * only_second;
    let corrected = if product > 0.0 {
        let half = (both + only_first + only_second + neither) / 2.0;
        (product - half).max(0.0)
    } else {
        product
    };
    corrected / margins.sqrt()
}
