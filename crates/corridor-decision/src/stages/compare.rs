//! Two decisions compared by their items, on normalised values: names by the lemmas of their content words in any order, units as
//! decisions write them.

use corridor_contract::{Item, ListId, Payload, ProposedAction};
use corridor_nlu::amount::Amount;
use corridor_nlu::{Engine, Language};

use crate::records::Comparison;

/// An item, ready to be compared.
pub(crate) struct ComparedItem {
    name: Vec<String>,
    quantity: Option<Amount>,
    unit: Option<String>,
    list: Option<ListId>,
}

/// How the items of two decisions differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ItemsDiff {
    pub(crate) shared: u32,
    pub(crate) missing: u32,
    pub(crate) extra: u32,
    pub(crate) amounts_different: u32,
    pub(crate) lists_different: u32,
}

/// The items that a decision proposes.
pub(crate) fn items_of(payload: &Payload) -> impl Iterator<Item = &Item> {
    let actions: &[ProposedAction] = match payload {
        Payload::StartJob(job) => &job.proposed_actions,
        Payload::Confirm(confirm) => &confirm.proposed_actions,
        _ => &[],
    };
    actions.iter().filter_map(|action| match action {
        ProposedAction::AddShoppingItem(add) => Some(&add.item),
        ProposedAction::CreateTask(_) => None,
    })
}

/// The items of a decision, ready to be compared.
pub(crate) fn compared(
    engine: &Engine,
    language: Language,
    payload: &Payload,
) -> Vec<ComparedItem> {
    items_of(payload)
        .map(|item| ComparedItem {
            name: normal_name(engine, item.name.expose()),
            quantity: item
                .quantity
                .as_ref()
                .and_then(|quantity| Amount::from_decimal(quantity.expose())),
            unit: item.unit.as_ref().map(|unit| {
                let unit = unit.expose();
                engine
                    .unit_as_written(language, unit)
                    .unwrap_or(unit)
                    .to_owned()
            }),
            list: item.list_id.clone(),
        })
        .collect()
}

/// A name that is the same for the same thing: likeliest lemmas of its content words, sorted.
pub(crate) fn normal_name(engine: &Engine, name: &str) -> Vec<String> {
    let mut words: Vec<String> = engine
        .plain_words(name)
        .into_iter()
        .filter(|word| word.content)
        .map(|word| match word.readings.first() {
            Some(reading) => reading.lemma.replace('ё', "е"),
            None => word.norm.replace(',', "."),
        })
        .collect();
    words.sort_unstable();
    words
}

/// Compares; each item finds at most one of its name.
pub(crate) fn compare(baseline: &[ComparedItem], other: &[ComparedItem]) -> ItemsDiff {
    let mut left: Vec<&ComparedItem> = other.iter().collect();
    let mut diff = ItemsDiff::default();
    for item in baseline {
        let Some(at) = left.iter().position(|other| other.name == item.name) else {
            diff.missing += 1;
            continue;
        };
        let other = left.swap_remove(at);
        diff.shared += 1;
        diff.amounts_different +=
            u32::from(item.quantity != other.quantity || item.unit != other.unit);
        diff.lists_different += u32::from(item.list != other.list);
    }
    diff.extra = u32::try_from(left.len()).unwrap_or(u32::MAX);
    diff
}

impl ItemsDiff {
    /// Whether the sets of items are the same.
    pub(crate) fn items(self) -> Comparison {
        match (self.shared, self.missing, self.extra) {
            (0, 0, 0) => Comparison::NotCompared,
            (_, 0, 0) => Comparison::Same,
            _ => Comparison::Different,
        }
    }

    /// Whether the amounts of the items that both have are the same.
    pub(crate) fn amounts(self) -> Comparison {
        self.of_shared(self.amounts_different)
    }

    /// Whether the lists of the items that both have are the same.
    pub(crate) fn lists(self) -> Comparison {
        self.of_shared(self.lists_different)
    }

    fn of_shared(self, different: u32) -> Comparison {
        match (self.shared, different) {
            (0, _) => Comparison::NotCompared,
            (_, 0) => Comparison::Same,
            _ => Comparison::Different,
        }
    }
}
