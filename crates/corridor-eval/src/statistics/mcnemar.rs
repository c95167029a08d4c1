//! Whether two ways of answering the same entries differ by more than chance.

/// The two-sided p-value of McNemar's exact (conditional binomial) test, from the entries that only one of two got right.
///
/// Under "no difference" each such entry is a fair coin. The p-value is twice the smaller tail, at most 1.
///
/// Q. McNemar, *Note on the sampling error of the difference between correlated proportions or percentages*, Psychometrika 12 (1947)
/// 153–157; the exact form as in M. W. Fagerland, S. Lydersen, P. Laake, *The McNemar test for binary matched-pairs data: mid-p and
/// asymptotic are better than exact conditional*, BMC Medical Research Methodology 13:91 (2013). The exact form is the cautious one: it
/// claims a difference too seldom rather than too often.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of entries are far below 2^53"
)]
pub fn mcnemar_exact(only_first: u64, only_second: u64) -> f64 {
    let discordant = only_first + only_second;
    let smaller = only_first.min(only_second);
    if discordant == 0 {
        return 1.0;
    }
    // Logarithms, since 2^-n is no number from n = 1075 on. ln P(k) = ln C(n, k) - n ln 2, from one k to the next.
    let n = discordant as f64;
    let mut ln_term = -n * std::f64::consts::LN_2;
    let mut ln_terms = vec![ln_term];
    for k in 0..smaller {
        let k = k as f64;
        ln_term += ((n - k) / (k + 1.0)).ln();
        ln_terms.push(ln_term);
    }
    // Terms rise up to the middle, so the last one is the largest.
    let sum: f64 = ln_terms.iter().map(|term| (term - ln_term).exp()).sum();
    (2.0 * (ln_term + sum.ln()).exp()).min(1.0)
}
