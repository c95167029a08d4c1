//! Service and provider of a rehearsal, in this process, on loopback, with files in a folder that goes afterwards.

use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use corridor_decision::Pipeline;
use corridor_llm::rehearsal::{Rehearsal, RehearsalReport, Script};
use jiff::Timestamp;
use reqwest::Client;
use serde_json::json;
use tokio::{sync::oneshot, task::JoinHandle, time::sleep};

use super::{
    commands::{Answer, CANARY, Replay},
    step::{POLICY, Provider, Stage, Step},
    tally::Tally,
};
use crate::{
    cli::{
        failure::Failure,
        rollout::operator::{self, Operator},
    },
    config::Sources,
    engine::Engine,
    http::{
        self, Parts, Server, Stop,
        access::{NewToken, TokenName, line},
    },
    model::{ControlParts, GuardWatch, ModelControl, Status, Upkeep},
    telemetry::{
        Telemetry,
        records::{RecordPlan, RecordWriter},
    },
};

/// How long to wait for what happens by itself: a settings file in force, a shadow at its end, records on the disk.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often to look whether it has.
const LOOK_INTERVAL: Duration = Duration::from_millis(10);

/// Everything of a rehearsal.
pub(super) struct Home {
    folder: Folder,
    provider: Option<Rehearsal>,
    provider_address: SocketAddr,
    /// What providers that are gone reported.
    reports: Vec<RehearsalReport>,
    address: SocketAddr,
    client: Client,
    operator: Operator,
    models: Arc<ModelControl>,
    pipeline: Arc<Pipeline>,
    telemetry: Arc<Telemetry>,
    tally: Tally,
    _upkeep: Upkeep,
    stop: Option<oneshot::Sender<Stop>>,
    serving: JoinHandle<()>,
}

/// What came of one step.
pub(super) struct Played {
    /// From writing the settings to their being in force.
    pub(super) in_force_after: Option<Duration>,
    /// The answers, in the order of the commands.
    pub(super) answers: Vec<Answer>,
    /// What an operator sees of the switches.
    pub(super) status: Arc<Status>,
    /// What the records of this step say.
    pub(super) tally: Tally,
    /// Requests that reached a provider.
    pub(super) provider_requests: u64,
}

impl Home {
    /// Starts provider and service.
    pub(super) async fn open() -> Result<Self, Failure> {
        let folder = Folder::new().map_err(system("make a folder for the rehearsal"))?;
        let provider = provider("127.0.0.1:0".parse().ok()).await?;
        let provider_address = provider.address();
        let settings = Stage::Rules
            .settings(&provider.base_url())
            .unwrap_or_default();
        fs::write(folder.settings(), settings).map_err(system("write the rehearsal's settings"))?;
        fs::write(folder.path("policy.toml"), POLICY)
            .map_err(system("write the rehearsal's policy"))?;
        let token = folder
            .operators()
            .map_err(system("write the rehearsal's token"))?;
        let sources = sources(&folder);
        let settings = sources.load().map_err(Failure::Settings)?;

        let server = Server::bind(settings.server.clone())
            .await
            .map_err(Failure::Start)?;
        let address = server.address();
        let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
        let plan = RecordPlan::new(&settings.records).map_err(Failure::Records)?;
        let records = RecordWriter::start(plan, Timestamp::now)
            .map_err(system("start the thread that writes records"))?;
        let telemetry = Arc::new(Telemetry::new(records, None));
        let guard = GuardWatch::new(&settings.guard);
        let pipeline = engine.pipeline(guard.around(Arc::clone(&telemetry) as _));
        let published = Arc::clone(&pipeline);
        let models = ModelControl::start(ControlParts {
            sources,
            settings,
            attempts: Arc::clone(&telemetry) as _,
            clock: Arc::new(Timestamp::now),
            guard,
            publish: Box::new(move |stages| published.set_stages(stages)),
        });
        let models = Arc::new(models.map_err(Failure::Model)?);
        let upkeep = Upkeep::start(&models).map_err(system("wait for signals"))?;
        let mut parts = Parts::new(Arc::clone(&pipeline));
        parts.admin = http::admin(Arc::clone(&models));
        parts.ready_details.push(Arc::clone(&models) as _);
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(async move {
            let stop = async move { stopped.await.unwrap_or(Stop::AtOnce) };
            server.run(parts, stop).await;
        });
        Ok(Self {
            tally: Tally::new(),
            operator: Operator::with_token(&format!("http://{address}"), &token)?,
            client: operator::client()?,
            folder,
            provider: Some(provider),
            provider_address,
            reports: Vec::new(),
            address,
            models,
            pipeline,
            telemetry,
            _upkeep: upkeep,
            stop: Some(stop),
            serving,
        })
    }

    /// Where the service listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the provider listens.
    pub(super) fn provider_address(&self) -> SocketAddr {
        self.provider_address
    }

    /// Switches as the step says, replays the commands, and gathers what came of it.
    pub(super) async fn play(&mut self, step: &Step, replay: &Replay) -> Result<Played, Failure> {
        self.set_provider(step.provider).await?;
        let requests_before = self.provider_requests();
        let in_force_after = self.switch(step.stage).await?;
        let answers = replay.post(&self.client, &self.address.to_string()).await;
        self.settle(replay.commands.len()).await;
        let tally = self.tally.of_new_lines(&self.folder.logs());
        Ok(Played {
            in_force_after,
            answers,
            status: self.models.status(),
            tally,
            provider_requests: self.provider_requests().saturating_sub(requests_before),
        })
    }

    /// Everything the providers were sent that they should not have been.
    pub(super) fn violations(&self) -> u64 {
        self.all_reports()
            .map(|report| report.violation_count)
            .sum()
    }

