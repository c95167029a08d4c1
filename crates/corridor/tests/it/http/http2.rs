//! HTTP/2 without TLS, on the same port.

use axum::body::Body;
use hyper::{Request, client::conn::http2, header::CONTENT_TYPE};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::Value;
use tokio::net::TcpStream;

use super::command;
use crate::{
    frames::{
        DATA, END_HEADERS, END_STREAM, Frame, HEADERS, PING, PREFACE, RST_STREAM, SETTINGS, frame,
        read_until,
    },
    service::{Client, Service},
};

/// A client that knows that the service speaks HTTP/2.
async fn connect(service: &Service) -> http2::SendRequest<Body> {
    let stream = TcpStream::connect(service.address()).await.unwrap();
    let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
        .await
        .unwrap();
    tokio::spawn(connection);
    sender
}

async fn post(sender: &mut http2::SendRequest<Body>, path: &str, body: Vec<u8>) -> (u16, Value) {
    let request = Request::post(format!("http://localhost{path}"))
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .unwrap();
    sender.ready().await.unwrap();
    let response = sender.send_request(request).await.unwrap();
    assert_eq!(response.headers()["api-version"], "v1");
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(Body::new(response.into_body()), 1 << 20)
        .await
        .unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn it_decides_many_at_once_on_one_connection() {
    let sender = connect(Service::shared()).await;
    let answers: Vec<_> = (0..200)
        .map(|_| {
            let mut sender = sender.clone();
            tokio::spawn(async move { post(&mut sender, "/v1/decide", command()).await })
        })
        .collect();
    for answer in answers {
        let (status, decision) = answer.await.unwrap();
        assert_eq!(
            (status, &decision["command_id"]),
            (200, &Value::from("cmd-1"))
        );
    }
}

#[tokio::test]
async fn limits_hold() {
    let mut sender = connect(Service::shared()).await;
    let (status, document) = post(&mut sender, "/v1/decide", vec![b' '; 65_537]).await;
    assert_eq!(
        (status, &document["code"]),
        (413, &Value::from("body_too_large"))
    );
    let (status, _) = post(&mut sender, "/absent", Vec::new()).await;
    assert_eq!(status, 404);
}

/// The answer to a batch comes while the request is still being sent.
#[tokio::test]
async fn a_batch_streams() {
    let mut sender = connect(Service::shared()).await;
    let (lines, body) = tokio::sync::mpsc::channel(1);
    let request = Request::post("http://localhost/v1/decide/batch")
        .header(CONTENT_TYPE, "application/x-ndjson")
        .body(Body::new(Pieces(body)))
        .unwrap();
    let mut line = command();
    line.retain(|byte| *byte != b'\n');
    line.push(b'\n');
    lines.send(line.clone()).await.unwrap();
    let response = sender.send_request(request).await.unwrap();
    let mut answers = Body::new(response.into_body());
    for _ in 0..10 {
        let answer = super::next_piece(&mut answers).await.unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer["command_id"], "cmd-1");
        lines.send(line.clone()).await.unwrap();
    }
    drop(lines);
    let last = axum::body::to_bytes(answers, 1 << 20).await.unwrap();
    assert_eq!(last.iter().filter(|byte| **byte == b'\n').count(), 1);
}

/// A service that stops lets a request under way end and says goodbye.
#[tokio::test]
async fn a_service_that_stops_ends_the_connection() {
    let service = Service::start(&[]);
    let mut sender = connect(&service).await;
    assert_eq!(post(&mut sender, "/v1/decide", command()).await.0, 200);
    let stopped = tokio::task::spawn_blocking(move || service.stopped());
    assert_eq!(stopped.await.unwrap(), corridor::http::Drained::Whole);
    while !sender.is_closed() {
        tokio::task::yield_now().await;
    }
}

/// Room for an answer's bytes on a stream, as a client gives it: none, or hardly any.
const NARROW_WINDOWS_BYTES: [u32; 2] = [0, 1];

/// A client that gives its answers no room makes the service keep them, and each holds its place among the requests in flight meanwhile.
#[test]
fn answers_that_get_no_room_are_in_flight_until_they_are_taken() {
    for window in NARROW_WINDOWS_BYTES {
        // Nothing is cut.
        let service = service_for_four(600_000);
        let mut client = decided_without_taking(&service, window);
        let refused = service.post("/v1/decide", &command());
        assert_eq!(refused.status, 503, "window of {window}");
        assert_eq!(refused.code(), "overloaded");
        // RFC 9113, 6.9.2: what streams that are open have room for changes with the setting.
        client.write(&initial_window(1 << 20));
        for _ in STREAMS {
            read_until(&mut client, |frame| {
                frame.kind == DATA && frame.ends_stream()
            });
        }
        assert!(is_served_again(&service), "window of {window}");
    }
}

/// A client that gives its answers no room keeps their places only for so long.
#[test]
fn a_client_that_gives_answers_no_room_is_cut() {
    for window in NARROW_WINDOWS_BYTES {
        let service = service_for_four(1000);
        let mut client = decided_without_taking(&service, window);
        let mut rest = client.rest();
        while let Some(frame) = Frame::take_from(&mut rest) {
            // Whoever says nothing for far longer is asked whether they are there, and then cut too.
            assert_ne!(frame.kind, PING, "window of {window}");
        }
        assert!(is_served_again(&service), "window of {window}");
    }
}

