//! What the stages cost, run by hand on a quiet machine: `cargo bench -p corridor-decision --bench pipeline`.
//!
//! Prints: the pipeline with everything off beside the rules alone (paired, in turns, medians), what sampling, grounding and the judgement
//! of a candidate take, and how a shadow with a slow model is felt at 100 commands a second.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a program that measures and prints"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use corridor_contract::{Command, CommandId};
use corridor_decision::records::{Master, NoRecords, Record, RecordSink};
use corridor_decision::stages::grounding::Spoken;
use corridor_decision::stages::{PartialTrustLimits, SampleRate, ShadowLimits, Stages};
use corridor_decision::{Decider, DecisionSettings, Pipeline, Stamp, StepTimes};
use corridor_llm::call::{CallFuture, CallRequest};
use corridor_llm::policy::{PolicyInputs, PolicySource};
use corridor_llm::runtime::RuntimeParts;
use corridor_llm::{CallReply, FinishReason, LlmCaller, ModelText, Policy, PromptLibrary, Runtime};
use corridor_nlu::{Engine, Household, Language, Situation};

const TEXT: &str = "Купи два литра молока, десяток яиц, пачку масла, хлеб и килограмм яблок";

const ANSWER: &str = r#"{"intent":"add_shopping_item","confidence":0.9,"items":[
    {"name":"молоко","quantity":"2","unit":"л","list":null},{"name":"яйца","quantity":"10","unit":null,"list":null},
    {"name":"масло","quantity":"1","unit":"пачка","list":null},{"name":"хлеб","quantity":null,"unit":null,"list":null},
    {"name":"яблоки","quantity":"1","unit":"кг","list":null}]}"#;

fn main() {
    // `cargo test --all-targets` runs this file too; only `cargo bench` passes the flag.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("nothing measured: run it with cargo bench");
        return;
    }
    let settings = DecisionSettings {
        language: Language::Ru,
        timezone: None,
    };
    let decider = Arc::new(Decider::new(Engine::embedded().unwrap(), settings));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    paired(&decider, &runtime);
    sampling();
    grounding(&decider);
    candidate(&decider, &runtime);
    runtime.block_on(shadow(&decider));
}

/// The pipeline with everything off beside the rules alone, without records and with the three of every command: in turns, so that all
/// meet the same noise.
fn paired(decider: &Arc<Decider>, runtime: &tokio::runtime::Runtime) {
    let command = command();
    let off = pipeline(decider);
    let recorded = Pipeline::new(
        Arc::clone(decider),
        Arc::new(Dropped),
        Arc::new(jiff::Timestamp::now),
    );
    let whole = |pipeline: &Pipeline| {
        let started = Instant::now();
        runtime.block_on(async {
            black_box(
                pipeline
                    .decide(&command, stamp(), &mut StepTimes::default())
                    .await,
            );
        });
        started.elapsed()
    };
    let rules = || {
        let started = Instant::now();
        runtime.block_on(async {
            black_box(decider.decide(&command, stamp(), &mut StepTimes::default()));
        });
        started.elapsed()
    };
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for turn in 0..20_000 {
        let turns = [rules(), whole(&off), whole(&recorded)];
        // The first turns fill caches.
        if turn >= 2_000 {
            for (times, took) in times.iter_mut().zip(turns) {
                times.push(took);
            }
        }
    }
    let [rules, off, recorded] = times.map(median);
    let ratio = |time: Duration| time.as_secs_f64() / rules.as_secs_f64();
    println!(
        "rules alone {rules:.1?}; pipeline with everything off {off:.1?} (ratio {:.3}), with the records of every command {recorded:.1?} \
         (ratio {:.3})",
        ratio(off),
        ratio(recorded)
    );
}

/// Has records made, and forgets them.
struct Dropped;

impl RecordSink for Dropped {
    fn record(&self, record: Record) {
        black_box(record);
    }
}

fn sampling() {
    let id = CommandId::new("018f6e2a-7c1e-7b0a-9d57-2f4c8a0d9e11").unwrap();
    let took = each(100_000, || SampleRate::DEFAULT.takes(black_box(&id)));
    println!("sampling {took:.2?}");
}

/// All names of a candidate of five items against twelve words.
fn grounding(decider: &Decider) {
    let engine = decider.engine();
    let situation = Situation {
        household: Household::default(),
        now: "2026-06-15T12:00:00+03:00[+03:00]".parse().unwrap(),
        fallback: Language::Ru,
    };
    let utterance = engine.understand(TEXT, &situation).utterance;
    let names = ["молоко", "яйца", "масло", "хлеб", "яблоки"];
    let took = each(20_000, || {
        let spoken = Spoken::new(engine, &utterance, []);
        names
            .iter()
            .all(|name| spoken.has_all(&spoken.words_of(name)))
    });
    println!("grounding five names in twelve words {took:.2?}");
}

