//! What the tests share: a caller that plays a script, a sink that keeps records, and a runtime around them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use corridor_llm::call::{CallFuture, Role};
use corridor_llm::policy::{PolicyInputs, PolicySource};
use corridor_llm::runtime::RuntimeParts;
use corridor_llm::{
    ApiKey, AttemptRecord, AttemptSink, CallError, CallFailure, CallReply, CallRequest,
    Correlation, FinishReason, Language, LlmCaller, ModelText, PersonText, Policy, PromptLibrary,
    Runtime, TaskInput, Usage,
};
use tokio::time::Instant;

/// What the caller does when it is called.
#[derive(Debug, Clone)]
pub(crate) enum Play {
    /// Answers with this text.
    Answer(&'static str),
    /// Answers, cut at the token limit.
    Cut(&'static str),
    /// Fails.
    Fail(CallError),
    /// Never ends by itself.
    Hang,
    /// Waits, then does the other.
    After(Duration, Box<Play>),
}

pub(crate) fn after_ms(ms: u64, play: Play) -> Play {
    Play::After(Duration::from_millis(ms), Box::new(play))
}

/// What one call was sent with.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) messages: Vec<(Role, String)>,
    /// As it goes over the wire.
    pub(crate) schema: String,
}

/// Plays its script call by call, and the last entry for ever.
#[derive(Debug)]
pub(crate) struct ScriptedCaller {
    script: Mutex<VecDeque<Play>>,
    pub(crate) seen: Mutex<Vec<Seen>>,
    pub(crate) under_way: Mutex<Gauge>,
}

#[derive(Debug, Default)]
pub(crate) struct Gauge {
    pub(crate) now: usize,
    pub(crate) most: usize,
}

impl ScriptedCaller {
    pub(crate) fn new(script: impl IntoIterator<Item = Play>) -> Arc<Self> {
        Arc::new(Self {
            script: Mutex::new(script.into_iter().collect()),
            seen: Mutex::default(),
            under_way: Mutex::default(),
        })
    }

    pub(crate) fn calls(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    fn next(&self) -> Play {
        let mut script = self.script.lock().unwrap();
        if script.len() > 1 {
            script.pop_front().unwrap()
        } else {
            script.front().expect("a script").clone()
        }
    }
}

struct UnderWay<'a>(&'a Mutex<Gauge>);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap().now -= 1;
    }
}

impl LlmCaller for ScriptedCaller {
    fn call<'a>(&'a self, request: &'a CallRequest, _: Instant) -> CallFuture<'a> {
        self.seen.lock().unwrap().push(Seen {
            messages: request
                .messages
                .iter()
                .map(|m| (m.role, m.content.expose().to_owned()))
                .collect(),
            schema: request.schema.schema.get().to_owned(),
        });
        {
            let mut gauge = self.under_way.lock().unwrap();
            gauge.now += 1;
            gauge.most = gauge.most.max(gauge.now);
        }
        let mut play = self.next();
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
                Play::Hang | Play::After(..) => return std::future::pending().await,
            };
            Ok(CallReply {
                content: ModelText::new(text),
                finish,
                usage: Some(Usage {
                    input_tokens: 100,
                    output_tokens: 10,
                }),
                http_status: Some(200),
            })
        })
    }
}

/// Keeps every record.
#[derive(Debug, Default)]
pub(crate) struct Records(pub(crate) Mutex<Vec<AttemptRecord>>);

impl AttemptSink for Records {
    fn record(&self, record: AttemptRecord) {
        self.0.lock().unwrap().push(record);
    }
}

impl Records {
    pub(crate) fn all(&self) -> Vec<AttemptRecord> {
        self.0.lock().unwrap().clone()
    }
}

/// A runtime with everything around it within reach.
pub(crate) struct Bench {
    pub(crate) runtime: Arc<Runtime>,
    pub(crate) caller: Arc<ScriptedCaller>,
    pub(crate) records: Arc<Records>,
}

pub(crate) fn bench(policy: &str, script: impl IntoIterator<Item = Play>) -> Bench {
    let caller = ScriptedCaller::new(script);
    let (runtime, records) = runtime(policy, Arc::clone(&caller) as Arc<dyn LlmCaller>);
    Bench {
        runtime,
        caller,
        records,
    }
}

pub(crate) fn runtime(policy: &str, caller: Arc<dyn LlmCaller>) -> (Arc<Runtime>, Arc<Records>) {
    let records = Arc::new(Records::default());
    let runtime = Runtime::new(RuntimeParts {
        policy: load(policy),
        prompts: PromptLibrary::embedded().unwrap(),
        caller,
        sink: Arc::clone(&records) as Arc<dyn AttemptSink>,
        clock: Arc::new(noon),
        budget_use: None,
    });
    (Arc::new(runtime), records)
}

pub(crate) fn noon() -> jiff::Timestamp {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

pub(crate) fn load(policy: &str) -> Policy {
    Policy::load(&PolicySource::from_text("test.toml", policy), &inputs())
        .unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn inputs() -> PolicyInputs<'static> {
    PolicyInputs {
        variables: &|_| None,
        base_url: Some("http://127.0.0.1:9/v1".to_owned()),
        api_key: Some(ApiKey::new("test-key").unwrap()),
        profile: None,
    }
}

/// A policy with the profiles `cheap` and `reliable`, each with the lines given.
pub(crate) fn two_profiles(top: &str, cheap: &str, reliable: &str) -> String {
    format!(
        "version = 1\nprofile = \"cheap\"\n{top}\n\
         [profiles.cheap]\nprovider = \"openai_compatible\"\nmodel = \"small\"\n{cheap}\n\
         [profiles.reliable]\nprovider = \"openai_compatible\"\nmodel = \"large\"\n{reliable}\n"
    )
}

pub(crate) fn input() -> TaskInput {
    let correlation = Correlation {
        trace_id: "trace-1".to_owned(),
        command_id: "command-1".to_owned(),
    };
    TaskInput::new(correlation, Language::Ru, PersonText::new("купии малако"))
}

pub(crate) fn in_ms(ms: u64) -> Instant {
    Instant::now() + Duration::from_millis(ms)
}

/// An answer that fits the schema of `assist_normalization`.
pub(crate) const GOOD: Play = Play::Answer(r#"{"text":"купи молоко"}"#);
