//! Variants through the door, and how each was decided.

use super::base::Base;
use super::choice::{choose, hash};
use super::kind::{Direction, Kind};
use super::same::same;
use super::variant::{Perturber, Variant};
use corridor_contract::Action;

use crate::answer::Answer;
use crate::dataset::{Entry, EntryId, Expected};
use crate::executor::{ExecutionError, Executor};
use crate::run::{Run, RunSize};

/// Which variants of a base are decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All of them.
    All,
    /// At most so many of each base, over all kinds that do not hang on the pack: what a gate has time for, and can compare.
    Sample(usize),
}

/// A data set's variants, decided.
#[derive(Clone, Debug)]
pub struct Perturbed<'d> {
    pub(super) bases: &'d [Base<'d>],
    pub(super) cases: Vec<Case<'d>>,
    pub(super) per_kind: usize,
    pub(super) decision_version: Option<String>,
}

/// One variant and what came of it.
#[derive(Clone, Debug)]
pub(super) struct Case<'d> {
    pub(super) base: &'d Base<'d>,
    pub(super) variant: Variant,
    pub(super) id: EntryId,
    pub(super) command: Vec<u8>,
    pub(super) got: Result<Answer, ExecutionError>,
    pub(super) executed: bool,
    pub(super) passes: bool,
}

impl<'d> Perturbed<'d> {
    /// Makes the variants of bases, decides and judges them.
    #[must_use]
    pub fn of(
        bases: &'d [Base<'d>],
        perturber: &Perturber<'_>,
        selection: Selection,
        executor: &dyn Executor,
        size: RunSize,
    ) -> Self {
        let mut made: Vec<(&'d Base<'d>, Variant, Entry)> = Vec::new();
        for base in bases {
            let all = perturber.variants(base);
            let mut numbered = numbered(all);
            if let Selection::Sample(most) = selection {
                let id = base.entry.id.as_str();
                numbered.retain(|(_, variant)| !variant.kind.hangs_on_the_pack());
                numbered = choose(numbered, most, |(_, variant)| {
                    hash(&["sample", id, &variant.text])
                });
            }
            made.extend(numbered.into_iter().filter_map(|(number, variant)| {
                let entry = entry(base, &variant, number)?;
                Some((base, variant, entry))
            }));
        }
        let entries: Vec<Entry> = made.iter().map(|(_, _, entry)| entry.clone()).collect();
        let run = Run::of(&entries, executor, size);
        let cases = made
            .into_iter()
            .zip(&run.outcomes)
            .map(|((base, variant, entry), outcome)| {
                let executed = outcome.executes();
                let passes = match (variant.kind.direction(), &outcome.got) {
                    (_, Err(_)) => false,
                    (Direction::Keeps, Ok(got)) => same(&variant.expected, got, variant.tolerance),
                    (Direction::Turns, Ok(_)) => !executed,
                };
                Case {
                    base,
                    variant,
                    id: entry.id,
                    command: entry.command,
                    got: outcome.got.clone(),
                    executed,
                    passes,
                }
            })
            .collect();
        Self {
            bases,
            cases,
            per_kind: perturber.per_kind(),
            decision_version: run.decision_version.clone(),
        }
    }
}

impl Perturbed<'_> {
    /// Each command that came to actions: as it was said, whether these are what they should be, and whether it had to come to any.
    pub(crate) fn acted(&self) -> impl Iterator<Item = (&[u8], bool, bool)> {
        self.cases.iter().filter_map(|case| {
            let got = case.got.as_ref().ok()?;
            let must =
                case.variant.kind.direction() == Direction::Keeps && acts(&case.variant.expected);
            acts(got).then_some((case.command.as_slice(), case.passes, must))
        })
    }
}

/// Whether an answer comes to actions, at once or after a confirmation.
pub(crate) fn acts(answer: &Answer) -> bool {
    matches!(answer.action, Action::StartJob | Action::Confirm)
}

/// Variants with their number within their kind.
fn numbered(variants: Vec<Variant>) -> Vec<(usize, Variant)> {
    let mut last: Option<(Kind, usize)> = None;
    variants
        .into_iter()
        .map(|variant| {
            let number = match last {
                Some((kind, number)) if kind == variant.kind => number + 1,
                _ => 1,
            };
            last = Some((variant.kind, number));
            (number, variant)
        })
        .collect()
}

/// The base's entry with the variant's text; `None` where the text is more than a command may hold.
fn entry(base: &Base<'_>, variant: &Variant, number: usize) -> Option<Entry> {
    let own = base.entry;
    let id = EntryId::new(format!("{}-{}-{number}", own.id, variant.kind))?;
    let mut command: serde_json::Value = serde_json::from_slice(&own.command).ok()?;
    let fields = command.as_object_mut()?;
    fields.insert("text".to_owned(), variant.text.clone().into());
    let command = command.to_string().into_bytes();
    corridor_contract::Command::from_slice(&command).ok()?;
    Some(Entry {
        id,
        text: variant.text.clone(),
        command,
        expected: Expected {
            preferred: variant.expected.clone(),
            accepted: Vec::new(),
        },
        ..own.clone()
    })
}
