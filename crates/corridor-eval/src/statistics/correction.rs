//! Looking at many differences at once.

/// p-values adjusted so that among all of them together a chance finding is claimed with at most the level's probability, in the order
/// given.
///
/// S. Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of Statistics 6 (1979) 65–70.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of tests are far below 2^53"
)]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut ranked: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    ranked.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut highest: f64 = 0.0;
    for (rank, (position, p)) in ranked.into_iter().enumerate() {
        let left = (p_values.len() - rank) as f64;
        highest = highest.max((p * left).min(1.0));
        if let Some(place) = adjusted.get_mut(position) {
            *place = highest;
        }
    }
    adjusted
}
