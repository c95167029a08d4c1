//! Fitting: known answers, signs, thresholds, and the same file every time.

use std::collections::BTreeMap;

use std::fs;

use corridor_contract::Command;
use corridor_decision::{Decider, DecisionSettings};
use corridor_eval::fit::{
    self, Example, FitError, FitOptions, Model, RiskTarget, Row, Sign, Threshold, fit,
};
use corridor_eval::perturb::{Base, LanguageWords, Perturbed, Perturber, Selection};
use corridor_eval::statistics::Graded;
use corridor_eval::{InProcess, Run, RunSize};
use corridor_nlu::{Engine, Language};

use crate::golden::{decider, golden, repository};

/// Rows of one feature that is 0 or 1, with so many right and wrong of each.
fn table(at_zero: (usize, usize), at_one: (usize, usize)) -> Vec<Row<'static>> {
    let mut rows = Vec::new();
    for (value, (right, wrong)) in [(0.0, at_zero), (1.0, at_one)] {
        rows.extend((0..right).map(|_| (vec![("x", value)], true)));
        rows.extend((0..wrong).map(|_| (vec![("x", value)], false)));
    }
    rows
}

/// Rows of three features from a fixed sequence; right by `a` and against `b`, whatever `c`.
fn mixed(count: u32) -> Vec<Row<'static>> {
    let mut state = 12_345_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24)
    };
    (0..count)
        .map(|_| {
            let (a, b, c) = (next() * 10.0, next(), next());
            let likely = 1.0 / (1.0 + (-(0.5 * a - 3.0 * b)).exp());
            (vec![("a", a), ("b", b), ("c", c)], next() < likely)
        })
        .collect()
}

fn options(l2: f64, signs: &[(&str, Sign)]) -> FitOptions {
    FitOptions {
        l2,
        signs: signs
            .iter()
            .map(|(name, sign)| ((*name).to_owned(), *sign))
            .collect::<BTreeMap<_, _>>(),
    }
}

#[test]
fn a_table_of_two_by_two_has_its_log_odds() {
    // Without a pull, the bias is ln(30/10) and the weight the log of the odds ratio, ln((45/5) / (30/10)).
    let fitted = fit(&table((30, 10), (45, 5)), &options(1e-9, &[])).unwrap();
    assert!((fitted.model.bias() - 3.0_f64.ln()).abs() < 2e-6);
    assert!((fitted.model.weight("x") - 3.0_f64.ln()).abs() < 2e-6);
    assert!((fitted.model.likely(&[("x", 1.0)]) - 0.9).abs() < 1e-6);
    assert!((fitted.model.likely(&[]) - 0.75).abs() < 1e-6);
}

#[test]
fn the_least_point_has_no_slope() {
    let rows = mixed(400);
    let l2 = 2.0;
    let fitted = fit(&rows, &options(l2, &[])).unwrap();
    let errors: Vec<f64> = rows
        .iter()
        .map(|(features, right)| fitted.model.likely(features) - f64::from(u8::from(*right)))
        .collect();
    assert!(errors.iter().sum::<f64>().abs() < 1e-3);
    for name in ["a", "b", "c"] {
        let values: Vec<f64> = rows
            .iter()
            .map(|(features, _)| features.iter().find(|(n, _)| *n == name).unwrap().1)
            .collect();
        let mean = values.iter().sum::<f64>() / 400.0;
        let deviation = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 400.0).sqrt();
        let slope: f64 = values
            .iter()
            .zip(&errors)
            .map(|(value, error)| (value - mean) / deviation * error)
            .sum();
        let pull = l2 * fitted.model.weight(name) * deviation;
        assert!((slope + pull).abs() < 1e-3, "{name}: {slope} {pull}");
    }
    assert!(fitted.model.weight("a") > 0.3 && fitted.model.weight("b") < -2.0);
}

#[test]
fn rows_that_a_feature_tells_apart_get_a_finite_weight() {
    let fitted = fit(&table((0, 20), (20, 0)), &options(1.0, &[])).unwrap();
    assert!(fitted.model.weight("x") > 3.0 && fitted.model.weight("x") < 20.0);
}

