//! Plays one request: what is written to the connection, and whether it stays open.

use std::io;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::answer::Question;
use super::http_message::{HttpRequest, reply};
use super::script::{PlayKind, PlaySpec};

/// Whether the connection serves another request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Connection {
    Open,
    Closed,
}

const JSON: &str = "application/json";

pub(super) async fn play(
    stream: &mut TcpStream,
    request: &HttpRequest,
    spec: &PlaySpec,
) -> io::Result<Connection> {
    match spec.play {
        PlayKind::Reset => reset(stream),
        PlayKind::NoFirstByte => wait_for_the_peer(stream).await,
        PlayKind::Drip => drip(stream, &good_reply(request), spec).await,
        PlayKind::CutBody => {
            let whole = good_reply(request);
            // The head and the body's first half: the answer is longer than its head.
            let half = whole.len().saturating_sub(whole.len() / 4);
            stream
                .write_all(whole.get(..half).unwrap_or(&whole))
                .await?;
            Ok(Connection::Closed)
        }
        _ => {
            stream.write_all(&whole_reply(request, spec)).await?;
            Ok(Connection::Open)
        }
    }
}

/// Breaks a connection off the hard way.
pub(super) fn reset(stream: &TcpStream) -> io::Result<Connection> {
    stream.set_zero_linger()?;
    Ok(Connection::Closed)
}

/// The replies that arrive whole.
fn whole_reply(request: &HttpRequest, spec: &PlaySpec) -> Vec<u8> {
    let question = Question::read(&serde_json::from_slice(&request.body).unwrap_or_default());
    let plausible = || question.plausible().to_string();
    match spec.play {
        PlayKind::Fenced => completion(request, &format!("```json\n{}\n```", plausible()), "stop"),
        PlayKind::Prose => completion(
            request,
            &format!("Here you are: {} Anything else?", plausible()),
            "stop",
        ),
        PlayKind::Ungrounded => completion(request, &question.ungrounded().to_string(), "stop"),
        PlayKind::WrongEnum => completion(request, &question.wrong_enum().to_string(), "stop"),
        PlayKind::Truncated => completion(request, first_half(&plausible()), "length"),
        PlayKind::HalfJson => completion(request, first_half(&plausible()), "stop"),
        PlayKind::Empty => completion(request, "", "stop"),
        PlayKind::ErrorBody => {
            let error = json!({"error": {"message": "the model is overloaded", "type": "server_error", "code": 500}});
            reply(200, JSON, "", error.to_string().as_bytes())
        }
        PlayKind::Html => reply(
            200,
            "text/html",
            "",
            b"<!DOCTYPE html><html><body>Sign in to go on</body></html>",
        ),
        PlayKind::Status => {
            let retry_after = spec
                .retry_after_s
                .map(|seconds| format!("retry-after: {seconds}\r\n"));
            let body = json!({"error": {"message": "as the script says"}}).to_string();
            reply(
                spec.status.unwrap_or(500),
                JSON,
                &retry_after.unwrap_or_default(),
                body.as_bytes(),
            )
        }
        PlayKind::EchoKey => {
            let key = request.header("authorization").unwrap_or_default();
            let said = String::from_utf8_lossy(&request.body);
            let body = json!({"error": {"message": format!("Incorrect API key provided: {key}. Request: {said}")}});
            reply(401, JSON, "", body.to_string().as_bytes())
        }
        PlayKind::Oversize => {
            let text = "x".repeat(spec.bytes.unwrap_or(1024 * 1024));
            completion(request, &text, "stop")
        }
        _ => completion(request, &plausible(), "stop"),
    }
}

fn good_reply(request: &HttpRequest) -> Vec<u8> {
    let question = Question::read(&serde_json::from_slice(&request.body).unwrap_or_default());
    completion(request, &question.plausible().to_string(), "stop")
}

fn completion(request: &HttpRequest, content: &str, finish_reason: &str) -> Vec<u8> {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    // Four bytes a token is near enough for a rehearsal.
    let tokens = |bytes: usize| bytes.div_ceil(4);
    let (sent, answered) = (tokens(request.body.len()), tokens(content.len()));
    let completion = json!({
        "id": "rehearsal",
        "object": "chat.completion",
        "model": body.get("model"),
        "choices": [{
            "index": 0,
            "message": {"role": "assistant", "content": content},
            "finish_reason": finish_reason,
        }],
        "usage": {"prompt_tokens": sent, "completion_tokens": answered, "total_tokens": sent.saturating_add(answered)},
    });
    reply(200, JSON, "", completion.to_string().as_bytes())
}

fn first_half(text: &str) -> &str {
    let middle = (0..=text.len() / 2)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    text.get(..middle).unwrap_or_default()
}

/// Keeps the connection until the peer gives up.
async fn wait_for_the_peer(stream: &mut TcpStream) -> io::Result<Connection> {
    let mut ignored = [0; 64];
    while stream.read(&mut ignored).await? > 0 {}
    Ok(Connection::Closed)
}

async fn drip(stream: &mut TcpStream, reply: &[u8], spec: &PlaySpec) -> io::Result<Connection> {
    let pause = Duration::from_millis(spec.interval_ms.unwrap_or(200));
    stream.set_nodelay(true)?;
    for byte in reply {
        stream.write_all(std::slice::from_ref(byte)).await?;
        tokio::time::sleep(pause).await;
    }
    Ok(Connection::Open)
}
