//! The one door to a model: [`Runtime::run_task`].
//!
//! Everything that may happen on the way lives here: one deadline, one retry loop driven by the route's fallback chain,
//! a breaker and a concurrency limit per route, daily limits, and a record per attempt. Dropping the future that
//! `run_task` returns ends the call on the wire.

mod answer_text;
mod attempt;
mod backoff;
mod breaker;
mod budget;
mod json_in_text;
mod judge;
mod progress;
mod provider_rest;
mod rule_repair;
mod task_run;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, watch};
use tokio::time::Instant;

pub use breaker::BreakerState;
pub use budget::BudgetUse;

use crate::call::{CallError, LlmCaller, Usage};
use crate::clock::Clock;
use crate::policy::{Policy, ProfileId, Route, RouteId};
use crate::private::Answer;
use crate::prompt::{PromptLibrary, PromptRef};
use crate::record::{AttemptKind, AttemptSink};
use crate::task::{TaskId, TaskInput};
use breaker::Breaker;
use budget::Budget;
use provider_rest::ProviderRest;
use task_run::TaskRun;

/// What a runtime is made of.
pub struct RuntimeParts {
    /// The checked registry.
    pub policy: Policy,
    /// The prompts and schemas.
    pub prompts: PromptLibrary,
    /// Who makes the calls.
    pub caller: Arc<dyn LlmCaller>,
    /// Who takes the records.
    pub sink: Arc<dyn AttemptSink>,
    /// The wall clock.
    pub clock: Arc<dyn Clock>,
    /// What today has cost before this start, where known.
    pub budget_use: Option<BudgetUse>,
}

/// Runs tasks under a policy. Cheap to share behind an `Arc`; every method takes `&self`.
pub struct Runtime {
    policy: Policy,
    prompts: PromptLibrary,
    caller: Arc<dyn LlmCaller>,
    sink: Arc<dyn AttemptSink>,
    clock: Arc<dyn Clock>,
    budget: Budget,
    routes: BTreeMap<RouteId, RouteState>,
    closed: watch::Sender<bool>,
}

/// What a route keeps between calls.
struct RouteState {
    breaker: Option<Mutex<Breaker>>,
    places: Semaphore,
    rest: ProviderRest,
}

/// An answer that fits the task's schema, and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskOutput {
    /// The answer.
    pub answer: Answer,
    /// How it came about.
    pub summary: TaskSummary,
}

/// Why a task has no answer, and what it took.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{error}")]
pub struct TaskFailure {
    /// The reason: that of the last attempt.
    pub error: CallError,
    /// How it came about.
    pub summary: TaskSummary,
}

/// How a task went, in figures and closed names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskSummary {
    /// The route that gave the result.
    pub route: RouteId,
    /// The provider's dialect; none where the route is not configured.
    pub provider: Option<&'static str>,
    /// The model, as configured; none where the route is not configured.
    pub model: Option<String>,
    /// The prompt used; none where none was made.
    pub prompt: Option<PromptRef>,
    /// Attempts made, refused ones included.
    pub attempts: u32,
    /// Whether an answer was sent back to be mended.
    pub repaired: bool,
    /// Whether another profile was asked in the end.
    pub escalated: bool,
    /// From the start of the task to its end.
    pub latency: Duration,
    /// Tokens of all attempts, as far as the provider counts them.
    pub usage: Usage,
    /// Cost of all attempts, millionths of the policy's currency.
    pub cost_micros: u64,
}

impl Runtime {
    /// Puts a runtime together. Opens nothing and calls nobody.
    #[must_use]
    pub fn new(parts: RuntimeParts) -> Self {
        let RuntimeParts {
            policy,
            prompts,
            caller,
            sink,
            clock,
            budget_use,
        } = parts;
        let state = |route: &Arc<Route>| RouteState {
            breaker: policy
                .breaker()
                .map(|settings| Mutex::new(Breaker::new(settings))),
            rest: ProviderRest::default(),
            places: Semaphore::new(route.max_concurrency.min(Semaphore::MAX_PERMITS)),
        };
        let routes = policy
            .routes()
            .map(|route| (route.id.clone(), state(route)))
            .collect();
        let budget = Budget::new(policy.limits().clone(), Arc::clone(&clock), budget_use);
        Self {
            policy,
            prompts,
            caller,
            sink,
            clock,
            budget,
            routes,
            closed: watch::Sender::new(false),
        }
    }

    /// Asks a model for a task's answer.
    ///
    /// Always ends by `deadline`, whatever happens; dropping the future ends the call under way at once.
    ///
    /// # Errors
    /// The reason why there is no answer that fits the task's schema.
    pub async fn run_task(
        &self,
        task: TaskId,
        input: TaskInput,
        deadline: Instant,
    ) -> Result<TaskOutput, TaskFailure> {
        let profile = input
            .profile
            .clone()
            .unwrap_or_else(|| self.policy.profile().clone());
        let id = RouteId { task, profile };
        match self.policy.route(&id) {
            Some(route) => {
                self.run_route(Arc::clone(route), input, deadline, AttemptKind::First)
                    .await
            }
            None => Err(TaskFailure {
                error: CallError::NotConfigured,
                summary: TaskSummary::empty(id),
            }),
        }
    }

    /// The registry in force.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The breaker's state of a route; none where the route does not exist or breakers are off.
    #[must_use]
    pub fn breaker_state(&self, id: &RouteId) -> Option<BreakerState> {
        let breaker = self.routes.get(id)?.breaker.as_ref()?;
        Some(
            breaker
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .state(),
        )
    }

    /// What today has cost so far.
    #[must_use]
    pub fn budget_use(&self) -> BudgetUse {
        self.budget.used()
    }

    /// Cancels every call under way and refuses all later ones. For the master switch: a new runtime takes over when
    /// models are switched on again.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    pub(crate) async fn run_route(
        &self,
        route: Arc<Route>,
        input: TaskInput,
        deadline: Instant,
        kind: AttemptKind,
    ) -> Result<TaskOutput, TaskFailure> {
        let mut closed = self.closed.subscribe();
        let mut run = TaskRun::new(self, route, input, deadline, kind);
        let result = tokio::select! {
            biased;
            // Ends only when closed: the sender lives as long as this runtime.
            _ = closed.wait_for(|closed| *closed) => Err(CallError::Cancelled),
            result = run.go() => result,
        };
        let summary = run.into_summary();
        match result {
            Ok(answer) => Ok(TaskOutput { answer, summary }),
            Err(error) => Err(TaskFailure { error, summary }),
        }
    }

    fn escalation_route(&self, from: &RouteId, to: &ProfileId) -> Option<Arc<Route>> {
        let id = RouteId {
            task: from.task,
            profile: to.clone(),
        };
        self.policy.route(&id).cloned()
    }
}

impl std::fmt::Debug for Runtime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runtime")
            .field("policy", &self.policy.file())
            .finish_non_exhaustive()
    }
}

impl TaskSummary {
    fn empty(route: RouteId) -> Self {
        Self {
            route,
            provider: None,
            model: None,
            prompt: None,
            attempts: 0,
            repaired: false,
            escalated: false,
            latency: Duration::ZERO,
            usage: Usage::default(),
            cost_micros: 0,
        }
    }
}
