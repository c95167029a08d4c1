//! Bounds on what a request may send, in size and time.

use std::fmt::Write as _;

use super::command;
use crate::service::{Service, head, post};

const JSON: &str = "Content-Type: application/json";

/// A valid command, padded with spaces to exactly `length` bytes.
fn padded_command(length: usize) -> Vec<u8> {
    let mut body = command();
    body.resize(length, b' ');
    body
}

/// The body in chunks of `size` bytes, with the head of its request.
fn chunked(body: &[u8], size: usize) -> Vec<u8> {
    let mut request = head("POST", "/v1/decide", [JSON, "Transfer-Encoding: chunked"]);
    for chunk in body.chunks(size) {
        let mut frame = String::new();
        write!(frame, "{:x}\r\n", chunk.len()).unwrap();
        request.extend_from_slice(frame.as_bytes());
        request.extend_from_slice(chunk);
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"0\r\n\r\n");
    request
}

#[test]
fn a_body_at_the_limit_is_read_and_one_byte_more_is_not() {
    let service = Service::shared();
    assert_eq!(
        service.post("/v1/decide", &padded_command(65_536)).status,
        200
    );
    assert_eq!(
        service.post("/v1/decide", &padded_command(65_537)).status,
        413
    );
}

#[test]
fn the_limit_is_a_setting() {
    let service = Service::start(&[("server.body_limit_bytes", "2048")]);
    assert_eq!(
        service.post("/v1/decide", &padded_command(2048)).status,
        200
    );
    assert_eq!(
        service.post("/v1/decide", &padded_command(2049)).code(),
        "body_too_large"
    );
}

#[test]
fn the_limit_holds_for_bodies_without_a_length() {
    let service = Service::shared();
    assert_eq!(
        service.send(&chunked(&padded_command(65_536), 1000)).status,
        200
    );
    assert_eq!(
        service.send(&chunked(&padded_command(65_537), 1000)).code(),
        "body_too_large"
    );
}

/// The client is still sending when the limit is passed; a reset instead of an answer would tell it nothing.
#[test]
fn a_client_that_sends_far_too_much_still_gets_its_answer() {
    let service = Service::shared();
    assert_eq!(
        service
            .send(&chunked(&padded_command(900_000), 50_000))
            .code(),
        "body_too_large"
    );
    assert_eq!(
        service.post("/v1/decide", &padded_command(900_000)).code(),
        "body_too_large"
    );
}

#[test]
fn a_client_that_asks_first_is_refused_before_it_sends() {
    let mut client = Service::shared().connect();
    client.write(&head(
        "POST",
        "/v1/decide",
        [JSON, "Content-Length: 5000000", "Expect: 100-continue"],
    ));
    let answer = client.answer();
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (413, "body_too_large")
    );
}

#[test]
fn a_body_that_stops_on_the_way_is_answered_and_its_connection_closed() {
    // Long enough for the head to arrive in time on a busy machine.
    let service = Service::start(&[("server.read_timeout_ms", "500")]);
    let mut client = service.connect();
    client.write(&head("POST", "/v1/decide", [JSON, "Content-Length: 100"]));
    client.write(b"{\"text\":");
    let answer = client.answer();
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (408, "body_timeout")
    );
    assert!(client.is_closed());
}

#[test]
fn a_head_that_stops_on_the_way_closes_the_connection() {
    let service = Service::start(&[("server.read_timeout_ms", "50")]);
    let mut client = service.connect();
    client.write(b"POST /v1/decide HTTP/1.1\r\nHost: local");
    assert!(client.is_closed());
}

#[test]
fn a_broken_chunk_is_refused() {
    let mut client = Service::shared().connect();
    client.write(&head(
        "POST",
        "/v1/decide",
        [JSON, "Transfer-Encoding: chunked"],
    ));
    client.write(b"zz\r\n");
    let answer = client.answer();
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (400, "body_broken")
    );
}

#[test]
fn an_empty_body_is_no_command() {
    let answer = Service::shared().send(&post("/v1/decide", &[JSON], b""));
    assert_eq!((answer.status, answer.code().as_str()), (400, "not_json"));
}
