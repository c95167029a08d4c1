//! Things to buy: expected against proposed.

use serde::Serialize;

use super::figures::{Ratio, Scores};
use crate::answer::Item;
use crate::field::{ItemField, item_agrees};

/// The figures of items, over all items of all entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Items {
    /// Items that agree in name, quantity, unit and list.
    pub whole: Scores,
    /// Items that agree in name.
    pub names: Scores,
    /// Of items that agree in name and where either side has a quantity: it is right.
    pub quantity: Ratio,
    /// Of items that agree in name and where either side has a unit: it is right.
    pub unit: Ratio,
    /// Of items that agree in name and where either side has a list: it is right.
    pub list: Ratio,
    /// Of entries that expect items: all of them are right, in order, and there is none besides.
    pub exact_lists: Ratio,
}

impl Items {
    pub(super) fn count(&mut self, expected: &[Item], got: &[Item]) {
        let whole = pairs(expected, got, item_agrees);
        self.whole.add(expected.len(), got.len(), whole.len());
        let names = pairs(expected, got, |expected, got| {
            ItemField::Name.agrees(expected, got)
        });
        self.names.add(expected.len(), got.len(), names.len());
        for (expected, got) in names {
            let fields = [
                (
                    &mut self.quantity,
                    ItemField::Quantity,
                    expected.quantity.is_some() || got.quantity.is_some(),
                ),
                (
                    &mut self.unit,
                    ItemField::Unit,
                    expected.unit.is_some() || got.unit.is_some(),
                ),
                (
                    &mut self.list,
                    ItemField::List,
                    expected.list.is_some() || got.list.is_some(),
                ),
            ];
            for (ratio, field, counts) in fields {
                if counts {
                    ratio.count(field.agrees(expected, got));
                }
            }
        }
        if !expected.is_empty() {
            let same_length = expected.len() == got.len();
            let all_agree = expected
                .iter()
                .zip(got)
                .all(|(expected, got)| item_agrees(expected, got));
            self.exact_lists.count(same_length && all_agree);
        }
    }
}

/// Pairs of what agrees, each used once. Where the same thing is there twice, the pairs that agree in everything come first.
fn pairs<'i>(
    expected: &'i [Item],
    got: &'i [Item],
    agree: impl Fn(&Item, &Item) -> bool,
) -> Vec<(&'i Item, &'i Item)> {
    let mut free: Vec<&Item> = got.iter().collect();
    let mut open: Vec<&Item> = expected.iter().collect();
    let mut pairs = Vec::new();
    let mut pair = |agree: &dyn Fn(&Item, &Item) -> bool| {
        open.retain(
            |expected| match free.iter().position(|got| agree(expected, got)) {
                Some(position) => {
                    pairs.push((*expected, free.remove(position)));
                    false
                }
                None => true,
            },
        );
    };
    pair(&|expected, got| item_agrees(expected, got) && agree(expected, got));
    pair(&agree);
    pairs
}
