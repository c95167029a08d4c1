//! Frames: what an utterance asks for. One search over the whole utterance chooses the frames, their borders and their roles together.
//!
//! A border may stand where something can begin: an order, a sentence, a doer, a statement. Every stretch between two borders is read once
//! for each way to reach it ([`reader`]), with a cost that says how badly it reads; the cheapest way through the utterance wins (Viterbi,
//! "Error bounds for convolutional codes", 1967). The number of borders is bounded, so the work is: what has more is asked about.

mod background;
mod borders;
mod bought;
mod chore;
pub(crate) mod correction;
mod governed;
mod join;
mod lists;
mod reader;
mod refused;
mod search;
mod shopping;
mod statement;
mod stretch;
mod task;
mod titled;
mod told;

use std::ops::Range;

use crate::islands::Island;
use crate::items::{ItemReading, SaidAmount};
use crate::lists::ListMention;
use crate::pack::{Mood, NotOurs, Opens, RejectCode, RuleId};
use crate::tasks::Doer;

pub(crate) use join::join;
pub(crate) use search::{RunnerUp, Searched, search};

/// A frame with its roles filled, before times are resolved.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) kind: FrameKind,
    /// Rules that made it, outermost first.
    pub(crate) rules: Vec<RuleId>,
    /// How sure, 0..1, by its kind alone.
    pub(crate) confidence: f64,
    pub(crate) mood: Mood,
    /// Its words, as positions of the searched view.
    pub(crate) span: Range<usize>,
    /// The heading over it, whose times are its own where it has none.
    pub(crate) heading: Option<Range<usize>>,
    /// How badly it reads; sums are compared.
    cost: f64,
}

/// What a frame says.
#[derive(Clone, Debug)]
pub(crate) enum FrameKind {
    NotUnderstood,
    NotOurs(NotOurs),
    Reject(RejectCode),
    Shopping(Shopping),
    Tasks {
        titles: Vec<Titled>,
        doer: Option<Doer>,
        assigned: bool,
    },
    AskItem,
    AskTitle,
    /// Whether these are there: a question, unless an order beside it takes them.
    Checked(Vec<ItemReading>),
    /// A statement, with the goods that it names, and whether it ends in one.
    Statement(Vec<ItemReading>, bool),
    /// What stands before a colon or on a line of its own and holds for what follows.
    Heading {
        list: Option<ListMention>,
        doer: Option<Doer>,
        /// What follows is to be done.
        tasks: bool,
        /// What follows is to be bought.
        items: bool,
    },
}

impl FrameKind {
    /// What it says, in explanations.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::NotUnderstood => "not understood",
            Self::NotOurs(_) => "not ours",
            Self::Reject(_) => "reject",
            Self::Shopping(_) => "shopping",
            Self::Tasks { .. } => "tasks",
            Self::AskItem => "ask for an item",
            Self::AskTitle => "ask for a title",
            Self::Checked(_) => "asks whether it is there",
            Self::Statement(..) => "statement",
            Self::Heading { .. } => "heading",
        }
    }
}

/// Things to buy.
#[derive(Clone, Debug)]
pub(crate) struct Shopping {
    /// Empty where the order names none of its own («добавь две пачки», "add it").
    pub(crate) items: Vec<ItemReading>,
    pub(crate) list: Option<ListMention>,
    /// What opened the frame; nothing for a bare list.
    pub(crate) by: Option<Opens>,
    /// The order stands behind its items or among them.
    pub(crate) fronted: bool,
    /// An amount without its item, alone or in front of `items`, and what the same words are where nothing else names one («купи два батона»).
    pub(crate) amount: Option<(SaidAmount, Vec<ItemReading>)>,
}

/// A title with the zone that it mentions.
#[derive(Clone, Debug)]
pub(crate) struct Titled {
    pub(crate) title: String,
    pub(crate) zone: Option<usize>,
    /// A clause of time that the title leaves out ("before the kids wake up").
    pub(crate) note: Option<String>,
    /// Tokens from its first word to the first of the next title.
    pub(crate) tokens: Range<usize>,
}

/// A rule that matched and did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclinedRule {
    /// The rule.
    pub rule: RuleId,
    /// Why it did not hold.
    pub why: &'static str,
}

/// What costs more than any single frame that reads well: two frames always do.
const FRAME: f64 = 0.3;

/// What a frame may take over from the one before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before {
    mood: Mood,
    /// The frame before takes items; more may follow.
    shopping: Option<Option<Opens>>,
    /// The frame before is a task; more verbs may follow.
    task: bool,
    /// It is the heading of a list.
    heading: bool,
    /// It tells something.
    told: bool,
}

impl Default for Before {
    fn default() -> Self {
        Self {
            mood: Mood::Plain,
            shopping: None,
            task: false,
            heading: false,
            told: false,
        }
    }
}

impl Before {
    fn after(frame: &Frame) -> Self {
        Self {
            mood: frame.mood,
            shopping: match &frame.kind {
                FrameKind::Shopping(shopping) => Some(shopping.by),
                FrameKind::Heading { tasks: false, .. } => Some(Some(Opens::Buy)),
                _ => None,
            },
            task: matches!(
                frame.kind,
                FrameKind::Tasks { .. } | FrameKind::Heading { tasks: true, .. }
            ),
            heading: matches!(frame.kind, FrameKind::Heading { items: true, .. }),
            told: matches!(frame.kind, FrameKind::Statement(..)),
        }
    }
}

/// What readings come to, as far as two of them differ: asking and refusing are one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Outcome {
    shops: bool,
    tasks: bool,
    asks: bool,
}

impl Outcome {
    fn with(self, frame: &Frame) -> Self {
        let mut outcome = self;
        match frame.kind {
            FrameKind::Shopping(_) => outcome.shops = true,
            FrameKind::Tasks { .. } => outcome.tasks = true,
            FrameKind::Statement(..) | FrameKind::Heading { .. } => {}
            _ => outcome.asks = true,
        }
        outcome
    }
}

impl Frame {
    pub(crate) fn not_understood(span: Range<usize>) -> Self {
        #[allow(clippy::cast_precision_loss)]
        let words = span.len() as f64;
        Self {
            kind: FrameKind::NotUnderstood,
            rules: Vec::new(),
            confidence: 0.0,
            mood: Mood::Plain,
            span,
            heading: None,
            cost: 1.6 + 0.08 * words,
        }
    }

    /// Puts the rule of an island that led to the frame in front.
    fn led_by(mut self, island: &Island<'_>) -> Self {
        self.rules.insert(0, island.rule.id.clone());
        self
    }

    fn for_doer(mut self, who: Option<Doer>) -> Self {
        if let (FrameKind::Tasks { doer, .. }, Some(who)) = (&mut self.kind, who) {
            doer.get_or_insert(who);
        }
        self
    }

    /// Whether it asks for something to be done: a statement beside it is background.
    pub(crate) fn is_order(&self) -> bool {
        matches!(
            self.kind,
            FrameKind::Shopping(_)
                | FrameKind::Tasks { .. }
                | FrameKind::AskItem
                | FrameKind::AskTitle
        )
    }
}
