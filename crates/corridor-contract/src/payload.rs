//! The payloads of a decision, one shape for each action.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::at_least_one::AtLeastOne;
use crate::ids::{ConfirmationId, IdempotencyKey, JobId, ListId, RejectCode, UserId, ZoneId};
use crate::said::{Said, wire};
use crate::timestamp::Timestamp;
use crate::vocabulary::{Action, JobType, MissingField, Outcome, Status};

/// What a decision tells the product to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Payload {
    /// Start a job.
    StartJob(StartJob),
    /// Create one task.
    ProposeCreateTask(ProposeCreateTask),
    /// Put one item on a list.
    ProposeAddShoppingItem(ProposeAddShoppingItem),
    /// Ask the person.
    Clarify(Clarify),
    /// Refuse.
    Reject(Reject),
    /// Ask for a yes.
    Confirm(Confirm),
}

impl Payload {
    /// The action that this is the payload of.
    #[must_use]
    pub fn action(&self) -> Action {
        match self {
            Self::StartJob(_) => Action::StartJob,
            Self::ProposeCreateTask(_) => Action::ProposeCreateTask,
            Self::ProposeAddShoppingItem(_) => Action::ProposeAddShoppingItem,
            Self::Clarify(_) => Action::Clarify,
            Self::Reject(_) => Action::Reject,
            Self::Confirm(_) => Action::Confirm,
        }
    }

    /// The status that goes with it.
    #[must_use]
    pub fn status(&self) -> Status {
        match self {
            Self::StartJob(_) | Self::ProposeCreateTask(_) | Self::ProposeAddShoppingItem(_) => {
                Status::Ok
            }
            Self::Clarify(Clarify {
                purpose: ClarifyPurpose::Ask,
                ..
            })
            | Self::Confirm(_) => Status::Clarify,
            Self::Clarify(Clarify {
                purpose: ClarifyPurpose::StandInForReject,
                ..
            })
            | Self::Reject(_) => Status::Error,
        }
    }

    /// The outcome that goes with it.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.action().outcome()
    }
}

impl Action {
    /// The outcome that goes with this action.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self {
            Self::StartJob | Self::ProposeCreateTask | Self::ProposeAddShoppingItem => {
                Outcome::Execute
            }
            Self::Clarify => Outcome::Clarify,
            Self::Reject => Outcome::Reject,
            Self::Confirm => Outcome::Confirm,
        }
    }

    /// The statuses that go with this action.
    #[must_use]
    pub fn statuses(self) -> &'static [Status] {
        match self {
            Self::StartJob | Self::ProposeCreateTask | Self::ProposeAddShoppingItem => {
                &[Status::Ok]
            }
            Self::Clarify => &[Status::Clarify, Status::Error],
            Self::Reject => &[Status::Error],
            Self::Confirm => &[Status::Clarify],
        }
    }
}

/// A job to start, with what it is to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StartJob {
    /// The job's id.
    pub job_id: JobId,
    /// What it is about.
    pub job_type: JobType,
    /// What it is to do; left out of the wire when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proposed_actions: Vec<ProposedAction>,
    /// What to tell the person.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub ui_message: Option<Said>,
}

/// One thing a job or a confirmation is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "action", content = "payload")]
pub enum ProposedAction {
    /// Create a task.
    #[serde(rename = "propose_create_task")]
    CreateTask(ProposeCreateTask),
    /// Put an item on a list.
    #[serde(rename = "propose_add_shopping_item")]
    AddShoppingItem(ProposeAddShoppingItem),
}

/// A task to create.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProposeCreateTask {
    /// The task.
    pub task: Task,
    /// Lets a retried command create it once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<IdempotencyKey>,
    /// The job this belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_hint: Option<JobHint>,
}

/// The job that a proposed task belongs to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct JobHint {
    /// What the job is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_type: Option<JobType>,
    /// The job's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_id: Option<JobId>,
}

/// An item to put on a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProposeAddShoppingItem {
    /// The item.
    pub item: Item,
    /// Lets a retried command add it once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Task {
    /// What to do.
    #[serde(serialize_with = "wire::one")]
    pub title: Said,
    /// What else was said about it.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub description: Option<Said>,
    /// Who is to do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee_id: Option<UserId>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone_id: Option<ZoneId>,
    /// By when: an RFC 3339 full-date or date-time in decisions of ours; the contract allows any text.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub due: Option<Said>,
}

/// Something to buy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// What.
    #[serde(serialize_with = "wire::one")]
    pub name: Said,
    /// How much: a decimal with a point in decisions of ours; the contract allows any text.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub quantity: Option<Said>,
    /// Of what unit.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub unit: Option<Said>,
    /// On which list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_id: Option<ListId>,
}

/// Why a clarify is sent; not a field of the wire, it shows in the decision's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClarifyPurpose {
    /// An answer lets the command go on.
    Ask,
    /// The command would be rejected, but the product cannot show a reject.
    StandInForReject,
}

/// A question to the person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clarify {
    /// Why it is sent.
    #[serde(skip)]
    pub purpose: ClarifyPurpose,
    /// The question.
    #[serde(serialize_with = "wire::one")]
    pub question: Said,
    /// Answers to choose from; left out of the wire when empty.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "wire::list")]
    pub options: Vec<Said>,
    /// What is missing; left out of the wire when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing_fields: Vec<MissingField>,
    /// The job that waits for the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_id: Option<JobId>,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reject {
    /// Why, as a stable word.
    pub code: RejectCode,
    /// Why, for a person.
    #[serde(serialize_with = "wire::one")]
    pub reason: Said,
    /// What to tell the person.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub ui_message: Option<Said>,
    /// Anything more; the one free object of the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Details>,
}

/// A free JSON object, whose content does not show in `Debug`.
#[derive(Clone, Default, PartialEq)]
pub struct Details(serde_json::Map<String, serde_json::Value>);

impl Details {
    /// Wraps an object.
    #[must_use]
    pub fn new(object: serde_json::Map<String, serde_json::Value>) -> Self {
        Self(object)
    }

    /// The object itself; it may hold what a person said.
    #[must_use]
    pub fn expose(&self) -> &serde_json::Map<String, serde_json::Value> {
        &self.0
    }
}

impl fmt::Debug for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "‹{} properties›", self.0.len())
    }
}

impl Serialize for Details {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A question that a yes answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Confirm {
    /// The confirmation's id.
    pub confirmation_id: ConfirmationId,
    /// What will be done, for a person.
    #[serde(serialize_with = "wire::one")]
    pub summary: Said,
    /// What a yes sets going.
    pub proposed_actions: AtLeastOne<ProposedAction>,
    /// Until when a yes counts.
    pub expires_at: Timestamp,
    /// Why a yes is asked for; left out of the wire when empty.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "wire::list")]
    pub reasons: Vec<Said>,
    /// What to tell the person.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub ui_message: Option<Said>,
}
