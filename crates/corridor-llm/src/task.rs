//! What a model may be asked, and with what.

use crate::policy::ProfileId;
use crate::private::PersonText;

/// A task a model can be given. The set is closed: each has a prompt in every language, a schema and routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaskId {
    /// The model's own reading of a command, for comparison with the rules.
    ShoppingExtraction,
    /// The items of a shopping command, as a candidate to execute.
    PartialTrustShopping,
    /// The command with slips of the pen or the voice repaired.
    AssistNormalization,
    /// Items and a title found in the command.
    AssistEntityExtraction,
    /// A question to the person about what is missing.
    AssistClarify,
}

impl TaskId {
    /// Every task, in the order reports show them.
    pub const ALL: [Self; 5] = [
        Self::ShoppingExtraction,
        Self::PartialTrustShopping,
        Self::AssistNormalization,
        Self::AssistEntityExtraction,
        Self::AssistClarify,
    ];

    /// The task's name in the policy registry, in records and in prompt ids.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ShoppingExtraction => "shopping_extraction",
            Self::PartialTrustShopping => "partial_trust_shopping",
            Self::AssistNormalization => "assist_normalization",
            Self::AssistEntityExtraction => "assist_entity_extraction",
            Self::AssistClarify => "assist_clarify",
        }
    }

    /// The task of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.as_str() == name)
    }
}

/// The language of a command, which chooses the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Language {
    /// Every language a prompt exists in.
    pub const ALL: [Self; 2] = [Self::Ru, Self::En];

    /// The ISO 639-1 code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language of that ISO 639-1 code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.as_str() == code)
    }
}

/// The ids that join a record with the command it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correlation {
    /// The trace of the request.
    pub trace_id: String,
    /// The product's id of the command.
    pub command_id: String,
}

/// What one run of a task is about.
#[derive(Debug, Clone)]
pub struct TaskInput {
    pub(crate) correlation: Correlation,
    pub(crate) language: Language,
    pub(crate) text: PersonText,
    pub(crate) lists: Vec<PersonText>,
    pub(crate) missing_fields: Vec<String>,
    pub(crate) profile: Option<ProfileId>,
}

impl TaskInput {
    /// A run about what a person said, in the language of the command.
    #[must_use]
    pub fn new(correlation: Correlation, language: Language, text: PersonText) -> Self {
        Self {
            correlation,
            language,
            text,
            lists: Vec::new(),
            missing_fields: Vec::new(),
            profile: None,
        }
    }

    /// Adds the names of the household's shopping lists.
    #[must_use]
    pub fn with_lists(mut self, lists: Vec<PersonText>) -> Self {
        self.lists = lists;
        self
    }

    /// Asks for a profile of its own instead of the policy's.
    #[must_use]
    pub fn with_profile(mut self, profile: ProfileId) -> Self {
        self.profile = Some(profile);
        self
    }

    /// Adds the names of the fields that are missing, from the contract's vocabulary (`item.name`, …).
    #[must_use]
    pub fn with_missing_fields(mut self, missing_fields: Vec<String>) -> Self {
        self.missing_fields = missing_fields;
        self
    }
}
