//! Which decision may become which: the whole of what assist is allowed.
//!
//! - A question for lack of understanding (`intent`, `item.name`, `task.title`) may become whatever the rules make of the repaired text.
//! - A decision that executes, or asks to confirm, may get its unknown words repaired and what was missing filled. It stays of its kind,
//!   and nothing that was there goes or changes otherwise.
//! - Everything else stays: a reject, what is not ours, what the product cannot do.
//!
//! A question's words may be replaced too; that changes no outcome and is judged beside the question.

use corridor_contract::{Item, MissingField, Payload, ProposedAction, Task};
use corridor_nlu::Engine;

use crate::decide::Decided;
use crate::reason::Reason;
use crate::records::{AssistRefusal, Intent, ReasonCode};

/// Whether `next` may take the place of `present`.
///
/// # Errors
/// Why not.
pub(super) fn check(engine: &Engine, present: &Decided, next: &Decided) -> Result<(), ReasonCode> {
    if !kinds_allow(present.reason, next.reason) {
        return Err(AssistRefusal::TransitionNotAllowed.into());
    }
    let changed =
        present.reason != next.reason || present.decision.payload != next.decision.payload;
    if !changed {
        return Err(AssistRefusal::NothingGained.into());
    }
    let done = matches!(present.reason, Reason::Clear | Reason::Compound);
    if done && !keeps(engine, &present.decision.payload, &next.decision.payload) {
        return Err(AssistRefusal::TransitionNotAllowed.into());
    }
    Ok(())
}

/// Whether a decision of one kind may become one of another.
pub(crate) fn kinds_allow(present: Reason, next: Reason) -> bool {
    match present {
        Reason::NotUnderstood
        | Reason::Unsure
        | Reason::Incomplete(MissingField::ItemName | MissingField::TaskTitle) => true,
        Reason::Clear | Reason::Compound => present == next,
        Reason::CompoundUnconfirmable
        | Reason::NoText
        | Reason::NotOurs(_)
        | Reason::Incomplete(_)
        | Reason::NotCapable(_)
        | Reason::Rejected(_)
        | Reason::RejectedUnshown(_) => false,
    }
}

/// Whether everything of `present` is still in `next`, with nothing but words repaired and gaps filled.
fn keeps(engine: &Engine, present: &Payload, next: &Payload) -> bool {
    let (before, after) = (actions(present), actions(next));
    Intent::of(present) == Intent::of(next)
        && before.len() == after.len()
        && before.iter().zip(after).all(|pair| match pair {
            (ProposedAction::AddShoppingItem(before), ProposedAction::AddShoppingItem(after)) => {
                keeps_item(engine, &before.item, &after.item)
            }
            (ProposedAction::CreateTask(before), ProposedAction::CreateTask(after)) => {
                keeps_task(engine, &before.task, &after.task)
            }
            _ => false,
        })
}

fn actions(payload: &Payload) -> &[ProposedAction] {
    match payload {
        Payload::StartJob(job) => &job.proposed_actions,
        Payload::Confirm(confirm) => &confirm.proposed_actions,
        _ => &[],
    }
}

fn keeps_item(engine: &Engine, before: &Item, after: &Item) -> bool {
    repaired(engine, before.name.expose(), after.name.expose())
        && filled(&before.quantity, &after.quantity)
        && filled(&before.unit, &after.unit)
        && before.list_id == after.list_id
}

fn keeps_task(engine: &Engine, before: &Task, after: &Task) -> bool {
    repaired(engine, before.title.expose(), after.title.expose())
        && before.assignee_id == after.assignee_id
        && filled(&before.zone_id, &after.zone_id)
        && filled(&before.due, &after.due)
        && filled(&before.description, &after.description)
}

/// The same, or something where nothing was.
fn filled<T: PartialEq>(before: &Option<T>, after: &Option<T>) -> bool {
    before.is_none() || before == after
}

/// The same words, but that words nobody knows have become words that somebody does. That each is a repair was judged on the text.
fn repaired(engine: &Engine, before: &str, after: &str) -> bool {
    let (before, after) = (engine.plain_words(before), engine.plain_words(after));
    before.len() == after.len()
        && before
            .iter()
            .zip(&after)
            .all(|(before, after)| before.norm == after.norm || (!before.known && after.known))
}

#[cfg(test)]
mod tests;
