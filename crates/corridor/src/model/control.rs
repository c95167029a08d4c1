//! The one place that decides which stages are on: it holds what everybody says, starts and ends the model client, and hands the
//! pipeline its stages whenever something changes.

use std::{
    io, mem,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use corridor_decision::Stages;
use corridor_llm::{
    AttemptSink, Clock, Runtime,
    runtime::BudgetUse,
    start::{MasterSwitch, Refusal, Start},
};

use super::{
    Setup, SetupError,
    guard::GuardWatch,
    kept::{Kept, SWITCHES_FILE},
    log::{self, By},
    stages::stages,
    state::{self, BUDGET_FILE, StateFolder},
    status::{ClientStatus, FilesStatus, GuardStatus, Status, Verdicts},
    switches::{SwitchName, Veto},
    watch::Fingerprint,
};
use crate::config::{LlmSettings, SettingProblem, Settings, Sources};

/// Takes the stages whenever they change.
pub type Publish = Box<dyn Fn(Arc<Stages>) + Send + Sync>;

/// What the control is put together from.
pub struct ControlParts {
    /// Where settings come from, to read them again.
    pub sources: Sources,
    /// The settings as they were read at the start.
    pub settings: Settings,
    /// Takes a record of each attempt at a model call.
    pub attempts: Arc<dyn AttemptSink>,
    /// The wall clock.
    pub clock: Arc<dyn Clock>,
    /// The guard over partial trust.
    pub guard: Arc<GuardWatch>,
    /// Takes the stages.
    pub publish: Publish,
}

/// What an operator asks for through the admin API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdminChange {
    /// Switches, each with the operator's word.
    pub vetoes: Vec<(SwitchName, Veto)>,
    /// Whether the guard is armed again.
    pub rearm: bool,
}

/// Which stages are on, and why. Share it in an `Arc`.
pub struct ModelControl {
    sources: Sources,
    folder: StateFolder,
    attempts: Arc<dyn AttemptSink>,
    clock: Arc<dyn Clock>,
    guard: Arc<GuardWatch>,
    publish: Publish,
    state: Mutex<State>,
    status: RwLock<Arc<Status>>,
}

struct State {
    /// The last good settings.
    settings: Settings,
    /// What is wrong with the files now; empty where nothing is.
    problems: Vec<String>,
    kept: Kept,
    client: Client,
    /// What the client was made from; it is made anew where that changes.
    made_from: Option<Box<(LlmSettings, Fingerprint)>>,
    /// What models cost today, as far as clients that ended know.
    budget: Option<BudgetUse>,
    /// What of it is on the disk.
    budget_kept: Option<BudgetUse>,
}

enum Client {
    Off,
    Running(Arc<Runtime>),
    Refused(Refusal),
}

/// Whether a client that is still right is made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rebuild {
    /// Where its settings or files changed: breakers keep what they learned otherwise.
    WhereChanged,
    /// In any case, as an operator asked with SIGHUP: certificates, prompts and key files of the policy are read again.
    Always,
}

impl ModelControl {
    /// Decides what is on from the start, and starts the model client where it is.
    ///
    /// # Errors
    /// A policy, prompt, key or certificate file that is wrong, where models are switched on.
    pub fn start(parts: ControlParts) -> Result<Self, SetupError> {
        let ControlParts {
            mut sources,
            settings,
            attempts,
            clock,
            guard,
            publish,
        } = parts;
        // A file that was there must stay there: its absence is a problem from now on, not a return to defaults.
        sources.file = sources.settings_file();
        let folder = StateFolder::new(settings.state.dir.path());
        let kept = Kept::read(&folder);
        guard.restore(&settings.guard, kept.guard.clone());
        let budget = state::budget_use(&folder, clock.now());
        let status = Status {
            switches: Verdicts::judge(&settings, &kept, Veto::Silent),
            client: ClientStatus::Off,
            files: FilesStatus::Good,
            guard: GuardStatus::Armed,
        };
        let control = Self {
            sources,
            folder,
            attempts,
            clock,
            guard,
            publish,
            state: Mutex::new(State {
                settings,
                problems: Vec::new(),
                kept,
                client: Client::Off,
                made_from: None,
                budget_kept: budget.clone(),
                budget,
            }),
            status: RwLock::new(Arc::new(status)),
        };
        let mut state = control.lock();
        let settings = state.settings.clone();
        let client = control.client_for(&state, &settings, Rebuild::WhereChanged)?;
        control.take(&mut state, settings, client);
        control.apply(&state, By::Start);
        drop(state);
        Ok(control)
    }

