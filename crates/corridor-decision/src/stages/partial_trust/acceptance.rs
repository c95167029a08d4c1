//! What a candidate must pass to be sent in the baseline's place: one function and one reason code a rule, asked in order.
//!
//! Why each of them: `docs/decisions/acceptance-rules.md`.

use corridor_contract::{Item, Payload};
use corridor_nlu::amount::Amount;
use corridor_nlu::token::TokenKind;
use corridor_nlu::typo::distance;
use corridor_nlu::{Clause, ListMention, Meaning, PlainWord, SaidAmount};

use crate::decide::Decided;
use crate::reason::Reason;
use crate::records::{Intent, TrustRefusal};
use crate::stages::compare::{items_of, normal_name};
use crate::stages::grounding::{Spoken, is_name, same_word};
use crate::stages::reading::{ReadIntent, ReadItem, Reading};
use crate::stages::scene::{Scene, passes_contract};

/// The least confidence of its own that a candidate may have, where it has one.
pub(crate) const LEAST_CONFIDENCE: f64 = 0.6;

/// More items than anybody names in one command.
const MOST_ITEMS: usize = 100;

/// Whether a candidate, and the decision built from it, pass a rule.
type Rule = fn(&Candidate<'_>, &Decided) -> bool;

/// Rules in the order they are asked, each with the refusal of whoever does not pass.
const RULES: [(TrustRefusal, Rule); 18] = [
    (TrustRefusal::IntentMismatch, intent_is_the_baselines),
    (TrustRefusal::ItemCount, some_items_and_not_too_many),
    (TrustRefusal::NameLength, names_are_names),
    (TrustRefusal::NameNotGrounded, names_were_said),
    (TrustRefusal::NameNotAThing, names_are_of_things),
    (TrustRefusal::ItemAdded, items_are_about_the_baselines),
    (TrustRefusal::ItemRepeated, items_differ),
    (TrustRefusal::CoverageLost, nothing_is_lost),
    (TrustRefusal::QuantityNotSaid, quantities_were_said),
    (TrustRefusal::UnitNotSaid, units_were_said),
    (TrustRefusal::AmountChanged, amounts_stay),
    (TrustRefusal::UnknownList, lists_are_known),
    (TrustRefusal::ListNotSaid, lists_were_said),
    (TrustRefusal::LowConfidence, confident_enough),
    (TrustRefusal::OutcomeChanged, outcome_stays),
    (TrustRefusal::ListChanged, lists_stay),
    (TrustRefusal::MessageChanged, message_stays),
    (TrustRefusal::ContractInvalid, contract_holds),
];

/// A model's reading beside the baseline, ready to be judged.
pub(super) struct Candidate<'a> {
    scene: Scene<'a>,
    reading: &'a Reading,
    spoken: Spoken<'a>,
    /// For each word of the command, whether a thing may be made of it.
    may_name_things: Vec<bool>,
    said: Vec<SaidAmount>,
    items: Vec<CandidateItem<'a>>,
    baseline: Vec<BaselineItem<'a>>,
}

struct CandidateItem<'a> {
    read: &'a ReadItem,
    words: Vec<PlainWord>,
    quantity: Option<Amount>,
    unit: Option<&'a str>,
    list: Option<ListMention>,
}

struct BaselineItem<'a> {
    item: &'a Item,
    words: Vec<PlainWord>,
}

impl<'a> Candidate<'a> {
    pub(super) fn new(scene: Scene<'a>, reading: &'a Reading) -> Self {
        let engine = scene.decider.engine();
        let utterance = &scene.baseline.understanding.utterance;
        let payload = &scene.baseline.decided.decision.payload;
        let spoken = Spoken::new(
            engine,
            utterance,
            items_of(payload).map(|item| item.name.expose()),
        );
        let items = reading
            .items
            .iter()
            // One above the limit is enough to see that it is passed.
            .take(MOST_ITEMS + 1)
            .map(|read| CandidateItem {
                read,
                words: spoken.words_of(read.name.expose()),
                quantity: read.amount(),
                unit: read.unit_as_written(engine, scene.baseline.understanding.language),
                list: read
                    .list
                    .as_ref()
                    .map(|list| known_list(scene, list.expose())),
            })
            .collect();
        let baseline = items_of(payload)
            .map(|item| BaselineItem {
                item,
                words: content(spoken.words_of(item.name.expose())),
            })
            .collect();
        Self {
            reading,
            may_name_things: engine.may_name_things(utterance),
            said: engine.said_amounts(utterance),
            spoken,
            items,
            baseline,
            scene,
        }
    }

