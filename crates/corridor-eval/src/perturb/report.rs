//! What is told of a set's variants.

mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::kind::{Direction, Kind};
use super::run::{Case, Perturbed};
use super::same::Tolerance;
use crate::dataset::{EntryId, Place};
use crate::metrics::Ratio;
use crate::miss::{Row, rows};
use crate::vocabulary::EntryLanguage;

/// The version of the JSON form. Fields are added under the same version; it changes where one changes its meaning or goes.
const VERSION: u32 = 1;

/// The JSON Schema of the report.
pub const PERTURBATION_SCHEMA: &str = include_str!("report/perturbation.schema.json");

/// Figures of a set's variants. Its JSON form is stable.
#[derive(Clone, Debug, Serialize)]
pub struct PerturbationReport {
    /// The version of this form.
    pub perturbation_report_version: u32,
    /// The engine and pack that decided.
    pub decision_version: Option<String>,
    /// How many entries there are.
    pub entries: usize,
    /// How many of them are decided right, and so are bases.
    pub bases: usize,
    /// The most variants of a base and kind.
    pub variants_per_kind: usize,
    /// Of variants that keep the meaning: those decided as their base is.
    pub same: Figures,
    /// Of variants that turn it: those that are executed all the same.
    pub executed: Figures,
    /// Variants that failed, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failing: Option<Vec<Failing>>,
}

/// A rate, over all and over parts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// Over all variants.
    pub all: Ratio,
    /// By the language of the entries.
    pub by_language: BTreeMap<EntryLanguage, Ratio>,
    /// By kind.
    pub kinds: Vec<KindFigures>,
}

/// The rate of a kind.
#[derive(Clone, Debug, Serialize)]
pub struct KindFigures {
    /// The kind.
    pub kind: Kind,
    /// How many bases it applies to.
    pub applied: usize,
    /// How many bases it has nothing to change about.
    pub not_applied: usize,
    /// Over its variants.
    pub all: Ratio,
    /// By the language of the entries.
    pub by_language: BTreeMap<EntryLanguage, Ratio>,
}

/// A variant that was not decided as it must be.
#[derive(Clone, Debug, Serialize)]
pub struct Failing {
    /// The base's id with kind and number.
    pub id: EntryId,
    /// What was changed.
    pub kind: Kind,
    /// Where the base stands.
    pub place: Place,
    /// What the base says.
    pub base: String,
    /// What the variant says.
    pub text: String,
    /// What must be decided, for a kind that keeps the meaning, beside what is, part by part.
    pub rows: Vec<Row>,
    /// Why there is no valid decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

impl PerturbationReport {
    /// The report of a set with so many entries.
    #[must_use]
    pub fn of(perturbed: &Perturbed<'_>, entries: usize) -> Self {
        Self {
            perturbation_report_version: VERSION,
            decision_version: perturbed.decision_version.clone(),
            entries,
            bases: perturbed.bases.len(),
            variants_per_kind: perturbed.per_kind,
            same: figures(perturbed, Direction::Keeps, |case| case.passes),
            executed: figures(perturbed, Direction::Turns, |case| case.executed),
            failing: None,
        }
    }

    /// The same with every variant that failed, by kind.
    #[must_use]
    pub fn with_failing(mut self, perturbed: &Perturbed<'_>) -> Self {
        let mut failing: Vec<Failing> = perturbed
            .cases
            .iter()
            .filter(|case| !case.passes)
            .map(Failing::of)
            .collect();
        failing.sort_by_key(|failing| failing.kind);
        self.failing = Some(failing);
        self
    }
}

impl Failing {
    fn of(case: &Case<'_>) -> Self {
        let got = case.got.as_ref().ok();
        let rows = match case.variant.kind.direction() {
            Direction::Keeps => {
                let strict = case.variant.tolerance == Tolerance::Nothing;
                let shown = rows(&case.variant.expected, got)
                    .into_iter()
                    .map(|row| Row {
                        differs: row.differs || (strict && row.expected != row.got),
                        ..row
                    });
                shown.collect()
            }
            // What was executed is the fault; there is no one right answer beside it.
            Direction::Turns => got.map_or_else(Vec::new, |got| {
                let shown = rows(got, Some(got)).into_iter().map(|row| Row {
                    expected: None,
                    differs: true,
                    ..row
                });
                shown.collect()
            }),
        };
        Self {
            id: case.id.clone(),
            kind: case.variant.kind,
            place: case.base.entry.place.clone(),
            base: case.base.entry.text.clone(),
            text: case.variant.text.clone(),
            rows,
            failure: case
                .got
                .as_ref()
                .err()
                .map(|error| error.to_string().replace('\n', "; ")),
        }
    }
}

fn figures(
    perturbed: &Perturbed<'_>,
    direction: Direction,
    counts: impl Fn(&Case<'_>) -> bool,
) -> Figures {
    let mut figures = Figures::default();
    let kinds = Kind::ALL
        .iter()
        .filter(|kind| kind.direction() == direction);
    for kind in kinds {
        let mut own = KindFigures {
            kind: *kind,
            applied: 0,
            not_applied: 0,
            all: Ratio::default(),
            by_language: BTreeMap::new(),
        };
        let mut bases: BTreeSet<&EntryId> = BTreeSet::new();
        let cases = perturbed.cases.iter();
        for case in cases.filter(|case| case.variant.kind == *kind) {
            let (counted, language) = (counts(case), case.base.entry.language);
            bases.insert(&case.base.entry.id);
            own.all.count(counted);
            own.by_language.entry(language).or_default().count(counted);
            figures.all.count(counted);
            let of_language = figures.by_language.entry(language).or_default();
            of_language.count(counted);
        }
        own.applied = bases.len();
        own.not_applied = perturbed.bases.len().saturating_sub(bases.len());
        figures.kinds.push(own);
    }
    figures
}
