//! How a model's own reading compares with the rules.

use serde::Serialize;

use super::lines::ShadowLine;
use super::tally::Tally;

/// How the shadow compares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShadowStats {
    /// Calls.
    pub calls: u64,
    /// Calls by status.
    pub statuses: Tally,
    /// Comparisons of intents.
    pub intent: Tally,
    /// Comparisons of actions.
    pub action: Tally,
    /// Comparisons of items.
    pub items: Tally,
}

impl ShadowStats {
    pub(super) fn add(&mut self, line: &ShadowLine<'_>) {
        self.calls = self.calls.saturating_add(1);
        self.statuses.add(&line.status);
        if let Some(diff) = &line.diff {
            self.intent.add(&diff.intent);
            self.action.add(&diff.action);
            self.items.add(&diff.items);
        }
    }
}
