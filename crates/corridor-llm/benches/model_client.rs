//! What the model client costs, run by hand on a quiet machine: `cargo bench -p corridor-llm`.
//!
//! Prints three figures, or those named after `--` (`late`, `added`, `memory`): how late a time-out is reported, what a task adds beyond the provider's own time, and whether
//! memory stays flat over many calls. The provider is a thread of this process with a runtime of its own; it puts the
//! time it took itself, in microseconds, where the tokens of an answer are counted, so that the two can be subtracted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a program that measures and prints"
)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use corridor_llm::policy::{PolicyInputs, PolicySource};
use corridor_llm::record::NoRecords;
use corridor_llm::runtime::RuntimeParts;
use corridor_llm::{
    Correlation, HttpCaller, Language, PersonText, Policy, PromptLibrary, Runtime, TaskId,
    TaskInput,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

/// How a provider answers.
#[derive(Debug, Clone, Copy)]
enum Provider {
    /// After a time.
    After(Duration),
    /// Never.
    Silent,
}

fn main() {
    // `cargo test --all-targets` runs this file too; only `cargo bench` passes the flag.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("nothing measured: run it with cargo bench");
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let wanted = |name: &str| {
        let mut named = std::env::args()
            .skip(1)
            .filter(|argument| !argument.starts_with('-'))
            .peekable();
        named.peek().is_none() || named.any(|argument| argument == name)
    };
    runtime.block_on(async {
        if wanted("late") {
            timeout_lateness().await;
        }
        if wanted("added") {
            added_latency().await;
        }
        if wanted("memory") {
            memory().await;
        }
    });
}

/// A time-out must be reported within 20 ms of its time.
async fn timeout_lateness() {
    let client = client(provider(Provider::Silent), "timeout_ms = 60000");
    let allowed = Duration::from_millis(200);
    let mut late = Vec::new();
    for _ in 0..10 {
        let tasks: Vec<_> = (0..16)
            .map(|_| tokio::spawn(timed(Arc::clone(&client), allowed)))
            .collect();
        for task in tasks {
            let (took, service) = task.await.unwrap();
            assert!(service.is_none(), "a silent provider cannot answer");
            late.push(took.saturating_sub(allowed));
        }
    }
    print("time-out reported late by", &mut late);
}

/// What a task adds beyond the provider's 20 ms, at 100 tasks a second: p99 at most 2 ms.
///
/// Half-way between two tasks the same bytes go over a bare socket, so that what the machine adds by itself is seen in the same
/// seconds.
async fn added_latency() {
    let address = provider(Provider::After(Duration::from_millis(20)));
    let client = client(address, "timeout_ms = 5000");
    let mut tick = tokio::time::interval(Duration::from_millis(5));
    let mut tasks = Vec::new();
    let mut bare = Vec::new();
    let sockets = Arc::new(tokio::sync::Mutex::new(Vec::new()));
    for _ in 0..3_000 {
        tick.tick().await;
        tasks.push(tokio::spawn(timed(
            Arc::clone(&client),
            Duration::from_secs(5),
        )));
        tick.tick().await;
        bare.push(tokio::spawn(bare_exchange(address, Arc::clone(&sockets))));
    }
    let mut added = Vec::new();
    for task in tasks {
        let (took, service) = task.await.unwrap();
        added.push(took.saturating_sub(service.expect("an answer")));
    }
    let mut added_bare = Vec::new();
    for exchange in bare {
        added_bare.push(exchange.await.unwrap());
    }
    // The first calls open connections.
    print(
        "added beyond the provider's own time",
        &mut added.split_off(100),
    );
    print(
        "  of a bare socket, meanwhile",
        &mut added_bare.split_off(100),
    );
}

/// Sends a request of a usual size over a socket that was used before, where there is one; how long it took beyond the provider's
/// own time.
async fn bare_exchange(
    address: SocketAddr,
    sockets: Arc<tokio::sync::Mutex<Vec<TcpStream>>>,
) -> Duration {
    let started = Instant::now();
    let kept = sockets.lock().await.pop();
    let mut socket = match kept {
        Some(socket) => socket,
        None => TcpStream::connect(address).await.unwrap(),
    };
    socket.set_nodelay(true).unwrap();
    let body = "x".repeat(1_500);
    let request = format!(
        "POST / HTTP/1.1\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    while request_end(&bytes).is_none() {
        assert!(socket.read_buf(&mut bytes).await.unwrap() > 0);
    }
    let took = started.elapsed();
    sockets.lock().await.push(socket);
    let text = String::from_utf8(bytes).unwrap();
    let service_us = text
        .split_once("completion_tokens\":")
        .and_then(|(_, rest)| rest.split_once('}'))
        .and_then(|(digits, _)| digits.parse().ok())
        .unwrap();
    took.saturating_sub(Duration::from_micros(service_us))
}

/// Memory must be flat over 100,000 calls.
async fn memory() {
    const CALLS: usize = 100_000;
    const STEP: usize = 10_000;
    let client = client(
        provider(Provider::After(Duration::ZERO)),
        "timeout_ms = 5000",
    );
    for done in (0..=CALLS).step_by(STEP) {
        println!("resident memory after {done} calls: {} kB", resident_kb());
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let client = Arc::clone(&client);
                tokio::spawn(async move {
                    for _ in 0..STEP / 8 {
                        timed(Arc::clone(&client), Duration::from_secs(5))
                            .await
                            .1
                            .expect("an answer");
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    }
}

/// Runs one task; how long it took, and how long the provider says it took itself.
async fn timed(client: Arc<Runtime>, allowed: Duration) -> (Duration, Option<Duration>) {
    let started = Instant::now();
    let input = TaskInput::new(
        Correlation::default(),
        Language::Ru,
        PersonText::new("купи два литра молока и хлеб"),
    );
    let result = client
        .run_task(TaskId::AssistNormalization, input, started + allowed)
        .await;
    let took = started.elapsed();
    (
        took,
        result
            .ok()
            .map(|output| Duration::from_micros(output.summary.usage.output_tokens)),
    )
}

fn client(address: SocketAddr, lines: &str) -> Arc<Runtime> {
    let text = format!(
        "version = 1\nprofile = \"p\"\n[breaker]\nstate = \"off\"\n[profiles.p]\nprovider = \"openai_compatible\"\n\
         model = \"m\"\nmax_concurrency = 64\nchain = []\n{lines}\n"
    );
    let inputs = PolicyInputs {
        variables: &|_| None,
        base_url: Some(format!("http://{address}/v1")),
        api_key: None,
        profile: None,
    };
    let policy = Policy::load(&PolicySource::from_text("bench.toml", &text), &inputs).unwrap();
    let caller = HttpCaller::new(
        policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok()),
    )
    .unwrap();
    Arc::new(Runtime::new(RuntimeParts {
        policy,
        prompts: PromptLibrary::embedded().unwrap(),
        caller: Arc::new(caller),
        sink: Arc::new(NoRecords),
        clock: Arc::new(|| jiff::Timestamp::UNIX_EPOCH),
        budget_use: None,
    }))
}

/// Starts a provider on a thread and a runtime of its own, for the rest of the process.
fn provider(provider: Provider) -> SocketAddr {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, provider));
            }
        });
    });
    receiver.recv().unwrap()
}

