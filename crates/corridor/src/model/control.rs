//! The one place that decides which stages are on: it holds what everybody says, starts and ends the model client, and hands the
//! pipeline its stages whenever something changes.
//!
//! Past 400 lines by a little: every change takes the same lock and leaves by the same door.

use std::{
    io, mem,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use corridor_decision::Stages;
use corridor_llm::{AttemptSink, Clock, runtime::BudgetUse, start::MasterSwitch};

use super::{
    Setup, SetupError,
    client::{Made, MadeFrom, ModelClient},
    guard::GuardWatch,
    kept::{Kept, SWITCHES_FILE},
    log::{self, By},
    stages::stages,
    state::{self, BUDGET_FILE, StateFolder},
    status::{ClientStatus, FilesStatus, GuardStatus, KeptStatus, Status, Verdicts},
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
    /// The settings as they were at the start: what waits for a restart is measured by them.
    at_start: Settings,
    /// The last good settings.
    settings: Settings,
    /// The files of the settings that were read last, good or bad: once a bad one is mended, it is to be seen.
    model_files: Vec<PathBuf>,
    problems: Problems,
    kept: Kept,
    /// Whether what is kept is on the disk.
    kept_status: KeptStatus,
    client: ModelClient,
    /// What of today's cost is on the disk.
    budget_kept: Option<BudgetUse>,
}

/// What is wrong now, each with file, line and what to do; empty where nothing is.
#[derive(Default)]
struct Problems {
    /// Found when the files were read.
    reload: Vec<String>,
    /// Found when an operator switched models on.
    admin: Vec<String>,
}

impl Problems {
    fn all(&self) -> Vec<String> {
        self.reload.iter().chain(&self.admin).cloned().collect()
    }
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
            kept: KeptStatus::Kept,
        };
        let control = Self {
            sources,
            folder,
            attempts,
            clock,
            guard,
            publish,
            state: Mutex::new(State {
                at_start: settings.clone(),
                model_files: model_files(&settings.llm),
                settings,
                problems: Problems::default(),
                kept,
                kept_status: KeptStatus::Kept,
                budget_kept: budget.clone(),
                client: ModelClient::new(budget),
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
            .chain(state.model_files.iter().cloned())
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
        if let Ok(settings) = &loaded {
            state.model_files = model_files(&settings.llm);
        }
        let made = loaded.and_then(|settings| {
            self.client_for(&state, &settings, rebuild)
                .map(|made| (settings, made))
                .map_err(|error| error.problems())
        });
        match made {
            Ok((settings, made)) => {
                let is_new = settings != state.settings || matches!(made, Made::Anew(..));
                log::waits_for_a_restart(&state.at_start, &state.settings, &settings);
                state.problems = Problems::default();
                self.take(&mut state, settings, made);
                if is_new {
                    tracing::info!("settings reloaded");
                }
            }
            Err(problems) => {
                log::bad_files(&problems);
                state.problems.reload = problems;
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
        let kept = self.keep(&mut state);
        self.apply(&state, By::Admin(by));
        kept.map(|()| self.status())
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
        if let Err(error) = self.keep(&mut state) {
            tracing::error!(%error, "the guard's off cannot be kept over a restart yet; it is tried again");
        }
        self.apply(&state, By::Guard);
    }

    /// Tries again to write down what could not be: switches that were changed while the disk did not take them.
    pub fn keep_switches(&self) {
        let mut state = self.lock();
        if state.kept_status == KeptStatus::NotKept && self.keep(&mut state).is_ok() {
            tracing::info!("what was switched off is kept over a restart again");
            self.apply(&state, By::Admin("keeping"));
        }
    }

    /// Writes down what models cost today, where that changed.
    pub fn keep_budget(&self) {
        let mut state = self.lock();
        let used = state.client.budget();
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
        self.lock().client.end();
        self.keep_switches();
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
        let from: MadeFrom = Box::new((
            settings.llm.clone(),
            Fingerprint::of(model_files(&settings.llm).iter().map(PathBuf::as_path)),
        ));
        let same_profile =
            state.settings.partial_trust.profile_id == settings.partial_trust.profile_id;
        if state.client.is_made_from(&from) && same_profile && rebuild == Rebuild::WhereChanged {
            return Ok(Made::Same);
        }
        // The pack that decides is that of the start, so its prompts are asked with.
        let start = Setup::new(settings, &self.sources.environment)
            .with_pack_of(&state.at_start)
            .start(
                MasterSwitch::On,
                Arc::clone(&self.attempts),
                Arc::clone(&self.clock),
                state.client.budget(),
            )?;
        Ok(Made::Anew(start, from))
    }

    fn take(&self, state: &mut State, settings: Settings, made: Made) {
        self.guard.set_limits(&settings.guard);
        state.settings = settings;
        match made {
            Made::Same => {}
            Made::Off => state.client.end(),
            Made::Anew(start, from) => {
                log::client(&start);
                state.client.replace(start, from);
            }
        }
    }

    /// Starts or ends the client after an operator's word on the master switch.
    fn follow_master(&self, state: &mut State) {
        let settings = state.settings.clone();
        match self.client_for(state, &settings, Rebuild::WhereChanged) {
            Ok(made) => {
                state.problems.admin.clear();
                self.take(state, settings, made);
            }
            Err(error) => {
                state.problems.admin = error.problems();
                log::bad_files(&state.problems.admin);
            }
        }
    }

    /// Writes down what admin and guard switched off.
    fn keep(&self, state: &mut State) -> io::Result<()> {
        let written = self.folder.write(SWITCHES_FILE, &state.kept);
        state.kept_status = match &written {
            Ok(()) => KeptStatus::Kept,
            Err(_) => KeptStatus::NotKept,
        };
        written
    }

    /// Judges every switch, hands the pipeline its stages, and logs what changed.
    fn apply(&self, state: &State, by: By<'_>) {
        let problems = state.problems.all();
        let bad_file = if problems.is_empty() {
            Veto::Silent
        } else {
            Veto::Off
        };
        let judged = Verdicts::judge(&state.settings, &state.kept, bad_file);
        let runtime = state.client.runtime();
        let switches = match &runtime {
            Some(_) => judged,
            None => judged.without_model(),
        };
        (self.publish)(Arc::new(stages(&state.settings, &switches, runtime)));
        let new = Arc::new(Status {
            switches,
            client: state.client.status(),
            files: match problems.is_empty() {
                true => FilesStatus::Good,
                false => FilesStatus::Bad { problems },
            },
            guard: match &state.kept.guard {
                None => GuardStatus::Armed,
                Some(trip) => GuardStatus::Tripped(trip.clone()),
            },
            kept: state.kept_status,
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

/// Bad files are left out of account: they put stages off, but calls under way need not end for them.
fn master_is_on(settings: &Settings, kept: &Kept) -> bool {
    Verdicts::judge(settings, kept, Veto::Silent)
        .of(SwitchName::Master)
        .is_on()
}

fn model_files(settings: &LlmSettings) -> Vec<PathBuf> {
    [&settings.policy_path, &settings.api_key_file]
        .into_iter()
        .flatten()
        .map(|file| file.path().to_owned())
        .collect()
}
