//! The newest samples of one log, which alone are judged.

use std::collections::VecDeque;

use corridor_decision::records::{ModelMeta, RecordId};
use jiff::Timestamp;

use super::Limits;
use crate::metrics::Ratio;

/// Samples of one log, and how many of them were bad in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tallies {
    /// Of calls: those that failed.
    pub errors: Ratio,
    /// Of answers: those that the rules refused.
    pub refusals: Ratio,
    /// Of answers that could be compared: those that differ from the rules.
    pub disagreements: Ratio,
    /// Of calls that were answered or timed out: the slow ones.
    pub slow: Ratio,
}

/// One call, as far as a verdict needs it; `None` where the call says nothing about a measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sample {
    pub(super) at: Timestamp,
    pub(super) made_by: Option<MadeBy>,
    pub(super) failed: bool,
    pub(super) refused: Option<bool>,
    pub(super) differs: Option<bool>,
    pub(super) slow: Option<bool>,
}

/// Which set-up made the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MadeBy {
    profile: RecordId,
    prompt_id: RecordId,
    prompt_version: RecordId,
}

impl MadeBy {
    /// `None` where the record does not tell: no prompt was made, or another profile was asked in the end, which says nothing about a change.
    pub(super) fn of(meta: Option<&ModelMeta>) -> Option<Self> {
        let meta = meta.filter(|meta| !meta.escalated)?;
        Some(Self {
            profile: meta.profile.clone(),
            prompt_id: meta.prompt_id.clone()?,
            prompt_version: meta.prompt_version.clone()?,
        })
    }
}

/// The newest [`Limits::WINDOW`] samples, oldest first. They may be added in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Samples(VecDeque<Sample>);

impl Samples {
    pub(super) fn add(&mut self, sample: Sample) {
        let position = self.0.partition_point(|other| other.at <= sample.at);
        self.0.insert(position, sample);
        if self.0.len() > Limits::WINDOW {
            self.0.pop_front();
        }
    }

    pub(super) fn newest(&self) -> Option<Timestamp> {
        self.0.back().map(|sample| sample.at)
    }

    /// Counts back from the newest to where the profile or the version of a prompt was another one: what was before is another model's.
    pub(super) fn tallies(&self) -> Tallies {
        let mut tallies = Tallies::default();
        let mut present: Vec<&MadeBy> = Vec::new();
        for sample in self.0.iter().rev() {
            if let Some(made_by) = &sample.made_by {
                match present
                    .iter()
                    .find(|other| other.prompt_id == made_by.prompt_id)
                {
                    Some(other) if *other != made_by => break,
                    Some(_) => {}
                    None => present.push(made_by),
                }
            }
            tallies.errors.count(sample.failed);
            for (ratio, bad) in [
                (&mut tallies.refusals, sample.refused),
                (&mut tallies.disagreements, sample.differs),
                (&mut tallies.slow, sample.slow),
            ] {
                if let Some(bad) = bad {
                    ratio.count(bad);
                }
            }
        }
        tallies
    }
}
