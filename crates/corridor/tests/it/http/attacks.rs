//! What nobody should send, on real sockets: it is refused or cut, and nobody else notices.

use std::{fmt::Write as _, io::ErrorKind, time::Duration};

use corridor::http::access::{NewToken, TokenName, line};

use super::command;
use crate::{
    folder::Folder,
    service::{Service, answers_in, head, post},
};

const JSON: &str = "Content-Type: application/json";

/// Short, and long enough for a request that is not slow to arrive on a busy machine.
const SHORT_MS: &str = "500";

/// A request that must never be answered where it stands: behind, and inside, another one.
const SMUGGLED: &str = "GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// The statuses of all answers to these bytes, once the service has closed the connection.
fn statuses(bytes: &[u8]) -> Vec<u16> {
    let mut client = Service::shared().connect();
    // The service may have seen enough before it has everything.
    let _ = client.try_write(bytes);
    client.finish_sending();
    answers_in(&client.rest())
        .iter()
        .map(|answer| answer.status)
        .collect()
}

/// A POST of the fixtures' command in one chunk, with these headers, and the smuggled request behind it.
fn chunked_with(headers: &str) -> Vec<u8> {
    let body = command();
    let mut request = format!(
        "POST /v1/decide HTTP/1.1\r\nHost: localhost\r\n{JSON}\r\n{headers}\r\n{:x}\r\n",
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(&body);
    request.extend_from_slice(b"\r\n0\r\n\r\n");
    request.extend_from_slice(SMUGGLED.as_bytes());
    request
}

/// A POST with these headers and a body of five bytes, and the smuggled request behind it.
fn five_bytes_with(headers: &str) -> Vec<u8> {
    format!("POST /v1/decide HTTP/1.1\r\nHost: localhost\r\n{JSON}\r\n{headers}\r\n12345{SMUGGLED}")
        .into_bytes()
}

/// Where a length and chunks disagree the chunks count, and nothing behind them is ever read.
#[test]
fn a_request_with_two_lengths_is_the_last_of_its_connection() {
    for headers in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: CHUNKED\r\nContent-Length: 0\r\n",
    ] {
        assert_eq!(statuses(&chunked_with(headers)), [200], "{headers}");
    }
}

#[test]
fn a_request_whose_length_is_not_clear_is_refused_with_all_behind_it() {
    for headers in [
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5, 6\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 5 5\r\n",
        "Content-Length: \r\n",
        "Content-Length: 99999999999999999999999\r\n",
        "Content-Length : 5\r\n",
        "Content-Length\r\n",
        " Content-Length: 5\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding:\x0bchunked\r\n",
    ] {
        assert_eq!(statuses(&five_bytes_with(headers)), [400], "{headers:?}");
    }
}

