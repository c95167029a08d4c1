//! Corridor's model client: one door to a model that cannot hurt.
//!
//! [`Runtime::run_task`] takes a task, what a person said and a deadline, and returns data that passed the task's
//! schema or a typed reason, whatever happens on the wire. Everything a call may do is written in a
//! [policy registry](policy) that is checked whole before the first call.
//!
//! This crate must not know the wire contract or the language rules: it hands over JSON that fits a schema, and what
//! to make of that is decided elsewhere. It reads neither the environment nor the wall clock; both are handed in.
//!
//! What people said, what a model answered and every key live in types that cannot be printed or serialised; see
//! [`private`].

pub mod call;
pub mod check;
pub mod clock;
pub mod file_problem;
pub mod http;
mod ping;
pub mod policy;
pub mod private;
pub mod prompt;
mod providers;
pub mod record;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
pub mod runtime;
pub mod start;
pub mod task;

pub use call::{
    CallError, CallFailure, CallOrigin, CallReply, CallRequest, CallSpec, FinishReason, LlmCaller,
    Outcome, Usage,
};
pub use clock::Clock;
pub use http::HttpCaller;
pub use ping::PingLine;
pub use policy::Policy;
pub use private::{ApiKey, ModelText, PersonText, PromptText};
pub use prompt::PromptLibrary;
pub use record::{AttemptRecord, AttemptSink};
pub use runtime::{Runtime, TaskFailure, TaskOutput};
pub use task::{Correlation, Language, TaskId, TaskInput};
