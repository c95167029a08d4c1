//! Answers are kept and given again: by prompt version, entry, attempt and round, and nothing else of a call.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use corridor_eval::recording::{Recorder, Recording, Replayer};
use corridor_llm::call::{
    Authorization, BaseUrl, CallFuture, CallRequest, DataLogging, Message, Network, OutputSchema,
    PlainHttp, Provider, Role, StructuredOutput, TimeoutPhase, Timeouts, TokenLimitField,
    UnavailableCause,
};
use corridor_llm::prompt::PromptRef;
use corridor_llm::{
    ApiKey, CallError, CallFailure, CallOrigin, CallReply, CallSpec, FinishReason, LlmCaller,
    ModelText, PromptText, Usage,
};
use proptest::prelude::*;
use tokio::time::{Instant, timeout};

/// Answers by a script, one result a call; hangs where there is none.
struct Scripted {
    script: Vec<Result<CallReply, CallFailure>>,
    next: AtomicUsize,
}

impl LlmCaller for Scripted {
    fn call<'a>(&'a self, _: &'a CallRequest, _: Instant) -> CallFuture<'a> {
        let next = self.next.fetch_add(1, Ordering::Relaxed);
        match self.script.get(next).cloned() {
            Some(result) => Box::pin(async move { result }),
            None => Box::pin(std::future::pending()),
        }
    }
}

fn reply(content: &str) -> CallReply {
    CallReply {
        content: ModelText::new(content),
        finish: FinishReason::Complete,
        usage: Some(Usage {
            input_tokens: 7,
            output_tokens: 3,
        }),
        http_status: Some(200),
    }
}

fn request(prompt_version: &str, entry: &str, attempt: u32) -> CallRequest {
    let second = Duration::from_secs(1);
    CallRequest {
        spec: Arc::new(CallSpec {
            provider: Provider::OpenAiCompatible,
            model: "small".to_owned(),
            base_url: BaseUrl::new("https://canary-host.example/v1", PlainHttp::Refuse).unwrap(),
            project: None,
            authorization: Authorization::Bearer,
            key: Some(ApiKey::new("canary-key").unwrap()),
            data_logging: DataLogging::Refuse,
            temperature: 0.0,
            max_tokens: 10,
            token_limit_field: TokenLimitField::MaxTokens,
            structured_output: StructuredOutput::JsonObject,
            timeouts: Timeouts {
                connect: second,
                first_byte: second,
                idle: second,
                total: second,
            },
            max_response_bytes: 1000,
            network: Network::default(),
        }),
        messages: vec![Message {
            role: Role::User,
            content: PromptText::new("canary-prompt"),
        }],
        schema: Arc::new(OutputSchema {
            name: "assist_clarify".to_owned(),
            schema: serde_json::value::to_raw_value(&serde_json::json!({})).unwrap(),
        }),
        origin: CallOrigin {
            prompt: PromptRef {
                id: "assist_clarify.ru".into(),
                version: prompt_version.into(),
            },
            command_id: entry.to_owned(),
            attempt,
        },
    }
}

fn far() -> Instant {
    Instant::now() + Duration::from_secs(3600)
}

async fn ask(caller: &dyn LlmCaller, entry: &str, attempt: u32) -> Result<String, CallError> {
    let request = request("1", entry, attempt);
    match caller.call(&request, far()).await {
        Ok(reply) => Ok(reply.content.expose().to_owned()),
        Err(failure) => Err(failure.error),
    }
}

fn recorder(script: Vec<Result<CallReply, CallFailure>>) -> (Recorder, Arc<Recording>) {
    let recording = Arc::new(Recording::default());
    let provider = Scripted {
        script,
        next: AtomicUsize::new(0),
    };
    (
        Recorder::new(Arc::new(provider), Arc::clone(&recording)),
        recording,
    )
}

fn reread(recording: &Recording) -> Replayer {
    let texts = recording.to_texts().unwrap();
    let pairs = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let again = Recording::parse(pairs).unwrap();
    assert_eq!(again.to_texts().unwrap(), texts);
    Replayer::new(again)
}

