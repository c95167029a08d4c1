//! One run of a task: attempts, and between them what the fallback chain says.

use std::sync::Arc;

use tokio::time::Instant;

use super::attempt::{Attempt, Ended, LastAnswer};
use super::progress::Progress;
use super::{Runtime, TaskSummary, backoff};
use crate::call::{CallError, Message};
use crate::policy::{Action, Route};
use crate::private::Answer;
use crate::prompt::{PromptRef, Rendered};
use crate::record::AttemptKind;
use crate::task::TaskInput;

pub(super) struct TaskRun<'a> {
    runtime: &'a Runtime,
    input: TaskInput,
    deadline: Instant,
    started: Instant,
    kind: AttemptKind,
    progress: Progress,
    prompt: Option<PromptRef>,
    retries: u32,
    summary: TaskSummary,
}

impl<'a> TaskRun<'a> {
    pub(super) fn new(
        runtime: &'a Runtime,
        route: Arc<Route>,
        input: TaskInput,
        deadline: Instant,
        kind: AttemptKind,
    ) -> Self {
        let summary = TaskSummary::empty(route.id.clone());
        Self {
            runtime,
            input,
            deadline,
            started: Instant::now(),
            kind,
            progress: Progress::new(route),
            prompt: None,
            retries: 0,
            summary,
        }
    }

    pub(super) async fn go(&mut self) -> Result<Answer, CallError> {
        let mut rendered = self.render()?;
        let mut messages = rendered.messages.clone();
        loop {
            let (error, last) = match self.attempt(&rendered, &messages).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let Some(action) = self.progress.next(error.outcome()) else {
                return Err(error);
            };
            if Instant::now() >= self.deadline {
                return Err(error);
            }
            match action {
                Action::Retry { .. } => self.pause_before_retry(error).await?,
                Action::Repair => messages = self.repair(&rendered, last.as_ref(), error)?,
                Action::Escalate { to } => {
                    let here = &self.progress.route.id;
                    let route = self.runtime.escalation_route(here, &to).ok_or(error)?;
                    self.progress.escalate(route);
                    self.kind = AttemptKind::Escalation;
                    rendered = self.render()?;
                    messages.clone_from(&rendered.messages);
                }
            }
        }
    }

    /// The task's figures. Also right for a run that was dropped half-way, apart from the attempt under way.
    pub(super) fn into_summary(self) -> TaskSummary {
        let route = &self.progress.route;
        TaskSummary {
            route: route.id.clone(),
            provider: route.call.as_ref().ok().map(|spec| spec.provider.as_str()),
            model: route.call.as_ref().ok().map(|spec| spec.model.clone()),
            prompt: self.prompt,
            repaired: self.progress.repaired(),
            escalated: self.progress.escalated(),
            latency: self.started.elapsed(),
            ..self.summary
        }
    }

    fn render(&mut self) -> Result<Rendered, CallError> {
        let spec = self
            .progress
            .route
            .call
            .as_ref()
            .map_err(|_| CallError::NotConfigured)?;
        let task = self.progress.route.id.task;
        // Templates are tried when they are loaded; one that fails now leaves nothing to send.
        let rendered = self
            .runtime
            .prompts
            .render(task, &self.input, spec.structured_output)
            .map_err(|_| CallError::NotConfigured)?;
        self.prompt = Some(rendered.prompt.clone());
        Ok(rendered)
    }

    async fn attempt(
        &mut self,
        rendered: &Rendered,
        messages: &[Message],
    ) -> Result<Answer, (CallError, Option<LastAnswer>)> {
        self.summary.attempts = self.summary.attempts.saturating_add(1);
        let attempt = Attempt {
            runtime: self.runtime,
            route: &self.progress.route,
            correlation: &self.input.correlation,
            prompt: &rendered.prompt,
            number: self.summary.attempts,
            kind: self.kind,
            escalated: self.progress.escalated(),
        };
        let Ended {
            result,
            usage,
            cost_micros,
        } = attempt.make(rendered, messages, self.deadline).await;
        let usage = usage.unwrap_or_default();
        let total = &mut self.summary.usage;
        total.input_tokens = total.input_tokens.saturating_add(usage.input_tokens);
        total.output_tokens = total.output_tokens.saturating_add(usage.output_tokens);
        self.summary.cost_micros = self.summary.cost_micros.saturating_add(cost_micros);
        result
    }

    /// Waits, or gives the failure up where the wait would outlast the deadline.
    async fn pause_before_retry(&mut self, error: CallError) -> Result<(), CallError> {
        let backoff = self.runtime.policy.backoff();
        let pause = backoff::pause(backoff, self.retries, error.retry_after());
        let until = Instant::now()
            .checked_add(pause)
            .filter(|until| *until < self.deadline)
            .ok_or(error)?;
        self.retries = self.retries.saturating_add(1);
        self.kind = AttemptKind::Retry;
        tokio::time::sleep_until(until).await;
        Ok(())
    }

    fn repair(
        &mut self,
        rendered: &Rendered,
        last: Option<&LastAnswer>,
        error: CallError,
    ) -> Result<Vec<Message>, CallError> {
        let last = last.ok_or(error)?;
        let asked = self
            .runtime
            .prompts
            .render_repair(
                self.input.language,
                &rendered.schema,
                &last.text,
                last.problems.as_ref(),
            )
            .map_err(|_| error)?;
        self.kind = AttemptKind::Repair;
        Ok(rendered.messages.iter().cloned().chain(asked).collect())
    }
}
