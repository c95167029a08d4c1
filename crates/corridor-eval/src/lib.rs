//! Corridor's evaluation: what "right" means, measured through the same door as a request.
//!
//! Golden data sets arrive as texts and are checked with file and line; commands go through an [`Executor`] as bytes, and what comes
//! back is validated, compared with the expected answers and counted. Opens no files and no sockets, and has no clock: whoever runs it
//! measures how long it takes.

mod answer;
mod assisted;
mod baseline;
mod breakdown;
pub mod check;
pub mod dataset;
mod draft;
mod executor;
mod field;
pub mod fit;
mod judge;
pub mod metrics;
mod miss;
mod mode;
mod model_use;
mod paired;
pub mod perturb;
pub mod recording;
mod report;
mod run;
pub mod statistics;
pub mod stats;
mod text;
mod variance;
pub mod verdict;
mod vocabulary;

pub use answer::{Answer, Item, Task};
pub use assisted::Assisted;
pub use baseline::{Accepted, Baseline, BaselineError, Comparison};
pub use breakdown::Breakdown;
pub use draft::{Draft, DraftError, DraftRequest, draft};
pub use executor::{ExecutionError, Executor, InProcess, Repeats};
pub use judge::{Difference, Judgement, judge};
pub use miss::{Miss, Row};
pub use mode::Mode;
pub use model_use::{ModelUse, RunRecords};
pub use paired::{Change, Effect, PairedBreakdown, PairedComparison};
pub use report::{ComparisonReport, REPORT_SCHEMA, Report, Speed, Subject, page};
pub use run::{Outcome, Run, RunSize};
pub use variance::Variance;
pub use vocabulary::{Difficulty, EntryLanguage, Intent};
