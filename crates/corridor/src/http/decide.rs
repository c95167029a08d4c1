//! `POST /v1/decide`: a command in, a decision out.

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use corridor_contract::{Command, Decision};
use corridor_decision::Step;

use super::{
    Service, Shared, body,
    caught::{Panicked, caught},
    content::json,
    problem::{Kind, Refusal},
    trace_context,
};
use crate::engine::{measured_steps, stamp};

/// Decides the command in the body, or says what is wrong with the request.
pub(super) async fn decide(State(service): Shared, request: Request) -> Response {
    match answer(&service, request).await {
        Ok(decision) => json(decision),
        Err(refusal) => {
            tracing::debug!(code = refusal.kind().code(), "refused");
            refusal.into_response()
        }
    }
}

async fn answer(service: &Service, request: Request) -> Result<Vec<u8>, Refusal> {
    let taken = body::take_json(service, request).await?;
    let trace_id = trace_context::trace_id(&taken.head.headers);
    decide_bytes(service, &taken.bytes, trace_id).await
}

/// Decides the command that `bytes` hold. Without a trace id of the caller the decision gets one of its own.
///
/// # Errors
/// Bytes that hold no command; a panic, which is a bug of ours: its client still gets an answer, and the others do not notice.
pub(super) async fn decide_bytes(
    service: &Service,
    bytes: &[u8],
    trace_id: Option<&str>,
) -> Result<Vec<u8>, Refusal> {
    caught(async {
        let mut steps = measured_steps();
        let command = steps
            .measure(Step::ValidateCommand, || Command::from_slice(bytes))
            .map_err(Refusal::of_command)?;
        let stamp = stamp(trace_id, jiff::Timestamp::now());
        let decided = service.pipeline.decide(&command, stamp, &mut steps).await;
        log(&decided.decision);
        decided
            .decision
            .to_json_vec()
            .map_err(|_| Refusal::of(Kind::Internal))
    })
    .await
    .unwrap_or_else(|Panicked| Err(Refusal::of(Kind::Internal)))
}

/// Ids and closed words alone: nothing that was said.
fn log(decision: &Decision) {
    tracing::debug!(
        trace_id = decision.trace_id.as_str(),
        command_id = decision.command_id.as_str(),
        action = decision.action().as_str(),
        "decided"
    );
}
