//! Weights of evidence: a logistic regression that says how likely a decision is right, fitted the same way on every machine.
//!
//! Rows come as named features with right or wrong. Sums have one order, iterations one number, and `real` brings its own exponential
//! and logarithm, since those of the standard library may differ in the last digit from one machine to the next. A feature may be bound
//! to a sign: where the data say the other, it gets no weight at all, since a leftover verb that raises confidence is chance, not
//! knowledge.

mod model;
mod newton;
mod real;
mod rows;
mod threshold;

use std::collections::BTreeMap;

pub use corridor_decision::evidence::Sign;
pub use model::{Model, ModelError};
pub use rows::{Example, examples, options};
pub use threshold::{RiskTarget, Threshold};

use newton::Design;

/// Named features of a decision, and whether it was right. A feature that a row does not name is 0 there.
pub type Row<'r> = (Vec<(&'r str, f64)>, bool);

/// How to fit.
#[derive(Clone, Debug, PartialEq)]
pub struct FitOptions {
    /// How strongly weights are drawn to 0; above 0. It applies to features scaled to a deviation of 1, so it means the same for all.
    pub l2: f64,
    /// The signs that weights must have; a feature without one is free.
    pub signs: BTreeMap<String, Sign>,
}

impl Default for FitOptions {
    fn default() -> Self {
        Self {
            l2: 1.0,
            signs: BTreeMap::new(),
        }
    }
}

/// What came of fitting.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The model, its weights rounded as its file has them.
    pub model: Model,
    /// Features without weight because the data ask for the other sign, in the order in which they were dropped.
    pub wrong_sign: Vec<String>,
    /// Features without weight because they are the same in every row.
    pub constant: Vec<String>,
    /// How many rows there were.
    pub rows: usize,
    /// How many of them were right.
    pub right: usize,
}

/// Why nothing could be fitted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// All right or all wrong, or no rows: there is nothing to tell apart.
    #[error("fitting needs right and wrong rows; there are {right} right of {rows}")]
    OneClass {
        /// How many rows.
        rows: usize,
        /// How many of them are right.
        right: usize,
    },
    /// A value that is no number.
    #[error("row {row}: {feature} is not a finite number")]
    NotFinite {
        /// Which row, from 1 on.
        row: usize,
        /// Which feature.
        feature: String,
    },
    /// A feature named twice in a row.
    #[error("row {row}: {feature} is there twice")]
    Twice {
        /// Which row, from 1 on.
        row: usize,
        /// Which feature.
        feature: String,
    },
    /// No pull to 0: the weights of separable rows would grow without end.
    #[error("l2 must be above 0")]
    NoPull,
}

/// Fits a model to rows. The weight that contradicts its sign most goes first, and the rest is fitted anew, until none does.
///
/// # Errors
/// Where the rows cannot be fitted to.
pub fn fit(rows: &[Row<'_>], options: &FitOptions) -> Result<Fitted, FitError> {
    if !(options.l2 > 0.0 && options.l2.is_finite()) {
        return Err(FitError::NoPull);
    }
    check(rows)?;
    let mut design = Design::of(rows);
    let constant = design.drop_constant();
    let mut wrong_sign = Vec::new();
    let fitted = loop {
        let fitted = newton::minimise(&design, options.l2);
        let contradicts = |name: &str, weight: f64| {
            let sign = options.signs.get(name).copied().unwrap_or(Sign::Free);
            !sign.allows(weight)
        };
        let worst = design
            .names()
            .zip(&fitted.scaled)
            .filter(|(name, weight)| contradicts(name, **weight))
            .max_by(|(_, one), (_, other)| one.abs().total_cmp(&other.abs()))
            .map(|(name, _)| name.to_owned());
        match worst {
            None => break fitted,
            Some(name) => {
                design.drop_feature(&name);
                wrong_sign.push(name);
            }
        }
    };
    let dropped = wrong_sign.iter().chain(&constant);
    let model = Model::new(
        fitted.bias,
        design
            .names()
            .map(str::to_owned)
            .zip(fitted.weights)
            .chain(dropped.map(|name| (name.clone(), 0.0))),
    );
    Ok(Fitted {
        model,
        wrong_sign,
        constant,
        rows: rows.len(),
        right: rows.iter().filter(|(_, right)| *right).count(),
    })
}

fn check(rows: &[Row<'_>]) -> Result<(), FitError> {
    for (number, (features, _)) in (1..).zip(rows) {
        let mut seen: Vec<&str> = Vec::with_capacity(features.len());
        for (name, value) in features {
            let feature = (*name).to_owned();
            if !value.is_finite() {
                return Err(FitError::NotFinite {
                    row: number,
                    feature,
                });
            }
            if seen.contains(name) {
                return Err(FitError::Twice {
                    row: number,
                    feature,
                });
            }
            seen.push(name);
        }
    }
    let right = rows.iter().filter(|(_, right)| *right).count();
    if right == 0 || right == rows.len() {
        return Err(FitError::OneClass {
            rows: rows.len(),
            right,
        });
    }
    Ok(())
}
