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
    content::json_in_flight,
    limits::Room,
    problem::{Kind, Refusal},
    request_log::Told,
    trace_context::{self, TraceParent},
};
use crate::engine::{measured_steps, stamp};

/// Decides the command in the body, or says what is wrong with the request.
pub(super) async fn decide(State(service): Shared, request: Request) -> Response {
    match answer(&service, request).await {
        Ok((decided, room)) => {
            let mut response = json_in_flight(decided.bytes, room);
            if Told::is_wanted() {
                response
                    .extensions_mut()
                    .insert(Told::of(&decided.decision));
            }
            response
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// A decision, and as it is sent.
pub(super) struct Answer {
    pub(super) decision: Decision,
    pub(super) bytes: Vec<u8>,
}

async fn answer(service: &Service, request: Request) -> Result<(Answer, Room), Refusal> {
    let taken = body::take_json(service, request).await?;
    let parent = trace_context::trace_parent(&taken.head.headers);
    let decided = decide_bytes(service, &taken.bytes, parent).await?;
    let room = service.in_flight.keep(taken.room, decided.bytes.len())?;
    Ok((decided, room))
}

/// Decides the command that `bytes` hold, in the caller's trace; without one the decision gets one of its own.
///
/// # Errors
/// Bytes that hold no command; a panic, which is a bug of ours: its client still gets an answer, and the others do not notice.
pub(super) async fn decide_bytes(
    service: &Service,
    bytes: &[u8],
    parent: Option<TraceParent>,
) -> Result<Answer, Refusal> {
    caught(async {
        let mut steps = measured_steps();
        let command = steps
            .measure(Step::ValidateCommand, || Command::from_slice(bytes))
            .map_err(Refusal::of_command)?;
        let trace_id = parent.map(TraceParent::trace_id);
        let stamp = stamp(trace_id.as_deref(), jiff::Timestamp::now());
        let telemetry = service.telemetry.as_ref();
        let trace = telemetry.and_then(|telemetry| telemetry.begin(&command, &stamp, parent));
        service.pipeline.set_load(service.in_flight.load());
        let decided = service.pipeline.decide(&command, stamp, &mut steps).await;
        if let Some(telemetry) = telemetry {
            telemetry.end(trace, &decided, &steps);
        }
        let decision = decided.decision;
        let bytes = decision
            .to_json_vec()
            .map_err(|_| Refusal::of(Kind::Internal))?;
        Ok(Answer { decision, bytes })
    })
    .await
    .unwrap_or_else(|Panicked| Err(Refusal::of(Kind::Internal)))
}
