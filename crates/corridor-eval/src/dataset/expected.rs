//! Expected answers, and whether they can be right at all: by the contract, the product's capabilities and the household's ids.

mod fields;

use std::ops::Range;

use corridor_contract::{Action, Capabilities, Capability, Context, MissingField};
use toml::Spanned;

use super::raw::{RawAlternative, RawEntry, RawItem, RawTask};
use super::read::Notes;
use crate::answer::Answer;
use crate::vocabulary::Intent;

pub use fields::REJECT_CODES;

/// What an answer has to fit.
pub(super) struct Situation<'d> {
    pub(super) context: &'d Context,
    pub(super) capabilities: Capabilities,
}

/// The parts of an answer as written, whichever place they stand in.
struct RawAnswer<'r> {
    intent: Intent,
    action: &'r Spanned<Action>,
    items: Option<&'r Spanned<Vec<RawItem>>>,
    tasks: Option<&'r Spanned<Vec<RawTask>>>,
    missing_fields: Option<&'r Spanned<Vec<MissingField>>>,
    reject_code: Option<&'r Spanned<String>>,
}

/// The entry's own answer; `None`, with notes, where it cannot be right.
pub(super) fn preferred(
    raw: &RawEntry,
    situation: &Situation<'_>,
    notes: &mut Notes<'_, '_>,
) -> Option<Answer> {
    let raw = RawAnswer {
        intent: raw.intent,
        action: &raw.action,
        items: raw.items.as_ref(),
        tasks: raw.tasks.as_ref(),
        missing_fields: raw.missing_fields.as_ref(),
        reject_code: raw.reject_code.as_ref(),
    };
    Checker {
        situation,
        notes,
        sound: true,
    }
    .answer(&raw)
}

/// An alternative, of the entry's intent where it names none.
pub(super) fn alternative(
    raw: &RawAlternative,
    intent: Intent,
    situation: &Situation<'_>,
    notes: &mut Notes<'_, '_>,
) -> Option<Answer> {
    let raw = RawAnswer {
        intent: raw.intent.unwrap_or(intent),
        action: &raw.action,
        items: raw.items.as_ref(),
        tasks: raw.tasks.as_ref(),
        missing_fields: raw.missing_fields.as_ref(),
        reject_code: raw.reject_code.as_ref(),
    };
    Checker {
        situation,
        notes,
        sound: true,
    }
    .answer(&raw)
}

struct Checker<'c, 'n, 't> {
    situation: &'c Situation<'c>,
    notes: &'c mut Notes<'n, 't>,
    sound: bool,
}

impl Checker<'_, '_, '_> {
    fn answer(mut self, raw: &RawAnswer<'_>) -> Option<Answer> {
        let action = *raw.action.get_ref();
        if action != raw.intent.action() {
            let message = format!(
                "action: {action} does not go with the intent {}",
                raw.intent
            );
            self.note(
                &raw.action.span(),
                message,
                &format!("write {}", raw.intent.action()),
            );
        }
        self.parts(raw);
        self.capabilities(raw);
        let mut answer = Answer::bare(Some(raw.intent), action);
        for item in raw.items.iter().flat_map(|items| items.get_ref()) {
            answer.items.push(self.item(item));
        }
        for task in raw.tasks.iter().flat_map(|tasks| tasks.get_ref()) {
            answer.tasks.push(self.task(task));
        }
        answer.missing_fields = raw
            .missing_fields
            .map(|fields| fields.get_ref().clone())
            .unwrap_or_default();
        answer.missing_fields.sort_unstable();
        answer.missing_fields.dedup();
        answer.reject_code = raw.reject_code.map(|code| self.reject_code(code));
        self.sound.then_some(answer)
    }

    /// Each intent has its parts and no others.
    fn parts(&mut self, raw: &RawAnswer<'_>) {
        let parts = [
            (
                "items",
                count(raw.items),
                matches!(raw.intent, Intent::AddShoppingItem | Intent::Confirm),
            ),
            (
                "tasks",
                count(raw.tasks),
                matches!(raw.intent, Intent::CreateTask | Intent::Confirm),
            ),
            (
                "missing_fields",
                count(raw.missing_fields),
                raw.intent == Intent::ClarifyNeeded,
            ),
            (
                "reject_code",
                raw.reject_code.map(|code| (code.span(), 1)),
                raw.intent == Intent::Reject,
            ),
        ];
        for (name, part, belongs) in parts {
            match part {
                Some((span, _)) if !belongs => {
                    let message = format!(
                        "{name}: has no place in an answer of the intent {}",
                        raw.intent
                    );
                    self.note(&span, message, "leave it out, or correct the intent");
                }
                Some((span, 0)) => {
                    self.note(&span, format!("{name}: is empty"), "name at least one")
                }
                None if belongs => {
                    let message = format!(
                        "{name}: is missing, which an answer of the intent {} needs",
                        raw.intent
                    );
                    self.note(&raw.action.span(), message, "add it, or correct the intent");
                }
                _ => {}
            }
        }
    }

    /// A product that cannot do something is never told to.
    fn capabilities(&mut self, raw: &RawAnswer<'_>) {
        let needed = [
            (
                Capability::StartJob,
                raw.intent.action() == Action::StartJob,
            ),
            (Capability::Confirm, raw.intent == Intent::Confirm),
            (Capability::Reject, raw.intent == Intent::Reject),
            (Capability::ProposeAddShoppingItem, raw.items.is_some()),
            (Capability::ProposeCreateTask, raw.tasks.is_some()),
        ];
        for (capability, _) in needed.into_iter().filter(|(_, needed)| *needed) {
            if !self.situation.capabilities.contains(capability) {
                let message = format!(
                    "action: needs the capability {capability}, which the product does not have"
                );
                self.note(
                    &raw.action.span(),
                    message,
                    "expect a clarify, or give the capability",
                );
            }
        }
    }

    fn note(&mut self, span: &Range<usize>, message: impl Into<String>, hint: &str) {
        self.sound = false;
        self.notes.note(span, message, hint);
    }
}

fn count<T>(list: Option<&Spanned<Vec<T>>>) -> Option<(Range<usize>, usize)> {
    list.map(|list| (list.span(), list.get_ref().len()))
}
