//! The rows that weights are fitted to: what was decided of a data set and of its changed commands, where that comes to actions.

use corridor_contract::Command;
use corridor_decision::Decider;
use corridor_decision::evidence::Feature;

use super::{FitOptions, Row};
use crate::perturb::{Perturbed, acts};
use crate::run::Run;

/// A decision that comes to actions.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its features, and whether it is right in every part.
    pub row: Row<'static>,
    /// Whether nothing at all should have been done: a wrong execute.
    pub is_false: bool,
}

/// What a decider does with a data set and its changed commands. It must have been told to execute whatever it can: what a threshold has
/// held back cannot be learned from.
#[must_use]
pub fn examples(decider: &Decider, run: &Run<'_>, perturbed: &Perturbed<'_>) -> Vec<Example> {
    let own = run.outcomes.iter().filter_map(|outcome| {
        let got = outcome.got.as_ref().ok()?;
        let must = acts(outcome.judgement.reference);
        acts(got).then_some((outcome.entry.command.as_slice(), outcome.is_right(), must))
    });
    own.chain(perturbed.acted())
        .filter_map(|(command, is_right, must)| {
            let command = Command::from_slice(command).ok()?;
            let evidence = decider.evidence(&command)?;
            let features = evidence
                .features
                .iter()
                .map(|(feature, value)| (feature.name(), *value));
            Some(Example {
                row: (features.collect(), is_right),
                is_false: !must,
            })
        })
        .collect()
}

/// How the engine's features are fitted: each with the sign that its weight must have.
#[must_use]
pub fn options(l2: f64) -> FitOptions {
    FitOptions {
        l2,
        signs: Feature::ALL
            .iter()
            .map(|feature| (feature.name().to_owned(), feature.sign()))
            .collect(),
    }
}