    /// The files of records, with their lines.
    pub(super) fn files(&self) -> Vec<(String, usize)> {
        self.tally.lines_by_file()
    }

    /// Everything written to the folder of the rehearsal but its settings: records, and what survives a restart.
    pub(super) fn written(&self) -> String {
        let mut text = self.tally.text().to_owned();
        for folder in [self.folder.logs(), self.folder.path("state")] {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                text.push_str(&fs::read_to_string(entry.path()).unwrap_or_default());
            }
        }
        text
    }

    /// Stops the service. Nothing is written afterwards.
    pub(super) async fn close(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(Stop::AtOnce);
        }
        let _ = (&mut self.serving).await;
        self.pipeline.drain(PATIENCE).await;
        self.models.close();
        Arc::clone(&self.telemetry).close(PATIENCE).await;
    }

    async fn set_provider(&mut self, wanted: Provider) -> Result<(), Failure> {
        match wanted {
            Provider::Gone => {
                let gone = self.provider.take();
                self.reports.extend(gone.map(|provider| provider.report()));
            }
            Provider::Plays | Provider::Back if self.provider.is_none() => {
                self.provider = Some(provider(Some(self.provider_address)).await?);
            }
            Provider::Plays | Provider::Back => {}
        }
        Ok(())
    }

    /// Writes the settings file as a deployment would, or asks the admin API; gives the time until it is in force.
    async fn switch(&self, stage: Stage) -> Result<Option<Duration>, Failure> {
        let base_url = format!("http://{}/v1", self.provider_address);
        let started = Instant::now();
        match stage.settings(&base_url) {
            Some(text) => {
                let new = self.folder.path("corridor.toml.new");
                fs::write(&new, text)
                    .and_then(|()| fs::rename(&new, self.folder.settings()))
                    .map_err(system("write the rehearsal's settings"))?;
            }
            None => {
                self.operator
                    .ask(Some(&json!({ "llm_policy": "off" })))
                    .await?;
            }
        }
        while !stage.is_in_force(&self.pipeline.stages(), &self.models.status().guard) {
            if started.elapsed() > PATIENCE {
                return Ok(None);
            }
            sleep(LOOK_INTERVAL).await;
        }
        Ok(Some(started.elapsed()))
    }

    /// Waits until every shadow call has ended and every command has its last record on the disk.
    async fn settle(&self, commands: usize) {
        let started = Instant::now();
        let wanted = self.tally.fallback_lines().saturating_add(commands);
        while started.elapsed() < PATIENCE {
            let load = self.pipeline.shadow_load();
            let telemetry = Arc::clone(&self.telemetry);
            // Waits for the disk.
            let _ = tokio::task::spawn_blocking(move || telemetry.records().flush(PATIENCE)).await;
            let is_idle = load.under_way == 0 && load.waiting == 0;
            if is_idle
                && Tally::lines_of(&self.folder.logs(), super::tally::FALLBACK_FILE) >= wanted
            {
                return;
            }
            sleep(LOOK_INTERVAL).await;
        }
    }

    fn provider_requests(&self) -> u64 {
        self.all_reports().map(|report| report.requests).sum()
    }

    fn all_reports(&self) -> impl Iterator<Item = RehearsalReport> {
        let now = self.provider.as_ref().map(Rehearsal::report);
        self.reports.iter().cloned().chain(now)
    }
}

/// The provider of the default script, quicker than life, which checks that the key comes as it should.
async fn provider(address: Option<SocketAddr>) -> Result<Rehearsal, Failure> {
    let mut script = Script::default_mixture().map_err(Failure::Files)?;
    script.latency.median_ms = 15.0;
    script.latency.p99_ms = Some(80.0);
    script.outages.clear();
    // A step takes a second or two; a wait in whole seconds would be kept through all of it.
    for play in &mut script.plays {
        play.retry_after_s = None;
    }
    script.expect.key = Some(CANARY.to_owned());
    let address = address.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
    Rehearsal::start(address, script)
        .await
        .map_err(system("listen as the rehearsal's provider"))
}

fn sources(folder: &Folder) -> Sources {
    let path = |path: PathBuf| path.display().to_string();
    let environment = [
        ("CORRIDOR_LISTEN", "127.0.0.1:0".to_owned()),
        ("CORRIDOR_STATE_DIR", path(folder.path("state"))),
        ("CORRIDOR_RECORDS_DIR", path(folder.logs())),
        (
            "CORRIDOR_OPERATOR_TOKEN_FILE",
            path(folder.path("operators")),
        ),
        ("LLM_POLICY_PATH", path(folder.path("policy.toml"))),
        ("LLM_API_KEY", CANARY.to_owned()),
    ];
    Sources {
        file: Some(folder.settings()),
        environment: environment
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        flags: Vec::new(),
    }
}

/// A folder of its own that goes with the rehearsal.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Self> {
        let name = format!("corridor-rehearsal-{}", uuid::Uuid::new_v4().simple());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.0.join(name)
    }

    fn settings(&self) -> PathBuf {
        self.path("corridor.toml")
    }

    fn logs(&self) -> PathBuf {
        self.path("logs")
    }

    /// Writes the file of operators' tokens and gives a token of it.
    fn operators(&self) -> io::Result<String> {
        let token = NewToken::make().map_err(io::Error::other)?;
        let name = TokenName::new("rehearsal").ok_or(io::ErrorKind::InvalidInput)?;
        fs::write(self.path("operators"), line(&name, &token.digest()))?;
        Ok(token.reveal().to_owned())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left behind in the system's folder for temporary files at worst.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn system(doing: &'static str) -> impl FnOnce(io::Error) -> Failure {
    move |source| Failure::System { doing, source }
}
