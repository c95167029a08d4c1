//! Decisions.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::texts::{name, text};
use super::{id, timestamp};
use crate::{
    AtLeastOne, Clarify, ClarifyPurpose, CommandId, Confidence, Confirm, Decision, Details, Item,
    JobHint, JobType, MissingField, Payload, ProposeAddShoppingItem, ProposeCreateTask,
    ProposedAction, Reject, SchemaVersion, StartJob, Task,
};

/// Any valid decision.
pub fn decision() -> BoxedStrategy<Decision> {
    let command_id =
        id::<String>("command").prop_filter_map("is not empty", |id| CommandId::new(id).ok());
    let ids = (id("decision"), command_id, id("trace"));
    let version = (0..10u32, 0..10u32, 0..1_000_000_000u32);
    let confidence = (0.0..=1.0).prop_map(Confidence::clamped);
    (
        ids,
        confidence,
        payload(),
        text(),
        version,
        id("engine"),
        timestamp(),
    )
        .prop_map(
            |(
                (decision_id, command_id, trace_id),
                confidence,
                payload,
                explanation,
                version,
                decision_version,
                created_at,
            )| Decision {
                decision_id,
                command_id,
                trace_id,
                confidence,
                payload,
                explanation,
                schema_version: SchemaVersion {
                    major: version.0,
                    minor: version.1,
                    patch: version.2,
                },
                decision_version,
                created_at,
            },
        )
        .boxed()
}

/// Any valid payload, each action as often as the others.
pub fn payload() -> BoxedStrategy<Payload> {
    prop_oneof![
        start_job().prop_map(Payload::StartJob),
        create_task().prop_map(Payload::ProposeCreateTask),
        add_item().prop_map(Payload::ProposeAddShoppingItem),
        clarify().prop_map(Payload::Clarify),
        reject().prop_map(Payload::Reject),
        confirm().prop_map(Payload::Confirm),
    ]
    .boxed()
}

/// Any valid proposed action.
pub fn proposed_action() -> BoxedStrategy<ProposedAction> {
    prop_oneof![
        create_task().prop_map(ProposedAction::CreateTask),
        add_item().prop_map(ProposedAction::AddShoppingItem),
    ]
    .boxed()
}

fn start_job() -> BoxedStrategy<StartJob> {
    (
        id("job"),
        job_type(),
        vec(proposed_action(), 0..4),
        option::of(text()),
    )
        .prop_map(
            |(job_id, job_type, proposed_actions, ui_message)| StartJob {
                job_id,
                job_type,
                proposed_actions,
                ui_message,
            },
        )
        .boxed()
}

fn create_task() -> BoxedStrategy<ProposeCreateTask> {
    let task = (
        text(),
        option::of(text()),
        option::of(id("user")),
        option::of(id("zone")),
        option::of(name()),
    )
        .prop_map(|(title, description, assignee_id, zone_id, due)| Task {
            title,
            description,
            assignee_id,
            zone_id,
            due,
        });
    let hint = (option::of(job_type()), option::of(id("job")))
        .prop_map(|(job_type, job_id)| JobHint { job_type, job_id });
    (task, option::of(id("key")), option::of(hint))
        .prop_map(|(task, idempotency_key, job_hint)| ProposeCreateTask {
            task,
            idempotency_key,
            job_hint,
        })
        .boxed()
}

fn add_item() -> BoxedStrategy<ProposeAddShoppingItem> {
    let item = (
        text(),
        option::of(name()),
        option::of(name()),
        option::of(id("list")),
    )
        .prop_map(|(name, quantity, unit, list_id)| Item {
            name,
            quantity,
            unit,
            list_id,
        });
    (item, option::of(id("key")))
        .prop_map(|(item, idempotency_key)| ProposeAddShoppingItem {
            item,
            idempotency_key,
        })
        .boxed()
}

fn clarify() -> BoxedStrategy<Clarify> {
    let purpose = prop_oneof![
        Just(ClarifyPurpose::Ask),
        Just(ClarifyPurpose::StandInForReject)
    ];
    let missing = vec(prop::sample::select(MissingField::ALL), 0..3);
    (
        purpose,
        text(),
        vec(name(), 0..4),
        missing,
        option::of(id("job")),
    )
        .prop_map(
            |(purpose, question, options, missing_fields, job_id)| Clarify {
                purpose,
                question,
                options,
                missing_fields,
                job_id,
            },
        )
        .boxed()
}

fn reject() -> BoxedStrategy<Reject> {
    let details = vec((name(), name()), 0..3).prop_map(|entries| {
        let entries = entries
            .into_iter()
            .map(|(name, value)| (name.into_exposed(), value.into_exposed().into()));
        Details::new(entries.collect())
    });
    (id("code"), text(), option::of(text()), option::of(details))
        .prop_map(|(code, reason, ui_message, details)| Reject {
            code,
            reason,
            ui_message,
            details,
        })
        .boxed()
}

fn confirm() -> BoxedStrategy<Confirm> {
    let actions = vec(proposed_action(), 1..4)
        .prop_filter_map("has an action", |actions| AtLeastOne::new(actions).ok());
    (
        id("confirmation"),
        text(),
        actions,
        timestamp(),
        vec(text(), 0..3),
        option::of(text()),
    )
        .prop_map(
            |(confirmation_id, summary, proposed_actions, expires_at, reasons, ui_message)| {
                Confirm {
                    confirmation_id,
                    summary,
                    proposed_actions,
                    expires_at,
                    reasons,
                    ui_message,
                }
            },
        )
        .boxed()
}

fn job_type() -> BoxedStrategy<JobType> {
    prop::sample::select(JobType::ALL).boxed()
}
