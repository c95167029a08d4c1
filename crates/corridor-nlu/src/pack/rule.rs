//! Rules of a pack: what phrases find in an utterance.

use crate::language::Language;
use crate::phrase::Phrase;

/// A rule's name, as explanations and records show it.
pub type RuleId = std::sync::Arc<str>;

/// A checked rule.
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// The language of its phrases.
    pub language: Language,
    /// What its phrases find.
    pub finds: Finds,
    /// The moods in which a refusal holds.
    pub moods: &'static [Mood],
    /// How often a frame that it opens is right, 0..1, before anything else is known of it.
    pub confidence: f64,
    /// The compiled phrases.
    pub phrases: Vec<Phrase>,
}

/// What the phrases of a rule find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finds {
    /// Words that may stand anywhere and have a role of their own.
    Island(Role),
    /// Words that open a frame.
    Trigger(Opens),
    /// A whole clause that is outside what the pack covers.
    NotOurs(NotOurs, Asked),
    /// A whole clause in which Corridor itself is asked for something it must not do.
    Reject(RejectCode, Asked),
}

impl Finds {
    /// The name of what is found, as packs write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Island(role) => role.name(),
            Self::Trigger(opens) => opens.name(),
            Self::NotOurs(reason, _) => reason.name(),
            Self::Reject(code, _) => code.name(),
        }
    }
}

closed_words! {
    /// The role of an island.
    pub enum Role {
        /// «привет», "good morning".
        Greeting = "greeting",
        /// «пожалуйста», "if it's no trouble".
        Politeness = "politeness",
        /// «э-э», "um".
        Filler = "filler",
        /// «милая», "mate": nobody of the household.
        Address = "address",
        /// «спасибо большое», "that's it".
        Closing = "closing",
        /// What a recogniser adds by itself («Субтитры…»).
        Tail = "tail",
        /// A spoken comma or full stop.
        Mark = "mark",
        /// «нет, лучше», "no wait": what follows replaces what was said before.
        Correction = "correction",
        /// «если нет», "unless we have it".
        Condition = "condition",
        /// «у нас», "we've got": opens what a reminder is about.
        Possession = "possession",
        /// «исполнитель — {doer}», "assign to {doer}": who is to do it, said apart.
        Doer = "doer",
        /// «потому что», "because": opens a reason.
        Reason = "reason",
        /// «на праздник», "for the party": what it is for, without being part of a name.
        Occasion = "occasion",
        /// «в магазине», "from the store".
        Shop = "shop",
        /// A shopping list, in its slot or in general.
        List = "list",
        /// A list of tasks.
        TaskList = "task_list",
        /// «буду», "I'm going to": opens a statement about somebody.
        Statement = "statement",
    }
}

impl Role {
    /// Whether it says nothing of the matter, so that it is taken out before frames are looked for.
    #[must_use]
    pub const fn is_noise(self) -> bool {
        matches!(
            self,
            Self::Greeting
                | Self::Politeness
                | Self::Filler
                | Self::Address
                | Self::Closing
                | Self::Tail
                | Self::Mark
                | Self::Condition
        )
    }
}

closed_words! {
    /// The frame that a trigger opens.
    pub enum Opens {
        /// `title`, whatever it is about, is to be remembered.
        Remind = "remind",
        /// Letting somebody know: of something to do or of an event, and of nothing else.
        Notify = "notify",
        /// `{doer}` is given a title; again and again would be a rule for the future.
        Assign = "assign",
        /// `{doer}` is to do what follows.
        Doer = "doer",
        /// A request around an order («можешь…», "could you…").
        Request = "request",
        /// A need around a verb («надо…», "I have to…").
        Must = "must",
        /// Buying: takes items known or not.
        Buy = "buy",
        /// Putting on a list.
        Add = "add",
        /// The same by a verb that has other senses: without a list it takes known goods.
        Put = "put",
        /// Getting, by a verb that has other senses: takes unknown goods only beside an amount, a list or a known good.
        Get = "get",
        /// Something is gone or nearly so.
        Lack = "lack",
        /// Whether something is there, for an order beside it («есть ли …», "is there any …").
        Check = "check",
        /// Something is needed.
        Need = "need",
        /// Something would be welcome.
        Wish = "wish",
    }
}

/// Before which frames a refusal is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Even where somebody is reminded or told to do something.
    First,
    /// Where it is neither a reminder nor told to somebody.
    BeforeShopping,
}

/// How a clause is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// As it stands.
    Plain,
    /// As an order («можешь купить…»).
    Order,
    /// As a need («не забудь…», «надо…»).
    Need,
}

/// Where a phrase is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhrasePlace {
    /// The position of its rule in the pack.
    pub rule: u32,
    /// Its position in the rule.
    pub phrase: u32,
}

/// Why a clause is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum NotOurs {
    Question,
    Negation,
    Removal,
    Completion,
    Rescheduling,
    Alarm,
    Media,
    ListManagement,
    Calendar,
    CallOrMessage,
    Booking,
    DrinkNow,
    ChitChat,
    Override,
    OtherLanguage,
}

impl NotOurs {
    /// Every reason with its name in packs and records.
    pub const ALL: [(Self, &'static str); 15] = [
        (Self::Question, "question"),
        (Self::Negation, "negation"),
        (Self::Removal, "removal"),
        (Self::Completion, "completion"),
        (Self::Rescheduling, "rescheduling"),
        (Self::Alarm, "alarm"),
        (Self::Media, "media"),
        (Self::ListManagement, "list_management"),
        (Self::Calendar, "calendar"),
        (Self::CallOrMessage, "call_or_message"),
        (Self::Booking, "booking"),
        (Self::DrinkNow, "drink_now"),
        (Self::ChitChat, "chit_chat"),
        (Self::Override, "override"),
        (Self::OtherLanguage, "other_language"),
    ];

    /// Its name in packs and records.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(reason, _)| *reason == self)
            .map_or("", |(_, name)| name)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, own)| *own == name)
            .map(|(reason, _)| *reason)
    }
}

/// Why Corridor refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum RejectCode {
    Payment,
    DeviceControl,
    ForeignHousehold,
    BulkAssignment,
    BulkRemoval,
    StandingRule,
}

impl RejectCode {
    /// Every code with its name on the wire.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Payment, "payment"),
        (Self::DeviceControl, "device_control"),
        (Self::ForeignHousehold, "foreign_household"),
        (Self::BulkAssignment, "bulk_assignment"),
        (Self::BulkRemoval, "bulk_removal"),
        (Self::StandingRule, "standing_rule"),
    ];

    /// Its name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(code, _)| *code == self)
            .map_or("", |(_, name)| name)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, own)| *own == name)
            .map(|(code, _)| *code)
    }
}