/// A service with as many places as [`STREAMS`] take.
fn service_for_four(read_timeout_ms: u32) -> Service {
    Service::start(&[
        ("server.max_requests_in_flight", "4"),
        ("server.read_timeout_ms", &read_timeout_ms.to_string()),
    ])
}

/// Whether a place becomes free. An answer's place is given back a moment after its last byte.
fn is_served_again(service: &Service) -> bool {
    (0..10_000).any(|_| service.post("/v1/decide", &command()).status == 200)
}

/// As many requests as are sent by [`decided_without_taking`].
const STREAMS: [u32; 4] = [1, 3, 5, 7];

/// A client whose commands are decided, as the heads of their answers say, which come whatever the window; their bodies do not.
fn decided_without_taking(service: &Service, window: u32) -> Client {
    let mut client = service.connect();
    client.write(PREFACE);
    client.write(&initial_window(window));
    // POST http://localhost/v1/decide by the static table and literals.
    let literal =
        |name: u8, value: &[u8]| [&[name, u8::try_from(value.len()).unwrap()][..], value].concat();
    let head = [
        vec![0x83, 0x86],
        literal(0x44, b"/v1/decide"),
        literal(0x41, b"localhost"),
        // Field 31, content-type, does not fit the four bits of an index.
        [
            vec![0x0f, 0x10],
            literal(0, b"application/json")[1..].to_vec(),
        ]
        .concat(),
    ]
    .concat();
    for stream in STREAMS {
        client.write(&frame(HEADERS, END_HEADERS, stream, &head));
        client.write(&frame(DATA, END_STREAM, stream, &command()));
    }
    for _ in STREAMS {
        let head = read_until(&mut client, |frame| frame.kind == HEADERS);
        // RFC 7541, appendix A: field 8 of the static table is a status of 200.
        assert_eq!(head.payload[0], 0x80 | 8);
        assert!(!head.ends_stream());
    }
    client
}

/// SETTINGS with the room that each stream begins with.
fn initial_window(bytes: u32) -> Vec<u8> {
    frame(
        SETTINGS,
        0,
        0,
        &[&[0, 4][..], &bytes.to_be_bytes()].concat(),
    )
}

/// Streams that are opened to be reset at once (CVE-2023-44487) end their connection, and nobody else notices.
#[test]
fn a_flood_of_resets_is_ended() {
    let service = Service::shared();
    let mut client = service.connect();
    client.write(PREFACE);
    client.write(&frame(SETTINGS, 0, 0, &[]));
    // GET http://localhost/ by the static table and one literal.
    let get = [&[0x82, 0x86, 0x84, 0x41, 9][..], b"localhost"].concat();
    let mut flood = Vec::new();
    for stream in (1..2001).step_by(2) {
        flood.extend_from_slice(&frame(HEADERS, END_HEADERS | END_STREAM, stream, &get));
        flood.extend_from_slice(&frame(RST_STREAM, 0, stream, &8u32.to_be_bytes()));
    }
    let most = flood.len() * 1000;
    assert!(client.write_until_closed(&flood, most) < most);
    assert_eq!(service.post("/v1/decide", &command()).status, 200);
}

/// Such a connection may take as much memory as ten others, so that they are counted apart as well.
#[test]
fn connections_above_the_limit_are_turned_away_and_others_are_served() {
    let service = Service::start(&[("server.max_http2_connections", "2")]);
    let open = || {
        let mut client = service.connect();
        client.write(PREFACE);
        client.write(&frame(SETTINGS, 0, 0, &[]));
        client
    };
    let served: Vec<_> = (0..2)
        .map(|_| {
            let mut client = open();
            read_until(&mut client, |frame| frame.kind == SETTINGS);
            client
        })
        .collect();
    let refused = open().answer();
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (503, "too_many_connections")
    );
    assert_eq!(service.post("/v1/decide", &command()).status, 200);
    drop(served);
    // The room is free once the service has seen that the clients left.
    assert!((0..10_000).any(|_| open().read_exactly(5) != b"HTTP/"));
}

/// Frames that no client sends.
#[test]
fn frames_that_make_no_sense_end_the_connection() {
    for frames in [
        vec![0; 64],
        frame(0, 0, 1, b"data before headers"),
        frame(1, 0x4, 2, &[0x82]),
        frame(4, 0, 0, b"12345"),
        [frame(SETTINGS, 0, 0, &[]), frame(9, 0x4, 1, &[0x82])].concat(),
        [frame(SETTINGS, 0, 0, &[]), frame(1, 0x5, 1, &[0xff; 200])].concat(),
    ] {
        let mut client = Service::shared().connect();
        client.write(PREFACE);
        client.write(&frames);
        client.finish_sending();
        // It ends: the test would wait for ever otherwise.
        client.rest();
    }
    assert_eq!(Service::shared().post("/v1/decide", &command()).status, 200);
}

/// A body of pieces as they come.
struct Pieces(tokio::sync::mpsc::Receiver<Vec<u8>>);

impl axum::body::HttpBody for Pieces {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        self.0
            .poll_recv(context)
            .map(|piece| piece.map(|piece| Ok(hyper::body::Frame::data(piece.into()))))
    }
}
