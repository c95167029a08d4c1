//! The side of an evaluation that a model has a say in: a pipeline in this process, asking a provider, a rehearsal, or a recording.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use corridor_decision::{Stages, records::Master};
use corridor_eval::{
    Assisted, ModelUse, RunRecords,
    dataset::Entry,
    recording::{Recorder, Recording, Replayer},
};
use corridor_llm::{
    AttemptSink, HttpCaller, LlmCaller, Policy, PromptLibrary, Runtime,
    policy::Gap,
    rehearsal::{Rehearsal, Script},
    runtime::RuntimeParts,
    start,
};
use jiff::Timestamp;
use tokio::{runtime::Handle, task::JoinHandle};

use super::{EvalArgs, recording, stages};
use crate::{
    cli::failure::Failure,
    config::{Settings, Sources},
    engine::Engine,
    model::{Setup, stages_by_settings},
};

/// Longer than stages may take together, so that a shadow that ends late is still in the report.
const EXTRA_PATIENCE: Duration = Duration::from_secs(10);

/// What a route is completed with where nobody is called.
const RECORDED: &str = "recorded";
const REHEARSED: &str = "rehearsal";
const STAND_IN_URL: &str = "http://127.0.0.1:9/v1";

/// A pipeline ready to be evaluated.
pub(super) struct ModelSide {
    pub(super) executor: Assisted,
    records: Arc<RunRecords>,
    source: Source,
    keeping: Option<JoinHandle<()>>,
    threads: Handle,
    // Its calls end with it.
    _rehearsal: Option<Rehearsal>,
}

/// How often a recording under way is written: what was paid for is kept if the run breaks off.
const KEEP_EVERY: Duration = Duration::from_secs(5);

/// Where answers come from.
enum Source {
    /// A provider; what it answers is kept.
    Provider(Arc<Recording>),
    /// A recording.
    Replay(Arc<Replayer>),
}

/// Turns on what the arguments ask for. Call it before the settings are loaded.
pub(super) fn prepare(arguments: &EvalArgs, sources: &mut Sources) {
    stages::turn_on(&arguments.stages, &mut sources.flags);
    if arguments.replay.is_some() || arguments.rehearsal.is_some() {
        stages::turn_master_on(&mut sources.flags);
    }
}

impl ModelSide {
    /// Builds the pipeline that the settings and arguments ask for.
    pub(super) fn open(
        arguments: &EvalArgs,
        settings: &Settings,
        sources: &Sources,
        engine: &Engine,
        threads: &tokio::runtime::Runtime,
    ) -> Result<Self, Failure> {
        must_have_a_stage(&stages_by_settings(settings, None))?;
        if let Some(folder) = &arguments.record {
            recording::must_be_free(folder)?;
        }
        let rehearsal = arguments
            .rehearsal
            .as_ref()
            .map(|script| threads.block_on(rehearse(script.as_deref())))
            .transpose()?;
        let records = Arc::new(RunRecords::default());
        let (policy, prompts) = policy(arguments, settings, sources, rehearsal.as_ref())?;
        let (caller, source): (Arc<dyn LlmCaller>, Source) = match &arguments.replay {
            Some(folder) => {
                let replayer = Arc::new(Replayer::new(recording::read(folder)?));
                (Arc::clone(&replayer) as _, Source::Replay(replayer))
            }
            None => {
                let specs = policy
                    .routes()
                    .filter_map(|route| route.call.as_deref().ok());
                let http = HttpCaller::new(specs).map_err(|error| Failure::Refused {
                    message: error.to_string(),
                    hint: "see `corridor llm check`".to_owned(),
                })?;
                let recording = Arc::new(Recording::default());
                let recorder = Recorder::new(Arc::new(http), Arc::clone(&recording));
                (Arc::new(recorder) as _, Source::Provider(recording))
            }
        };
        let runtime = Runtime::new(RuntimeParts {
            policy,
            prompts,
            caller,
            sink: Arc::clone(&records) as Arc<dyn AttemptSink>,
            clock: Arc::new(Timestamp::now),
            budget_use: None,
        });
        let stages = stages_by_settings(settings, Some(Arc::new(runtime)));
        let patience = patience(&stages);
        let pipeline = engine.pipeline(Arc::clone(&records) as _);
        pipeline.set_stages(Arc::new(stages));
        let executor = Assisted::new(
            pipeline,
            Arc::clone(&records),
            threads.handle().clone(),
            patience,
        );
        let keeping = match (&source, &arguments.record) {
            (Source::Provider(answers), Some(folder)) => {
                Some(threads.spawn(keep(folder.clone(), Arc::clone(answers))))
            }
            _ => None,
        };
        Ok(Self {
            executor,
            records,
            source,
            keeping,
            threads: threads.handle().clone(),
            _rehearsal: rehearsal,
        })
    }

    /// What the model did in the run over these entries.
    pub(super) fn model_use(&self, entries: &[Entry]) -> ModelUse {
        let mut used = ModelUse::of(&self.records, entries);
        if matches!(self.source, Source::Replay(_)) {
            used.forget_latency();
        }
        used
    }

