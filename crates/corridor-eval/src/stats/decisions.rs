//! What was decided.

use serde::Serialize;

use super::lines::DecisionLine;
use super::tally::Tally;

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DecisionStats {
    /// Decisions.
    pub count: u64,
    /// By what the product was told to do.
    pub actions: Tally,
    /// By what they are about.
    pub intents: Tally,
    /// By who made them: the rules, hints, or a model's candidate.
    pub sources: Tally,
    /// By the language of the answer.
    pub languages: Tally,
}

impl DecisionStats {
    pub(super) fn add(&mut self, line: &DecisionLine<'_>) {
        self.count = self.count.saturating_add(1);
        self.actions.add(&line.action);
        self.intents.add(&line.intent);
        self.sources.add(&line.source);
        self.languages.add(&line.language);
    }
}
