//! The closed words of entries: intent, difficulty, language.

use corridor_contract::Action;

/// Declares a closed list of words once: variants, their words in files and reports, and the list of all.
macro_rules! words {
    ($(#[$doc:meta])+ $name:ident { $($(#[$variant_doc:meta])+ $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])+ #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every one, in the order of reports.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in files and reports.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The variant for a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

pub(crate) use words;

words! {
    /// What a command is about.
    Intent {
        /// Things to buy.
        AddShoppingItem = "add_shopping_item",
        /// Things to do.
        CreateTask = "create_task",
        /// The person has to be asked.
        ClarifyNeeded = "clarify_needed",
        /// It is refused.
        Reject = "reject",
        /// Clear, but of more than one intent.
        Confirm = "confirm",
    }
}

impl Intent {
    /// The action that an expected answer of this intent has on the wire.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::AddShoppingItem | Self::CreateTask => Action::StartJob,
            Self::ClarifyNeeded => Action::Clarify,
            Self::Reject => Action::Reject,
            Self::Confirm => Action::Confirm,
        }
    }
}

words! {
    /// How hard an entry is.
    Difficulty {
        /// One plain rule.
        Easy = "easy",
        /// One rule that is easy to get wrong, or several.
        Medium = "medium",
        /// Ambiguous, mistyped, spoken without punctuation, mixed language, several items with amounts.
        Hard = "hard",
    }
}

words! {
    /// The language of a command.
    EntryLanguage {
        /// Russian.
        Russian = "ru",
        /// English.
        English = "en",
        /// Both in one command.
        Mixed = "mixed",
    }
}
