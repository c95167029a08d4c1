//! A round trip to a real model, when asked for: `CORRIDOR_SMOKE_LLM=1`, with `scripts/local-llm` serving.
//!
//! `CORRIDOR_SMOKE_LLM_URL` names another address than the script's own.

use std::sync::Arc;

use corridor_llm::policy::{PolicyInputs, PolicySource};
use corridor_llm::runtime::RuntimeParts;
use corridor_llm::{
    AttemptSink, HttpCaller, LlmCaller, Outcome, Policy, PromptLibrary, Runtime, TaskId,
};

use crate::scripted::{Records, noon};

#[tokio::test]
async fn a_small_real_model_answers_a_ping() {
    if std::env::var("CORRIDOR_SMOKE_LLM").as_deref() != Ok("1") {
        eprintln!(
            "skipped: set CORRIDOR_SMOKE_LLM=1 and start scripts/local-llm to call a real model"
        );
        return;
    }
    let url = std::env::var("CORRIDOR_SMOKE_LLM_URL")
        .unwrap_or_else(|_| "http://127.0.0.1:8091/v1".to_owned());
    let variables = |name: &str| (name == "LLM_MODEL").then(|| "smollm2".to_owned());
    let inputs = PolicyInputs {
        variables: &variables,
        base_url: Some(url),
        api_key: None,
        profile: None,
    };
    // One slow thread reads the prompt and writes the answer: give it a minute.
    let policy = include_str!("../../../../config/llm-policy.toml")
        .replace("timeout_ms = 3000", "timeout_ms = 60000");
    let policy = Policy::load(&PolicySource::from_text("smoke.toml", &policy), &inputs).unwrap();
    let caller = HttpCaller::new(
        policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok()),
    )
    .unwrap();
    let records = Arc::new(Records::default());
    let runtime = Runtime::new(RuntimeParts {
        policy,
        prompts: PromptLibrary::embedded().unwrap(),
        caller: Arc::new(caller) as Arc<dyn LlmCaller>,
        sink: Arc::clone(&records) as Arc<dyn AttemptSink>,
        clock: Arc::new(noon),
        budget_use: None,
    });
    let lines = runtime.ping(None).await;
    for line in &lines {
        eprintln!(
            "{} {:?} {:?} {:?}",
            line.id, line.outcome, line.latency, line.usage
        );
    }
    // A small model may write on until its limit; it must be reached, and most answers must fit.
    let reached = |outcome| {
        matches!(
            outcome,
            Outcome::Success | Outcome::Truncated | Outcome::InvalidJson
        )
    };
    assert!(lines.iter().all(|line| reached(line.outcome)), "{lines:?}");
    assert!(
        lines.iter().any(|line| line.outcome == Outcome::Success),
        "{lines:?}"
    );
    assert_eq!(lines.len(), 2 * TaskId::ALL.len());
}