    /// Keeps the answers where that is asked for; refuses a replay that lacked some.
    pub(super) fn close(self, arguments: &EvalArgs) -> Result<(), Failure> {
        if let Some(keeping) = self.keeping {
            keeping.abort();
            // Until it has ended it may still write what it had, over what is written now.
            let _ = self.threads.block_on(keeping);
        }
        match (&self.source, &arguments.record) {
            (Source::Provider(answers), Some(folder)) => recording::write(folder, answers),
            (Source::Provider(_), None) => Ok(()),
            (Source::Replay(replayer), _) => match replayer.missing().as_slice() {
                [] => Ok(()),
                [first, others @ ..] => Err(Failure::Refused {
                    message: format!(
                        "the recording has no answer of {first}{}",
                        match others.len() {
                            0 => String::new(),
                            more => format!(", and {more} more"),
                        }
                    ),
                    hint:
                        "entries, prompts or stages have changed since: record anew with --record"
                            .to_owned(),
                }),
            },
        }
    }
}

/// Writes a recording again and again while it grows. That it cannot be written is told in the end.
async fn keep(folder: PathBuf, answers: Arc<Recording>) {
    let mut kept = 0;
    loop {
        tokio::time::sleep(KEEP_EVERY).await;
        if answers.len() != kept {
            kept = answers.len();
            let _ = recording::write(&folder, &answers);
        }
    }
}

async fn rehearse(script: Option<&Path>) -> Result<Rehearsal, Failure> {
    let script = match script {
        None => Script::default_mixture().map_err(Failure::Files)?,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|source| Failure::Unreadable {
                path: path.to_owned(),
                source,
            })?;
            Script::parse(&path.display().to_string(), &text).map_err(Failure::Files)?
        }
    };
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    Rehearsal::start(address, script)
        .await
        .map_err(|source| Failure::System {
            doing: "start the rehearsal provider",
            source,
        })
}

/// The registry and prompts. Every entry is asked about, whatever became of those before it; answers that cost nothing have no daily limit.
fn policy(
    arguments: &EvalArgs,
    settings: &Settings,
    sources: &Sources,
    rehearsal: Option<&Rehearsal>,
) -> Result<(Policy, PromptLibrary), Failure> {
    let setup = |environment| Setup::new(settings, environment);
    let mut environment = sources.environment.clone();
    let (mut policy, prompts) = setup(&environment).parts().map_err(Failure::Model)?;
    let stand_in = match rehearsal {
        Some(rehearsal) => Some((REHEARSED, rehearsal.base_url())),
        None => arguments
            .replay
            .is_some()
            .then(|| (RECORDED, STAND_IN_URL.to_owned())),
    };
    if let Some((model, url)) = stand_in {
        // Whatever the registry lacks is made up, since nobody is called; what it has stays.
        for variable in gaps(&policy) {
            environment.insert(variable, model.to_owned());
        }
        let settings = settings_at(sources, &url)?;
        policy = Setup::new(&settings, &environment)
            .policy()
            .map_err(Failure::Model)?
            .without_limits();
        if rehearsal.is_some() {
            must_all_be_at(&policy, &url)?;
        }
    } else if let Some(refusal) = start::refusal(&policy, setup(&environment).placeholders()) {
        return Err(Failure::Refused {
            message: refusal.to_string(),
            hint: "see `corridor llm check`, or use --rehearsal or --replay".to_owned(),
        });
    }
    Ok((policy.without_breaker(), prompts))
}

/// The settings with another base URL.
fn settings_at(sources: &Sources, url: &str) -> Result<Settings, Failure> {
    let mut sources = Sources {
        file: sources.file.clone(),
        environment: sources.environment.clone(),
        flags: sources.flags.clone(),
    };
    sources
        .flags
        .retain(|(declaration, _)| declaration.flag != Some(BASE_URL_FLAG));
    stages::set(&mut sources.flags, BASE_URL_FLAG, url);
    sources.load().map_err(Failure::Settings)
}

const BASE_URL_FLAG: &str = "llm-base-url";

/// The variables that have no value.
fn gaps(policy: &Policy) -> BTreeSet<String> {
    policy
        .routes()
        .filter_map(|route| route.call.as_ref().err())
        .flatten()
        .filter_map(|gap| match gap {
            Gap::Placeholder { variable } => Some(variable.clone()),
            _ => None,
        })
        .collect()
}

/// A registry that writes addresses of its own would call them, and not the rehearsal.
fn must_all_be_at(policy: &Policy, url: &str) -> Result<(), Failure> {
    let elsewhere = policy.routes().find(|route| {
        route
            .call
            .as_ref()
            .is_ok_and(|spec| spec.base_url.to_string().trim_end_matches('/') != url)
    });
    match elsewhere {
        None => Ok(()),
        Some(route) => Err(Failure::Refused {
            message: format!("the policy writes a base_url for {}", route.id),
            hint: "rehearse with a policy that leaves base_url to LLM_BASE_URL".to_owned(),
        }),
    }
}

fn must_have_a_stage(stages: &Stages) -> Result<(), Failure> {
    let none = stages.shadow.is_none() && stages.assist.is_none() && stages.partial_trust.is_none();
    if stages.master == Master::Off {
        return Err(Failure::Refused {
            message: "models are off: LLM_POLICY_ENABLED is not set to true".to_owned(),
            hint: "set it, or use --rehearsal or --replay".to_owned(),
        });
    }
    if none {
        return Err(Failure::Refused {
            message: "no stage is on that a model has a say in".to_owned(),
            hint: "name some with --stages shadow,assist,partial-trust; one that a file or variable switches off stays off".to_owned(),
        });
    }
    Ok(())
}

fn patience(stages: &Stages) -> Duration {
    let limits = [
        stages.shadow.as_ref().map(|limits| limits.timeout),
        stages.assist.as_ref().map(|limits| limits.timeout),
        stages.partial_trust.as_ref().map(|limits| limits.timeout),
    ];
    limits.into_iter().flatten().sum::<Duration>() + EXTRA_PATIENCE
}
