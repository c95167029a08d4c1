//! One run over a real socket for every fault of the rehearsal provider, with a short deadline.

use std::sync::Arc;
use std::time::Duration;

use corridor_llm::rehearsal::{PlayKind, Rehearsal, RehearsalReport, Script, ViolationKind};
use corridor_llm::{
    AttemptRecord, HttpCaller, LlmCaller, Outcome, TaskFailure, TaskId, TaskOutput,
};

use crate::scripted::{in_ms, input, load, runtime, two_profiles};

/// Every play, with the lines it needs in a script, and how a call without fallback ends.
pub(crate) const FAULTS: [(PlayKind, &str, Outcome, Option<&str>); 20] = [
    (PlayKind::Answer, "", Outcome::Success, None),
    (PlayKind::Fenced, "", Outcome::Success, None),
    (PlayKind::Prose, "", Outcome::Success, None),
    // Fits the schema: what nobody said is refused later, by the rules that accept answers.
    (PlayKind::Ungrounded, "", Outcome::Success, None),
    (
        PlayKind::WrongEnum,
        "",
        Outcome::SchemaValidationFailed,
        None,
    ),
    (PlayKind::Truncated, "", Outcome::Truncated, None),
    (PlayKind::HalfJson, "", Outcome::InvalidJson, None),
    (PlayKind::Empty, "", Outcome::Empty, None),
    (
        PlayKind::ErrorBody,
        "",
        Outcome::ProviderError,
        Some("error_body"),
    ),
    (PlayKind::Html, "", Outcome::ProviderError, Some("html")),
    (
        PlayKind::Status,
        "status = 401",
        Outcome::Rejected,
        Some("key_refused"),
    ),
    (
        PlayKind::Status,
        "status = 429\nretry_after_s = 1",
        Outcome::RateLimited,
        None,
    ),
    (
        PlayKind::Status,
        "status = 429\nretry_after_s = 86400",
        Outcome::RateLimited,
        None,
    ),
    (
        PlayKind::Status,
        "status = 500",
        Outcome::Unavailable,
        Some("status"),
    ),
    (
        PlayKind::Status,
        "status = 503",
        Outcome::Unavailable,
        Some("status"),
    ),
    (
        PlayKind::EchoKey,
        "",
        Outcome::Rejected,
        Some("key_refused"),
    ),
    (
        PlayKind::Oversize,
        "bytes = 300000",
        Outcome::TooLarge,
        None,
    ),
    (
        PlayKind::Reset,
        "",
        Outcome::Unavailable,
        Some("disconnected"),
    ),
    (
        PlayKind::CutBody,
        "",
        Outcome::Unavailable,
        Some("disconnected"),
    ),
    (
        PlayKind::NoFirstByte,
        "",
        Outcome::Timeout,
        Some("first_byte"),
    ),
];

pub(crate) struct Played {
    pub(crate) result: Result<TaskOutput, TaskFailure>,
    pub(crate) records: Vec<AttemptRecord>,
    pub(crate) report: RehearsalReport,
    pub(crate) took: Duration,
}

/// Runs a task against a provider that plays one thing for ever.
pub(crate) async fn run(
    task: TaskId,
    play: PlayKind,
    lines: &str,
    profile: &str,
    deadline_ms: u64,
) -> Played {
    let script = format!(
        "[expect]\nauthorization = \"bearer\"\n[[plays]]\nplay = \"{}\"\n{lines}",
        play.as_str()
    );
    run_script(task, &script, profile, deadline_ms).await
}

async fn run_script(task: TaskId, script: &str, profile: &str, deadline_ms: u64) -> Played {
    let script =
        Script::parse("script.toml", script).unwrap_or_else(|problems| panic!("{problems}"));
    let rehearsal = Rehearsal::start("127.0.0.1:0".parse().unwrap(), script)
        .await
        .unwrap();
    let text = two_profiles(
        "",
        &format!("base_url = \"{}\"\n{profile}", rehearsal.base_url()),
        "chain = []",
    );
    let policy = load(&text);
    let caller = HttpCaller::new(
        policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok()),
    )
    .unwrap();
    let (runtime, records) = runtime(&text, Arc::new(caller) as Arc<dyn LlmCaller>);
    let started = tokio::time::Instant::now();
    let result = runtime.run_task(task, input(), in_ms(deadline_ms)).await;
    Played {
        result,
        records: records.all(),
        report: rehearsal.report(),
        took: started.elapsed(),
    }
}

