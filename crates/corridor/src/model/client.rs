//! The model client that runs, and what is left of those it replaced.

use std::{
    mem,
    sync::{Arc, Weak},
};

use corridor_llm::{
    Runtime,
    runtime::BudgetUse,
    start::{Refusal, Start},
};

use super::{status::ClientStatus, watch::Fingerprint};
use crate::config::LlmSettings;

/// What a client is made from; it is made anew where that changes.
pub(super) type MadeFrom = Box<(LlmSettings, Fingerprint)>;

/// What came of asking for a client.
pub(super) enum Made {
    /// The one that runs is right.
    Same,
    /// None is wanted.
    Off,
    /// Another one, made from this.
    Anew(Start, MadeFrom),
}

/// The client, if any.
#[derive(Debug, Default)]
pub(super) struct ModelClient {
    state: State,
    made_from: Option<MadeFrom>,
    /// Clients that were replaced while commands still held them: the master switch must reach their calls too.
    replaced: Vec<Weak<Runtime>>,
    /// What models cost today, as far as clients that ended know.
    budget: Option<BudgetUse>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Off,
    Running(Arc<Runtime>),
    Refused(Refusal),
}

impl ModelClient {
    /// No client yet, on a day that has cost so much.
    pub(super) fn new(budget: Option<BudgetUse>) -> Self {
        Self {
            budget,
            ..Self::default()
        }
    }

    /// Whether the client was made from this.
    pub(super) fn is_made_from(&self, from: &MadeFrom) -> bool {
        self.made_from.as_ref() == Some(from)
    }

    /// The client, where one runs.
    pub(super) fn runtime(&self) -> Option<Arc<Runtime>> {
        match &self.state {
            State::Running(runtime) => Some(Arc::clone(runtime)),
            State::Off | State::Refused(_) => None,
        }
    }

    /// What an operator is told.
    pub(super) fn status(&self) -> ClientStatus {
        match &self.state {
            State::Off => ClientStatus::Off,
            State::Running(_) => ClientStatus::Running,
            State::Refused(refusal) => ClientStatus::refused(refusal),
        }
    }

    /// What models cost today.
    pub(super) fn budget(&self) -> Option<BudgetUse> {
        match self.runtime() {
            Some(runtime) => Some(runtime.budget_use()),
            None => self.budget.clone(),
        }
    }

    /// Takes another client. Calls under way end as they began; what they reserved is part of the budget that was handed on.
    pub(super) fn replace(&mut self, start: Start, from: MadeFrom) {
        self.budget = self.budget();
        let new = match start {
            Start::Running(runtime) => State::Running(runtime.into()),
            Start::Refused(refusal) => State::Refused(refusal),
        };
        if let State::Running(old) = mem::replace(&mut self.state, new) {
            self.replaced.retain(|runtime| runtime.strong_count() > 0);
            self.replaced.push(Arc::downgrade(&old));
        }
        self.made_from = Some(from);
    }

    /// Cancels every call under way, also those of clients that were replaced, and drops the client with its sockets.
    pub(super) fn end(&mut self) {
        self.budget = self.budget();
        self.made_from = None;
        let running = match mem::take(&mut self.state) {
            State::Running(runtime) => Some(runtime),
            State::Off | State::Refused(_) => None,
        };
        let replaced = self.replaced.drain(..).filter_map(|old| old.upgrade());
        for runtime in replaced.chain(running) {
            runtime.close();
        }
    }
}
