//! How many entries it takes to tell two ways of answering apart.

/// The normal quantile that leaves 20 % above: a difference that is there is found four times out of five.
const Z_POWER_80: f64 = 0.841_621_233_572_914_2;

/// About how many pairs McNemar's test needs to find, at the 5 % level and with 80 % power, a difference where `only_first` and
/// `only_second` are the shares of pairs that only one of the two gets right. `None` where the shares are equal: no number would do.
///
/// R. J. Connor, *Sample size for testing differences in proportions for the paired-sample design*, Biometrics 43 (1987) 207–211. The
/// exact test asks for a little more than this formula, which is made for the test's normal approximation.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive number, and `as` saturates"
)]
pub fn pairs_needed(only_first: f64, only_second: f64) -> Option<u64> {
    let discordant = only_first + only_second;
    let difference = only_second - only_first;
    if difference == 0.0 || !discordant.is_finite() {
        return None;
    }
    let squared = difference * difference;
    let root = super::Z_95_TWO_SIDED * discordant.sqrt()
        + Z_POWER_80 * (discordant - squared).max(0.0).sqrt();
    Some((root * root / squared).ceil() as u64)
}