#[tokio::test(start_paused = true)]
async fn what_was_answered_is_answered_again() {
    let failure = CallFailure {
        error: CallError::Unavailable(UnavailableCause::Status(503)),
        http_status: Some(503),
    };
    let (recorder, recording) = recorder(vec![
        Ok(reply("{\"question\":\"Что купить?\"}")),
        Err(failure.clone()),
        Ok(reply("second round")),
    ]);
    let first = ask(&recorder, "ru-001", 1).await;
    assert_eq!(ask(&recorder, "ru-002", 1).await, Err(failure.error));
    let second = ask(&recorder, "ru-001", 1).await;
    assert_eq!(recording.len(), 3);

    let replayer = reread(&recording);
    assert_eq!(ask(&replayer, "ru-001", 1).await, first);
    assert_eq!(ask(&replayer, "ru-002", 1).await, Err(failure.error));
    assert_eq!(ask(&replayer, "ru-001", 1).await, second);
    // A third round begins anew.
    assert_eq!(ask(&replayer, "ru-001", 1).await, first);
    assert_eq!(replayer.missing(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_was_given_up_for_lack_of_time_times_out_again() {
    let (recorder, recording) = recorder(Vec::new());
    let patience = Duration::from_millis(50);
    assert!(
        timeout(patience, ask(&recorder, "ru-001", 1))
            .await
            .is_err()
    );
    let replayer = reread(&recording);
    let given_up = Err(CallError::Timeout(TimeoutPhase::Total));
    assert_eq!(ask(&replayer, "ru-001", 1).await, given_up);
    // A replay has time for the second attempt that the recorded run had not.
    assert_eq!(ask(&replayer, "ru-001", 2).await, given_up);
    assert_eq!(replayer.missing(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_is_missing_is_told() {
    let (recorder, recording) = recorder(vec![Ok(reply("{}"))]);
    ask(&recorder, "ru-001", 1).await.unwrap();
    let replayer = reread(&recording);
    assert!(ask(&replayer, "ru-002", 1).await.is_err());
    assert!(ask(&replayer, "ru-001", 2).await.is_err());
    let another_wording = request("2", "ru-001", 1);
    assert!(replayer.call(&another_wording, far()).await.is_err());
    assert_eq!(
        replayer.missing(),
        [
            "assist_clarify.ru@1 for ru-001, attempt 2",
            "assist_clarify.ru@1 for ru-002, attempt 1",
            "assist_clarify.ru@2 for ru-001, attempt 1",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_recording_holds_neither_keys_nor_addresses_nor_prompts() {
    let (recorder, recording) = recorder(vec![Ok(reply("{\"question\":\"?\"}"))]);
    ask(&recorder, "ru-001", 1).await.unwrap();
    let texts = recording.to_texts().unwrap();
    assert_eq!(
        texts.into_iter().collect::<Vec<_>>(),
        [(
            "assist_clarify.ru@1.jsonl".to_owned(),
            "{\"entry\":\"ru-001\",\"attempt\":1,\"answer\":\"{\\\"question\\\":\\\"?\\\"}\",\
             \"http_status\":200,\"tokens_in\":7,\"tokens_out\":3}\n"
                .to_owned()
        )]
    );
}

#[test]
fn a_broken_line_is_told_by_its_place() {
    for (text, message) in [
        ("{}", "x@1.jsonl:2: is no line of a recording (column 2)"),
        (
            "{\"entry\":\"e\",\"attempt\":1}",
            "x@1.jsonl:2: has to have either an answer or a failure",
        ),
        (
            "{\"entry\":\"e\",\"attempt\":1,\"failure\":\"boredom\"}",
            "x@1.jsonl:2: its failure is none that this build knows",
        ),
    ] {
        let good = "{\"entry\":\"e\",\"attempt\":1,\"answer\":\"\"}";
        let text = format!("{good}\n{text}\n");
        let error = Recording::parse([("x@1.jsonl", text.as_str())]).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

/// Every way to fail survives being kept.
#[test]
fn every_failure_is_kept() {
    for outcome in corridor_llm::Outcome::FAILURES {
        for detail in ["total", "status", "spend"] {
            let line = format!(
                "{{\"entry\":\"e\",\"attempt\":1,\"failure\":\"{}\",\"detail\":\"{detail}\",\"http_status\":503}}",
                outcome.as_str()
            );
            let recording = Recording::parse([("x@1.jsonl", line.as_str())]).unwrap();
            let kept = recording.to_texts().unwrap().remove("x@1.jsonl").unwrap();
            assert!(
                kept.contains(&format!("\"failure\":\"{}\"", outcome.as_str())),
                "{kept}"
            );
        }
    }
}

proptest! {
    #[test]
    fn any_answer_is_kept_as_it_is(content in any::<String>(), attempt in 1_u32..9) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (recorder, recording) = recorder(vec![Ok(reply(&content))]);
            ask(&recorder, "ru-001", attempt).await.unwrap();
            assert_eq!(ask(&reread(&recording), "ru-001", attempt).await, Ok(content));
        });
    }
}
