//! What the tests of stages share: a model that plays a script, a sink that keeps records, and a pipeline around them.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use corridor_contract::{Command, Decision};
use corridor_decision::records::{
    AssistRecord, DecisionRecord, FallbackRecord, LatencyRecord, Master, Record, RiskRecord,
    ShadowRecord,
};
use corridor_decision::stages::{
    AssistLimits, PartialTrustLimits, SampleRate, ShadowLimits, Stages,
};
use corridor_decision::{
    Decided, Decider, DecisionSettings, Pipeline, RecordSink, Stamp, StepTimes,
};
use corridor_llm::call::{CallFuture, CallRequest};
use corridor_llm::policy::{PolicyInputs, PolicySource};
use corridor_llm::record::NoRecords;
use corridor_llm::runtime::RuntimeParts;
use corridor_llm::{
    ApiKey, CallError, CallFailure, CallReply, FinishReason, LlmCaller, ModelText, Policy,
    PromptLibrary, Runtime, TaskId,
};
use corridor_nlu::{Engine, Language};
use serde_json::{Value, json};
use tokio::time::Instant;

/// What a call does.
#[derive(Debug, Clone)]
pub(crate) enum Play {
    /// Answers with this text.
    Answer(String),
    /// Answers, cut at the token limit.
    Cut(String),
    /// Fails.
    Fail(CallError),
    /// Panics.
    Panic,
    /// Never ends by itself.
    Hang,
    /// Waits, then does the other.
    After(Duration, Box<Play>),
}

impl Play {
    pub(crate) fn json(value: &Value) -> Self {
        Self::Answer(value.to_string())
    }

    pub(crate) fn after_ms(self, ms: u64) -> Self {
        Self::After(Duration::from_millis(ms), Box::new(self))
    }
}

/// Plays by task; a task without a play hangs.
#[derive(Debug, Default)]
pub(crate) struct Scripted {
    plays: HashMap<String, Play>,
    pub(crate) calls: Mutex<Vec<String>>,
    pub(crate) under_way: Mutex<(usize, usize)>,
}

impl Scripted {
    pub(crate) fn new(plays: impl IntoIterator<Item = (TaskId, Play)>) -> Arc<Self> {
        Arc::new(Self {
            plays: plays
                .into_iter()
                .map(|(task, play)| (task.as_str().to_owned(), play))
                .collect(),
            ..Self::default()
        })
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.lock().unwrap().len()
    }

    /// Calls under way now, and the most there were at once.
    pub(crate) fn gauge(&self) -> (usize, usize) {
        *self.under_way.lock().unwrap()
    }
}

struct UnderWay<'a>(&'a Mutex<(usize, usize)>);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap().0 -= 1;
    }
}

impl LlmCaller for Scripted {
    fn call<'a>(&'a self, request: &'a CallRequest, _: Instant) -> CallFuture<'a> {
        let task = request.schema.name.clone();
        let mut play = self.plays.get(&task).cloned().unwrap_or(Play::Hang);
        self.calls.lock().unwrap().push(task);
        {
            let mut gauge = self.under_way.lock().unwrap();
            gauge.0 += 1;
            gauge.1 = gauge.1.max(gauge.0);
        }
        Box::pin(async move {
            let _under_way = UnderWay(&self.under_way);
            while let Play::After(pause, then) = play {
                tokio::time::sleep(pause).await;
                play = *then;
            }
            let (text, finish) = match play {
                Play::Answer(text) => (text, FinishReason::Complete),
                Play::Cut(text) => (text, FinishReason::Length),
                Play::Fail(error) => {
                    return Err(CallFailure {
                        error,
                        http_status: None,
                    });
                }
                Play::Panic => panic!("the caller breaks"),
                Play::Hang | Play::After(..) => return std::future::pending().await,
            };
            Ok(CallReply {
                content: ModelText::new(text),
                finish,
                usage: None,
                http_status: Some(200),
            })
        })
    }
}

/// Keeps every record.
#[derive(Default)]
pub(crate) struct Records(pub(crate) Mutex<Vec<Record>>);

impl RecordSink for Records {
    fn record(&self, record: Record) {
        self.0.lock().unwrap().push(record);
    }
}

macro_rules! of_kind {
    ($($name:ident $kind:ident $type:ty),+) => {$(
        pub(crate) fn $name(&self) -> Vec<$type> {
            let records = self.0.lock().unwrap();
            records.iter().filter_map(|record| match record {
                Record::$kind(record) => Some(record.clone()),
                _ => None,
            }).collect()
        }
    )+};
}

impl Records {
    of_kind! {
        decisions Decision DecisionRecord,
        latencies Latency LatencyRecord,
        fallbacks Fallback FallbackRecord,
        shadows Shadow ShadowRecord,
        assists Assist AssistRecord,
        risks Risk RiskRecord
    }

    /// Everything as it would be written.
    pub(crate) fn lines(&self) -> String {
        let records = self.0.lock().unwrap();
        records
            .iter()
            .map(|record| serde_json::to_string(record).unwrap() + "\n")
            .collect()
    }
}

pub(crate) static DECIDER: LazyLock<Arc<Decider>> = LazyLock::new(|| {
    let settings = DecisionSettings {
        language: Language::Ru,
        timezone: None,
    };
    Arc::new(Decider::new(Engine::embedded().unwrap(), settings))
});

/// A pipeline with everything around it within reach.
pub(crate) struct Bench {
    pub(crate) pipeline: Pipeline,
    pub(crate) records: Arc<Records>,
    pub(crate) caller: Arc<Scripted>,
    pub(crate) runtime: Arc<Runtime>,
}

