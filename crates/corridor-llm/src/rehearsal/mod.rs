//! The rehearsal provider: a real HTTP server that plays a model's provider, good days and bad ones.
//!
//! It follows a script, seeded, so that the n-th request of a run always meets the same play. It checks what it is
//! sent and reports what was wrong. It knows the wire alone and nothing of the client in this crate, so that the two
//! cannot agree on a mistake.

mod answer;
mod http_message;
mod inspect;
mod picker;
mod play;
mod script;
mod server;

pub use inspect::{Violation, ViolationKind};
pub use script::{
    AuthorizationExpected, DataLoggingExpected, Expectations, LatencySpec, Order, Outage, PlayKind,
    PlaySpec, Script,
};
pub use server::{Rehearsal, RehearsalReport};
