//! What a model is held to.

use std::time::Duration;

use super::RolloutStage;

/// What a model is held to at every stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The share of calls that may fail, 0 to 1.
    pub max_error_share: f64,
    /// The share of answers that the rules may refuse, 0 to 1.
    pub max_refusal_share: f64,
    /// The share of answers that may differ from the rules' own, 0 to 1: intent, action, items, amounts and lists.
    pub max_disagreement_share: f64,
    /// The share of calls that may be slow, 0 to 1: with 0.05 the 95th percentile stays below `slow_after`.
    pub max_slow_share: f64,
    /// A shadow call that takes longer is slow.
    pub shadow_slow_after: Duration,
    /// A hint or a visit to the corridor that takes longer is slow: a person waits for it.
    pub answer_slow_after: Duration,
}

impl Default for Limits {
    /// The figures of the runbook and of the guard: errors 5 %, refusals 30 %, disagreement 10 %, one in twenty slower than 3 s in shadow
    /// and than 1 s where a person waits.
    fn default() -> Self {
        Self {
            max_error_share: 0.05,
            max_refusal_share: 0.3,
            max_disagreement_share: 0.1,
            max_slow_share: 0.05,
            shadow_slow_after: Duration::from_secs(3),
            answer_slow_after: Duration::from_secs(1),
        }
    }
}

impl Limits {
    /// The fewest samples that anything is judged by: fewer tell nothing about days and hours, whatever their bounds say.
    #[must_use]
    pub const fn min_samples(stage: RolloutStage) -> u64 {
        match stage {
            RolloutStage::Shadow | RolloutStage::Assist => 50,
            RolloutStage::Corridor1 => 100,
            RolloutStage::Corridor5 | RolloutStage::Corridor10 => 200,
        }
    }

    /// The most samples of a log that are judged: the newest. Twice the most that any stage waits for, so that the answers among them are
    /// enough too; no more, so that good days long gone do not hide that a model has turned bad.
    pub const WINDOW: usize = 400;

    /// The share of lines that may be no records, 0 to 1. More of them, and what is left may be of anything: nothing is promoted by it.
    pub const MAX_BROKEN_SHARE: f64 = 0.01;

    /// The fewest samples that a model goes back by. Waiting for more would leave people with a bad one.
    pub const MIN_SAMPLES_TO_ROLL_BACK: u64 = 50;
}
