//! Exponential and logarithm from additions, multiplications and divisions alone, which IEEE 754 fixes to the last digit. The standard
//! library's come from the machine's own mathematics library.

use std::f64::consts::{LN_2, SQRT_2};

/// e to the power of `x`, to about 15 digits; `x` outside ±700 is taken as ±700.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a whole number between -1011 and 1011"
)]
pub(super) fn exp(x: f64) -> f64 {
    let x = x.clamp(-700.0, 700.0);
    let doublings = (x / LN_2).round();
    let rest = x - doublings * LN_2;
    // |rest| <= 0.35, so 17 terms of the series reach the last digit.
    let series = (1..=17_u8)
        .rev()
        .fold(1.0, |sum, term| 1.0 + sum * rest / f64::from(term));
    series * power_of_two(doublings as i32)
}

/// The logarithm of `x`, a normal number above 0, to about 15 digits.
pub(super) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let exponent = i32::try_from((bits >> 52) & 0x7ff).unwrap_or(0) - 1023;
    let mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000);
    let (mantissa, exponent) = if mantissa > SQRT_2 {
        (mantissa / 2.0, exponent + 1)
    } else {
        (mantissa, exponent)
    };
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    // |s| <= 0.172, so 12 terms of the series reach the last digit.
    let series = (0..12_u8).rev().fold(0.0, |sum, term| {
        sum * square + 1.0 / f64::from(2 * term + 1)
    });
    2.0 * s * series + f64::from(exponent) * LN_2
}

/// How likely, for log odds.
pub(super) fn logistic(log_odds: f64) -> f64 {
    if log_odds >= 0.0 {
        1.0 / (1.0 + exp(-log_odds))
    } else {
        let odds = exp(log_odds);
        odds / (1.0 + odds)
    }
}

/// ln(1 + e^x), without overflow.
pub(super) fn softplus(x: f64) -> f64 {
    x.max(0.0) + ln(1.0 + exp(-x.abs()))
}

fn power_of_two(exponent: i32) -> f64 {
    let biased = u64::try_from(exponent + 1023).unwrap_or(0);
    f64::from_bits(biased << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_the_standard_library() {
        for step in -1400..=1400 {
            let x = f64::from(step) / 2.0;
            let (ours, theirs) = (exp(x), x.exp());
            assert!(
                (ours / theirs - 1.0).abs() < 1e-12,
                "exp {x}: {ours} {theirs}"
            );
        }
        for step in 1..2000 {
            let x = f64::from(step) * f64::from(step) / 997.0;
            let (ours, theirs) = (ln(x), x.ln());
            assert!(
                (ours - theirs).abs() < 1e-12 * theirs.abs().max(1.0),
                "ln {x}"
            );
        }
        assert!((logistic(0.0) - 0.5).abs() < f64::EPSILON);
        assert!((softplus(-800.0)).abs() < 1e-300 && (softplus(800.0) - 800.0).abs() < 1e-9);
    }
}
