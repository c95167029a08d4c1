//! What is asked before anything can be done.

use std::borrow::Cow;

use corridor_contract::{Capability, MissingField, Said};
use corridor_nlu::NotOurs;
use corridor_nlu::time::DueProblem;

use crate::reason::Reason;

/// Something that is to be asked.
pub(crate) struct Question {
    pub(crate) reason: Reason,
    pub(crate) missing: MissingField,
    /// Names its messages: `ask_…` is what is asked, `explain_…` is why.
    pub(crate) name: Cow<'static, str>,
    pub(crate) options: Vec<Said>,
}

impl Question {
    fn new(reason: Reason, missing: MissingField, name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            reason,
            missing,
            name: name.into(),
            options: Vec::new(),
        }
    }

    /// Nothing was said.
    pub(crate) fn no_text() -> Self {
        Self::new(Reason::NoText, MissingField::Text, "text")
    }

    /// What is wanted is not clear.
    pub(crate) fn intent(reason: Reason, name: &'static str) -> Self {
        Self::new(reason, MissingField::Intent, name)
    }

    /// What is wanted is outside what the pack covers. `mixed` says that something else was ordered beside it.
    pub(crate) fn not_ours(reason: NotOurs, mixed: bool) -> Self {
        let name = match reason {
            NotOurs::Removal if mixed => Cow::Borrowed("mixed"),
            reason => Cow::Owned(format!("not_ours_{}", reason.name())),
        };
        Self::new(Reason::NotOurs(reason), MissingField::Intent, name)
    }

    /// The product cannot do it.
    pub(crate) fn not_capable(capability: Capability) -> Self {
        let missing = match capability {
            Capability::ProposeAddShoppingItem => MissingField::CapabilityProposeAddShoppingItem,
            Capability::ProposeCreateTask => MissingField::CapabilityProposeCreateTask,
            _ => MissingField::CapabilityStartJob,
        };
        let name = missing.as_str().replace('.', "_");
        Self::new(Reason::NotCapable(capability), missing, name)
    }

    /// Something is missing or ambiguous.
    pub(crate) fn incomplete(missing: MissingField, name: &'static str) -> Self {
        Self::new(Reason::Incomplete(missing), missing, name)
    }

    /// The time of a task cannot be.
    pub(crate) fn due(problem: DueProblem) -> Self {
        let name = match problem {
            DueProblem::Past => "due_past",
            DueProblem::Contradictory => "due_contradictory",
            _ => "due_impossible",
        };
        Self::incomplete(MissingField::TaskDue, name)
    }

    /// The same with answers to choose from.
    pub(crate) fn with_options(self, options: Vec<Said>) -> Self {
        Self { options, ..self }
    }
}
