//! How long each step of a decision took.

use std::time::Duration;

/// A step of the way of a command, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Bytes to a valid command.
    ValidateCommand,
    /// Text to tokens.
    Normalize,
    /// Handing over to the shadow; not the shadow's own work.
    Shadow,
    /// Assist hints, waiting included.
    Assist,
    /// Understanding and the baseline decision.
    CoreLogic,
    /// The corridor, waiting included.
    PartialTrust,
    /// The check of the decision that is sent.
    ValidateDecision,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 7] = [
        Self::ValidateCommand,
        Self::Normalize,
        Self::Shadow,
        Self::Assist,
        Self::CoreLogic,
        Self::PartialTrust,
        Self::ValidateDecision,
    ];

    /// Its name in records, explanations and metrics; the value beside it is in milliseconds.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ValidateCommand => "validate_command_ms",
            Self::Normalize => "normalize_ms",
            Self::Shadow => "shadow_ms",
            Self::Assist => "assist_ms",
            Self::CoreLogic => "core_logic_ms",
            Self::PartialTrust => "partial_trust_ms",
            Self::ValidateDecision => "validate_decision_ms",
        }
    }
}

/// Time spent in each step. Without a clock everything takes no time.
#[derive(Clone, Debug, Default)]
pub struct StepTimes {
    clock: Option<fn() -> Duration>,
    began: Duration,
    spent: [Duration; Step::ALL.len()],
    /// When each step began first, from the beginning.
    started: [Option<Duration>; Step::ALL.len()],
    waited: Duration,
}

impl StepTimes {
    /// Measures by `clock`, a monotonic time since any fixed moment. The total counts from now on.
    #[must_use]
    pub fn with_clock(clock: fn() -> Duration) -> Self {
        Self {
            clock: Some(clock),
            began: clock(),
            ..Self::default()
        }
    }

    /// Runs `work` as part of a step; the same step may run more than once.
    pub fn measure<T>(&mut self, step: Step, work: impl FnOnce() -> T) -> T {
        let before = self.now();
        let result = work();
        self.add_since(step, before);
        result
    }

    /// Time spent in a step so far.
    #[must_use]
    pub fn spent(&self, step: Step) -> Duration {
        self.spent.get(step as usize).copied().unwrap_or_default()
    }

    /// When a step began first, from the beginning; nothing where it did not run, or without a clock.
    #[must_use]
    pub fn started(&self, step: Step) -> Option<Duration> {
        self.started.get(step as usize).copied().flatten()
    }

    /// Time from the beginning until now; never less than the steps together.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.now().saturating_sub(self.began)
    }

    /// The part of the steps that was spent waiting for a model.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.waited
    }

    /// The clock's time, for steps that wait and cannot be one closure.
    pub(crate) fn now(&self) -> Duration {
        self.clock.map_or(Duration::ZERO, |clock| clock())
    }

    /// Counts the time since `before` to a step.
    pub(crate) fn add_since(&mut self, step: Step, before: Duration) {
        let spent = self.now().saturating_sub(before);
        if let Some(total) = self.spent.get_mut(step as usize) {
            *total = total.saturating_add(spent);
        }
        let began = self.began;
        if self.clock.is_some()
            && let Some(started) = self.started.get_mut(step as usize)
        {
            started.get_or_insert(before.saturating_sub(began));
        }
    }

    /// Counts the time since `before` as waiting, beside the step it is part of.
    pub(crate) fn add_wait_since(&mut self, before: Duration) {
        let spent = self.now().saturating_sub(before);
        self.waited = self.waited.saturating_add(spent);
    }
}