    /// What is on, and why.
    #[must_use]
    pub fn status(&self) -> Arc<Status> {
        Arc::clone(&self.status.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The files whose change means a reload.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let state = self.lock();
        let settings_file = self.sources.settings_file();
        settings_file
            .into_iter()
            .chain(model_files(&state.settings.llm).map(Path::to_owned))
            .collect()
    }

    /// Reads settings and policy again. Bad ones change nothing but that every model stage is off until they are good again.
    pub fn reload(&self, rebuild: Rebuild) {
        let mut state = self.lock();
        let told = |problem: &SettingProblem| format!("{problem}; {}", problem.hint());
        let loaded = self
            .sources
            .load()
            .map_err(|problems| problems.iter().map(told).collect::<Vec<_>>());
        let made = loaded.and_then(
            |settings| match self.client_for(&state, &settings, rebuild) {
                Ok(client) => Ok((settings, client)),
                Err(error) => Err(error.to_string().lines().map(str::to_owned).collect()),
            },
        );
        match made {
            Ok((settings, client)) => {
                let is_new = settings != state.settings || matches!(client, Made::Anew(..));
                log::waits_for_a_restart(&state.settings, &settings);
                state.problems.clear();
                self.take(&mut state, settings, client);
                if is_new {
                    tracing::info!("settings reloaded");
                }
            }
            Err(problems) => {
                for problem in &problems {
                    tracing::error!(
                        %problem,
                        "bad settings: the last good ones stay in force, and every model stage is off until this is mended"
                    );
                }
                state.problems = problems;
            }
        }
        self.apply(&state, By::Reload);
    }

    /// Takes an operator's word, in effect at once.
    ///
    /// # Errors
    /// When it cannot be kept over a restart; it is in effect nevertheless.
    pub fn change(&self, change: &AdminChange, by: &str) -> io::Result<Arc<Status>> {
        let mut state = self.lock();
        for (switch, veto) in &change.vetoes {
            let old = state.kept.admin(*switch);
            state.kept.set_admin(*switch, *veto);
            log::admin_word(*switch, old, *veto, by);
        }
        if change.rearm {
            self.guard.rearm();
            if let Some(trip) = state.kept.guard.take() {
                log::rearmed(&trip, by);
            }
        }
        self.follow_master(&mut state);
        self.apply(&state, By::Admin(by));
        self.folder.write(SWITCHES_FILE, &state.kept)?;
        Ok(self.status())
    }

    /// The guard.
    #[must_use]
    pub fn guard(&self) -> &Arc<GuardWatch> {
        &self.guard
    }

    /// Switches partial trust off where the guard has tripped, until somebody arms it again.
    pub fn heed_guard(&self) {
        let mut state = self.lock();
        let trip = self.guard.trip();
        if trip.is_none() || state.kept.guard.is_some() {
            return;
        }
        state.kept.guard = trip;
        self.apply(&state, By::Guard);
        if let Some(trip) = &state.kept.guard {
            log::tripped(trip);
        }
        if let Err(error) = self.folder.write(SWITCHES_FILE, &state.kept) {
            tracing::error!(%error, "the guard's off cannot be kept over a restart");
        }
    }

    /// Writes down what models cost today, where that changed.
    pub fn keep_budget(&self) {
        let mut state = self.lock();
        let used = state.budget_now();
        let is_nothing = used.as_ref().is_none_or(|used| used.calls == 0);
        if used == state.budget_kept || (is_nothing && state.budget_kept.is_none()) {
            return;
        }
        match self.folder.write(BUDGET_FILE, &used) {
            Ok(()) => state.budget_kept = used,
            Err(error) => tracing::error!(%error, "what models cost today cannot be kept"),
        }
    }

    /// Cancels model calls under way and writes down what models cost. For the end of the service.
    pub fn close(&self) {
        self.lock().end_client();
        self.keep_budget();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The client that these settings want, made anew only where needed.
    fn client_for(
        &self,
        state: &State,
        settings: &Settings,
        rebuild: Rebuild,
    ) -> Result<Made, SetupError> {
        if !master_is_on(settings, &state.kept) {
            return Ok(Made::Off);
        }
        let from = Box::new((
            settings.llm.clone(),
            Fingerprint::of(model_files(&settings.llm)),
        ));
        let is_same =
            state.made_from.as_ref() == Some(&from) && state.settings.decision == settings.decision;
        if is_same && rebuild == Rebuild::WhereChanged && !matches!(state.client, Client::Off) {
            return Ok(Made::Same);
        }
        let start = Setup::new(settings, &self.sources.environment).start(
            MasterSwitch::On,
            Arc::clone(&self.attempts),
            Arc::clone(&self.clock),
            state.budget_now(),
        )?;
        Ok(match start {
            Start::Running(runtime) => Made::Anew(Client::Running(runtime.into()), from),
            Start::Refused(refusal) => Made::Anew(Client::Refused(refusal), from),
        })
    }

    fn take(&self, state: &mut State, settings: Settings, made: Made) {
        self.guard.set_limits(&settings.guard);
        state.settings = settings;
        match made {
            Made::Same => {}
            Made::Off => state.end_client(),
            Made::Anew(client, from) => {
                // Calls under way end as they began; what they reserved is part of the budget handed on.
                state.budget = state.budget_now();
                if let Client::Refused(refusal) = &client {
                    tracing::warn!(reason = refusal.as_str(), "{refusal}");
                }
                state.client = client;
                state.made_from = Some(from);
            }
        }
    }

    /// Starts or ends the client after an operator's word on the master switch.
    fn follow_master(&self, state: &mut State) {
        let settings = state.settings.clone();
        match self.client_for(state, &settings, Rebuild::WhereChanged) {
            Ok(made) => self.take(state, settings, made),
            Err(error) => {
                state.problems = error.to_string().lines().map(str::to_owned).collect();
                for problem in &state.problems {
                    tracing::error!(%problem, "models stay off until this is mended");
                }
            }
        }
    }

    /// Judges every switch, hands the pipeline its stages, and logs what changed.
    fn apply(&self, state: &State, by: By<'_>) {
        let bad_file = if state.problems.is_empty() {
            Veto::Silent
        } else {
            Veto::Off
        };
        let judged = Verdicts::judge(&state.settings, &state.kept, bad_file);
        let runtime = match &state.client {
            Client::Running(runtime) => Some(Arc::clone(runtime)),
            Client::Off | Client::Refused(_) => None,
        };
        let switches = match &runtime {
            Some(_) => judged,
            None => judged.without_model(),
        };
        (self.publish)(Arc::new(stages(&state.settings, &switches, runtime)));
        let new = Arc::new(Status {
            switches,
            client: match &state.client {
                Client::Off => ClientStatus::Off,
                Client::Running(_) => ClientStatus::Running,
                Client::Refused(refusal) => ClientStatus::refused(refusal),
            },
            files: if state.problems.is_empty() {
                FilesStatus::Good
            } else {
                FilesStatus::Bad {
                    problems: state.problems.clone(),
                }
            },
            guard: match &state.kept.guard {
                None => GuardStatus::Armed,
                Some(trip) => GuardStatus::Tripped(trip.clone()),
            },
        });
        let old = mem::replace(
            &mut *self.status.write().unwrap_or_else(PoisonError::into_inner),
            Arc::clone(&new),
        );
        log::changes(&old, &new, by);
    }
}

impl std::fmt::Debug for ModelControl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ModelControl")
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

/// What came of asking for a client.
enum Made {
    /// The one that runs is right.
    Same,
    /// None is wanted.
    Off,
    /// Another one, made from this.
    Anew(Client, Box<(LlmSettings, Fingerprint)>),
}

impl State {
    fn budget_now(&self) -> Option<BudgetUse> {
        match &self.client {
            Client::Running(runtime) => Some(runtime.budget_use()),
            Client::Off | Client::Refused(_) => self.budget.clone(),
        }
    }

    /// Cancels the calls under way and drops the client with its sockets.
    fn end_client(&mut self) {
        self.budget = self.budget_now();
        self.made_from = None;
        if let Client::Running(runtime) = mem::replace(&mut self.client, Client::Off) {
            runtime.close();
        }
    }
}

/// Bad files are left out of account: they put stages off, but calls under way need not end for them.
fn master_is_on(settings: &Settings, kept: &Kept) -> bool {
    Verdicts::judge(settings, kept, Veto::Silent)
        .of(SwitchName::Master)
        .is_on()
}

fn model_files(settings: &LlmSettings) -> impl Iterator<Item = &Path> {
    [&settings.policy_path, &settings.api_key_file]
        .into_iter()
        .flatten()
        .map(|file| file.path())
}
