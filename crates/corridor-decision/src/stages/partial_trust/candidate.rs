//! A model's reading beside the baseline: its items as understood, and the decision they come to.

use corridor_contract::Item;
use corridor_nlu::amount::Amount;
use corridor_nlu::token::TokenKind;
use corridor_nlu::typo::distance;
use corridor_nlu::{Clause, ItemReading, ListMention, Meaning, PlainWord, SaidAmount};

use crate::decide::Decided;
use crate::stages::compare::items_of;
use crate::stages::grounding::{Spoken, same_word};
use crate::stages::reading::{ReadIntent, ReadItem, Reading};
use crate::stages::scene::Scene;

/// A model's reading beside the baseline, ready to be judged.
pub(super) struct Candidate<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) reading: &'a Reading,
    pub(super) spoken: Spoken<'a>,
    /// For each word of the command, whether a thing may be made of it.
    pub(super) may_name_things: Vec<bool>,
    pub(super) said: Vec<SaidAmount>,
    pub(super) items: Vec<CandidateItem<'a>>,
    pub(super) baseline: Vec<BaselineItem<'a>>,
}

/// An item of the candidate, as written and as understood.
pub(super) struct CandidateItem<'a> {
    pub(super) read: &'a ReadItem,
    pub(super) words: Vec<PlainWord>,
    pub(super) quantity: Option<Amount>,
    pub(super) unit: Option<&'a str>,
    pub(super) list: Option<ListMention>,
    /// The baseline's items all of whose content words it has, by position. What may be sent has exactly one.
    pub(super) partners: Vec<usize>,
}

/// An item of the baseline, with the words of its name: signs left out.
pub(super) struct BaselineItem<'a> {
    pub(super) item: &'a Item,
    pub(super) words: Vec<PlainWord>,
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
        let baseline: Vec<BaselineItem<'_>> = items_of(payload)
            .map(|item| BaselineItem {
                item,
                words: spoken_words(spoken.words_of(item.name.expose())),
            })
            .collect();
        let items = reading
            .items
            .iter()
            .map(|read| {
                let words = spoken.words_of(read.name.expose());
                CandidateItem {
                    partners: partners(&words, &baseline),
                    words,
                    quantity: read.amount(),
                    unit: read.unit_as_written(engine, scene.baseline.understanding.language),
                    list: read
                        .list
                        .as_ref()
                        .map(|list| known_list(scene, list.expose())),
                    read,
                }
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
                    items: self.items.iter().map(|item| self.to_item(item)).collect(),
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

    /// An item for the builder. A name that says the same as the baseline's is written as the rules write it: they know dictionary forms,
    /// articles and spelling better.
    fn to_item(&self, item: &CandidateItem<'_>) -> ItemReading {
        let language = self.scene.baseline.understanding.language;
        let built = item
            .read
            .to_item(self.scene.engine(), language, item.list.clone());
        match self.partner(item) {
            Some(partner) if !item.adds_to(partner) => ItemReading {
                name: partner.item.name.expose().to_owned(),
                ..built
            },
            _ => built,
        }
    }

    /// The item of the baseline that a candidate's item stands for, where it is one.
    pub(super) fn partner(&self, item: &CandidateItem<'_>) -> Option<&BaselineItem<'a>> {
        match item.partners.as_slice() {
            [one] => self.baseline.get(*one),
            _ => None,
        }
    }
}

impl CandidateItem<'_> {
    pub(super) fn content(&self) -> impl Iterator<Item = &PlainWord> {
        self.words.iter().filter(|word| word.content)
    }

    /// Whether the name has content words that the baseline's does not have.
    pub(super) fn adds_to(&self, baseline: &BaselineItem<'_>) -> bool {
        self.content().any(|word| !baseline.has(word))
    }
}

impl BaselineItem<'_> {
    pub(super) fn content(&self) -> impl Iterator<Item = &PlainWord> {
        self.words.iter().filter(|word| word.content)
    }

    /// Whether a word is one of this item's content words.
    pub(super) fn has(&self, word: &PlainWord) -> bool {
        self.content().any(|said| covers(word, said))
    }
}

/// The items all of whose content words a name has.
fn partners(name: &[PlainWord], baseline: &[BaselineItem<'_>]) -> Vec<usize> {
    let has_all = |item: &BaselineItem<'_>| {
        item.content().next().is_some()
            && item
                .content()
                .all(|said| name.iter().any(|word| word.content && covers(word, said)))
    };
    baseline
        .iter()
        .enumerate()
        .filter(|(_, item)| has_all(item))
        .map(|(at, _)| at)
        .collect()
}

/// Whether a word of the candidate stands for a word of the baseline: a form of it, or a spelling of it that is no other word.
pub(super) fn covers(word: &PlainWord, said: &PlainWord) -> bool {
    same_word(word, said)
        || (!word.known && word.norm.chars().count() >= 5 && distance(&word.norm, &said.norm) <= 1)
}

pub(super) fn spoken_words(words: Vec<PlainWord>) -> Vec<PlainWord> {
    words
        .into_iter()
        .filter(|word| word.kind != TokenKind::Symbol)
        .collect()
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