#[test]
fn a_weight_of_the_wrong_sign_is_dropped_and_the_rest_fitted_anew() {
    let rows = mixed(400);
    let signs = [("a", Sign::Lowers), ("b", Sign::Lowers), ("c", Sign::Free)];
    let fitted = fit(&rows, &options(1.0, &signs)).unwrap();
    assert_eq!(fitted.wrong_sign, ["a"]);
    assert!(fitted.model.weight("a") == 0.0 && fitted.model.weight("b") < -1.0);
    let without: Vec<Row<'_>> = rows
        .iter()
        .map(|(features, right)| {
            let rest = features.iter().filter(|(name, _)| *name != "a").copied();
            (rest.collect(), *right)
        })
        .collect();
    let alone = fit(&without, &options(1.0, &[])).unwrap();
    assert_eq!(fitted.model.bias(), alone.model.bias());
    assert_eq!(fitted.model.weight("b"), alone.model.weight("b"));
    let agreeing = [("a", Sign::Raises), ("b", Sign::Lowers)];
    let free = fit(&rows, &options(1.0, &[])).unwrap();
    assert_eq!(fit(&rows, &options(1.0, &agreeing)).unwrap(), free);
}

#[test]
fn the_file_is_the_same_every_time_and_reads_back() {
    let mut rows = mixed(200);
    for (features, _) in &mut rows {
        features.push(("always", 1.0));
    }
    let options = options(1.0, &[("c", Sign::Raises), ("a", Sign::Lowers)]);
    let fitted = fit(&rows, &options).unwrap();
    let threshold = Threshold::choose(&fitted.model.grade(&rows), RiskTarget::new(0.2).unwrap());
    let text = fitted.to_toml(threshold.as_ref());
    insta::assert_snapshot!("fitted_file", text);
    assert_eq!(Model::parse(&text).unwrap(), fitted.model);
    // Nor does the order of features within a row count.
    for (features, _) in &mut rows {
        features.reverse();
    }
    assert_eq!(
        fit(&rows, &options).unwrap().to_toml(threshold.as_ref()),
        text
    );
}

#[test]
fn the_likelihood_keeps_its_promise_on_the_rows_it_was_fitted_to() {
    let rows = mixed(2000);
    let fitted = fit(&rows, &options(1.0, &[])).unwrap();
    let calibration = fitted.model.calibration(&rows);
    assert!(calibration.expected_error.unwrap() < 0.03);
    assert_eq!(
        calibration.bins.iter().map(|bin| bin.entries).sum::<u64>(),
        2000
    );
}

#[test]
fn the_threshold_is_the_lowest_that_keeps_to_the_target() {
    let graded = |confidence: f64, right: usize, wrong: usize| {
        let one = move |is_right| Graded {
            confidence,
            is_right,
        };
        (0..right)
            .map(move |_| one(true))
            .chain((0..wrong).map(move |_| one(false)))
    };
    let decisions: Vec<Graded> = graded(0.99, 100, 0)
        .chain(graded(0.9, 150, 1))
        .chain(graded(0.8, 40, 1))
        .chain(graded(0.7, 308, 1))
        .chain(graded(0.6, 10, 10))
        .collect();
    let chosen = Threshold::choose(&decisions, RiskTarget::DEFAULT).unwrap();
    assert!((chosen.at - 0.7).abs() < 1e-9);
    assert_eq!((chosen.executed, chosen.wrong), (601, 3));
    assert!(chosen.risk.contains(3.0 / 601.0));
    let strict = Threshold::choose(&decisions, RiskTarget::new(0.0).unwrap()).unwrap();
    assert!((strict.at - 0.99).abs() < 1e-9);
    let hopeless: Vec<Graded> = graded(0.9, 1, 1).collect();
    assert_eq!(Threshold::choose(&hopeless, RiskTarget::DEFAULT), None);
    assert_eq!(RiskTarget::new(1.0), None);
}

#[test]
fn what_cannot_be_fitted_to_is_told() {
    let one_class = fit(&table((3, 0), (4, 0)), &FitOptions::default());
    assert_eq!(one_class, Err(FitError::OneClass { rows: 7, right: 7 }));
    let mut rows = table((3, 1), (4, 1));
    rows.push((vec![("x", f64::NAN)], true));
    let not_finite = fit(&rows, &FitOptions::default());
    assert_eq!(
        not_finite,
        Err(FitError::NotFinite {
            row: 10,
            feature: "x".to_owned()
        })
    );
    rows.pop();
    rows.push((vec![("x", 1.0), ("x", 2.0)], true));
    assert!(matches!(
        fit(&rows, &FitOptions::default()),
        Err(FitError::Twice { row: 10, .. })
    ));
    assert_eq!(
        fit(&table((1, 1), (1, 1)), &options(0.0, &[])),
        Err(FitError::NoPull)
    );
    assert!(Model::parse("version = 2\nbias = 0.0\n[weights]\n").is_err());
    assert!(Model::parse("version = 1\nbias = nan\n[weights]\n").is_err());
}

