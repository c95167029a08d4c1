//! Reads `evidence.toml`: the weights that say how likely a decision is right. Where executing begins is in `pack.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::files::PackFiles;
use super::problem::{PackProblems, Place};
use super::toml_file;
use crate::evidence::{Feature, Weights};
use crate::typo::nearest;

pub(super) const FILE: &str = "evidence.toml";

const VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEvidence {
    version: Spanned<u32>,
    bias: f64,
    weights: BTreeMap<Spanned<String>, f64>,
}

/// The weights of the highest pack that has any. One that has none is measured by the household's, which are part of the program.
pub(super) fn read(files: &PackFiles, problems: &mut PackProblems) -> Option<Weights> {
    let household = PackFiles::household();
    let place = files
        .layers()
        .iter()
        .rev()
        .chain(household.layers())
        .find_map(|layer| layer.find(FILE))?;
    let raw: RawEvidence = toml_file::parse(place, problems)?;
    if *raw.version.get_ref() != VERSION {
        problems.push(place.problem(
            Some(raw.version.span()),
            "version",
            format!(
                "version {} is not one that this build reads",
                raw.version.get_ref()
            ),
            Some("fit it again with `corridor fit`"),
        ));
        return None;
    }
    let weights: Vec<(Feature, f64)> = raw
        .weights
        .iter()
        .filter_map(|(name, weight)| checked(name, *weight, place, problems))
        .collect();
    Some(Weights::new(raw.bias, weights))
}

fn checked(
    name: &Spanned<String>,
    weight: f64,
    place: Place<'_>,
    problems: &mut PackProblems,
) -> Option<(Feature, f64)> {
    let key = format!("weights.{}", name.get_ref());
    let Some(feature) = Feature::named(name.get_ref()) else {
        let names = Feature::ALL.iter().map(|feature| feature.name());
        let hint = nearest(name.get_ref(), names).map(|near| format!("did you mean {near}?"));
        problems.push(place.problem(
            Some(name.span()),
            &key,
            "no feature of the engine",
            hint.as_deref(),
        ));
        return None;
    };
    if !feature.sign().allows(weight) || !weight.is_finite() {
        let message = format!("{weight} has not the sign that this feature must have");
        let hint = Some("fit it again with `corridor fit`; it binds weights to their signs");
        problems.push(place.problem(Some(name.span()), &key, message, hint));
    }
    Some((feature, weight))
}
