//! Whether a model may go a step further, from the records of the step it is at.
//!
//! A pure judgement over counted records: three-way, by one-sided 95 % Wilson bounds. What is surely bad goes back, what is surely good
//! goes on, and everything in between waits for more records. What that comes to for models of known quality stands in
//! `docs/reference/rollout-verdict.md`, which a test keeps equal to a simulation.

mod evidence;
mod limits;
mod measure;
mod read;
mod samples;
mod stage;
mod text;

use serde::Serialize;

pub use evidence::{Counted, Evidence};
pub use limits::Limits;
pub use measure::{Finding, Measure, MeasureName, SourceLog};
pub use read::{EvidenceReader, ReadProblem};
pub use samples::Tallies;
pub use stage::RolloutStage;

use crate::vocabulary::words;

/// The version of the JSON form.
const VERSION: u32 = 1;

words! {
    /// What to do.
    Action {
        /// Go on to the next stage.
        Promote = "promote",
        /// Stay, and look again later.
        Hold = "hold",
        /// Go back to the stage before, or switch the model off at the first.
        RollBack = "roll_back",
    }
}

words! {
    /// The rule that decided. The first that holds, in this order.
    Rule {
        /// A measure is surely above its limit.
        LimitPassed = "limit_passed",
        /// Too many lines are no records.
        Unreadable = "unreadable",
        /// There are fewer records than any judgement needs.
        TooFewSamples = "too_few_samples",
        /// A measure is not yet surely below its limit.
        NotSureYet = "not_sure_yet",
        /// Everything is surely below its limit.
        AllBelow = "all_below",
    }
}

/// A verdict on a stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// The version of this form.
    pub verdict_version: u32,
    /// The stage that the records are of.
    pub stage: RolloutStage,
    /// What to do.
    pub action: Action,
    /// The stage to be at next; `None` where the model is to be switched off, and the same as `stage` on hold.
    pub next: Option<RolloutStage>,
    /// Which rule decided.
    pub rule: Rule,
    /// The measure that it decided on; `None` where all agreed, or where lines decided.
    pub decided_by: Option<Measure>,
    /// Lines read.
    pub lines: u64,
    /// Those of them that are no records, and did not count.
    pub broken_lines: u64,
    /// Everything measured, in the order it is judged.
    pub measures: Vec<Measure>,
}

/// Judges the records of a stage.
#[must_use]
pub fn verdict(stage: RolloutStage, evidence: &Evidence, limits: &Limits) -> Verdict {
    let measures = measure::of(stage, evidence, limits);
    let first = |finding: Finding| measures.iter().find(|measure| measure.finding == finding);
    let broken_share = evidence.broken_lines.value().unwrap_or(0.0);
    let (action, rule, decided_by) = if let Some(measure) = first(Finding::Above) {
        (Action::RollBack, Rule::LimitPassed, Some(measure))
    } else if broken_share > Limits::MAX_BROKEN_SHARE {
        (Action::Hold, Rule::Unreadable, None)
    } else if let Some(measure) = first(Finding::TooFew) {
        (Action::Hold, Rule::TooFewSamples, Some(measure))
    } else if let Some(measure) = first(Finding::Open) {
        (Action::Hold, Rule::NotSureYet, Some(measure))
    } else {
        (Action::Promote, Rule::AllBelow, None)
    };
    Verdict {
        verdict_version: VERSION,
        stage,
        action,
        next: match action {
            Action::Promote => stage.next().or(Some(stage)),
            Action::Hold => Some(stage),
            Action::RollBack => stage.previous(),
        },
        rule,
        decided_by: decided_by.cloned(),
        lines: evidence.broken_lines.whole,
        broken_lines: evidence.broken_lines.part,
        measures,
    }
}
