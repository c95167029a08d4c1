//! Why a decision is what it is, as a type: what later stages and records go by, where the text is for people.

use corridor_contract::{Capability, MissingField};
use corridor_nlu::{NotOurs, RejectCode};

use crate::records::DecisionReason;

/// The reason of a baseline decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// Clear, complete and of one intent: executed.
    Clear,
    /// Clear and complete, but of more than one intent: to be confirmed.
    Compound,
    /// Compound, but the product cannot ask for a confirmation.
    CompoundUnconfirmable,
    /// Nothing was said.
    NoText,
    /// Outside what the pack covers.
    NotOurs(NotOurs),
    /// No rule holds.
    NotUnderstood,
    /// A rule holds, but not surely enough.
    Unsure,
    /// Something is missing or ambiguous.
    Incomplete(MissingField),
    /// The product cannot do what was asked for.
    NotCapable(Capability),
    /// Refused.
    Rejected(RejectCode),
    /// To be refused, but the product cannot show a reject.
    RejectedUnshown(RejectCode),
}

impl Reason {
    /// Its kind, without what it is about: for records and metrics.
    #[must_use]
    pub const fn kind(self) -> DecisionReason {
        match self {
            Self::Clear => DecisionReason::Clear,
            Self::Compound => DecisionReason::Compound,
            Self::CompoundUnconfirmable => DecisionReason::CompoundUnconfirmable,
            Self::NoText => DecisionReason::NoText,
            Self::NotOurs(_) => DecisionReason::NotOurs,
            Self::NotUnderstood => DecisionReason::NotUnderstood,
            Self::Unsure => DecisionReason::Unsure,
            Self::Incomplete(_) => DecisionReason::Incomplete,
            Self::NotCapable(_) => DecisionReason::NotCapable,
            Self::Rejected(_) => DecisionReason::Rejected,
            Self::RejectedUnshown(_) => DecisionReason::RejectedUnshown,
        }
    }

    /// The name of its kind; from a closed set.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.kind().as_str()
    }
}
