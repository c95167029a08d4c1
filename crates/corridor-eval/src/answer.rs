//! What a decision says, in the form that gold and engine are compared in.

use corridor_contract::{Action, Decision, JobType, MissingField, Payload, ProposedAction};
use serde::Serialize;

use crate::vocabulary::Intent;

/// An answer: expected by an entry, or read from a decision. Holds what was said, as data sets of ours may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it is about; `None` where a decision does not tell.
    pub intent: Option<Intent>,
    /// What the wire says.
    pub action: Action,
    /// The proposed items, in order.
    pub items: Vec<Item>,
    /// The proposed tasks, in order.
    pub tasks: Vec<Task>,
    /// What a clarify asks for, sorted.
    pub missing_fields: Vec<MissingField>,
    /// Why it is rejected.
    pub reject_code: Option<String>,
}

/// Something to buy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What.
    pub name: String,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// Of what unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The `list_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
}

/// Something to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Task {
    /// What.
    pub title: String,
    /// The `user_id` of whoever is to do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// The `zone_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// What else was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Answer {
    /// An answer without content.
    #[must_use]
    pub fn bare(intent: Option<Intent>, action: Action) -> Self {
        Self {
            intent,
            action,
            items: Vec::new(),
            tasks: Vec::new(),
            missing_fields: Vec::new(),
            reject_code: None,
        }
    }

    /// What a decision says.
    #[must_use]
    pub fn of(decision: &Decision) -> Self {
        let mut answer = Self::bare(intent_of(&decision.payload), decision.action());
        match &decision.payload {
            Payload::StartJob(job) => answer.propose(&job.proposed_actions),
            Payload::Confirm(confirm) => answer.propose(&confirm.proposed_actions),
            Payload::ProposeCreateTask(proposed) => answer.tasks.push(task(&proposed.task)),
            Payload::ProposeAddShoppingItem(proposed) => answer.items.push(item(&proposed.item)),
            Payload::Clarify(clarify) => {
                answer.missing_fields.clone_from(&clarify.missing_fields);
                answer.missing_fields.sort_unstable();
                answer.missing_fields.dedup();
            }
            Payload::Reject(reject) => answer.reject_code = Some(reject.code.to_string()),
        }
        answer
    }

    fn propose(&mut self, actions: &[ProposedAction]) {
        for action in actions {
            match action {
                ProposedAction::AddShoppingItem(proposed) => self.items.push(item(&proposed.item)),
                ProposedAction::CreateTask(proposed) => self.tasks.push(task(&proposed.task)),
            }
        }
    }
}

fn intent_of(payload: &Payload) -> Option<Intent> {
    match payload {
        Payload::StartJob(job) => match job.job_type {
            JobType::CreateTask => Some(Intent::CreateTask),
            JobType::AddShoppingItem => Some(Intent::AddShoppingItem),
            JobType::Unknown => None,
        },
        Payload::ProposeCreateTask(_) => Some(Intent::CreateTask),
        Payload::ProposeAddShoppingItem(_) => Some(Intent::AddShoppingItem),
        Payload::Clarify(_) => Some(Intent::ClarifyNeeded),
        Payload::Reject(_) => Some(Intent::Reject),
        Payload::Confirm(_) => Some(Intent::Confirm),
    }
}

fn item(item: &corridor_contract::Item) -> Item {
    Item {
        name: item.name.expose().to_owned(),
        quantity: item.quantity.as_ref().map(|said| said.expose().to_owned()),
        unit: item.unit.as_ref().map(|said| said.expose().to_owned()),
        list: item.list_id.as_ref().map(ToString::to_string),
    }
}

fn task(task: &corridor_contract::Task) -> Task {
    Task {
        title: task.title.expose().to_owned(),
        assignee: task.assignee_id.as_ref().map(ToString::to_string),
        zone: task.zone_id.as_ref().map(ToString::to_string),
        due: task.due.as_ref().map(|said| said.expose().to_owned()),
        description: task
            .description
            .as_ref()
            .map(|said| said.expose().to_owned()),
    }
}
