//! The wire contract between a product and Corridor: types, schemas, validation and evolution.
//!
//! Knows JSON and the contract, and nothing of language, decisions or models. The types hold only what the contract allows, so whoever has a
//! [`Command`] or a [`Decision`] need not check it again; what people say is in [`Said`], which cannot be printed.
//!
//! ```
//! use corridor_contract::{Command, ProblemCode};
//!
//! let problems = Command::from_slice(br#"{"command_id": "", "user_id": "u-1"}"#).unwrap_err();
//! let first = problems.iter().next().unwrap();
//! assert_eq!((first.pointer(), first.code()), ("/command_id", ProblemCode::Empty));
//! ```

mod at_least_one;
mod capabilities;
mod check;
mod command;
mod confidence;
mod decision;
pub mod evolution;
#[cfg(feature = "generate")]
pub mod generate;
mod ids;
mod json;
mod payload;
mod place;
mod problem;
mod said;
mod schema;
mod timestamp;
mod version;
mod vocabulary;

pub use at_least_one::{AtLeastOne, EmptyList};
pub use capabilities::Capabilities;
pub use command::{Command, Context, Defaults, Household, Member, Policies, ShoppingList, Zone};
pub use confidence::{Confidence, NotAConfidence};
pub use decision::Decision;
pub use ids::{
    CommandId, ConfirmationId, DecisionId, DecisionVersion, EmptyCommandId, HouseholdId,
    IdempotencyKey, JobId, ListId, RejectCode, TraceId, UserId, ZoneId,
};
pub use payload::{
    Clarify, ClarifyPurpose, Confirm, Details, Item, JobHint, Payload, ProposeAddShoppingItem,
    ProposeCreateTask, ProposedAction, Reject, StartJob, Task,
};
pub use problem::{MAX_PROBLEMS, Problem, ProblemCode, Problems};
pub use said::Said;
pub use schema::{SchemaDefect, SchemaValidator, Side};
pub use timestamp::{NotADateTime, Timestamp};
pub use version::{NotAVersion, SCHEMA_VERSION, SchemaVersion};
pub use vocabulary::{
    Action, Capability, JobType, MissingField, Outcome, ProposedActionKind, Status,
};
