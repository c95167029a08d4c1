//! Why a component did not run, failed, or was not followed: one closed vocabulary for every record.

use std::fmt;

use corridor_llm::Outcome;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::field::{FieldType, Shape};
use super::words::words;

words! {
    /// Why a component did not run on a command.
    SkipReason {
        /// The master switch is off.
        MasterOff = "master_off",
        /// The component's own switch is off.
        SwitchedOff = "switched_off",
        /// The switches are on, but no model client could be started.
        NoClient = "no_client",
        /// The text is blank or longer than may be sent to a model.
        TextLength = "text_length",
        /// The rules were sure; nothing to help with.
        BaselineConfident = "baseline_confident",
        /// The rules say that it is not ours, is refused, or cannot be done: no model may change that.
        BaselineFinal = "baseline_final",
        /// Nothing that this hint could fill is missing.
        NothingMissing = "nothing_missing",
        /// Partial trust: the rules do not execute this command.
        BaselineNotExecute = "baseline_not_execute",
        /// Partial trust: the intent is not on the allow-list.
        IntentNotAllowed = "intent_not_allowed",
        /// Partial trust: the command is outside the sample.
        NotSampled = "not_sampled",
        /// Partial trust: an assist hint has already changed the decision.
        AlreadyAssisted = "already_assisted",
        /// Shadow: its queue was full, or the service was under load.
        Shed = "shed",
        /// The service is stopping.
        Stopping = "stopping",
    }
}

words! {
    /// Why a model gave no usable answer; the names of the model client's outcomes.
    ModelFailure {
        /// Time ran out.
        Timeout = "timeout",
        /// The provider could not be reached or is out of order.
        Unavailable = "unavailable",
        /// The provider limits the rate of calls.
        RateLimited = "rate_limited",
        /// The provider refuses the request: key, project or model are wrong.
        Rejected = "rejected",
        /// The provider's reply is no chat completion.
        ProviderError = "provider_error",
        /// The answer is not one JSON object.
        InvalidJson = "invalid_json",
        /// The answer does not fit the task's schema.
        SchemaValidationFailed = "schema_validation_failed",
        /// The answer is blank.
        Empty = "empty",
        /// The answer was cut at its token limit.
        Truncated = "truncated",
        /// The provider's filter or the model declined to answer this text.
        Refused = "refused",
        /// The response is larger than allowed.
        TooLarge = "too_large",
        /// A daily limit is used up.
        BudgetExhausted = "budget_exhausted",
        /// The route rests after failures.
        CircuitOpen = "circuit_open",
        /// Models were switched off, or the service stopped.
        Cancelled = "cancelled",
        /// The policy leaves the route without a model or address.
        NotConfigured = "not_configured",
        /// An outcome of a later model client.
        Other = "other",
    }
}

impl ModelFailure {
    /// Whether it is no fault of the model's or its provider's: nothing was sent, the call was called off, or what was said is declined by a
    /// filter. Neither the guard nor a rollout
    /// verdict counts it. A breaker that is open counts: it is open because of the model.
    #[must_use]
    pub const fn says_nothing_about_the_model(self) -> bool {
        matches!(
            self,
            Self::Cancelled | Self::BudgetExhausted | Self::NotConfigured | Self::Refused
        )
    }
}

impl From<Outcome> for ModelFailure {
    fn from(outcome: Outcome) -> Self {
        Self::from_word(outcome.as_str()).unwrap_or(Self::Other)
    }
}

words! {
    /// Why an assist hint was not taken.
    AssistRefusal {
        /// The text has a word that was not said.
        WordAdded = "word_added",
        /// The text lacks a word that was said.
        WordDropped = "word_dropped",
        /// A changed word is no repair of the word that was said.
        WordNotARepair = "word_not_a_repair",
        /// A number is not the one that was said.
        NumberChanged = "number_changed",
        /// A sign that carries meaning was added or dropped.
        SignChanged = "sign_changed",
        /// A marker of negation, question or removal was added, dropped or changed.
        MarkerChanged = "marker_changed",
        /// The rules still make nothing better of it.
        NothingGained = "nothing_gained",
        /// What the rules make of it must not replace the baseline's outcome.
        TransitionNotAllowed = "transition_not_allowed",
        /// An item or title has a word that was not said.
        HintNotGrounded = "hint_not_grounded",
        /// An item's name or a title is blank or longer than 120 characters.
        HintLength = "hint_length",
        /// A quantity was not said.
        HintQuantityNotSaid = "hint_quantity_not_said",
        /// A unit was not said.
        HintUnitNotSaid = "hint_unit_not_said",
        /// An item is no known good, so that the hint alone does not make it one.
        HintItemUnknown = "hint_item_unknown",
        /// Words were said that the hint does not account for: a list, a person, a time, another thing.
        HintLeavesWords = "hint_leaves_words",
        /// The question is blank, longer than 120 characters or longer than 15 words.
        QuestionLength = "question_length",
        /// The question is not one sentence with one question mark at its end.
        QuestionShape = "question_shape",
        /// The question is not in the language of the answer.
        QuestionLanguage = "question_language",
        /// The question is not about what is missing.
        QuestionOffTopic = "question_off_topic",
        /// The question repeats words of the command.
        QuestionQuotes = "question_quotes",
    }
}

