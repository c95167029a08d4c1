//! Corridor's decisions: from a valid command to a contract-valid decision.
//!
//! Joins the contract and language understanding. Knows no files, no network, no clock: the time of a decision, its ids that must be new
//! and the measure of time all come from the caller.

mod decide;
mod explain;
mod ids;
mod plan;
mod reason;
mod situation;
mod steps;
mod wilson;
mod words;

pub use decide::{Decided, Decider, DecisionSettings, Stamp};
pub use explain::{ExplainedClause, ExplainedRule, ExplainedToken, Explanation};
pub use reason::Reason;
pub use steps::{Step, StepTimes};
pub use wilson::{Interval, Z_95_ONE_SIDED, Z_95_TWO_SIDED, wilson};
