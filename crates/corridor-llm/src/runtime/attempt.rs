//! One attempt: a place, leave from breaker and budget, the call, the judgement, and always a record.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::breaker::Admission;
use super::budget::Reservation;
use super::judge::{Unusable, judge};
use super::{RouteState, Runtime};
use crate::call::{
    CallError, CallFailure, CallOrigin, CallReply, CallRequest, CallSpec, Message, Outcome,
    TimeoutPhase, UnavailableCause, Usage,
};
use crate::policy::Route;
use crate::private::{Answer, ModelText};
use crate::prompt::{PromptRef, Rendered, SchemaProblems};
use crate::record::{AttemptKind, AttemptRecord, CostBasis};
use crate::task::Correlation;

/// Who makes the attempt and as which one.
#[derive(Clone, Copy)]
pub(super) struct Attempt<'a> {
    pub(super) runtime: &'a Runtime,
    pub(super) route: &'a Arc<Route>,
    pub(super) correlation: &'a Correlation,
    pub(super) prompt: &'a PromptRef,
    pub(super) number: u32,
    pub(super) kind: AttemptKind,
    pub(super) escalated: bool,
}

/// How an attempt ended and what it cost.
pub(super) struct Ended {
    pub(super) result: Result<Answer, (CallError, Option<LastAnswer>)>,
    pub(super) usage: Option<Usage>,
    pub(super) cost_micros: u64,
}

/// An answer that was no good, for a repair to show.
pub(super) struct LastAnswer {
    pub(super) text: ModelText,
    pub(super) problems: Option<SchemaProblems>,
}

impl Attempt<'_> {
    pub(super) async fn make(
        self,
        rendered: &Rendered,
        messages: &[Message],
        deadline: Instant,
    ) -> Ended {
        let (Some(state), Ok(spec)) = (self.runtime.routes.get(&self.route.id), &self.route.call)
        else {
            return Ended {
                result: Err((CallError::NotConfigured, None)),
                usage: None,
                cost_micros: 0,
            };
        };
        let mut open = OpenAttempt::new(self, state, spec);
        let own_limit = open.started.checked_add(spec.timeouts.total);
        let limit = own_limit.map_or(deadline, |limit| limit.min(deadline));
        open.leftover_time = self.number > 1 && limit == deadline;

        let place = match timeout_at(limit, state.places.acquire()).await {
            Ok(Ok(place)) => place,
            // A closed semaphore cannot happen: nobody closes it.
            Ok(Err(_)) | Err(_) => return open.refused(CallError::Timeout(TimeoutPhase::Queue)),
        };
        if Instant::now() >= limit {
            return open.refused(CallError::Timeout(TimeoutPhase::Total));
        }
        if let Err(error) = open.take_leave(messages) {
            return open.refused(error);
        }
        let request = CallRequest {
            spec: Arc::clone(spec),
            messages: messages.to_vec(),
            schema: rendered.output_schema(),
            origin: CallOrigin {
                prompt: self.prompt.clone(),
                command_id: self.correlation.command_id.clone(),
                attempt: self.number,
            },
        };
        let called = timeout_at(limit, self.runtime.caller.call(&request, limit)).await;
        let called = called.unwrap_or_else(|_| Err(CallError::Timeout(TimeoutPhase::Total).into()));
        drop(place);
        open.ended(called, rendered)
    }
}

/// An attempt under way. Dropped before its end, it is recorded as cancelled, so that no attempt goes unrecorded.
struct OpenAttempt<'a> {
    attempt: Attempt<'a>,
    state: &'a RouteState,
    spec: &'a CallSpec,
    started: Instant,
    admission: Option<Admission>,
    reservation: Option<Reservation>,
    /// Whether it has only the time that earlier attempts of its task left.
    leftover_time: bool,
    recorded: bool,
    /// Whether it failed over what was sent and not over the provider.
    is_about_the_text: bool,
}

impl<'a> OpenAttempt<'a> {
    fn new(attempt: Attempt<'a>, state: &'a RouteState, spec: &'a CallSpec) -> Self {
        let started = Instant::now();
        Self {
            attempt,
            state,
            spec,
            started,
            admission: None,
            reservation: None,
            leftover_time: false,
            recorded: false,
            is_about_the_text: false,
        }
    }

    /// Asks the breaker, then the budget: a call that the breaker refuses must not count.
    fn take_leave(&mut self, messages: &[Message]) -> Result<(), CallError> {
        if let Some(left) = self.state.rest.left(Instant::now()) {
            return Err(CallError::RateLimited {
                retry_after: Some(left),
            });
        }
        if let Some(breaker) = &self.state.breaker {
            let admission = breaker
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .admit(Instant::now());
            self.admission = Some(admission.ok_or(CallError::CircuitOpen)?);
        }
        let upper_bound = self
            .attempt
            .route
            .price
            .cost_micros(most_input_tokens(messages), self.spec.max_tokens.into());
        let reservation = self
            .attempt
            .runtime
            .budget
            .reserve(upper_bound)
            .map_err(CallError::BudgetExhausted)?;
        self.reservation = Some(reservation);
        Ok(())
    }

    fn refused(mut self, error: CallError) -> Ended {
        self.settle(error.outcome(), error.detail(), None, None, CostBasis::Free);
        Ended {
            result: Err((error, None)),
            usage: None,
            cost_micros: 0,
        }
    }