#[test]
fn heads_that_are_written_oddly_are_refused_with_all_behind_them() {
    for headers in [
        "X: a\r\n folded\r\n",
        "X: a\rb\r\n",
        "X: a\0b\r\n",
        "X\0: a\r\n",
        "X Y: a\r\n",
        ": a\r\n",
        "\u{e9}: a\r\n",
        "Host: other\r\n",
    ] {
        let request = format!("GET /version HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        assert_eq!(statuses(request.as_bytes()), [400], "{headers:?}");
    }
    for request in [
        "GET /version HTTP/1.1\r\n\r\n",
        "GET /version HTTP/1.1\r\nHost: a b,c\r\n\r\n",
        "GET /version\r\n\r\n",
        "GET /version HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET  /version HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /ver sion HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}",
        "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
    ] {
        assert_eq!(statuses(request.as_bytes()), [400], "{request:?}");
    }
}

/// A lone line feed ends a line for us (RFC 9112, 2.2, allows it). It never makes two requests of what is one with line ends as they
/// should be, and nothing hides behind it in a value.
#[test]
fn lone_line_feeds_smuggle_nothing() {
    assert_eq!(
        statuses(b"GET /version HTTP/1.1\nHost: localhost\n\n"),
        [200]
    );
    let hidden = "POST /v1/decide HTTP/1.1\r\nHost: localhost\r\nX: a\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345";
    assert_eq!(statuses(hidden.as_bytes()), [400]);
}

#[test]
fn chunks_that_make_no_sense_end_the_connection() {
    let head = format!(
        "POST /v1/decide HTTP/1.1\r\nHost: localhost\r\n{JSON}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    for chunks in [
        "zz\r\n",
        "-5\r\n12345\r\n",
        "ffffffffffffffffff\r\n",
        "5\r\n1234567\r\n0\r\n\r\n",
        "5\r\n12345",
        "5\n12345\n0\n\n",
        "5;\0\r\n12345\r\n0\r\n\r\n",
        "0x5\r\n12345\r\n0\r\n\r\n",
        "\r\n5\r\n12345\r\n0\r\n\r\n",
    ] {
        assert_eq!(
            statuses(format!("{head}{chunks}{SMUGGLED}").as_bytes()),
            [400],
            "{chunks:?}"
        );
    }
}

/// An extension of a chunk says nothing and may be of any length; what it costs is bounded.
#[test]
fn chunk_extensions_without_end_are_cut() {
    let head = format!(
        "POST /v1/decide HTTP/1.1\r\nHost: localhost\r\n{JSON}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    // The service stops reading on the way, so that its answer may be lost.
    let found = statuses(format!("{head}5;{}\r\n{SMUGGLED}", "x".repeat(1 << 20)).as_bytes());
    assert!(found.is_empty() || found == [400], "{found:?}");
}

#[test]
fn heads_above_their_limits_are_refused() {
    let many = (0..100).fold(String::new(), |mut many, number| {
        write!(many, "X-{number}: a\r\n").unwrap();
        many
    });
    for request in [
        format!("GET /version HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"),
        format!(
            "GET /version HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n",
            "a".repeat(20_000)
        ),
    ] {
        assert_eq!(statuses(request.as_bytes()), [431]);
    }
    let path = format!(
        "GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a".repeat(20_000)
    );
    let found = statuses(path.as_bytes());
    assert!(found == [414] || found == [431], "{found:?}");
}

#[test]
fn header_values_that_are_not_utf8_are_values_like_others() {
    let mut request = format!("POST /v1/decide HTTP/1.1\r\nHost: localhost\r\n{JSON}\r\nConnection: close\r\nContent-Length: {}\r\ntraceparent: ", command().len()).into_bytes();
    request.extend_from_slice(b"00-\xff\xfe-\xc3\x28\r\nX-Canary: \xff\r\n\r\n");
    request.extend_from_slice(&command());
    let answer = Service::shared().send(&request);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["trace_id"].as_str().unwrap().len(), 32);
}

#[test]
fn requests_sent_ahead_are_answered_in_their_order() {
    let mut ahead = Vec::new();
    for number in 0..100 {
        if number % 2 == 0 {
            ahead.extend_from_slice(&post("/v1/decide", &[JSON], &command()));
        } else {
            ahead.extend_from_slice(&head("GET", "/absent", []));
        }
    }
    ahead.extend_from_slice(&head("GET", "/health", ["Connection: close"]));
    let expected: Vec<u16> = (0..100)
        .map(|number| if number % 2 == 0 { 200 } else { 404 })
        .chain([200])
        .collect();
    assert_eq!(statuses(&ahead), expected);
}

#[test]
fn what_is_sent_behind_a_broken_request_is_not_answered() {
    let ahead = [
        &post("/v1/decide", &[JSON], &command())[..],
        b"BROKEN\r\n\r\n",
        SMUGGLED.as_bytes(),
    ]
    .concat();
    assert_eq!(statuses(&ahead), [200, 400]);
}

#[test]
fn a_client_that_has_sent_everything_may_say_so() {
    assert_eq!(statuses(&post("/v1/decide", &[JSON], &command())), [200]);
    // And one that says so too early is told.
    let cut = &post("/v1/decide", &[JSON], &command())[..200];
    let found = statuses(cut);
    assert!(found.is_empty() || found == [400], "{found:?}");
}

/// Byte by byte, never silent for long: the time is that of the whole head, or body.
#[test]
fn heads_and_bodies_that_drip_are_cut() {
    let service = Service::start(&[("server.read_timeout_ms", SHORT_MS)]);
    let endless_head = b"GET /version HTTP/1.1\r\nHost: localhost\r\nX: "
        .iter()
        .chain(std::iter::repeat(&b'a'));
    assert!(service.connect().drip(endless_head.copied()).is_empty());

    let length = "Content-Length: 60000";
    let mut client = service.connect();
    client.write(&head("POST", "/v1/decide", [JSON, length]));
    let answers = client.drip(std::iter::repeat(b' '));
    let answers = answers_in(&answers);
    assert_eq!(answers.len(), 1);
    assert_eq!(
        (answers[0].status, answers[0].code().as_str()),
        (408, "body_timeout")
    );
}

#[test]
fn connections_that_say_nothing_are_closed() {
    let service = Service::start(&[
        ("server.read_timeout_ms", SHORT_MS),
        ("server.idle_timeout_ms", SHORT_MS),
    ]);
    // From the beginning,
    assert!(service.connect().is_closed());
    // half-way through what tells the version of HTTP,
    for start in ["P", "PRI * HT", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        let mut client = service.connect();
        client.write(start.as_bytes());
        client.rest();
    }
    // and after a request.
    let mut client = service.connect();
    client.write(&head("GET", "/health", []));
    assert_eq!(client.answer().status, 200);
    assert!(client.is_closed());
}

#[test]
fn a_client_that_takes_no_answers_is_cut() {
    let service = Service::start(&[("server.read_timeout_ms", SHORT_MS)]);
    let mut client = service.connect();
    const MOST: usize = 256 << 20;
    let written = client.write_until_closed(&head("GET", "/absent", []).repeat(1000), MOST);
    assert!(written < MOST, "{written} bytes were taken");
}

#[test]
fn wrong_tokens_by_the_thousand_let_nobody_in_and_keep_nobody_out() {
    let folder = Folder::new("guessing");
    let file = folder.path("tokens");
    let token = NewToken::make().unwrap();
    std::fs::write(
        &file,
        line(&TokenName::new("product").unwrap(), &token.digest()),
    )
    .unwrap();
    let service = Service::start(&[("server.token_file", file.to_str().unwrap())]);
    let right = format!("Authorization: Bearer {}", token.reveal());
    let mut guesser = service.connect();
    for round in 0..20 {
        let mut guesses = Vec::new();
        for number in 0..250 {
            let guess = format!("Authorization: Bearer corridor_{round:032x}{number:032x}");
            guesses.extend_from_slice(&post("/v1/decide", &[JSON, &guess], &command()));
        }
        guesser.write(&guesses);
        for _ in 0..250 {
            assert_eq!(guesser.answer().code(), "token_unknown");
        }
        assert_eq!(
            service
                .send(&post("/v1/decide", &[JSON, &right], &command()))
                .status,
            200
        );
    }
    // Neither length nor bytes of a guess matter.
    for guess in [&b"\xff\xfe"[..], &[b'a'; 10_000], b"\t", b"corridor_"] {
        let mut request = format!("POST /v1/decide HTTP/1.1\r\nHost: localhost\r\n{JSON}\r\nContent-Length: 0\r\nAuthorization: Bearer ").into_bytes();
        request.extend_from_slice(guess);
        request.extend_from_slice(b"\r\n\r\n");
        assert_eq!(service.send(&request).status, 401);
    }
}

impl crate::service::Client {
    /// Sends byte after byte, each once nothing has come back for a moment, until the service closes the connection; gives what came
    /// back.
    fn drip(mut self, bytes: impl Iterator<Item = u8>) -> Vec<u8> {
        let mut back = Vec::new();
        self.set_patience(Duration::from_millis(20));
        for byte in bytes {
            match self.read_some(&mut back) {
                Ok(0) => return back,
                Ok(_) => {}
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
                {
                    if self.try_write(&[byte]).is_err() {
                        // Closed; what it said before may still be there.
                        while self.read_some(&mut back).is_ok_and(|read| read > 0) {}
                        return back;
                    }
                }
                Err(_) => return back,
            }
        }
        panic!("everything was taken");
    }
}
