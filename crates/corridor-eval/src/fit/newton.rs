//! The fit itself: penalised likelihood by Newton's method (iteratively reweighted least squares; T. Hastie, R. Tibshirani,
//! J. Friedman, *The Elements of Statistical Learning*, 2nd edition, Springer 2009, section 4.4.1).

use super::Row;
use super::real::{logistic, softplus};

/// Enough for the weights to stand still in the digits that are kept; most sets need ten.
const ITERATIONS: usize = 40;

/// What a step has to gain, as a share of the objective: below, weights move in digits that nobody keeps.
const SETTLED: f64 = 1e-13;

/// How often a step that would make things worse is halved.
const HALVINGS: usize = 30;

/// Rows as columns of numbers, a column a feature in the order of names.
pub(super) struct Design {
    columns: Vec<Column>,
    right: Vec<bool>,
}

struct Column {
    name: String,
    /// The mean, taken off before fitting: it keeps the equations solvable where features are far from 0.
    mean: f64,
    deviation: f64,
    /// Values less the mean, over the deviation.
    scaled: Vec<f64>,
}

/// The least point.
pub(super) struct Minimum {
    pub(super) bias: f64,
    /// By column, for features as they come.
    pub(super) weights: Vec<f64>,
    /// By column, for features scaled to a deviation of 1.
    pub(super) scaled: Vec<f64>,
}

impl Design {
    pub(super) fn of(rows: &[Row<'_>]) -> Self {
        let mut names: Vec<&str> = rows
            .iter()
            .flat_map(|(features, _)| features.iter().map(|(name, _)| *name))
            .collect();
        names.sort_unstable();
        names.dedup();
        let column = |name: &&str| {
            let value = |(features, _): &Row<'_>| {
                features
                    .iter()
                    .find(|(other, _)| other == name)
                    .map_or(0.0, |(_, value)| *value)
            };
            Column::of((*name).to_owned(), rows.iter().map(value).collect())
        };
        Self {
            columns: names.iter().map(column).collect(),
            right: rows.iter().map(|(_, right)| *right).collect(),
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    pub(super) fn drop_feature(&mut self, name: &str) {
        self.columns.retain(|column| column.name != name);
    }

    /// Drops features that are the same in every row: nothing can be learnt of them.
    pub(super) fn drop_constant(&mut self) -> Vec<String> {
        let is_constant = |column: &Column| column.deviation == 0.0;
        let (constant, columns) = std::mem::take(&mut self.columns)
            .into_iter()
            .partition(is_constant);
        self.columns = columns;
        let constant: Vec<Column> = constant;
        constant.into_iter().map(|column| column.name).collect()
    }

    /// Log odds of every row. The bias stands first among the parameters.
    fn log_odds(&self, parameters: &[f64]) -> Vec<f64> {
        let bias = parameters.first().copied().unwrap_or(0.0);
        let mut sums = vec![bias; self.right.len()];
        for (column, weight) in self.columns.iter().zip(parameters.iter().skip(1)) {
            for (sum, value) in sums.iter_mut().zip(&column.scaled) {
                *sum += weight * value;
            }
        }
        sums
    }

    /// What is made least: the loss of all rows and the pull of the weights, not of the bias.
    fn objective(&self, parameters: &[f64], l2: f64) -> f64 {
        let loss: f64 = self
            .log_odds(parameters)
            .iter()
            .zip(&self.right)
            .map(|(odds, right)| softplus(if *right { -odds } else { *odds }))
            .sum();
        let pull: f64 = parameters
            .iter()
            .skip(1)
            .map(|weight| weight * weight)
            .sum();
        loss + l2 / 2.0 * pull
    }
}

impl Column {
    #[allow(
        clippy::cast_precision_loss,
        reason = "counts of rows are far below 2^53"
    )]
    fn of(name: String, values: Vec<f64>) -> Self {
        let count = values.len() as f64;
        let is_constant = values
            .first()
            .is_none_or(|first| values.iter().all(|value| value == first));
        let mean = values.iter().sum::<f64>() / count;
        let variance = values
            .iter()
            .map(|value| (value - mean) * (value - mean))
            .sum::<f64>()
            / count;
        let deviation = if is_constant { 0.0 } else { variance.sqrt() };
        let scaled = values
            .iter()
            .map(|value| {
                if deviation == 0.0 {
                    0.0
                } else {
                    (value - mean) / deviation
                }
            })
            .collect();
        Self {
            name,
            mean,
            deviation,
            scaled,
        }
    }
}

