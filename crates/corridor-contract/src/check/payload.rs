//! The rules of a decision's payload.

use super::at::At;
use super::scalars::{text, timestamp, word};
use crate::json::Node;
use crate::payload::{
    Clarify, ClarifyPurpose, Confirm, Details, Item, JobHint, Payload, ProposeAddShoppingItem,
    ProposeCreateTask, ProposedAction, Reject, StartJob, Task,
};
use crate::problem::Findings;
use crate::said::Said;
use crate::vocabulary::{Action, ProposedActionKind};

/// Reads the payload of `action`. Where the action is not known, all there is to say is that a payload is an object.
pub(super) fn payload(
    at: &At<'_>,
    action: Option<Action>,
    purpose: Option<ClarifyPurpose>,
    findings: &mut Findings,
) -> Option<Payload> {
    match action {
        Some(Action::StartJob) => start_job(at, findings).map(Payload::StartJob),
        Some(Action::ProposeCreateTask) => {
            create_task(at, findings).map(Payload::ProposeCreateTask)
        }
        Some(Action::ProposeAddShoppingItem) => {
            add_item(at, findings).map(Payload::ProposeAddShoppingItem)
        }
        Some(Action::Clarify) => clarify(at, purpose, findings).map(Payload::Clarify),
        Some(Action::Reject) => reject(at, findings).map(Payload::Reject),
        Some(Action::Confirm) => confirm(at, findings).map(Payload::Confirm),
        None if matches!(at.node, Node::Object(_)) => None,
        None => at.wrong_type(findings, "an object"),
    }
}

fn start_job(at: &At<'_>, findings: &mut Findings) -> Option<StartJob> {
    let object = at.object(
        findings,
        &["job_id", "job_type", "proposed_actions", "ui_message"],
    )?;
    let job_id = object.required(findings, "job_id", text);
    let job_type = object.required(findings, "job_type", word);
    let proposed_actions = object.optional(findings, "proposed_actions", |at, findings| {
        at.list(findings, proposed_action)
    });
    let ui_message = object.optional(findings, "ui_message", text);
    Some(StartJob {
        job_id: job_id?,
        job_type: job_type?,
        proposed_actions: proposed_actions.unwrap_or_default(),
        ui_message,
    })
}

fn create_task(at: &At<'_>, findings: &mut Findings) -> Option<ProposeCreateTask> {
    let object = at.object(findings, &["task", "idempotency_key", "job_hint"])?;
    let task = object.required(findings, "task", task);
    let idempotency_key = object.optional(findings, "idempotency_key", text);
    let job_hint = object.optional(findings, "job_hint", job_hint);
    Some(ProposeCreateTask {
        task: task?,
        idempotency_key,
        job_hint,
    })
}

fn job_hint(at: &At<'_>, findings: &mut Findings) -> Option<JobHint> {
    let object = at.object(findings, &["job_type", "job_id"])?;
    let job_type = object.optional(findings, "job_type", word);
    let job_id = object.optional(findings, "job_id", text);
    Some(JobHint { job_type, job_id })
}

fn task(at: &At<'_>, findings: &mut Findings) -> Option<Task> {
    let object = at.object(
        findings,
        &["title", "description", "assignee_id", "zone_id", "due"],
    )?;
    let title = object.required(findings, "title", text);
    let description = object.optional(findings, "description", text);
    let assignee_id = object.optional(findings, "assignee_id", text);
    let zone_id = object.optional(findings, "zone_id", text);
    let due = object.optional(findings, "due", text);
    Some(Task {
        title: title?,
        description,
        assignee_id,
        zone_id,
        due,
    })
}

fn add_item(at: &At<'_>, findings: &mut Findings) -> Option<ProposeAddShoppingItem> {
    let object = at.object(findings, &["item", "idempotency_key"])?;
    let item = object.required(findings, "item", item);
    let idempotency_key = object.optional(findings, "idempotency_key", text);
    Some(ProposeAddShoppingItem {
        item: item?,
        idempotency_key,
    })
}

fn item(at: &At<'_>, findings: &mut Findings) -> Option<Item> {
    let object = at.object(findings, &["name", "quantity", "unit", "list_id"])?;
    let name = object.required(findings, "name", text);
    let quantity = object.optional(findings, "quantity", text);
    let unit = object.optional(findings, "unit", text);
    let list_id = object.optional(findings, "list_id", text);
    Some(Item {
        name: name?,
        quantity,
        unit,
        list_id,
    })
}

fn proposed_action(at: &At<'_>, findings: &mut Findings) -> Option<ProposedAction> {
    let object = at.object(findings, &["action", "payload"])?;
    let kind = object.required(findings, "action", word::<ProposedActionKind>);
    object.required(findings, "payload", |at, findings| match kind {
        Some(ProposedActionKind::CreateTask) => {
            create_task(at, findings).map(ProposedAction::CreateTask)
        }
        Some(ProposedActionKind::AddShoppingItem) => {
            add_item(at, findings).map(ProposedAction::AddShoppingItem)
        }
        None if matches!(at.node, Node::Object(_)) => None,
        None => at.wrong_type(findings, "an object"),
    })
}

fn clarify(
    at: &At<'_>,
    purpose: Option<ClarifyPurpose>,
    findings: &mut Findings,
) -> Option<Clarify> {
    let object = at.object(
        findings,
        &["question", "options", "missing_fields", "job_id"],
    )?;
    let question = object.required(findings, "question", text);
    let options = object.optional(findings, "options", texts);
    let missing_fields = object.optional(findings, "missing_fields", |at, findings| {
        at.list(findings, word)
    });
    let job_id = object.optional(findings, "job_id", text);
    Some(Clarify {
        purpose: purpose?,
        question: question?,
        options: options.unwrap_or_default(),
        missing_fields: missing_fields.unwrap_or_default(),
        job_id,
    })
}

fn reject(at: &At<'_>, findings: &mut Findings) -> Option<Reject> {
    let object = at.object(findings, &["code", "reason", "ui_message", "details"])?;
    let code = object.required(findings, "code", text);
    let reason = object.required(findings, "reason", text);
    let ui_message = object.optional(findings, "ui_message", text);
    let details = object.optional(findings, "details", details);
    Some(Reject {
        code: code?,
        reason: reason?,
        ui_message,
        details,
    })
}

fn details(at: &At<'_>, findings: &mut Findings) -> Option<Details> {
    match at.node.to_json() {
        serde_json::Value::Object(object) => Some(Details::new(object)),
        _ => at.wrong_type(findings, "an object"),
    }
}

fn confirm(at: &At<'_>, findings: &mut Findings) -> Option<Confirm> {
    let names = &[
        "confirmation_id",
        "summary",
        "proposed_actions",
        "expires_at",
        "reasons",
        "ui_message",
    ];
    let object = at.object(findings, names)?;
    let confirmation_id = object.required(findings, "confirmation_id", text);
    let summary = object.required(findings, "summary", text);
    let proposed_actions = object.required(findings, "proposed_actions", |at, findings| {
        at.at_least_one(findings, proposed_action)
    });
    let expires_at = object.required(findings, "expires_at", timestamp);
    let reasons = object.optional(findings, "reasons", texts);
    let ui_message = object.optional(findings, "ui_message", text);
    Some(Confirm {
        confirmation_id: confirmation_id?,
        summary: summary?,
        proposed_actions: proposed_actions?,
        expires_at: expires_at?,
        reasons: reasons.unwrap_or_default(),
        ui_message,
    })
}

fn texts(at: &At<'_>, findings: &mut Findings) -> Option<Vec<Said>> {
    at.list(findings, text)
}