/// Generous, so that a busy machine does not turn an answer into a time-out.
const PATIENT: &str = "timeout_ms = 20000\nchain = []";

/// For the one play that ends by a time-out.
const IMPATIENT: &str = "timeout_ms = 20000\nfirst_byte_timeout_ms = 150\nchain = []";

#[tokio::test]
async fn every_fault_ends_as_it_should() {
    for (play, lines, outcome, detail) in FAULTS {
        for task in TaskId::ALL {
            let case = format!("{} {lines} for {}", play.as_str(), task.as_str());
            let profile = if play == PlayKind::NoFirstByte {
                IMPATIENT
            } else {
                PATIENT
            };
            let played = run(task, play, lines, profile, 20_000).await;
            let record = &played.records[0];
            assert_eq!(
                (record.outcome, record.outcome_detail),
                (outcome, detail),
                "{case}"
            );
            assert_eq!(played.result.is_ok(), outcome == Outcome::Success, "{case}");
            assert_eq!(played.report.requests, 1, "{case}");
            assert_eq!(played.report.violations, [], "{case}");
        }
    }
}

#[tokio::test]
async fn a_dripping_reply_ends_at_the_deadline() {
    // Faster than the idle limit, far slower than the deadline.
    let lines = "interval_ms = 20";
    let played = run(
        TaskId::AssistClarify,
        PlayKind::Drip,
        lines,
        "timeout_ms = 60000\nchain = []",
        300,
    )
    .await;
    assert_eq!(played.records[0].outcome_detail, Some("total"));
    assert!(
        played.took >= Duration::from_millis(300),
        "{:?}",
        played.took
    );
}

#[tokio::test]
async fn a_pause_within_a_reply_has_a_limit_of_its_own() {
    let profile =
        "timeout_ms = 60000\nidle_timeout_ms = 100\nfirst_byte_timeout_ms = 30000\nchain = []";
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 16 * 1024];
        let _ = stream.read(&mut request).await.unwrap();
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")
            .await
            .unwrap();
        // Reads on until the client gives up and closes.
        while stream.read(&mut request).await.is_ok_and(|read| read > 0) {}
    });
    let text = two_profiles(
        "",
        &format!("base_url = \"http://{address}/v1\"\n{profile}"),
        "",
    );
    let policy = load(&text);
    let caller = HttpCaller::new(
        policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok()),
    )
    .unwrap();
    let (runtime, records) = runtime(&text, Arc::new(caller) as Arc<dyn LlmCaller>);
    runtime
        .run_task(TaskId::AssistClarify, input(), in_ms(30_000))
        .await
        .unwrap_err();
    assert_eq!(records.all()[0].outcome_detail, Some("idle"));
    // Ends only because the connection was closed.
    server.await.unwrap();
}

#[tokio::test]
async fn dropping_a_task_closes_its_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (arrived, arrival) = tokio::sync::oneshot::channel();
    let server = tokio::spawn(async move {
        use tokio::io::AsyncReadExt;
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = [0; 16 * 1024];
        let _ = stream.read(&mut bytes).await.unwrap();
        arrived.send(()).unwrap();
        while stream.read(&mut bytes).await.is_ok_and(|read| read > 0) {}
    });
    let text = two_profiles(
        "",
        &format!("base_url = \"http://{address}/v1\"\ntimeout_ms = 600000"),
        "",
    );
    let policy = load(&text);
    let caller = HttpCaller::new(
        policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok()),
    )
    .unwrap();
    let (runtime, _) = runtime(&text, Arc::new(caller) as Arc<dyn LlmCaller>);
    let task = tokio::spawn(async move {
        runtime
            .run_task(TaskId::AssistClarify, input(), in_ms(600_000))
            .await
    });
    arrival.await.unwrap();
    task.abort();
    // Ends only because the connection was closed.
    server.await.unwrap();
}