/// A whole visit to the corridor with a model that answers at once: prompt, schema check, judgement and records.
fn candidate(decider: &Arc<Decider>, runtime: &tokio::runtime::Runtime) {
    let command = command();
    let pipeline = pipeline(decider);
    pipeline.set_stages(Arc::new(Stages {
        master: Master::On,
        runtime: Some(model(Duration::ZERO)),
        partial_trust: Some(PartialTrustLimits {
            rate: SampleRate::ALL,
            ..PartialTrustLimits::default()
        }),
        ..Stages::off()
    }));
    let visit = |turns| {
        each(turns, || {
            runtime.block_on(pipeline.decide(&command, stamp(), &mut StepTimes::default()))
        })
    };
    visit(500);
    println!(
        "a command with an accepted candidate, model time 0: {:.1?}",
        visit(5_000)
    );
}

/// 100 commands a second for half a minute, a model that takes 300 ms.
async fn shadow(decider: &Arc<Decider>) {
    let pipeline = Arc::new(pipeline(decider));
    pipeline.set_stages(Arc::new(Stages {
        master: Master::On,
        runtime: Some(model(Duration::from_millis(300))),
        shadow: Some(ShadowLimits {
            max_concurrency: 32,
            ..ShadowLimits::default()
        }),
        ..Stages::off()
    }));
    let command = command();
    let mut beat = tokio::time::interval(Duration::from_millis(10));
    let mut took = Vec::new();
    for second in 0..30 {
        for _ in 0..100 {
            beat.tick().await;
            let started = Instant::now();
            black_box(
                pipeline
                    .decide(&command, stamp(), &mut StepTimes::default())
                    .await,
            );
            took.push(started.elapsed());
        }
        if second % 10 == 9 {
            println!(
                "shadow after {} s: {} kB resident, {:?}",
                second + 1,
                resident_kb(),
                pipeline.shadow_load()
            );
        }
    }
    pipeline.drain(Duration::from_secs(5)).await;
    took.sort();
    println!(
        "shadow at 100 commands a second: decision p50 {:.2?}, p99 {:.2?}, most {:.2?}",
        took[took.len() / 2],
        took[took.len() * 99 / 100],
        took[took.len() - 1]
    );
}

struct Model(Duration);

impl LlmCaller for Model {
    fn call<'a>(&'a self, _: &'a CallRequest, _: tokio::time::Instant) -> CallFuture<'a> {
        Box::pin(async move {
            if !self.0.is_zero() {
                tokio::time::sleep(self.0).await;
            }
            Ok(CallReply {
                content: ModelText::new(ANSWER),
                finish: FinishReason::Complete,
                usage: None,
                http_status: Some(200),
            })
        })
    }
}

fn model(takes: Duration) -> Arc<Runtime> {
    let policy = "version = 1\nprofile = \"cheap\"\n[profiles.cheap]\nprovider = \"openai_compatible\"\n\
        model = \"small\"\nmax_concurrency = 64\nchain = []\n\
        [profiles.reliable]\nprovider = \"openai_compatible\"\nmodel = \"large\"\nchain = []\n";
    let inputs = PolicyInputs {
        variables: &|_| None,
        base_url: Some("http://127.0.0.1:9/v1".to_owned()),
        api_key: None,
        profile: None,
    };
    Arc::new(Runtime::new(RuntimeParts {
        policy: Policy::load(&PolicySource::from_text("bench.toml", policy), &inputs).unwrap(),
        prompts: PromptLibrary::embedded().unwrap(),
        caller: Arc::new(Model(takes)),
        sink: Arc::new(corridor_llm::record::NoRecords),
        clock: Arc::new(epoch),
        budget_use: None,
    }))
}

fn pipeline(decider: &Arc<Decider>) -> Pipeline {
    Pipeline::new(Arc::clone(decider), Arc::new(NoRecords), Arc::new(epoch))
}

fn epoch() -> jiff::Timestamp {
    jiff::Timestamp::UNIX_EPOCH
}

fn command() -> Command {
    let document = serde_json::json!({
        "command_id": "bench", "user_id": "u-1", "timestamp": "2026-06-15T12:00:00+03:00", "text": TEXT,
        "capabilities": ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"],
        "context": {"household": {
            "members": [{"user_id": "u-1", "display_name": "Аня"}, {"user_id": "u-2", "display_name": "Саша"}],
            "zones": [{"zone_id": "z-1", "name": "Кухня"}],
            "shopping_lists": [{"list_id": "l-1", "name": "Продукты"}]
        }}
    });
    Command::from_slice(document.to_string().as_bytes()).unwrap()
}

fn stamp() -> Stamp {
    Stamp {
        created_at: epoch(),
        decision_id: "018f6e2a-7c1e-7b0a-9d57-2f4c8a0d9e11".into(),
        trace_id: "4bf92f3577b34da6a3ce929d0e0e4736".into(),
    }
}

fn each<T>(turns: u32, mut work: impl FnMut() -> T) -> Duration {
    let started = Instant::now();
    for _ in 0..turns {
        black_box(work());
    }
    started.elapsed() / turns
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Resident memory, from the kernel's own account of this process.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}
