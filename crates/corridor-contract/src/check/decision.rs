//! The decision's rules, except those of its payload.

use super::at::{At, Object};
use super::payload::payload;
use super::scalars::{command_id, confidence, schema_version, text, timestamp, word};
use crate::decision::Decision;
use crate::payload::ClarifyPurpose;
use crate::problem::{Findings, ProblemCode};
use crate::vocabulary::{Action, Outcome, Status};

const NAMES: &[&str] = &[
    "decision_id",
    "command_id",
    "trace_id",
    "status",
    "action",
    "decision_outcome",
    "confidence",
    "payload",
    "explanation",
    "schema_version",
    "decision_version",
    "created_at",
];

pub(super) fn decision(at: &At<'_>, findings: &mut Findings) -> Option<Decision> {
    let object = at.object(findings, NAMES)?;
    let decision_id = object.required(findings, "decision_id", text);
    let command_id = object.required(findings, "command_id", command_id);
    let trace_id = object.required(findings, "trace_id", text);
    let action = object.required(findings, "action", word::<Action>);
    let purpose = object.required(findings, "status", |at, findings| {
        purpose(at, action, findings)
    });
    agreeing_outcome(&object, action, findings);
    let confidence = object.required(findings, "confidence", confidence);
    let payload = object.required(findings, "payload", |at, findings| {
        payload(at, action, purpose, findings)
    });
    let explanation = object.required(findings, "explanation", text);
    let schema_version = object.required(findings, "schema_version", schema_version);
    let decision_version = object.required(findings, "decision_version", text);
    let created_at = object.required(findings, "created_at", timestamp);
    Some(Decision {
        decision_id: decision_id?,
        command_id: command_id?,
        trace_id: trace_id?,
        confidence: confidence?,
        payload: payload?,
        explanation: explanation?,
        schema_version: schema_version?,
        decision_version: decision_version?,
        created_at: created_at?,
    })
}

/// Reads the status, which must go with the action, for what only it says: why a clarify is sent.
fn purpose(at: &At<'_>, action: Option<Action>, findings: &mut Findings) -> Option<ClarifyPurpose> {
    let status = word::<Status>(at, findings)?;
    let allowed = action?.statuses();
    if !allowed.contains(&status) {
        let known = allowed
            .iter()
            .map(|status| status.as_str())
            .collect::<Vec<_>>()
            .join(" or ");
        let message =
            format!("The status does not go with the action. Send {known}, or another action.");
        return at.note(findings, ProblemCode::StatusMismatch, message);
    }
    Some(if status == Status::Error {
        ClarifyPurpose::StandInForReject
    } else {
        ClarifyPurpose::Ask
    })
}

fn agreeing_outcome(object: &Object<'_>, action: Option<Action>, findings: &mut Findings) {
    object.optional(findings, "decision_outcome", |at, findings| {
        let outcome = word::<Outcome>(at, findings)?;
        let agreeing = action?.outcome();
        if outcome != agreeing {
            let message = format!(
                "The outcome does not go with the action. Send {agreeing}, or leave it out."
            );
            return at.note(findings, ProblemCode::OutcomeMismatch, message);
        }
        Some(())
    });
}
