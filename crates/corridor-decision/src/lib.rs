//! Corridor's decisions: from a valid command to a contract-valid decision.
//!
//! Joins the contract, language understanding and the model client. [`Decider`] is the rules alone; [`Pipeline`] is the whole way of a
//! command, with what models may add and with its [`records`]. Knows no files, no network, no wall clock: the time of a decision, its ids
//! that must be new, the measure of time and whoever calls models all come from the caller.

mod decide;
mod explain;
mod ids;
mod pipeline;
mod plan;
mod question;
mod reason;
pub mod records;
mod situation;
pub mod stages;
mod steps;
mod wilson;
mod words;

pub use corridor_nlu::evidence;
pub use decide::{Decided, Decider, DecisionSettings, Stamp};
pub use explain::{
    ExplainedClause, ExplainedEvidence, ExplainedFeature, ExplainedIsland, ExplainedReading,
    ExplainedRule, ExplainedToken, Explanation,
};
pub use pipeline::{Load, Pipeline};
pub use reason::Reason;
pub use records::{Record, RecordSink};
pub use stages::Stages;
pub use steps::{Step, StepTimes};
pub use wilson::{Interval, Z_95_ONE_SIDED, Z_95_TWO_SIDED, wilson};
