//! Visits to the corridor.

use serde::Serialize;

use super::lines::TrustLine;
use super::tally::Tally;

/// Visits to the corridor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TrustStats {
    /// Visits.
    pub visits: u64,
    /// Visits by status.
    pub statuses: Tally,
    /// Why candidates were not taken.
    pub reasons: Tally,
}

impl TrustStats {
    pub(super) fn add(&mut self, line: &TrustLine<'_>) {
        self.visits = self.visits.saturating_add(1);
        self.statuses.add(&line.status);
        if let Some(reason) = &line.reason_code {
            self.reasons.add(reason);
        }
    }
}