    /// The candidate as a decision, by the builder of the baseline's.
    pub(super) fn build(&self) -> Decided {
        let understanding = &self.scene.baseline.understanding;
        let language = understanding.language;
        let timed = understanding
            .clauses
            .iter()
            .any(|clause| matches!(clause.meaning, Meaning::Shopping { timed: true, .. }));
        let confidence = self.scene.baseline.decided.decision.confidence.value();
        let clause = Clause {
            meaning: match self.reading.intent {
                ReadIntent::AddShoppingItem => Meaning::Shopping {
                    items: self
                        .items
                        .iter()
                        .map(|item| {
                            item.read
                                .to_item(self.scene.engine(), language, item.list.clone())
                        })
                        .collect(),
                    list: None,
                    timed,
                },
                ReadIntent::CreateTask | ReadIntent::Unknown => Meaning::NotUnderstood,
            },
            rules: self.scene.baseline.decided.rules.clone(),
            confidence: match self.reading.confidence {
                Some(own) if own.is_finite() => confidence.min(own),
                _ => confidence,
            },
        };
        self.scene
            .decider
            .build(self.scene.command, self.scene.stamp, language, &[clause])
    }

    /// The first rule that does not hold, or nothing.
    pub(super) fn refusal(&self, built: &Decided) -> Option<TrustRefusal> {
        RULES
            .iter()
            .find(|(_, holds)| !holds(self, built))
            .map(|(refusal, _)| *refusal)
    }

    /// The baseline's items that a candidate's item speaks of: it shares a content word with them.
    fn counterparts<'c>(
        &'c self,
        item: &'c CandidateItem<'_>,
    ) -> impl Iterator<Item = &'c BaselineItem<'a>> {
        self.baseline
            .iter()
            .filter(|baseline| item.shares(baseline))
    }
}

impl CandidateItem<'_> {
    fn content(&self) -> impl Iterator<Item = &PlainWord> {
        self.words.iter().filter(|word| word.content)
    }

    fn shares(&self, baseline: &BaselineItem<'_>) -> bool {
        self.content()
            .any(|word| baseline.words.iter().any(|said| covers(word, said)))
    }
}

fn intent_is_the_baselines(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.reading.intent == ReadIntent::AddShoppingItem
        && candidate.scene.baseline_intent() == Intent::AddShoppingItem
}

fn some_items_and_not_too_many(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let words = &candidate.scene.baseline.understanding.utterance.words;
    (1..=words.len().min(MOST_ITEMS)).contains(&candidate.items.len())
}

fn names_are_names(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .items
        .iter()
        .all(|item| is_name(item.read.name.expose()) && item.content().next().is_some())
}

fn names_were_said(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .items
        .iter()
        .all(|item| candidate.spoken.has_all(&item.words))
}

/// A word of a name that is in none of the baseline's names must be one that a thing may be made of: no order, person, list, time or
/// amount.
fn names_are_of_things(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let utterance = &candidate.scene.baseline.understanding.utterance;
    let engine = candidate.scene.engine();
    let language = candidate.scene.language();
    let in_baseline = |word: &PlainWord| {
        candidate
            .baseline
            .iter()
            .any(|item| item.words.iter().any(|said| covers(word, said)))
    };
    let may_be = |word: &PlainWord| {
        word.kind == TokenKind::Word
            && engine.unit_as_written(language, &word.norm).is_none()
            && utterance
                .words
                .iter()
                .zip(&candidate.may_name_things)
                .any(|(said, may)| {
                    *may && word.keys().any(|key| {
                        key == said.norm || said.readings.iter().any(|reading| reading.lemma == key)
                    })
                })
    };
    candidate
        .items
        .iter()
        .flat_map(CandidateItem::content)
        .all(|word| in_baseline(word) || may_be(word))
}

fn items_are_about_the_baselines(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .items
        .iter()
        .all(|item| candidate.counterparts(item).next().is_some())
}

/// No thing comes more often than in the baseline.
fn items_differ(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let engine = candidate.scene.engine();
    let names: Vec<Vec<String>> = candidate
        .items
        .iter()
        .map(|item| normal_name(engine, item.read.name.expose()))
        .collect();
    let said: Vec<Vec<String>> = candidate
        .baseline
        .iter()
        .map(|item| normal_name(engine, item.item.name.expose()))
        .collect();
    let times = |names: &[Vec<String>], name: &Vec<String>| {
        names.iter().filter(|other| *other == name).count()
    };
    names
        .iter()
        .all(|name| times(&names, name) <= times(&said, name).max(1))
}

