//! The weights of the features: a logistic model, fitted by `corridor fit` and kept in the pack.

use super::{Evidence, Feature};

/// Digits of a probability. Exponentials may differ from one machine to the next in digits far behind these.
const DIGITS: f64 = 1e4;

/// What each feature adds to the log odds of a decision's being right.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    bias: f64,
    by_feature: Vec<f64>,
}

impl Weights {
    /// Weights by feature; those that are not named are 0.
    #[must_use]
    pub fn new(bias: f64, weights: impl IntoIterator<Item = (Feature, f64)>) -> Self {
        let mut by_feature = vec![0.0; Feature::ALL.len()];
        for (feature, weight) in weights {
            if let Some(place) = by_feature.get_mut(feature as usize) {
                *place = weight;
            }
        }
        Self { bias, by_feature }
    }

    /// What is added whatever the features are.
    #[must_use]
    pub fn bias(&self) -> f64 {
        self.bias
    }

    /// The weight of a feature.
    #[must_use]
    pub fn of(&self, feature: Feature) -> f64 {
        self.by_feature
            .get(feature as usize)
            .copied()
            .unwrap_or(0.0)
    }

    /// The logistic model over the features, to four digits.
    pub(crate) fn weigh(&self, features: Vec<(Feature, f64)>) -> Evidence {
        let odds = features.iter().fold(self.bias, |sum, &(feature, value)| {
            sum + self.of(feature) * value
        });
        let likely = 1.0 / (1.0 + (-odds).exp());
        Evidence {
            features,
            likely: (likely * DIGITS).round() / DIGITS,
        }
    }
}
