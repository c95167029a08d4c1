//! The closed words of records: they become values in files, labels of metrics and rows of guides.

use corridor_contract::{Action, JobType, MissingField, Payload, Status};

use super::field::{FieldType, Shape};

/// Declares a closed set of words once: variants, their words, and the conversions between.
macro_rules! words {
    ($(#[$doc:meta])+ $name:ident { $($(#[doc = $variant_doc:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[doc = $variant_doc])+ #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every one, in the order of guides.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in records, metrics and guides.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What it says, for guides.
            #[must_use]
            pub fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($variant_doc),+).trim(),)+ }
            }

            /// The variant for a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::records::FieldType for $name {
            const SHAPE: $crate::records::Shape =
                $crate::records::Shape::Word(|| Self::ALL.iter().map(|one| one.as_str()).collect());
        }
    };
}

pub(crate) use words;

words! {
    /// What a decision is about.
    Intent {
        /// Things to buy.
        AddShoppingItem = "add_shopping_item",
        /// Things to do.
        CreateTask = "create_task",
        /// The person has to be asked.
        ClarifyNeeded = "clarify_needed",
        /// Refused.
        Reject = "reject",
        /// Clear, but of more than one intent.
        Confirm = "confirm",
    }
}

impl Intent {
    /// The intent that a payload serves.
    #[must_use]
    pub fn of(payload: &Payload) -> Self {
        match payload {
            Payload::StartJob(job) => match job.job_type {
                JobType::AddShoppingItem => Self::AddShoppingItem,
                JobType::CreateTask => Self::CreateTask,
                JobType::Unknown => Self::ClarifyNeeded,
            },
            Payload::ProposeCreateTask(_) => Self::CreateTask,
            Payload::ProposeAddShoppingItem(_) => Self::AddShoppingItem,
            Payload::Clarify(_) => Self::ClarifyNeeded,
            Payload::Reject(_) => Self::Reject,
            Payload::Confirm(_) => Self::Confirm,
        }
    }
}

words! {
    /// The language of an answer.
    AnswerLanguage {
        /// Russian.
        Russian = "ru",
        /// English.
        English = "en",
    }
}

impl From<corridor_nlu::Language> for AnswerLanguage {
    fn from(language: corridor_nlu::Language) -> Self {
        match language {
            corridor_nlu::Language::Ru => Self::Russian,
            corridor_nlu::Language::En => Self::English,
        }
    }
}

words! {
    /// Who made the decision that was sent.
    Source {
        /// Rules alone.
        Baseline = "baseline",
        /// Rules, with what a hint of a model added.
        Assist = "assist",
        /// A candidate of a model that passed every acceptance rule.
        PartialTrust = "partial_trust",
    }
}

words! {
    /// Why a decision is what it is, by the rules.
    DecisionReason {
        /// Clear, complete and of one intent: executed.
        Clear = "clear",
        /// Clear and complete, but of more than one intent: to be confirmed.
        Compound = "compound",
        /// Compound, but the product cannot ask for a confirmation.
        CompoundUnconfirmable = "compound_unconfirmable",
        /// Nothing was said.
        NoText = "no_text",
        /// Outside what the pack covers.
        NotOurs = "not_ours",
        /// No rule holds.
        NotUnderstood = "not_understood",
        /// A rule holds, but not surely enough.
        Unsure = "unsure",
        /// Something is missing or ambiguous.
        Incomplete = "incomplete",
        /// The product cannot do what was asked for.
        NotCapable = "not_capable",
        /// Refused.
        Rejected = "rejected",
        /// To be refused, but the product cannot show a reject.
        RejectedUnshown = "rejected_unshown",
    }
}

words! {
    /// Whether the master switch over everything that calls a model is on.
    Master {
        /// Models may be called.
        On = "on",
        /// No model is called, whatever the stages say.
        Off = "off",
    }
}

words! {
    /// How the command fared with models, over all of them.
    LlmOutcome {
        /// Every component that ran gave something usable.
        Success = "success",
        /// A component that can change answers failed or was refused; or shadow ran alone and failed.
        Fallback = "fallback",
        /// A component broke inside Corridor.
        Error = "error",
        /// The master switch was off.
        Skipped = "skipped",
        /// The master switch was on, but no component ran.
        DeterministicOnly = "deterministic_only",
    }
}

words! {
    /// How one model component fared on one command.
    ComponentStatus {
        /// It did not run; the reason says why.
        Skipped = "skipped",
        /// The model answered, and the answer served: it was compared, taken, or had nothing to add.
        Success = "success",
        /// The model gave no usable answer.
        Failed = "failed",
        /// The model answered and the rules did not take it.
        Refused = "refused",
        /// It broke inside Corridor.
        Error = "error",
    }
}

words! {
    /// How a shadow call ended.
    ShadowStatus {
        /// The model's reading was compared with the baseline.
        Compared = "compared",
        /// The model gave no usable answer.
        Failed = "failed",
        /// It broke inside Corridor.
        Error = "error",
    }
}

words! {
    /// How two decisions relate in one respect.
    Comparison {
        /// The same on normalised values.
        Same = "same",
        /// Not the same.
        Different = "different",
        /// One of them has nothing to compare.
        NotCompared = "not_compared",
    }
}

words! {
    /// A hint that assist asks for.
    AssistStep {
        /// The text with slips repaired.
        Normalizer = "normalizer",
        /// Items and a title found in the text.
        Entities = "entities",
        /// A question to the person.
        Clarify = "clarify",
    }
}

words! {
    /// How an assist step ended.
    AssistStatus {
        /// The hint changed the decision.
        Accepted = "accepted",
        /// The hint was sound and there was nothing in it to take.
        NothingToTake = "nothing_to_take",
        /// The hint was refused.
        Refused = "refused",
        /// The model gave no usable answer.
        Failed = "failed",
        /// It broke inside Corridor.
        Error = "error",
    }
}

words! {
    /// How a visit to the corridor ended.
    RiskStatus {
        /// The candidate passed every rule and was sent.
        AcceptedLlm = "accepted_llm",
        /// The model failed or the candidate was refused; the baseline was sent.
        FallbackDeterministic = "fallback_deterministic",
        /// The command is none the corridor is for.
        Skipped = "skipped",
        /// The command is outside the sample.
        NotSampled = "not_sampled",
        /// It broke inside Corridor; the baseline was sent.
        Error = "error",
    }
}

words! {
    /// The intents that partial trust may cover.
    CorridorIntent {
        /// Things to buy.
        AddShoppingItem = "add_shopping_item",
    }
}

impl CorridorIntent {
    /// The same among all intents.
    #[must_use]
    pub const fn intent(self) -> Intent {
        match self {
            Self::AddShoppingItem => Intent::AddShoppingItem,
        }
    }
}

macro_rules! contract_words {
    ($($type:ty)+) => {$(
        impl FieldType for $type {
            const SHAPE: Shape = Shape::Word(|| <$type>::ALL.iter().map(|one| one.as_str()).collect());
        }
    )+};
}

contract_words! { Action Status JobType MissingField }