/// What `corridor fit` learns from: the golden set and two changed commands of each entry, by an engine that executes whatever it can.
fn examples() -> Vec<Example> {
    let settings = DecisionSettings {
        language: Language::Ru,
        timezone: None,
    };
    let engine = Engine::embedded().unwrap().with_execute_threshold(0.0);
    let decider = Decider::new(engine, settings);
    let rules = InProcess::new(&decider);
    let run = Run::of(&golden().entries, &rules, RunSize::ONCE);
    let words = ["ru", "en"].map(|language| {
        let path = repository().join(format!("datasets/perturbations/{language}.toml"));
        LanguageWords::parse(&fs::read_to_string(path).unwrap()).unwrap()
    });
    let right = run.outcomes.iter().filter(|outcome| outcome.is_right());
    let bases: Vec<Base<'_>> = right.filter_map(Base::of).collect();
    let perturber = Perturber::new(&words, 2);
    let sample = Selection::Sample(2);
    let perturbed = Perturbed::of(&bases, &perturber, sample, &rules, RunSize::ONCE);
    fit::examples(&decider, &run, &perturbed)
}

/// The weights of the household pack are what a fit says today. Exact figures move with every rule; what they say of decisions must not.
#[test]
fn the_pack_has_the_weights_that_are_fitted() {
    const MEAN_DIFFERENCE: f64 = 0.01;
    const CALIBRATION_ERROR: f64 = 0.02;
    let file = fs::read_to_string(repository().join("packs/household/evidence.toml")).unwrap();
    let kept = Model::parse(&file).unwrap();
    let examples = examples();
    let rows: Vec<Row<'static>> = examples.iter().map(|one| one.row.clone()).collect();
    let fitted = fit(&rows, &fit::options(1.0)).unwrap();

    let differences = rows
        .iter()
        .map(|(features, _)| (kept.likely(features) - fitted.model.likely(features)).abs());
    let mean = differences.sum::<f64>() / f64::from(u32::try_from(rows.len()).unwrap());
    assert!(
        mean <= MEAN_DIFFERENCE,
        "the fit of today differs by {mean:.4} on average; `corridor fit --write packs/household/evidence.toml`"
    );
    let error = kept.calibration(&rows).expected_error.unwrap();
    assert!(
        error <= CALIBRATION_ERROR,
        "expected calibration error {error:.4}"
    );

    // The pack's threshold keeps to the risk target.
    let threshold = Engine::embedded().unwrap().execute_threshold();
    let graded = kept.grade(&rows);
    let executed = graded
        .iter()
        .zip(&examples)
        .filter(|(graded, _)| graded.confidence >= threshold);
    let (mut all, mut wrong) = (0_u32, 0_u32);
    for (_, example) in executed {
        all += 1;
        wrong += u32::from(example.is_false);
    }
    let risk = f64::from(wrong) / f64::from(all);
    assert!(risk <= RiskTarget::DEFAULT.share(), "{wrong} of {all}");
}

/// The engine and the fit read one model alike.
#[test]
fn the_engine_weighs_as_the_fit_does() {
    let file = fs::read_to_string(repository().join("packs/household/evidence.toml")).unwrap();
    let model = Model::parse(&file).unwrap();
    let decider = decider();
    let mut weighed = 0;
    for entry in &golden().entries {
        let command = Command::from_slice(&entry.command).unwrap();
        let Some(evidence) = decider.evidence(&command) else {
            continue;
        };
        let features: Vec<(&str, f64)> = evidence
            .features
            .iter()
            .map(|(feature, value)| (feature.name(), *value))
            .collect();
        let likely = model.likely(&features);
        assert!((likely - evidence.likely).abs() < 1e-4, "{}", entry.id);
        weighed += 1;
    }
    assert!(weighed > 500, "{weighed}");
}
