//! Rules of a pack: phrases, and what a clause means that matches one.

use crate::language::Language;
use crate::phrase::{Phrase, Signature};

/// A rule's name, as explanations and records show it.
pub type RuleId = std::sync::Arc<str>;

/// A checked rule.
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// The language of its phrases.
    pub language: Language,
    /// What a clause means that matches.
    pub then: Then,
    /// The moods in which it holds.
    pub moods: &'static [Mood],
    /// Of two rules that match one clause, the one with the higher rank is asked first; [`Then::rank`] unless the pack says otherwise.
    pub rank: u8,
    /// Which lists its `{list}` may name.
    pub lists: Lists,
    /// How sure a match is, 0..1, before the slots are looked at.
    pub confidence: f64,
    /// The compiled phrases.
    pub phrases: Vec<Phrase>,
}

/// What a matched clause means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Reminders and task lists: `{title}` is the task, whatever it is about.
    Remind,
    /// `{doer}` is given `{title}`; again and again would be a rule for the future.
    Assign,
    /// A reminder or task without a title.
    AskTitle,
    /// `{doer}` is to do `{rest}`.
    Doer,
    /// `{rest}` is to be judged by itself, in this mood.
    Wrap(Mood),
    /// Outside what the pack covers.
    NotOurs(NotOurs),
    /// Corridor itself is asked for something it must not do.
    Reject(RejectCode),
    /// `{items}` are to be bought.
    Shopping(Goods),
    /// Buying without saying what.
    AskItem,
    /// `{title}` is a chore or errand.
    Chore,
}

impl Then {
    /// Of two rules that match one clause, the one with the higher rank is asked first (`decisions.md`, order of judgement).
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::AskTitle => 102,
            Self::Remind | Self::Assign | Self::Doer => 100,
            Self::Wrap(_) => 95,
            Self::NotOurs(_) => 90,
            Self::Reject(_) => 80,
            Self::AskItem => 66,
            Self::Shopping(Goods::Any) => 62,
            Self::Chore => 60,
            Self::Shopping(Goods::Known) => 61,
            Self::Shopping(Goods::Bare) => 40,
        }
    }
}

/// Which goods a shopping rule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goods {
    /// Known or not.
    Any,
    /// Known ones alone.
    Known,
    /// A list of known ones without any trigger; one alone only with an amount.
    Bare,
}

/// Which lists a rule's `{list}` may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// One of the household's, or one that it does not have: then the person is asked.
    Any,
    /// One of the household's; else the rule does not hold.
    Known,
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

/// Several moods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoodSet(u8);

impl MoodSet {
    /// These moods.
    #[must_use]
    pub fn of(moods: &[Mood]) -> Self {
        Self(moods.iter().fold(0, |set, &mood| set | Self::bit(mood)))
    }

    /// Whether the mood is among them.
    #[must_use]
    pub const fn has(self, mood: Mood) -> bool {
        self.0 & Self::bit(mood) != 0
    }

    const fn bit(mood: Mood) -> u8 {
        1 << mood as u8
    }
}

/// Where a phrase is kept, with what passes over most phrases before their rule is looked at.
#[derive(Clone, Copy, Debug)]
pub struct PhrasePlace {
    /// What a clause must begin with.
    pub begins: Signature,
    /// The moods in which its rule holds.
    pub moods: MoodSet,
    /// The rank of its rule.
    pub rank: u8,
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
