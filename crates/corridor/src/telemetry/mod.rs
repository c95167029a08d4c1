//! What the service tells its operator: log lines, records, metrics and traces.
//!
//! All of them carry ids, counts, times and closed words; none carries what a person said or a model answered. The one exception
//! is a record file that an operator has to ask for.

pub mod log;
pub mod records;
