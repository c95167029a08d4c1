//! When a variant is decided as it must be.

use super::stems::distance;
use crate::answer::{Answer, Item, Task};
use crate::text::normal;

/// What may differ from the base's decision because the text does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tolerance {
    /// Nothing at all.
    #[default]
    Nothing,
    /// The case of letters in texts, and ё.
    Case,
    /// Marks in texts.
    Marks,
    /// A slip in a word of a text, which stays where nothing is known to repair it by.
    Slip,
}

/// Whether a decision is the expected one.
pub(super) fn same(expected: &Answer, got: &Answer, tolerance: Tolerance) -> bool {
    if tolerance == Tolerance::Nothing {
        return expected == got;
    }
    let texts = |one: &str, other: &str| texts(one, other, tolerance);
    let options = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => texts(one, other),
        (one, other) => one == other,
    };
    let items = |one: &Item, other: &Item| {
        texts(&one.name, &other.name)
            && one.quantity == other.quantity
            && one.unit == other.unit
            && one.list == other.list
    };
    let tasks = |one: &Task, other: &Task| {
        texts(&one.title, &other.title)
            && one.assignee == other.assignee
            && one.zone == other.zone
            && one.due == other.due
            && options(&one.description, &other.description)
    };
    expected.intent == got.intent
        && expected.action == got.action
        && expected.missing_fields == got.missing_fields
        && expected.reject_code == got.reject_code
        && expected.items.len() == got.items.len()
        && expected.tasks.len() == got.tasks.len()
        && expected
            .items
            .iter()
            .zip(&got.items)
            .all(|(e, g)| items(e, g))
        && expected
            .tasks
            .iter()
            .zip(&got.tasks)
            .all(|(e, g)| tasks(e, g))
}

fn texts(one: &str, other: &str, tolerance: Tolerance) -> bool {
    match tolerance {
        Tolerance::Nothing => one == other,
        Tolerance::Case => normal(one).to_lowercase() == normal(other).to_lowercase(),
        Tolerance::Marks => {
            let bare = |text: &str| normal(&text.replace([',', '.', ';', '!', '?', '…'], ""));
            bare(one).to_lowercase() == bare(other).to_lowercase()
        }
        Tolerance::Slip => {
            let (one, other) = (normal(one).to_lowercase(), normal(other).to_lowercase());
            let (one, other): (Vec<&str>, Vec<&str>) =
                (one.split(' ').collect(), other.split(' ').collect());
            one.len() == other.len() && one.iter().zip(&other).all(|(a, b)| distance(a, b) <= 1)
        }
    }
}
