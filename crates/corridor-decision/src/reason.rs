//! Why a decision is what it is, as a type: what later stages and records go by, where the text is for people.

use corridor_contract::{Capability, MissingField};
use corridor_nlu::{NotOurs, RejectCode};

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
    /// Its name in records and metrics; from a closed set.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Compound => "compound",
            Self::CompoundUnconfirmable => "compound_unconfirmable",
            Self::NoText => "no_text",
            Self::NotOurs(_) => "not_ours",
            Self::NotUnderstood => "not_understood",
            Self::Unsure => "unsure",
            Self::Incomplete(_) => "incomplete",
            Self::NotCapable(_) => "not_capable",
            Self::Rejected(_) => "rejected",
            Self::RejectedUnshown(_) => "rejected_unshown",
        }
    }
}
