//! One real call per route, to see whether it works: no retry, no repair, no escalation.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::call::{Outcome, Usage};
use crate::policy::{Chain, Route, RouteId};
use crate::private::PersonText;
use crate::record::AttemptKind;
use crate::runtime::{Runtime, TaskSummary};
use crate::task::{Correlation, Language, TaskId, TaskInput};

/// How one route answered.
#[derive(Debug, Clone, PartialEq)]
pub struct PingLine {
    /// The route.
    pub id: RouteId,
    /// The model, as configured; none where the route is not configured.
    pub model: Option<String>,
    /// How the call ended.
    pub outcome: Outcome,
    /// What exactly went wrong, for people; none on success.
    pub reason: Option<String>,
    /// How long it took.
    pub latency: Duration,
    /// Tokens, as the provider counts them; zeros where it does not.
    pub usage: Usage,
    /// Cost, millionths of the policy's currency.
    pub cost_micros: u64,
}

/// What is asked in a ping: a sentence of ours, nothing of anybody's home.
const SAMPLE: &str = "Add two liters of milk and bread to the shopping list";

impl Runtime {
    /// Calls every route once, or those of one task, one after the other. Each call may take as long as its route
    /// allows; breaker and daily limits hold as always.
    pub async fn ping(&self, task: Option<TaskId>) -> Vec<PingLine> {
        let mut lines = Vec::new();
        for route in self
            .policy()
            .routes()
            .filter(|route| task.is_none_or(|task| route.id.task == task))
        {
            lines.push(self.ping_route(route).await);
        }
        lines
    }

    async fn ping_route(&self, route: &Arc<Route>) -> PingLine {
        let timeout = route
            .call
            .as_ref()
            .map_or(Duration::ZERO, |spec| spec.timeouts.total);
        let now = Instant::now();
        let alone = Arc::new(Route {
            chain: Chain::default(),
            ..Route::clone(route)
        });
        let deadline = now.checked_add(timeout).unwrap_or(now);
        let result = self
            .run_route(alone, sample(), deadline, AttemptKind::Ping)
            .await;
        let (outcome, reason, summary): (_, _, TaskSummary) = match result {
            Ok(output) => (Outcome::Success, None, output.summary),
            Err(failure) => (
                failure.error.outcome(),
                Some(failure.error.to_string()),
                failure.summary,
            ),
        };
        PingLine {
            id: route.id.clone(),
            model: summary.model,
            outcome,
            reason,
            latency: summary.latency,
            usage: summary.usage,
            cost_micros: summary.cost_micros,
        }
    }
}

fn sample() -> TaskInput {
    TaskInput::new(
        Correlation {
            trace_id: "ping".to_owned(),
            command_id: "ping".to_owned(),
        },
        Language::En,
        PersonText::new(SAMPLE),
    )
    .with_missing_fields(vec!["item.name".to_owned()])
}
