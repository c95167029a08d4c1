//! Corridor's evaluation: what "right" means, measured through the same door as a request.
//!
//! Golden data sets arrive as texts and are checked with file and line; commands go through an [`Executor`] as bytes, and what comes
//! back is validated, compared with the expected answers and counted. Opens no files and no sockets, and has no clock: whoever runs it
//! measures how long it takes.

mod answer;
pub mod dataset;
mod executor;
mod judge;
mod miss;
mod run;
mod text;
mod vocabulary;

pub use answer::{Answer, Item, Task};
pub use executor::{ExecutionError, Executor, InProcess};
pub use judge::{Difference, Judgement, judge};
pub use miss::{Miss, Row};
pub use run::{Outcome, Run, RunSize};
pub use vocabulary::{Difficulty, EntryLanguage, Intent};
