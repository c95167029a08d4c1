//! What models were asked, and what it cost.

use std::collections::BTreeMap;

use serde::Serialize;

use super::lines::CallLine;
use super::percentiles::{Percentiles, Times};
use super::tally::Tally;

/// How many different tasks are told apart. Corridor has five; a file may hold anything.
const MAX_TASKS: usize = 32;

/// What models were asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CallStats {
    /// Attempts.
    pub attempts: u64,
    /// Tokens sent, as far as providers told.
    pub tokens_in: u64,
    /// Tokens answered, as far as providers told.
    pub tokens_out: u64,
    /// What it cost, in the policy's currency.
    pub cost: f64,
    /// Each task.
    pub tasks: Vec<TaskStats>,
}

/// What models were asked for one task.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskStats {
    /// The task.
    pub task: String,
    /// Attempts.
    pub attempts: u64,
    /// Attempts by outcome.
    pub outcomes: Tally,
    /// Tokens sent, as far as providers told.
    pub tokens_in: u64,
    /// Tokens answered, as far as providers told.
    pub tokens_out: u64,
    /// What it cost, in the policy's currency.
    pub cost: f64,
    /// How long an attempt took.
    pub times: Percentiles,
}

#[derive(Debug, Default)]
pub(super) struct Adding(BTreeMap<String, Task>);

#[derive(Debug)]
struct Task {
    attempts: u64,
    outcomes: Tally,
    tokens_in: u64,
    tokens_out: u64,
    cost: f64,
    times: Times,
}

impl Adding {
    pub(super) fn add(&mut self, line: &CallLine<'_>) {
        if let Some(task) = self.0.get_mut(line.task.as_ref()) {
            task.add(line);
            return;
        }
        let name = if self.0.len() < MAX_TASKS {
            line.task.as_ref()
        } else {
            "(others)"
        };
        self.0
            .entry(name.to_owned())
            .or_insert_with(Task::new)
            .add(line);
    }

    pub(super) fn finish(self) -> CallStats {
        let mut stats = CallStats::default();
        for (name, task) in self.0 {
            stats.attempts = stats.attempts.saturating_add(task.attempts);
            stats.tokens_in = stats.tokens_in.saturating_add(task.tokens_in);
            stats.tokens_out = stats.tokens_out.saturating_add(task.tokens_out);
            stats.cost += task.cost;
            stats.tasks.push(TaskStats {
                task: name,
                attempts: task.attempts,
                outcomes: task.outcomes,
                tokens_in: task.tokens_in,
                tokens_out: task.tokens_out,
                cost: task.cost,
                times: task.times.percentiles(),
            });
        }
        stats
    }
}

impl Task {
    fn new() -> Self {
        Self {
            attempts: 0,
            outcomes: Tally::default(),
            tokens_in: 0,
            tokens_out: 0,
            cost: 0.0,
            times: Times::new(),
        }
    }

    fn add(&mut self, line: &CallLine<'_>) {
        self.attempts = self.attempts.saturating_add(1);
        self.outcomes.add(&line.outcome);
        self.tokens_in = self
            .tokens_in
            .saturating_add(line.tokens_in.unwrap_or_default());
        self.tokens_out = self
            .tokens_out
            .saturating_add(line.tokens_out.unwrap_or_default());
        self.cost += line.cost;
        self.times.add(line.latency_ms);
    }
}