words! {
    /// Why the corridor did not follow a candidate.
    TrustRefusal {
        /// The candidate's intent is not the baseline's.
        IntentMismatch = "intent_mismatch",
        /// The candidate has no items, or more than a command can name.
        ItemCount = "item_count",
        /// An item has nothing to do with any of the baseline's.
        ItemAdded = "item_added",
        /// An item is made of words of several of the baseline's.
        ItemsMixed = "items_mixed",
        /// Several items are made of one of the baseline's.
        ItemSplit = "item_split",
        /// A name is blank, longer than 120 characters, or has signs that no name has.
        NameLength = "name_length",
        /// A name has a word that was not said.
        NameNotGrounded = "name_not_grounded",
        /// A name is made of words that order, point or refer, not of a thing.
        NameNotAThing = "name_not_a_thing",
        /// A content word of the baseline's items does not appear again.
        CoverageLost = "coverage_lost",
        /// Small words of a name («без», «для», "of"), or the order that tells its head, are not the baseline's.
        WordsMoved = "words_moved",
        /// A name has words more than the baseline's, and they were not said together in this order.
        WordsAdded = "words_added",
        /// A quantity was not said, or more often than it was said.
        QuantityNotSaid = "quantity_not_said",
        /// A unit was not said, or has no quantity.
        UnitNotSaid = "unit_not_said",
        /// An amount that the baseline read is gone or another.
        AmountChanged = "amount_changed",
        /// A list is none of the household's.
        UnknownList = "unknown_list",
        /// A list was not said.
        ListNotSaid = "list_not_said",
        /// A list that the baseline heard is gone or another.
        ListChanged = "list_changed",
        /// The candidate's own confidence is below 0.6.
        LowConfidence = "low_confidence",
        /// What is built from the candidate is not a decision to execute of the same kind.
        OutcomeChanged = "outcome_changed",
        /// What the person would be told beside the decision is another.
        MessageChanged = "message_changed",
        /// What is built from the candidate does not pass the contract's check.
        ContractInvalid = "contract_invalid",
    }
}

words! {
    /// What broke inside Corridor.
    InternalError {
        /// A stage panicked; the answer did not notice.
        Panic = "panic",
        /// An answer passed its schema and still could not be read.
        AnswerUnreadable = "answer_unreadable",
        /// A decision built with a hint did not pass the contract's check.
        ContractBroken = "contract_broken",
    }
}

/// Why a component did not run, failed, or was not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReasonCode {
    /// It did not run.
    Skip(SkipReason),
    /// The model gave no usable answer.
    Model(ModelFailure),
    /// An assist hint was not taken.
    Assist(AssistRefusal),
    /// The corridor did not follow its candidate.
    Trust(TrustRefusal),
    /// It broke inside Corridor.
    Internal(InternalError),
}

impl ReasonCode {
    /// Every reason, group by group.
    pub fn all() -> impl Iterator<Item = Self> {
        let skips = SkipReason::ALL.iter().copied().map(Self::Skip);
        let models = ModelFailure::ALL.iter().copied().map(Self::Model);
        let assists = AssistRefusal::ALL.iter().copied().map(Self::Assist);
        let trusts = TrustRefusal::ALL.iter().copied().map(Self::Trust);
        let internals = InternalError::ALL.iter().copied().map(Self::Internal);
        skips
            .chain(models)
            .chain(assists)
            .chain(trusts)
            .chain(internals)
    }

    /// The word in records, metrics and guides; no two reasons share one.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skip(reason) => reason.as_str(),
            Self::Model(reason) => reason.as_str(),
            Self::Assist(reason) => reason.as_str(),
            Self::Trust(reason) => reason.as_str(),
            Self::Internal(reason) => reason.as_str(),
        }
    }

    /// What it says, for guides.
    #[must_use]
    pub fn doc(self) -> &'static str {
        match self {
            Self::Skip(reason) => reason.doc(),
            Self::Model(reason) => reason.doc(),
            Self::Assist(reason) => reason.doc(),
            Self::Trust(reason) => reason.doc(),
            Self::Internal(reason) => reason.doc(),
        }
    }

    /// Whether the model was not asked, or not to the end, so that the reason says nothing about it.
    #[must_use]
    pub const fn says_nothing_about_the_model(self) -> bool {
        match self {
            Self::Skip(_) => true,
            Self::Model(failure) => failure.says_nothing_about_the_model(),
            Self::Assist(_) | Self::Trust(_) | Self::Internal(_) => false,
        }
    }

    /// The reason for a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|reason| reason.as_str() == word)
    }
}

impl fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for ReasonCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ReasonCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_word(&word).ok_or_else(|| de::Error::custom("no reason of this version"))
    }
}

impl FieldType for ReasonCode {
    const SHAPE: Shape = Shape::Word(|| Self::all().map(Self::as_str).collect());
}

impl From<SkipReason> for ReasonCode {
    fn from(reason: SkipReason) -> Self {
        Self::Skip(reason)
    }
}

impl From<AssistRefusal> for ReasonCode {
    fn from(reason: AssistRefusal) -> Self {
        Self::Assist(reason)
    }
}

impl From<TrustRefusal> for ReasonCode {
    fn from(reason: TrustRefusal) -> Self {
        Self::Trust(reason)
    }
}

impl From<InternalError> for ReasonCode {
    fn from(reason: InternalError) -> Self {
        Self::Internal(reason)
    }
}

impl From<Outcome> for ReasonCode {
    fn from(outcome: Outcome) -> Self {
        Self::Model(outcome.into())
    }
}
