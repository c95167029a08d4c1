//! Models at run time: start-up, switches, reload, what survives a restart. Against the rehearsal provider, on loopback.

mod admin;
mod budget;
mod faults;
mod files;
mod guard;
mod process;
mod start;
mod switches;

use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use corridor::{
    config::Sources,
    model::{
        ControlParts, GuardWatch, ModelControl, Publish, SetupError, Status, switches::SwitchName,
    },
};
use corridor_decision::{Pipeline, Stages};
use corridor_llm::{
    record::NoRecords,
    rehearsal::{Rehearsal, Script},
};

use crate::folder::Folder;

/// How long a test waits for what happens by itself before it fails. Nothing takes this long when it works.
const PATIENCE: Duration = Duration::from_secs(30);

/// Everything switched on, with a server that is never reached unless the environment names another.
const ALL_ON: &str = "\
[llm]
policy_enabled = true
base_url = \"http://127.0.0.1:9/v1\"
[shadow]
enabled = true
[assist]
enabled = true
normalization = true
entity_extraction = true
clarify = true
[partial_trust]
enabled = true
sample_rate = 0.25
";

/// A home of settings and state, over restarts of the control.
struct Home {
    folder: Folder,
    environment: Vec<(String, String)>,
}

/// A control that runs, and the stages it handed over last.
struct Running {
    control: Arc<ModelControl>,
    stages: Arc<Mutex<Arc<Stages>>>,
}

impl Home {
    /// A home with this settings file.
    fn new(name: &str, settings: &str) -> Self {
        let home = Self {
            folder: Folder::new(&format!("models-{name}")),
            environment: vec![("LLM_MODEL".to_owned(), "m".to_owned())],
        };
        home.write_settings(settings);
        home
    }

    /// The same with a variable in the environment.
    fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    fn settings_file(&self) -> PathBuf {
        self.folder.path("corridor.toml")
    }

    fn write_settings(&self, text: &str) {
        fs::write(self.settings_file(), text).unwrap();
    }

    fn sources(&self) -> Sources {
        let state = self.folder.path("state").display().to_string();
        Sources {
            file: Some(self.settings_file()),
            environment: self
                .environment
                .iter()
                .cloned()
                .chain([("CORRIDOR_STATE_DIR".to_owned(), state)])
                .collect(),
            flags: Vec::new(),
        }
    }

    fn try_start(&self) -> Result<Running, SetupError> {
        let stages = Arc::new(Mutex::new(Arc::new(Stages::off())));
        let published = Arc::clone(&stages);
        let publish = Box::new(move |stages| *published.lock().unwrap() = stages);
        let control = control(self.sources(), publish)?;
        Ok(Running { control, stages })
    }

    fn start(&self) -> Running {
        self.try_start().unwrap()
    }
}

/// A control that hands its stages to `publish`.
fn control(sources: Sources, publish: Publish) -> Result<Arc<ModelControl>, SetupError> {
    let settings = sources.load().unwrap();
    let guard = GuardWatch::new(&settings.guard);
    ModelControl::start(ControlParts {
        sources,
        settings,
        attempts: Arc::new(NoRecords),
        clock: Arc::new(jiff::Timestamp::now),
        guard,
        publish,
    })
    .map(Arc::new)
}

/// A control that hands its stages to a pipeline.
fn control_of(pipeline: &Arc<Pipeline>, sources: Sources) -> Arc<ModelControl> {
    let pipeline = Arc::clone(pipeline);
    control(sources, Box::new(move |stages| pipeline.set_stages(stages))).unwrap()
}

impl Running {
    fn status(&self) -> Arc<Status> {
        self.control.status()
    }

    fn stages(&self) -> Arc<Stages> {
        Arc::clone(&self.stages.lock().unwrap())
    }

    /// The names of the switches that are on.
    fn on(&self) -> Vec<&'static str> {
        let status = self.status();
        let is_on = |switch: &&SwitchName| status.switches.of(**switch).is_on();
        SwitchName::ALL
            .iter()
            .filter(is_on)
            .map(|switch| switch.as_str())
            .collect()
    }

    /// The status as an operator reads it.
    fn shown(&self) -> serde_json::Value {
        serde_json::to_value(&*self.status()).unwrap()
    }

    /// Why a switch is off.
    fn off_because(&self, switch: &str) -> String {
        self.shown()["switches"][switch]["off_because"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

/// All switches, as `Running::on` names them.
fn everything() -> Vec<&'static str> {
    SwitchName::ALL
        .iter()
        .map(|switch| switch.as_str())
        .collect()
}

/// A provider that plays one thing for ever.
async fn provider(play: &str) -> Rehearsal {
    let script = Script::parse("script.toml", &format!("[[plays]]\nplay = \"{play}\"\n")).unwrap();
    Rehearsal::start("127.0.0.1:0".parse().unwrap(), script)
        .await
        .unwrap()
}

/// Waits for what happens by itself.
async fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