/// The least point of the objective, which is convex: there is one.
pub(super) fn minimise(design: &Design, l2: f64) -> Minimum {
    let mut parameters = vec![0.0; design.columns.len() + 1];
    let mut best = design.objective(&parameters, l2);
    for _ in 0..ITERATIONS {
        let step = step(design, &parameters, l2);
        let mut share = 1.0;
        let mut stands = true;
        for _ in 0..HALVINGS {
            let next: Vec<f64> = parameters
                .iter()
                .zip(&step)
                .map(|(parameter, step)| parameter - share * step)
                .collect();
            let objective = design.objective(&next, l2);
            if objective <= best {
                stands = next == parameters || best - objective <= best * SETTLED;
                parameters = next;
                best = objective;
                break;
            }
            share /= 2.0;
        }
        if stands {
            break;
        }
    }
    let scaled: Vec<f64> = parameters.iter().skip(1).copied().collect();
    let weights: Vec<f64> = design
        .columns
        .iter()
        .zip(&scaled)
        .map(|(column, weight)| weight / column.deviation)
        .collect();
    let shift: f64 = design
        .columns
        .iter()
        .zip(&weights)
        .map(|(column, weight)| weight * column.mean)
        .sum();
    Minimum {
        bias: parameters.first().copied().unwrap_or(0.0) - shift,
        weights,
        scaled,
    }
}

/// Newton's step: the gradient through the inverse of the Hessian.
fn step(design: &Design, parameters: &[f64], l2: f64) -> Vec<f64> {
    let likely: Vec<f64> = design
        .log_odds(parameters)
        .iter()
        .map(|odds| logistic(*odds))
        .collect();
    let ones = vec![1.0; design.right.len()];
    let columns: Vec<&[f64]> = std::iter::once(ones.as_slice())
        .chain(design.columns.iter().map(|column| column.scaled.as_slice()))
        .collect();
    let errors: Vec<f64> = likely
        .iter()
        .zip(&design.right)
        .map(|(likely, right)| likely - f64::from(u8::from(*right)))
        .collect();
    let gradient = columns
        .iter()
        .zip(parameters)
        .enumerate()
        .map(|(position, (column, parameter))| {
            dot(column, &errors) + if position == 0 { 0.0 } else { l2 * parameter }
        })
        .collect();
    let hessian = columns
        .iter()
        .enumerate()
        .map(|(row, one)| {
            let weighted: Vec<f64> = one
                .iter()
                .zip(&likely)
                .map(|(value, likely)| value * likely * (1.0 - likely))
                .collect();
            let pull = |column: usize| {
                // Without a pull of its own the bias's place could be empty where all rows are certain.
                let own = if row == 0 { 1e-9 } else { l2 };
                if row == column { own } else { 0.0 }
            };
            columns
                .iter()
                .enumerate()
                .map(|(column, other)| dot(&weighted, other) + pull(column))
                .collect()
        })
        .collect();
    solve(hessian, gradient)
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// Solves for a symmetric positive definite matrix, which needs no pivoting, by elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let at = |row: &[f64], column: usize| row.get(column).copied().unwrap_or(0.0);
    for pivot in 0..right.len() {
        let (above, below) = matrix.split_at_mut(pivot + 1);
        let (right_above, right_below) = right.split_at_mut(pivot + 1);
        let (Some(pivot_row), Some(pivot_right)) = (above.last(), right_above.last()) else {
            break;
        };
        let divisor = at(pivot_row, pivot);
        for (row, right) in below.iter_mut().zip(right_below) {
            let factor = at(row, pivot) / divisor;
            for (value, above) in row.iter_mut().zip(pivot_row) {
                *value -= factor * above;
            }
            *right -= factor * pivot_right;
        }
    }
    let mut solution: Vec<f64> = vec![0.0; right.len()];
    for (position, (row, right)) in matrix.iter().zip(&right).enumerate().rev() {
        let known: f64 = row
            .iter()
            .zip(&solution)
            .skip(position + 1)
            .map(|(value, known)| value * known)
            .sum();
        if let Some(place) = solution.get_mut(position) {
            *place = (right - known) / at(row, position);
        }
    }
    solution
}