pub(crate) fn noon() -> jiff::Timestamp {
    "2026-06-15T09:00:00Z".parse().unwrap()
}

/// A pipeline with the stages on that `change` leaves on, and a model that plays a script.
pub(crate) fn bench(caller: Arc<Scripted>, change: impl FnOnce(&mut Stages)) -> Bench {
    let runtime = runtime(Arc::clone(&caller) as Arc<dyn LlmCaller>);
    bench_around(runtime, caller, change)
}

/// The same around another runtime; `caller` is not called then.
pub(crate) fn bench_around(
    runtime: Arc<Runtime>,
    caller: Arc<Scripted>,
    change: impl FnOnce(&mut Stages),
) -> Bench {
    let records = Arc::new(Records::default());
    let pipeline = Pipeline::new(
        Arc::clone(&DECIDER),
        Arc::clone(&records) as Arc<dyn RecordSink>,
        Arc::new(noon),
    );
    let mut stages = all_on(Arc::clone(&runtime));
    change(&mut stages);
    pipeline.set_stages(Arc::new(stages));
    Bench {
        pipeline,
        records,
        caller,
        runtime,
    }
}

pub(crate) fn all_on(runtime: Arc<Runtime>) -> Stages {
    Stages {
        master: Master::On,
        runtime: Some(runtime),
        shadow: Some(ShadowLimits::default()),
        assist: Some(AssistLimits::default()),
        partial_trust: Some(PartialTrustLimits {
            rate: SampleRate::ALL,
            ..PartialTrustLimits::default()
        }),
        ..Stages::off()
    }
}

/// Compiled once: thousands of runs share them.
static PROMPTS: LazyLock<PromptLibrary> = LazyLock::new(|| PromptLibrary::embedded().unwrap());

pub(crate) fn runtime(caller: Arc<dyn LlmCaller>) -> Arc<Runtime> {
    runtime_at("http://127.0.0.1:9/v1", |_| caller)
}

/// A runtime whose calls go to an address, by the caller made for its policy.
pub(crate) fn runtime_at(
    base_url: &str,
    caller: impl FnOnce(&Policy) -> Arc<dyn LlmCaller>,
) -> Arc<Runtime> {
    let policy = "version = 1\nprofile = \"cheap\"\n[breaker]\nstate = \"off\"\n\
        [profiles.cheap]\nprovider = \"openai_compatible\"\nmodel = \"small\"\ntimeout_ms = 60000\nchain = []\n\
        [profiles.reliable]\nprovider = \"openai_compatible\"\nmodel = \"large\"\ntimeout_ms = 60000\nchain = []\n";
    let inputs = PolicyInputs {
        variables: &|_| None,
        base_url: Some(base_url.to_owned()),
        api_key: Some(ApiKey::new("test-key").unwrap()),
        profile: None,
    };
    let policy = Policy::load(&PolicySource::from_text("test.toml", policy), &inputs)
        .unwrap_or_else(|error| panic!("{error}"));
    let caller = caller(&policy);
    Arc::new(Runtime::new(RuntimeParts {
        policy,
        prompts: PROMPTS.clone(),
        caller,
        sink: Arc::new(NoRecords),
        clock: Arc::new(noon),
        budget_use: None,
    }))
}

pub(crate) fn stamp() -> Stamp {
    Stamp {
        created_at: noon(),
        decision_id: "decision".into(),
        trace_id: "trace".into(),
    }
}

/// Monotonic time as tokio tells it, so that a paused clock counts.
pub(crate) fn steps() -> StepTimes {
    static START: LazyLock<std::sync::Mutex<HashMap<std::thread::ThreadId, Instant>>> =
        LazyLock::new(Mutex::default);
    StepTimes::with_clock(|| {
        let mut starts = START.lock().unwrap();
        let start = starts
            .entry(std::thread::current().id())
            .or_insert_with(Instant::now);
        Instant::now().saturating_duration_since(*start)
    })
}

impl Bench {
    pub(crate) async fn decide(&self, command: &Command) -> Decided {
        self.pipeline.decide(command, stamp(), &mut steps()).await
    }

    /// Decides and waits for the shadow.
    pub(crate) async fn settle(&self, command: &Command) -> Decided {
        let decided = self.decide(command).await;
        self.pipeline.drain(Duration::from_secs(60)).await;
        decided
    }
}

/// What the rules alone decide.
pub(crate) fn baseline(command: &Command) -> Decided {
    DECIDER.decide(command, stamp(), &mut StepTimes::default())
}

pub(crate) fn wire(decision: &Decision) -> Value {
    serde_json::from_str(&decision.to_json_string().unwrap()).unwrap()
}

/// A command of a family of two with two lists.
pub(crate) fn command(text: &str) -> Command {
    let document = json!({
        "command_id": "command-1",
        "user_id": "u-olga",
        "timestamp": "2026-06-15T12:00:00+03:00",
        "text": text,
        "capabilities": ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"],
        "context": {
            "household": {
                "members": [
                    {"user_id": "u-olga", "display_name": "Ольга"},
                    {"user_id": "u-sasha", "display_name": "Саша"}
                ],
                "zones": [{"zone_id": "z-kitchen", "name": "Кухня"}],
                "shopping_lists": [
                    {"list_id": "l-food", "name": "Продукты"},
                    {"list_id": "l-home", "name": "Хозтовары"}
                ]
            },
            "defaults": {"default_list_id": "l-food"}
        }
    });
    Command::from_slice(document.to_string().as_bytes()).unwrap()
}
