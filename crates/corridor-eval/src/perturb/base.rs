//! What variants are made from: a command with its decision, and what a kind may know about it.

use serde_json::Value;

use super::text::{Word, first_small, plain, words};
use crate::answer::{Answer, Item};
use crate::dataset::{ContextName, Entry, EntryId, Expected, Place};
use crate::run::Outcome;
use crate::vocabulary::{Difficulty, EntryLanguage, Intent};

/// A command that is decided right, with the decision.
#[derive(Clone, Debug)]
pub struct Base<'d> {
    pub(super) entry: &'d Entry,
    pub(super) answer: &'d Answer,
    pub(super) words: Vec<Word>,
    pub(super) members: Vec<Member>,
    pub(super) lists: Vec<String>,
}

/// Somebody of the household.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) name: String,
}

impl<'d> Base<'d> {
    /// An outcome of a run as a base; `None` without a decision.
    #[must_use]
    pub fn of(outcome: &'d Outcome<'d>) -> Option<Self> {
        let answer = outcome.got.as_ref().ok()?;
        let command: Value = serde_json::from_slice(&outcome.entry.command).ok()?;
        let household = command.pointer("/context/household");
        let named = |list: &str, id: &str, name: &str| -> Vec<Member> {
            let all = household.and_then(|household| household.get(list)?.as_array());
            all.into_iter()
                .flatten()
                .filter_map(|one| {
                    Some(Member {
                        id: one.get(id)?.as_str()?.to_owned(),
                        name: one.get(name)?.as_str()?.to_owned(),
                    })
                })
                .collect()
        };
        Some(Self {
            entry: outcome.entry,
            answer,
            words: words(&outcome.entry.text),
            members: named("members", "user_id", "display_name"),
            lists: named("shopping_lists", "list_id", "name")
                .into_iter()
                .map(|list| list.name)
                .collect(),
        })
    }

    pub(super) fn text(&self) -> &'d str {
        &self.entry.text
    }

    /// Whether the decision does something: executes, or proposes to.
    pub(super) fn proposes(&self) -> bool {
        !self.answer.items.is_empty() || !self.answer.tasks.is_empty()
    }

    pub(super) fn executes(&self) -> bool {
        self.answer.action.outcome() == corridor_contract::Outcome::Execute
    }

    /// Whether the text stands on one line; lines of a pasted text are clauses and items.
    pub(super) fn is_one_line(&self) -> bool {
        !self.text().trim().contains('\n')
    }

    pub(super) fn has_any(&self, wanted: &[String]) -> bool {
        wanted
            .iter()
            .any(|wanted| super::text::find(&self.words, &words(wanted), 0).is_some())
    }

    /// A part of the text for the middle of a sentence: its first letter small, unless it is a name or an address.
    pub(super) fn in_the_middle(&self, part: &str) -> String {
        let own = words(part);
        let Some(first) = own.first() else {
            return part.to_owned();
        };
        let written = part.get(first.span.clone()).unwrap_or_default();
        let follows = part.get(first.span.end..).unwrap_or_default();
        let keeps = first.span.start > 0
            || follows.starts_with([',', ':'])
            || written.chars().skip(1).any(char::is_uppercase)
            || (written.chars().count() == 1 && written.is_ascii())
            || written.starts_with("I'")
            || self.is_named(&first.plain);
        if keeps {
            part.to_owned()
        } else {
            first_small(part)
        }
    }

    /// Whether a word begins as a name of the household, or as one that the decision writes with a capital.
    pub(super) fn is_named(&self, word: &str) -> bool {
        let household = self
            .members
            .iter()
            .map(|member| &member.name)
            .chain(&self.lists);
        let said = self.answer.items.iter().map(|item| &item.name);
        let later = self.answer.tasks.iter().map(|task| &task.title);
        let proper = |text: &String, skip: usize| {
            text.split_whitespace()
                .skip(skip)
                .any(|name| name.chars().any(char::is_uppercase) && akin(&plain(name), word))
        };
        household.into_iter().any(|name| proper(name, 0))
            || said.into_iter().any(|name| proper(name, 0))
            || later.into_iter().any(|title| proper(title, 1))
    }
}

/// Whether two words begin alike, as forms of one name do.
fn akin(one: &str, other: &str) -> bool {
    let shared = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count();
    shared >= 3 || one == other
}

/// A sentence as an entry, to be a base where nobody wrote an expected answer in the data set's form: the decision on it is measured by
/// itself.
#[must_use]
pub fn sentence(
    id: EntryId,
    place: Place,
    language: EntryLanguage,
    text: String,
    command: Vec<u8>,
) -> Entry {
    Entry {
        id,
        place,
        language,
        difficulty: Difficulty::Easy,
        tags: Vec::new(),
        context: ContextName::new("pack"),
        text,
        command,
        expected: Expected {
            preferred: Answer::bare(
                Some(Intent::ClarifyNeeded),
                corridor_contract::Action::Clarify,
            ),
            accepted: Vec::new(),
        },
        notes: None,
    }
}

/// The one item that holds a name, if only one does.
pub(super) fn only<'a>(items: &'a [Item], name: &str) -> Option<&'a Item> {
    let mut with = items.iter().filter(|item| plain(&item.name) == plain(name));
    let first = with.next();
    first.filter(|_| with.next().is_none())
}