fn nothing_is_lost(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .baseline
        .iter()
        .flat_map(|item| &item.words)
        .all(|said| {
            candidate
                .items
                .iter()
                .flat_map(CandidateItem::content)
                .any(|word| covers(word, said))
        })
}

/// Each quantity is an exact amount that was said, and no amount serves two items.
fn quantities_were_said(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let mut left: Vec<Amount> = candidate.said.iter().map(|said| said.quantity).collect();
    candidate
        .items
        .iter()
        .all(|item| match &item.read.quantity {
            None => true,
            Some(_) => item
                .quantity
                .and_then(|quantity| left.iter().position(|said| *said == quantity))
                .map(|at| left.swap_remove(at))
                .is_some(),
        })
}

/// Each unit was said with its quantity.
fn units_were_said(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.items.iter().all(|item| match &item.read.unit {
        None => true,
        Some(_) => candidate.said.iter().any(|said| {
            item.unit.is_some()
                && said.unit.as_deref() == item.unit
                && Some(said.quantity) == item.quantity
        }),
    })
}

/// An amount that the rules read stays with its item.
fn amounts_stay(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.baseline.iter().all(|baseline| {
        let quantity = baseline
            .item
            .quantity
            .as_ref()
            .and_then(|quantity| Amount::from_decimal(quantity.expose()));
        let unit = baseline.item.unit.as_ref().map(|unit| unit.expose());
        quantity.is_none()
            || candidate
                .items
                .iter()
                .any(|item| item.shares(baseline) && item.quantity == quantity && item.unit == unit)
    })
}

fn lists_are_known(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .items
        .iter()
        .all(|item| item.list != Some(ListMention::Unknown))
}

/// A list is one that was said, or the one that the baseline chose.
fn lists_were_said(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let lists = &candidate.scene.command.context.household.shopping_lists;
    candidate.items.iter().all(|item| {
        let Some(ListMention::Known(index)) = item.list else {
            return true;
        };
        let Some(list) = lists.get(index) else {
            return false;
        };
        let chosen = candidate
            .baseline
            .iter()
            .any(|baseline| baseline.item.list_id.as_ref() == Some(&list.list_id));
        let name = content(candidate.spoken.words_of(list.name.expose()));
        chosen || (!name.is_empty() && candidate.spoken.has_all(&name))
    })
}

fn confident_enough(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .reading
        .confidence
        .is_none_or(|confidence| (LEAST_CONFIDENCE..=1.0).contains(&confidence))
}

fn outcome_stays(candidate: &Candidate<'_>, built: &Decided) -> bool {
    built.reason == Reason::Clear
        && Intent::of(&built.decision.payload) == candidate.scene.baseline_intent()
        && items_of(&built.decision.payload).count() == candidate.items.len()
}

/// An item goes to a list that the baseline chose for what it speaks of.
fn lists_stay(candidate: &Candidate<'_>, built: &Decided) -> bool {
    candidate
        .items
        .iter()
        .zip(items_of(&built.decision.payload))
        .all(|(item, built)| {
            candidate
                .counterparts(item)
                .all(|baseline| baseline.item.list_id == built.list_id)
        })
}

fn message_stays(candidate: &Candidate<'_>, built: &Decided) -> bool {
    match (
        &candidate.scene.baseline.decided.decision.payload,
        &built.decision.payload,
    ) {
        (Payload::StartJob(baseline), Payload::StartJob(built)) => {
            baseline.ui_message == built.ui_message
        }
        _ => false,
    }
}

fn contract_holds(_: &Candidate<'_>, built: &Decided) -> bool {
    passes_contract(&built.decision)
}

/// Whether a word of the candidate stands for a word of the baseline: a form of it, or a spelling of it that is no other word.
fn covers(word: &PlainWord, said: &PlainWord) -> bool {
    same_word(word, said)
        || (!word.known && word.norm.chars().count() >= 5 && distance(&word.norm, &said.norm) <= 1)
}

fn content(words: Vec<PlainWord>) -> Vec<PlainWord> {
    words.into_iter().filter(|word| word.content).collect()
}

/// The list of exactly this name, whatever its letters' case; unknown where none or more than one has it.
fn known_list(scene: Scene<'_>, name: &str) -> ListMention {
    let plain = |name: &str| name.trim().to_lowercase().replace('ё', "е");
    let wanted = plain(name);
    let lists = &scene.command.context.household.shopping_lists;
    let mut found = lists
        .iter()
        .enumerate()
        .filter(|(_, list)| plain(list.name.expose()) == wanted);
    match (found.next(), found.next()) {
        (Some((index, _)), None) => ListMention::Known(index),
        _ => ListMention::Unknown,
    }
}
