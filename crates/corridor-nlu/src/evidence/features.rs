//! The features of a reading: counted from its frames and from the account of its words.

use std::ops::Range;

use crate::engine::Engine;
use crate::islands::Island;
use crate::pack::{Finds, Opens};
use crate::phrase::Forms;
use crate::understand::{Clause, Meaning};
use crate::utterance::{Utterance, View};

use super::WordRole;

/// What more of a feature must do to how likely a decision is right. A leftover verb that raised it would be chance, not knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It raises it.
    Raises,
    /// It lowers it.
    Lowers,
    /// Either.
    Free,
}

impl Sign {
    /// Whether a weight has the sign; 0 has every sign.
    #[must_use]
    pub fn allows(self, weight: f64) -> bool {
        match self {
            Self::Raises => weight >= 0.0,
            Self::Lowers => weight <= 0.0,
            Self::Free => true,
        }
    }
}

/// Features with their names in packs and the signs of their weights.
macro_rules! features {
    ($($(#[$doc:meta])* $Variant:ident = $name:literal, $sign:ident;)+) => {
        closed_words! {
            /// A feature of a reading.
            pub enum Feature { $($(#[$doc])* $Variant = $name,)+ }
        }

        impl Feature {
            /// The sign that its weight must have.
            #[must_use]
            pub const fn sign(self) -> Sign {
                match self { $(Self::$Variant => Sign::$sign,)+ }
            }
        }
    };
}

features! {
    /// How often rules like the least sure one are wrong, 0..1.
    RuleDoubt = "rule_doubt", Lowers;
    /// Frames of shopping by an order to buy.
    Buy = "buy", Free;
    /// By an order to put something on a list.
    Add = "add", Free;
    /// By a verb of getting, which has other senses.
    Get = "get", Lowers;
    /// By a need.
    Need = "need", Free;
    /// By a lack or a wish.
    LackOrWish = "lack_or_wish", Free;
    /// Tasks by a reminder.
    Reminder = "reminder", Free;
    /// Tasks by a doer.
    Assigned = "assigned", Free;
    /// Tasks without reminder, list or doer.
    Chore = "chore", Free;
    /// Items, as ln(1 + n).
    Items = "items", Lowers;
    /// Items that are no known goods, as ln(1 + n); not those for a list that was named.
    UnknownItems = "unknown_items", Lowers;
    /// Items that are no known goods, for a list that was named, as ln(1 + n): a list takes anything.
    UnknownListed = "unknown_listed", Lowers;
    /// Items and titles in which a typo was repaired.
    Repaired = "repaired", Lowers;
    /// The share of items that have an amount.
    Amounts = "amounts", Free;
    /// Items that follow one another without a mark or conjunction, beyond the first, as ln(1 + n).
    RunOn = "run_on", Lowers;
    /// Words of the titles, as ln(1 + n).
    TitleWords = "title_words", Lowers;
    /// Tasks that are due.
    Due = "due", Free;
    /// Tasks with something that no date says.
    Described = "described", Lowers;
    /// Nouns without a place.
    LeftNouns = "left_nouns", Lowers;
    /// Verbs without a place.
    LeftVerbs = "left_verbs", Lowers;
    /// Other words without a place.
    LeftOthers = "left_others", Lowers;
    /// Words in the background, as ln(1 + n).
    Background = "background", Lowers;
    /// Words of occasions and recipients.
    Occasion = "occasion", Lowers;
    /// Whether something was taken back.
    TakenBack = "taken_back", Lowers;
    /// Words that nobody knows, in the frames.
    UnknownWords = "unknown_words", Lowers;
    /// Words that deny, in the frames.
    Negation = "negation", Lowers;
    /// Words or marks that ask.
    Question = "question", Lowers;
    /// Verbs that can only be past, in the frames.
    Past = "past", Lowers;
    /// Finite verbs of the present or future, in the frames.
    Finite = "finite", Lowers;
    /// How much worse the best reading with another outcome reads, at most 2.
    Margin = "margin", Raises;
    /// Words, as ln(1 + n).
    Words = "words", Lowers;
}

/// What features are counted from.
pub(crate) struct Counted<'r, 'u> {
    pub(crate) engine: &'r Engine,
    pub(crate) utterance: &'u Utterance,
    pub(crate) matter: &'r View<'u>,
    pub(crate) islands: &'r [Island<'r>],
    pub(crate) roles: &'r [WordRole],
    pub(crate) spans: &'r [Range<usize>],
    pub(crate) clauses: &'r [Clause],
    /// How much worse the best other reading is.
    pub(crate) margin: f64,
}

/// The features of a reading that would be executed; those that are 0 are left out.
pub(crate) fn features(counted: &Counted<'_, '_>) -> Vec<(Feature, f64)> {
    let mut tally = Tally::default();
    tally.frames(counted);
    tally.words(counted);
    tally.set(Feature::Margin, counted.margin.clamp(0.0, 2.0));
    tally.values
}

/// Features as they are counted.
#[derive(Default)]
struct Tally {
    values: Vec<(Feature, f64)>,
}

impl Tally {
    fn set(&mut self, feature: Feature, value: f64) {
        if value != 0.0 {
            self.values.push((feature, value));
        }
    }

    fn count(&mut self, feature: Feature, count: usize) {
        self.set(feature, number(count));
    }

    fn log(&mut self, feature: Feature, count: usize) {
        self.set(feature, (1.0 + number(count)).ln());
    }

    fn frames(&mut self, counted: &Counted<'_, '_>) {
        let mut opened = [
            (Feature::Buy, 0),
            (Feature::Add, 0),
            (Feature::Get, 0),
            (Feature::Need, 0),
            (Feature::LackOrWish, 0),
            (Feature::Reminder, 0),
            (Feature::Assigned, 0),
            (Feature::Chore, 0),
        ];
        let (mut doubt, mut items, mut repaired) = (0.0_f64, 0, 0);
        let (mut unknown, mut unknown_listed) = (0, 0);
        let (mut amounts, mut title_words) = (0, 0);
        let (mut due, mut described) = (0, 0);
        for clause in counted.clauses {
            doubt = doubt.max(1.0 - clause.confidence);
            let feature = opening(counted, clause);
            if let Some((_, count)) = opened.iter_mut().find(|(own, _)| Some(*own) == feature) {
                *count += 1;
            }
            match &clause.meaning {
                Meaning::Shopping {
                    items: bought,
                    list,
                    ..
                } => {
                    items += bought.len();
                    for item in bought.iter().filter(|item| !item.known) {
                        let listed = list.is_some() || item.list.is_some();
                        unknown += usize::from(!listed);
                        unknown_listed += usize::from(listed);
                    }
                    repaired += bought.iter().filter(|item| item.repaired).count();
                    let measured = |item: &&crate::items::ItemReading| {
                        item.quantity.is_some() || item.unit.is_some()
                    };
                    amounts += bought.iter().filter(measured).count();
                }
                Meaning::Tasks(all) => {
                    for task in all {
                        title_words += task.title.split_whitespace().count();
                        repaired += usize::from(task.repaired);
                        due += usize::from(task.due.is_some());
                        described += usize::from(task.description.is_some());
                    }
                }
                _ => {}
            }
        }
        self.set(Feature::RuleDoubt, doubt);
        for (feature, count) in opened {
            self.count(feature, count);
        }
        self.log(Feature::Items, items);
        self.log(Feature::UnknownItems, unknown);
        self.log(Feature::UnknownListed, unknown_listed);
        self.count(Feature::Repaired, repaired);
        if items > 0 {
            self.set(Feature::Amounts, number(amounts) / number(items));
        }
        self.log(Feature::TitleWords, title_words);
        self.count(Feature::Due, due);
        self.count(Feature::Described, described);
        let separators = separators(counted);
        self.log(
            Feature::RunOn,
            items.saturating_sub(1).saturating_sub(separators),
        );
    }

    fn words(&mut self, counted: &Counted<'_, '_>) {
        let role = |wanted: WordRole| {
            let roles = counted.roles.iter();
            roles.filter(|&&role| role == wanted).count()
        };
        self.count(Feature::LeftNouns, role(WordRole::LeftNoun));
        self.count(Feature::LeftVerbs, role(WordRole::LeftVerb));
        self.count(Feature::LeftOthers, role(WordRole::LeftOther));
        self.log(Feature::Background, role(WordRole::Background));
        self.count(Feature::Occasion, role(WordRole::Occasion));
        self.count(
            Feature::TakenBack,
            usize::from(role(WordRole::TakenBack) > 0),
        );
        let known = &counted.engine.pack.known;
        let notes = notes(counted);
        let reminders: Vec<bool> = (counted.clauses.iter())
            .map(|clause| opening(counted, clause) == Some(Feature::Reminder))
            .collect();
        let (mut unknown, mut denied, mut asked, mut past, mut finite) = (0, 0, 0, 0, 0);
        for (position, &at) in counted.matter.at.iter().enumerate() {
            let Some(word) = counted.utterance.words.get(at) else {
                continue;
            };
            let Some(number) = counted
                .spans
                .iter()
                .position(|span| span.contains(&position))
            else {
                continue;
            };
            let trigger = counted.roles.get(at) == Some(&WordRole::Trigger);
            unknown += usize::from(word.unknown);
            // "when I get home", «если не будет дождя»: a condition may deny, ask and tell.
            if notes.contains(&word.norm) {
                continue;
            }
            denied += usize::from(!trigger && word.is(known.denies));
            asked += usize::from(!trigger && word.is(known.asks));
            let form = |forms: Forms| word.entry(known.verb, forms).is_some();
            let verb_alone = word.good.is_none()
                && !trigger
                && !form(Forms::IMPERATIVE.or(Forms::INFINITIVE).or(Forms::NOMINAL));
            // "remind me that the car needs washing": what is to be remembered may be told.
            if reminders.get(number) == Some(&true) {
                continue;
            }
            past += usize::from(verb_alone && form(Forms::PAST));
            finite += usize::from(verb_alone && form(Forms::THIRD.or(Forms::FIRST)));
        }
        let marks = counted.utterance.tokens.iter();
        asked += usize::from(marks.filter(|token| token.is("?")).count() > 0);
        self.count(Feature::UnknownWords, unknown);
        self.count(Feature::Negation, denied);
        self.count(Feature::Question, asked);
        self.count(Feature::Past, past);
        self.count(Feature::Finite, finite);
        self.log(
            Feature::Words,
            counted
                .matter
                .at
                .iter()
                .filter(|&&at| counted.utterance.is_said(at))
                .count(),
        );
    }
}

/// The words of descriptions, as they are matched.
fn notes(counted: &Counted<'_, '_>) -> Vec<String> {
    let tasks = counted
        .clauses
        .iter()
        .filter_map(|clause| match &clause.meaning {
            Meaning::Tasks(tasks) => Some(tasks),
            _ => None,
        });
    tasks
        .flatten()
        .filter_map(|task| task.description.as_deref())
        .flat_map(str::split_whitespace)
        .map(|word| crate::pack::plain(word.trim_matches(|c: char| !c.is_alphanumeric())))
        .collect()
}

/// What opened a clause's frame: the first of its rules that is a trigger of the kind. A bare list has none; it is what the others are held
/// against.
fn opening(counted: &Counted<'_, '_>, clause: &Clause) -> Option<Feature> {
    let opens = clause.rules.iter().find_map(|id| {
        let island = counted
            .islands
            .iter()
            .find(|island| island.rule.id == *id)?;
        match island.rule.finds {
            Finds::Trigger(Opens::Must | Opens::Request) => None,
            Finds::Trigger(opens) => Some(opens),
            _ => None,
        }
    });
    let bought = matches!(clause.meaning, Meaning::Shopping { .. });
    Some(match (bought, opens) {
        (true, Some(Opens::Buy)) => Feature::Buy,
        (true, Some(Opens::Add | Opens::Put)) => Feature::Add,
        (true, Some(Opens::Get)) => Feature::Get,
        (true, Some(Opens::Need)) => Feature::Need,
        (true, Some(Opens::Lack | Opens::Wish | Opens::Check)) => Feature::LackOrWish,
        (true, _) => return None,
        (false, Some(Opens::Remind | Opens::Notify)) => Feature::Reminder,
        (false, Some(Opens::Assign | Opens::Doer)) => Feature::Assigned,
        (false, _) => Feature::Chore,
    })
}

/// Marks and conjunctions inside the frames.
fn separators(counted: &Counted<'_, '_>) -> usize {
    let and = counted.engine.pack.known.and;
    let inside = |position: usize| counted.spans.iter().any(|span| span.contains(&position));
    let is_one = |at: usize| {
        let tokens = &counted.utterance.tokens;
        counted.utterance.has(at, and)
            || tokens.get(at).is_some_and(|token| {
                token.new_line || matches!(token.norm.as_str(), "," | ";" | "." | ")" | "+")
            })
    };
    let positions = counted.matter.at.iter().enumerate();
    positions
        .filter(|(position, at)| inside(*position) && is_one(**at))
        .count()
}

#[allow(
    clippy::cast_precision_loss,
    reason = "counts of words are far below 2^53"
)]
fn number(count: usize) -> f64 {
    count as f64
}
