//! How long commands took.

use corridor_decision::Step;
use serde::Serialize;

use super::lines::{LatencyLine, StepsLine};
use super::percentiles::{Percentiles, Times};

/// How long commands took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LatencyStats {
    /// Every command.
    pub all: LatencyGroup,
    /// Commands while models might be called: the master switch was on.
    pub with_model: LatencyGroup,
    /// Commands while no model might be called.
    pub without_model: LatencyGroup,
    /// Commands whose answer waited for a model.
    pub waited_for_model: LatencyGroup,
}

/// The times of some commands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LatencyGroup {
    /// From the first step to the decision.
    pub total: Percentiles,
    /// Corridor's own part of it: without waiting for a model.
    pub own: Percentiles,
    /// Each step.
    pub steps: Vec<StepTimes>,
}

/// The times of one step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StepTimes {
    /// Its name in records.
    pub step: &'static str,
    /// Its times.
    #[serde(flatten)]
    pub times: Percentiles,
}

#[derive(Debug)]
pub(super) struct Adding {
    all: Group,
    with_model: Group,
    without_model: Group,
    waited_for_model: Group,
}

#[derive(Debug)]
struct Group {
    total: Times,
    own: Times,
    steps: [Times; Step::ALL.len()],
}

impl Adding {
    pub(super) fn new() -> Self {
        Self {
            all: Group::new(),
            with_model: Group::new(),
            without_model: Group::new(),
            waited_for_model: Group::new(),
        }
    }

    pub(super) fn add(&mut self, line: &LatencyLine<'_>) {
        self.all.add(line);
        if line.llm_enabled {
            self.with_model.add(line);
        } else {
            self.without_model.add(line);
        }
        if line.llm_ms > 0.0 {
            self.waited_for_model.add(line);
        }
    }

    pub(super) fn finish(&self) -> LatencyStats {
        LatencyStats {
            all: self.all.finish(),
            with_model: self.with_model.finish(),
            without_model: self.without_model.finish(),
            waited_for_model: self.waited_for_model.finish(),
        }
    }
}

impl Group {
    fn new() -> Self {
        Self {
            total: Times::new(),
            own: Times::new(),
            steps: std::array::from_fn(|_| Times::new()),
        }
    }

    fn add(&mut self, line: &LatencyLine<'_>) {
        self.total.add(line.total_ms);
        self.own.add(line.total_ms - line.llm_ms);
        for (times, step) in self.steps.iter_mut().zip(Step::ALL) {
            times.add(step_ms(&line.steps, step));
        }
    }

    fn finish(&self) -> LatencyGroup {
        LatencyGroup {
            total: self.total.percentiles(),
            own: self.own.percentiles(),
            steps: Step::ALL
                .into_iter()
                .zip(&self.steps)
                .map(|(step, times)| StepTimes {
                    step: step.name(),
                    times: times.percentiles(),
                })
                .collect(),
        }
    }
}

fn step_ms(steps: &StepsLine, step: Step) -> f64 {
    match step {
        Step::ValidateCommand => steps.validate_command_ms,
        Step::Normalize => steps.normalize_ms,
        Step::Shadow => steps.shadow_ms,
        Step::Assist => steps.assist_ms,
        Step::CoreLogic => steps.core_logic_ms,
        Step::PartialTrust => steps.partial_trust_ms,
        Step::ValidateDecision => steps.validate_decision_ms,
    }
}
