//! `POST /v1/explain`: a command in, its decision by the rules out, with how it came about.
//!
//! The answer holds what was said: it is for the caller alone, is not to be stored on the way, and goes into no record or log.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use corridor_contract::Command;
use corridor_decision::Step;

use super::{
    Service, Shared, body,
    caught::{Panicked, caught},
    content::json_in_flight,
    explanation::Explained,
    problem::{Kind, Refusal},
    trace_context::{self, TraceParent},
};
use crate::engine::{measured_steps, stamp};

/// Explains the command in the body, or says what is wrong with the request.
pub(super) async fn explain(State(service): Shared, request: Request) -> Response {
    let mut response = match answer(&service, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    };
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn answer(service: &Service, request: Request) -> Result<Response, Refusal> {
    let taken = body::take_json(service, request).await?;
    let trace_id = trace_context::trace_parent(&taken.head.headers).map(TraceParent::trace_id);
    let explained = caught(async {
        let mut steps = measured_steps();
        let command = steps
            .measure(Step::ValidateCommand, || Command::from_slice(&taken.bytes))
            .map_err(Refusal::of_command)?;
        let stamp = stamp(trace_id.as_deref(), jiff::Timestamp::now());
        let decider = service.pipeline.decider();
        let (decided, explanation) = decider.explain(&command, stamp, &mut steps);
        let explained = Explained::new(&decided.decision, &explanation);
        serde_json::to_vec(&explained).map_err(|_| Refusal::of(Kind::Internal))
    })
    .await
    .unwrap_or_else(|Panicked| Err(Refusal::of(Kind::Internal)))?;
    let room = service.in_flight.keep(taken.room, explained.len())?;
    Ok(json_in_flight(explained, room))
}
