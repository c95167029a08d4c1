//! What real providers send, over real sockets: each file of `tests/cases/wire` is one behaviour, with what must come of
//! it. Adding a case is adding a file.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use corridor_llm::policy::{PolicyInputs, PolicySource};
use corridor_llm::runtime::{BreakerState, RuntimeParts};
use corridor_llm::{
    ApiKey, AttemptSink, Correlation, HttpCaller, Language, PersonText, Policy, PromptLibrary,
    Runtime, TaskId, TaskInput,
};
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::scripted::{Records, in_ms, noon};

/// In the key, in what is said and in what the provider sends: it may show in the answer alone.
const CANARY: &str = "kanareika7f3a";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// One sentence for people.
    about: String,
    #[serde(default)]
    settings: String,
    #[serde(default = "default_task")]
    task: String,
    #[serde(default = "one")]
    commands: usize,
    #[serde(default = "one")]
    failures_to_trip: usize,
    /// Played request by request, the last one for ever.
    reply: Vec<Reply>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    #[serde(default = "status_ok")]
    status: u16,
    #[serde(default)]
    headers: Vec<String>,
    /// The text of a chat completion, or `body` as it stands, or `body_hex`.
    content: Option<String>,
    body: Option<String>,
    body_hex: Option<String>,
    #[serde(default)]
    ending: Ending,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Ending {
    /// With its length, and the connection stays.
    #[default]
    Length,
    /// In chunks whose last one never comes, and the connection stays open.
    NoFinalChunk,
    /// In chunks, and the connection breaks before the last one.
    Cut,
    /// Not a byte, and the connection breaks.
    Nothing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    outcome: String,
    detail: Option<String>,
    answer: Option<String>,
    /// Part of what the operator reads.
    hint: Option<String>,
    requests: usize,
    /// `passing`, or `tripped`: one failure is enough unless the case says otherwise.
    breaker: String,
    /// What the cost of the last attempt rests on.
    cost_basis: String,
    tokens: Option<(u64, u64)>,
    /// Parts of the last request, in this order.
    #[serde(default)]
    sent: Vec<String>,
}

fn default_task() -> String {
    "assist_normalization".to_owned()
}

fn one() -> usize {
    1
}

fn status_ok() -> u16 {
    200
}

