//! A fitted model and its file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::real::logistic;
use super::{Fitted, Row, Threshold};
use crate::statistics::{Calibration, Graded};

/// The version of the file.
const VERSION: u32 = 1;

/// Digits behind the point that weights keep. More would be noise, and what two machines could differ in lies far behind them.
const DIGITS: f64 = 1e6;

/// Weights by feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    bias: f64,
    weights: BTreeMap<String, f64>,
}

/// Why a text is no model.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Not the shape of one.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// Of another version.
    #[error("version {0} is not one this build reads")]
    Version(u32),
    /// A weight that is no number.
    #[error("{0} is not a finite number")]
    NotFinite(String),
}

#[derive(Deserialize)]
struct RawModel {
    version: u32,
    bias: f64,
    weights: BTreeMap<String, f64>,
}

impl Model {
    pub(super) fn new(bias: f64, weights: impl IntoIterator<Item = (String, f64)>) -> Self {
        Self {
            bias: rounded(bias),
            weights: weights
                .into_iter()
                .map(|(name, weight)| (name, rounded(weight)))
                .collect(),
        }
    }

    /// What is added whatever the features are.
    #[must_use]
    pub fn bias(&self) -> f64 {
        self.bias
    }

    /// A feature's weight; 0 for one that it does not know.
    #[must_use]
    pub fn weight(&self, feature: &str) -> f64 {
        self.weights.get(feature).copied().unwrap_or(0.0)
    }

    /// All weights, by name.
    pub fn weights(&self) -> impl Iterator<Item = (&str, f64)> {
        self.weights
            .iter()
            .map(|(name, weight)| (name.as_str(), *weight))
    }

    /// How likely a decision with these features is right. Features are summed by name, so the order they come in does not count.
    #[must_use]
    pub fn likely(&self, features: &[(&str, f64)]) -> f64 {
        let mut sorted: Vec<&(&str, f64)> = features.iter().collect();
        sorted.sort_by_key(|(name, _)| *name);
        let sum = sorted.iter().fold(self.bias, |sum, (name, value)| {
            sum + self.weight(name) * value
        });
        logistic(sum)
    }

    /// Rows as predictions, for thresholds.
    #[must_use]
    pub fn grade(&self, rows: &[Row<'_>]) -> Vec<Graded> {
        rows.iter()
            .map(|(features, right)| Graded {
                confidence: self.likely(features),
                is_right: *right,
            })
            .collect()
    }

    /// How well the likelihood keeps its promise on rows: the expected calibration error, and the bins of a reliability diagram.
    #[must_use]
    pub fn calibration(&self, rows: &[Row<'_>]) -> Calibration {
        Calibration::of(&self.grade(rows))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Where it is none of ours.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let raw: RawModel = toml::from_str(text)?;
        if raw.version != VERSION {
            return Err(ModelError::Version(raw.version));
        }
        let named = raw
            .weights
            .iter()
            .map(|(name, weight)| (name.as_str(), *weight));
        for (name, weight) in named.chain([("bias", raw.bias)]) {
            if !weight.is_finite() {
                return Err(ModelError::NotFinite(name.to_owned()));
            }
        }
        Ok(Self::new(raw.bias, raw.weights))
    }
}

impl Fitted {
    /// The file: what it was fitted to, then every weight, those that raise confidence most first.
    #[must_use]
    pub fn to_toml(&self, threshold: Option<&Threshold>) -> String {
        let mut text = format!(
            "# Fitted to {} decisions, {} of them right. A weight is what the feature adds to the log odds of being right.\n\
             version = {VERSION}\n",
            self.rows, self.right
        );
        // Writing to a string cannot fail.
        if let Some(threshold) = threshold {
            let _ = writeln!(
                text,
                "# {} of {} executed decisions are wrong from here on.\nthreshold = {:.4}",
                threshold.wrong, threshold.executed, threshold.at
            );
        }
        let _ = writeln!(text, "bias = {:.6}\n\n[weights]", self.model.bias);
        let mut weights: Vec<(&str, f64)> = self.model.weights().collect();
        weights.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        for (name, weight) in weights {
            let why = if self.wrong_sign.iter().any(|other| other == name) {
                " # the rows ask for the other sign"
            } else if self.constant.iter().any(|other| other == name) {
                " # the same in every row"
            } else {
                ""
            };
            let _ = writeln!(text, "{} = {weight:.6}{why}", key(name));
        }
        text
    }
}

/// A key as TOML has it: bare where that is allowed, else quoted, as JSON quotes it too.
fn key(name: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if !name.is_empty() && name.chars().all(is_bare) {
        name.to_owned()
    } else {
        serde_json::Value::from(name).to_string()
    }
}

/// To the digits that are kept, and never a negative 0.
fn rounded(value: f64) -> f64 {
    (value * DIGITS).round() / DIGITS + 0.0
}