#[tokio::test]
async fn plays_follow_each_other_and_a_chain_gets_through() {
    let script = r#"
        order = "in_order"
        [[plays]]
        play = "status"
        status = 503
        burst = 2
        [[plays]]
        play = "wrong_enum"
        [[plays]]
        play = "answer"
    "#;
    let profile = r#"chain = [
        { on = ["unavailable"], do = "retry", max_retries = 3 },
        { on = ["schema_validation_failed"], do = "repair" },
    ]"#;
    let played = run_script(TaskId::PartialTrustShopping, script, profile, 5000).await;
    let output = played.result.unwrap();
    assert_eq!(output.summary.attempts, 4);
    assert!(output.summary.repaired);
    assert_eq!(played.report.plays["status"], 2);
    assert_eq!(
        played.report.violation_count, 0,
        "a repair is a proper request too"
    );
}

#[tokio::test]
async fn an_outage_begins_after_its_requests_and_ends_with_its_time() {
    let script = r#"
        [[plays]]
        play = "answer"
        [[outages]]
        after_requests = 0
        for_ms = 200
    "#;
    let profile = "chain = [{ on = [\"unavailable\"], do = \"retry\", max_retries = 5 }]";
    let top = "[backoff]\nbase_ms = 400\nmax_ms = 1000\n[breaker]\nstate = \"off\"";
    let script = Script::parse("script.toml", script).unwrap();
    let rehearsal = Rehearsal::start("127.0.0.1:0".parse().unwrap(), script)
        .await
        .unwrap();
    let text = two_profiles(
        top,
        &format!("base_url = \"{}\"\n{profile}", rehearsal.base_url()),
        "",
    );
    let policy = load(&text);
    let caller = HttpCaller::new(
        policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok()),
    )
    .unwrap();
    let (runtime, _) = runtime(&text, Arc::new(caller) as Arc<dyn LlmCaller>);
    runtime
        .run_task(TaskId::AssistClarify, input(), in_ms(20_000))
        .await
        .unwrap();
    let plays = rehearsal.report().plays;
    assert!(plays["outage"] >= 1 && plays["answer"] == 1, "{plays:?}");
}

#[tokio::test]
async fn what_it_is_sent_is_checked() {
    let script = r#"
        [expect]
        authorization = "api_key"
        key = "another"
        project = "folder"
        model = "large"
        data_logging = "refused"
        response_format = "json_object"
        [[plays]]
        play = "answer"
    "#;
    let played = run_script(TaskId::AssistClarify, script, "chain = []", 5000).await;
    let kinds: Vec<_> = played
        .report
        .violations
        .iter()
        .map(|violation| violation.kind)
        .collect();
    use ViolationKind::{Authorization, DataLogging, Key, Model, Project, ResponseFormat};
    assert_eq!(
        kinds,
        [
            Authorization,
            Key,
            Project,
            DataLogging,
            Model,
            ResponseFormat
        ]
    );
}

#[test]
fn the_built_in_script_plays_everything() {
    let script = Script::default_mixture().unwrap();
    for (play, ..) in FAULTS {
        assert!(
            script.plays.iter().any(|spec| spec.play == play),
            "{}",
            play.as_str()
        );
    }
    assert!(!script.outages.is_empty());
}

#[test]
fn a_broken_script_says_where() {
    for (text, said) in [
        ("", "plays: names nothing to play"),
        ("[[plays]]\nplay = \"dance\"", "script.toml:2: "),
        ("sead = 1\n[[plays]]\nplay = \"answer\"", "script.toml:1: "),
        ("[[plays]]\nplay = \"status\"", "plays.status: is missing"),
        ("[[plays]]\nplay = \"answer\"\nweight = -1", "plays.weight"),
        (
            "latency = { median_ms = 9, p99_ms = 3 }\n[[plays]]\nplay = \"answer\"",
            "latency.p99_ms",
        ),
    ] {
        let problems = Script::parse("script.toml", text).unwrap_err().to_string();
        assert!(problems.contains(said), "wanted: {said}\ngot: {problems}");
    }
}
