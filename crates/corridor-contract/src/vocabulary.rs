//! The contract's closed vocabularies: every string of the wire that may take a few values only.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What the checks need of a vocabulary.
pub(crate) trait Vocabulary: Copy {
    /// Every word, in the contract's order.
    const WORDS: &'static [&'static str];

    /// The variant for a word of the wire, if the vocabulary has it.
    fn from_word(word: &str) -> Option<Self>;
}

/// Declares a vocabulary once: variants, their words on the wire, and the conversions between.
macro_rules! vocabulary {
    ($(#[$doc:meta])+ $name:ident { $($(#[$variant_doc:meta])+ $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])+ $variant,)+
        }

        impl $name {
            /// Every word, in the contract's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The variant for a word of the wire, if the vocabulary has it.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl Vocabulary for $name {
            const WORDS: &'static [&'static str] = &[$($word,)+];

            fn from_word(word: &str) -> Option<Self> {
                Self::from_word(word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_word(&word).ok_or_else(|| de::Error::custom(concat!("use one of: ", $($word, " ",)+)))
            }
        }
    };
}

vocabulary! {
    /// What a product can do now.
    Capability {
        /// Start a job that carries proposed actions.
        StartJob = "start_job",
        /// Create a task.
        ProposeCreateTask = "propose_create_task",
        /// Put an item on a shopping list.
        ProposeAddShoppingItem = "propose_add_shopping_item",
        /// Ask a person a question.
        Clarify = "clarify",
        /// Tell a person that this will not be done.
        Reject = "reject",
        /// Ask a person for a yes before anything is done.
        Confirm = "confirm",
    }
}

vocabulary! {
    /// How a decision ended.
    Status {
        /// Something can be done.
        Ok = "ok",
        /// A person is asked first.
        Clarify = "clarify",
        /// Nothing will be done.
        Error = "error",
    }
}

vocabulary! {
    /// What a decision tells the product to do; selects the payload's shape.
    Action {
        /// Start a job with its proposed actions.
        StartJob = "start_job",
        /// Create one task.
        ProposeCreateTask = "propose_create_task",
        /// Put one item on a list.
        ProposeAddShoppingItem = "propose_add_shopping_item",
        /// Ask the person.
        Clarify = "clarify",
        /// Refuse.
        Reject = "reject",
        /// Ask for a yes.
        Confirm = "confirm",
    }
}

vocabulary! {
    /// What a proposed action, inside a job or a confirmation, is to do.
    ProposedActionKind {
        /// Create a task.
        CreateTask = "propose_create_task",
        /// Put an item on a list.
        AddShoppingItem = "propose_add_shopping_item",
    }
}

vocabulary! {
    /// What a decision amounts to, over actions that mean the same.
    Outcome {
        /// The product may act.
        Execute = "execute",
        /// The person has to say more.
        Clarify = "clarify",
        /// Refused.
        Reject = "reject",
        /// The person has to agree.
        Confirm = "confirm",
    }
}

vocabulary! {
    /// What a job is about.
    JobType {
        /// One task or several.
        CreateTask = "create_task",
        /// One item or several.
        AddShoppingItem = "add_shopping_item",
        /// Not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What a clarify is missing.
    MissingField {
        /// Any words at all.
        Text = "text",
        /// What is wanted.
        Intent = "intent",
        /// Something that may be done: the command would have been rejected.
        IntentSafeCorridor = "intent.safe_corridor",
        /// What to buy.
        ItemName = "item.name",
        /// Which list.
        ItemListId = "item.list_id",
        /// What to do.
        TaskTitle = "task.title",
        /// Who is to do it.
        TaskAssigneeId = "task.assignee_id",
        /// When.
        TaskDue = "task.due",
        /// The product cannot start jobs.
        CapabilityStartJob = "capability.start_job",
        /// The product cannot create tasks.
        CapabilityProposeCreateTask = "capability.propose_create_task",
        /// The product cannot put items on lists.
        CapabilityProposeAddShoppingItem = "capability.propose_add_shopping_item",
    }
}

#[cfg(test)]
mod tests {
    use super::MissingField;

    #[test]
    fn every_word_leads_back_to_its_variant() {
        for field in MissingField::ALL {
            assert_eq!(MissingField::from_word(field.as_str()), Some(*field));
        }
    }

    #[test]
    fn an_unknown_word_is_not_echoed() {
        let error = serde_json::from_str::<MissingField>("\"canary\"").unwrap_err();
        assert!(!error.to_string().contains("canary"), "{error}");
    }
}
