//! Understandings as lines of text: what expectations of packs compare, and what explanations show.

use crate::household::Household;
use crate::items::ItemReading;
use crate::lists::ListMention;
use crate::tasks::{Doer, TaskReading};
use crate::understand::{Clause, Meaning, Understanding};

impl Understanding {
    /// The lines of all clauses, in order; see [`Clause::lines`].
    #[must_use]
    pub fn lines(&self, household: &Household<'_>) -> Vec<String> {
        if self.clauses.is_empty() {
            return vec!["ask: text".to_owned()];
        }
        self.clauses
            .iter()
            .flat_map(|clause| clause.lines(household))
            .collect()
    }
}

impl Clause {
    /// One line a clause, and one a task where there are several: `buy: молоко 2 л, хлеб; list Продукты`,
    /// `do: Вынести мусор; who Саша; due 2026-06-16`, `ask: item`, `not ours: negation`, `reject: payment`, `not understood`.
    #[must_use]
    pub fn lines(&self, household: &Household<'_>) -> Vec<String> {
        vec![match &self.meaning {
            Meaning::NotUnderstood => "not understood".to_owned(),
            Meaning::NotOurs(reason) => format!("not ours: {}", reason.name()),
            Meaning::Reject(code) => format!("reject: {}", code.name()),
            Meaning::AskItem => "ask: item".to_owned(),
            Meaning::AskTitle => "ask: title".to_owned(),
            Meaning::AskDue(_) => "ask: due".to_owned(),
            Meaning::Shopping { items, list, .. } => shopping(items, list.as_ref(), household),
            Meaning::Tasks(tasks) => return tasks.iter().map(|one| task(one, household)).collect(),
        }]
    }
}

fn list_name(mention: &ListMention, household: &Household<'_>) -> String {
    match mention {
        ListMention::Known(index) => household
            .lists
            .get(*index)
            .copied()
            .unwrap_or("?")
            .to_owned(),
        ListMention::Unknown => "?".to_owned(),
    }
}

fn shopping(
    items: &[ItemReading],
    list: Option<&ListMention>,
    household: &Household<'_>,
) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|item| {
            let mut text = item.name.clone();
            if let Some(quantity) = &item.quantity {
                text.push_str(&format!(" {quantity}"));
            }
            if let Some(unit) = &item.unit {
                text.push_str(&format!(" {unit}"));
            }
            if let Some(list) = &item.list {
                text.push_str(&format!(" > {}", list_name(list, household)));
            }
            text
        })
        .collect();
    let list = list
        .map(|list| format!("; list {}", list_name(list, household)))
        .unwrap_or_default();
    format!("buy: {}{list}", items.join(", "))
}

fn task(task: &TaskReading, household: &Household<'_>) -> String {
    let mut text = format!("do: {}", task.title);
    let member = |index: &usize| {
        household
            .members
            .get(*index)
            .copied()
            .flatten()
            .unwrap_or("?")
            .to_owned()
    };
    match &task.doer {
        None => {}
        Some(Doer::Speaker) => text.push_str("; who speaker"),
        Some(Doer::Member(index)) => text.push_str(&format!("; who {}", member(index))),
        Some(Doer::Several(all)) => {
            text.push_str(&format!(
                "; who {}?",
                all.iter().map(member).collect::<Vec<_>>().join("/")
            ));
        }
        Some(Doer::Stranger) => text.push_str("; who ?"),
    }
    if let Some(zone) = task.zone.and_then(|zone| household.zones.get(zone)) {
        text.push_str(&format!("; zone {zone}"));
    }
    if let Some(due) = &task.due {
        text.push_str(&format!("; due {due}"));
    }
    if let Some(description) = &task.description {
        text.push_str(&format!("; note {description}"));
    }
    text
}