    fn ended(mut self, called: Result<CallReply, CallFailure>, rendered: &Rendered) -> Ended {
        let (http_status, usage, result) = match called {
            Err(CallFailure { error, http_status }) => (http_status, None, Err((error, None))),
            Ok(reply) => {
                let result =
                    judge(&reply, &rendered.schema).map_err(|Unusable { error, problems }| {
                        (
                            error,
                            Some(LastAnswer {
                                text: reply.content.clone(),
                                problems,
                            }),
                        )
                    });
                (reply.http_status, reply.usage, result)
            }
        };
        let error = result.as_ref().err().map(|(error, _)| *error);
        if let Some(wait) = error.and_then(CallError::retry_after) {
            self.state.rest.ask_for(wait, Instant::now());
        }
        self.is_about_the_text = error.is_some_and(CallError::is_about_the_text);
        let basis = match (usage, error) {
            (Some(_), _) => CostBasis::Usage,
            (None, Some(error)) if is_free(error) => CostBasis::Free,
            _ => CostBasis::UpperBound,
        };
        let outcome = error.map_or(Outcome::Success, CallError::outcome);
        let cost_micros = self.settle(
            outcome,
            error.and_then(CallError::detail),
            http_status,
            usage,
            basis,
        );
        Ended {
            result,
            usage,
            cost_micros,
        }
    }

    /// Tells breaker, budget and records how it ended, once; gives the cost in millionths.
    fn settle(
        &mut self,
        outcome: Outcome,
        outcome_detail: Option<&'static str>,
        http_status: Option<u16>,
        usage: Option<Usage>,
        basis: CostBasis,
    ) -> u64 {
        self.recorded = true;
        let attempt = self.attempt;
        let now = Instant::now();
        if let (Some(breaker), Some(admission)) = (&self.state.breaker, self.admission.take()) {
            // What a route did not manage in the time that earlier attempts left says nothing about it.
            let blameless =
                self.is_about_the_text || (outcome == Outcome::Timeout && self.leftover_time);
            let mut breaker = breaker.lock().unwrap_or_else(PoisonError::into_inner);
            breaker.settle(admission, (!blameless).then_some(outcome), now);
        }
        let reservation = self.reservation.take();
        let cost_micros = match (basis, usage, &reservation) {
            // Never above what was held back: a provider's wrong count must not use up the day.
            (CostBasis::Usage, Some(usage), Some(reservation)) => attempt
                .route
                .price
                .cost_micros(usage.input_tokens, usage.output_tokens)
                .min(reservation.upper_bound_micros()),
            (CostBasis::UpperBound, _, Some(reservation)) => reservation.upper_bound_micros(),
            _ => 0,
        };
        if let Some(reservation) = &reservation {
            attempt.runtime.budget.settle(reservation, cost_micros);
        }
        let latency = now.saturating_duration_since(self.started);
        let record = AttemptRecord {
            timestamp: attempt.runtime.clock.now(),
            trace_id: attempt.correlation.trace_id.clone(),
            command_id: attempt.correlation.command_id.clone(),
            task: attempt.route.id.task.as_str(),
            profile: attempt.route.id.profile.shared(),
            provider: self.spec.provider.as_str(),
            model: self.spec.model.clone(),
            prompt_id: Arc::clone(&attempt.prompt.id),
            prompt_version: Arc::clone(&attempt.prompt.version),
            attempt: attempt.number,
            kind: attempt.kind,
            escalated: attempt.escalated,
            outcome,
            outcome_detail,
            http_status,
            latency_ms: millis(latency),
            tokens_in: usage.map(|usage| usage.input_tokens),
            tokens_out: usage.map(|usage| usage.output_tokens),
            cost: units(cost_micros),
            cost_basis: basis,
        };
        tracing::debug!(
            trace_id = %record.trace_id,
            task = record.task,
            profile = %record.profile,
            attempt = record.attempt,
            outcome = outcome.as_str(),
            detail = outcome_detail,
            http_status,
            latency_ms = record.latency_ms,
            "model call ended"
        );
        attempt.runtime.sink.record(record);
        cost_micros
    }
}

impl Drop for OpenAttempt<'_> {
    fn drop(&mut self) {
        if !self.recorded {
            let basis = if self.reservation.is_some() {
                CostBasis::UpperBound
            } else {
                CostBasis::Free
            };
            self.settle(Outcome::Cancelled, None, None, None, basis);
        }
    }
}

/// Whether the provider certainly did no work that it could charge for.
fn is_free(error: CallError) -> bool {
    match error {
        CallError::RateLimited { .. } | CallError::Rejected { .. } => true,
        CallError::Timeout(phase) => matches!(phase, TimeoutPhase::Queue | TimeoutPhase::Connect),
        CallError::Unavailable(cause) => !matches!(cause, UnavailableCause::Disconnected),
        _ => false,
    }
}

/// The most tokens a conversation can have: a token covers at least one byte, and a chat template adds a few per message.
fn most_input_tokens(messages: &[Message]) -> u64 {
    const PER_MESSAGE: usize = 16;
    let tokens = messages
        .iter()
        .map(|message| message.content.expose().len().saturating_add(PER_MESSAGE));
    u64::try_from(tokens.fold(0_usize, usize::saturating_add)).unwrap_or(u64::MAX)
}

fn millis(duration: Duration) -> f64 {
    // Microseconds are as fine as anybody reads.
    (duration.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

#[expect(
    clippy::cast_precision_loss,
    reason = "far below 2^53 millionths, and for reading only"
)]
fn units(micros: u64) -> f64 {
    micros as f64 / 1_000_000.0
}
