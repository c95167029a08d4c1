//! How models fared, over all commands and per component.

use serde::Serialize;

use super::lines::{ComponentLine, FallbackLine};
use super::percentiles::{Percentiles, Times};
use super::tally::Tally;

/// How models fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FallbackStats {
    /// Commands.
    pub commands: u64,
    /// Commands by outcome.
    pub outcomes: Tally,
    /// Reasons of the commands that fell back or had an error.
    pub reasons: Tally,
    /// Each component.
    pub components: Vec<ComponentStats>,
}

/// How one component fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComponentStats {
    /// Its name in records.
    pub component: &'static str,
    /// Commands by status.
    pub statuses: Tally,
    /// Why it did not run, failed or was not followed.
    pub reasons: Tally,
    /// How long it took where it ran.
    pub times: Percentiles,
}

impl ComponentStats {
    /// Whether it ran for no command.
    #[must_use]
    pub fn never_ran(&self) -> bool {
        self.statuses.count("skipped") == self.statuses.total()
    }
}

#[derive(Debug)]
pub(super) struct Adding {
    commands: u64,
    outcomes: Tally,
    reasons: Tally,
    shadow: Component,
    assist_normalizer: Component,
    assist_entities: Component,
    assist_clarify: Component,
    partial_trust: Component,
}

#[derive(Debug)]
struct Component {
    statuses: Tally,
    reasons: Tally,
    times: Times,
}

impl Adding {
    pub(super) fn new() -> Self {
        Self {
            commands: 0,
            outcomes: Tally::default(),
            reasons: Tally::default(),
            shadow: Component::new(),
            assist_normalizer: Component::new(),
            assist_entities: Component::new(),
            assist_clarify: Component::new(),
            partial_trust: Component::new(),
        }
    }

    pub(super) fn add(&mut self, line: &FallbackLine<'_>) {
        self.commands = self.commands.saturating_add(1);
        self.outcomes.add(&line.llm_outcome);
        if let Some(reason) = &line.fallback_reason {
            self.reasons.add(reason);
        }
        self.shadow.add(&line.components.shadow);
        self.assist_normalizer
            .add(&line.components.assist_normalizer);
        self.assist_entities.add(&line.components.assist_entities);
        self.assist_clarify.add(&line.components.assist_clarify);
        self.partial_trust.add(&line.components.partial_trust);
    }

    pub(super) fn finish(self) -> FallbackStats {
        FallbackStats {
            commands: self.commands,
            outcomes: self.outcomes,
            reasons: self.reasons,
            components: vec![
                self.shadow.finish("shadow"),
                self.assist_normalizer.finish("assist_normalizer"),
                self.assist_entities.finish("assist_entities"),
                self.assist_clarify.finish("assist_clarify"),
                self.partial_trust.finish("partial_trust"),
            ],
        }
    }
}

impl Component {
    fn new() -> Self {
        Self {
            statuses: Tally::default(),
            reasons: Tally::default(),
            times: Times::new(),
        }
    }

    fn add(&mut self, line: &ComponentLine<'_>) {
        self.statuses.add(&line.status);
        if let Some(reason) = &line.reason {
            self.reasons.add(reason);
        }
        if let Some(ms) = line.latency_ms {
            self.times.add(ms);
        }
    }

    fn finish(self, component: &'static str) -> ComponentStats {
        ComponentStats {
            component,
            statuses: self.statuses,
            reasons: self.reasons,
            times: self.times.percentiles(),
        }
    }
}