#[tokio::test]
async fn every_behaviour_ends_as_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/wire");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let about = case.about.clone();
        for problem in play(case).await {
            wrong.push(format!("{name} ({about}): {problem}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

async fn play(case: Case) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    let provider = Arc::new(Provider {
        replies: case.reply,
        requests: AtomicUsize::new(0),
        last: std::sync::Mutex::default(),
    });
    let serving = tokio::spawn(serve(listener, Arc::clone(&provider)));

    let policy = format!(
        "version = 1\nprofile = \"cheap\"\n[limits]\nmax_spend_per_day = 1000.0\n\
         [breaker]\nfailures_to_trip = {}\n[backoff]\nbase_ms = 1\nmax_ms = 1\n\
         [profiles.cheap]\nprovider = \"openai_compatible\"\nmodel = \"m\"\n\
         price = {{ input_per_million = 1.0, output_per_million = 1.0 }}\n{}\n{}",
        case.failures_to_trip,
        if case.settings.contains("chain") {
            ""
        } else {
            "chain = []"
        },
        case.settings
    );
    let inputs = PolicyInputs {
        variables: &|_| None,
        base_url: Some(base_url),
        api_key: Some(ApiKey::new(CANARY).unwrap()),
        profile: None,
    };
    let policy = Policy::load(&PolicySource::from_text("case.toml", &policy), &inputs)
        .unwrap_or_else(|error| panic!("{error}"));
    let specs = policy
        .routes()
        .filter_map(|route| route.call.as_deref().ok());
    let caller = HttpCaller::new(specs).unwrap().with_clock(Arc::new(noon));
    let records = Arc::new(Records::default());
    let runtime = Runtime::new(RuntimeParts {
        policy,
        prompts: PromptLibrary::embedded().unwrap(),
        caller: Arc::new(caller),
        sink: Arc::clone(&records) as Arc<dyn AttemptSink>,
        clock: Arc::new(noon),
        budget_use: None,
    });
    let task = *TaskId::ALL
        .iter()
        .find(|task| task.as_str() == case.task)
        .unwrap();

    let mut problems = Vec::new();
    let mut shown = String::new();
    let mut outcome = "success".to_owned();
    let mut hint = String::new();
    let mut answer = None;
    for _ in 0..case.commands {
        let result = runtime.run_task(task, input(), in_ms(5_000)).await;
        shown += &format!("{result:?}");
        match result {
            Ok(output) => answer = Some(output.answer.expose().clone()),
            Err(failure) => {
                outcome = failure.error.outcome().as_str().to_owned();
                hint = failure.to_string();
            }
        }
    }
    let mut differs = |what: &str, got: String, wanted: String| {
        if got != wanted {
            problems.push(format!("{what} is {got}, not {wanted}"));
        }
    };
    let expect = case.expect;
    let records = records.all();
    let last = records.last().unwrap();
    differs("outcome", outcome, expect.outcome);
    if let Some(detail) = expect.detail {
        differs(
            "detail",
            last.outcome_detail.unwrap_or("none").to_owned(),
            detail,
        );
    }
    let wanted: Option<serde_json::Value> = expect
        .answer
        .map(|text| serde_json::from_str(&text).unwrap());
    differs("answer", format!("{answer:?}"), format!("{wanted:?}"));
    if let Some(part) = expect.hint {
        differs(
            "hint has its words",
            hint.contains(&part).to_string(),
            "true".to_owned(),
        );
    }
    let requests = provider.requests.load(Ordering::SeqCst);
    differs(
        "requests",
        requests.to_string(),
        expect.requests.to_string(),
    );
    let breaker = match runtime.breaker_state(&last_route(&runtime, task)) {
        Some(BreakerState::Passing) => "passing",
        _ => "tripped",
    };
    differs("breaker", breaker.to_owned(), expect.breaker);
    let basis = serde_json::to_value(last.cost_basis).unwrap();
    differs(
        "cost basis",
        basis.as_str().unwrap().to_owned(),
        expect.cost_basis,
    );
    if let Some(tokens) = expect.tokens {
        let got = last.tokens_in.zip(last.tokens_out);
        differs("tokens", format!("{got:?}"), format!("{:?}", Some(tokens)));
    }
    let sent = provider.last.lock().unwrap().clone();
    let mut rest = sent.as_str();
    for part in expect.sent {
        match rest.split_once(&part) {
            Some((_, behind)) => rest = behind,
            None => differs("sent", "otherwise".to_owned(), part),
        }
    }
    shown += &hint;
    for record in &records {
        shown += &format!("{record:?}{}", serde_json::to_string(record).unwrap());
    }
    differs(
        "canary shows",
        shown.contains(CANARY).to_string(),
        "false".to_owned(),
    );
    serving.abort();
    problems
}

fn last_route(runtime: &Runtime, task: TaskId) -> corridor_llm::policy::RouteId {
    corridor_llm::policy::RouteId {
        task,
        profile: runtime.policy().profile().clone(),
    }
}

fn input() -> TaskInput {
    let correlation = Correlation {
        trace_id: "trace".to_owned(),
        command_id: "command".to_owned(),
    };
    TaskInput::new(correlation, Language::Ru, PersonText::new(CANARY))
}

struct Provider {
    replies: Vec<Reply>,
    requests: AtomicUsize,
    last: std::sync::Mutex<String>,
}

async fn serve(listener: TcpListener, provider: Arc<Provider>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer_all(stream, Arc::clone(&provider)));
    }
}

async fn answer_all(mut stream: TcpStream, provider: Arc<Provider>) {
    while let Some(request) = read_request(&mut stream).await {
        *provider.last.lock().unwrap() = request;
        let number = provider.requests.fetch_add(1, Ordering::SeqCst);
        let reply = &provider.replies[number.min(provider.replies.len() - 1)];
        if reply.ending == Ending::Nothing
            || stream.write_all(&reply.bytes()).await.is_err()
            || reply.ending == Ending::Cut
        {
            return;
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                let is_it = name.eq_ignore_ascii_case("content-length");
                is_it.then(|| value.trim().parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap_or(0) {
                return Some(text.into_owned());
            }
        }
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(length) => bytes.extend_from_slice(&piece[..length]),
        }
    }
}

impl Reply {
    fn bytes(&self) -> Vec<u8> {
        let body = match (&self.content, &self.body, &self.body_hex) {
            (Some(content), ..) => serde_json::json!({
                "choices": [{"message": {"content": content}, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 3, "completion_tokens": 2},
            })
            .to_string()
            .into_bytes(),
            (_, Some(body), _) => body.clone().into_bytes(),
            (.., Some(hex)) => (0..hex.len() / 2)
                .map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap())
                .collect(),
            _ => Vec::new(),
        };
        let mut head = format!("HTTP/1.1 {} X\r\n", self.status);
        for header in &self.headers {
            head += &format!("{header}\r\n");
        }
        let mut bytes = head.into_bytes();
        if self.ending == Ending::Length {
            bytes.extend(format!("content-length: {}\r\n\r\n", body.len()).into_bytes());
            bytes.extend(body);
        } else {
            bytes.extend(b"transfer-encoding: chunked\r\n\r\n");
            bytes.extend(format!("{:x}\r\n", body.len()).into_bytes());
            bytes.extend(body);
            bytes.extend(b"\r\n");
        }
        bytes
    }
}