async fn serve(mut stream: TcpStream, provider: Provider) {
    stream.set_nodelay(true).unwrap();
    let mut bytes = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = request_end(&bytes) {
                break end;
            }
            match stream.read_buf(&mut bytes).await {
                Ok(read) if read > 0 => {}
                _ => return,
            }
        };
        let started = Instant::now();
        bytes.drain(..end);
        match provider {
            Provider::Silent => std::future::pending().await,
            Provider::After(time) if time.is_zero() => {}
            Provider::After(time) => tokio::time::sleep(time).await,
        }
        let service_us = started.elapsed().as_micros();
        let body = format!(
            "{{\"choices\":[{{\"message\":{{\"content\":\"{{\\\"text\\\":\\\"x\\\"}}\"}},\"finish_reason\":\"stop\"}}],\
             \"usage\":{{\"prompt_tokens\":1,\"completion_tokens\":{service_us}}}}}"
        );
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        if stream
            .write_all(format!("{head}{body}").as_bytes())
            .await
            .is_err()
        {
            return;
        }
    }
}

/// Where the first whole request in the bytes ends.
fn request_end(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head])
        .ok()?
        .to_ascii_lowercase();
    let length: usize = text
        .split_once("content-length: ")?
        .1
        .split_once('\r')?
        .0
        .parse()
        .ok()?;
    (bytes.len() >= head + length).then_some(head + length)
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
    println!(
        "{what}: p50 {:.2} ms, p99 {:.2} ms, max {:.2} ms over {}",
        at(50),
        at(99),
        at(100),
        times.len()
    );
}

fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}
