//! Stopping without cutting off what is under way.

use std::net::TcpStream;

use corridor::http::Drained;

use super::command;
use crate::service::{Service, head};

const JSON: &str = "Content-Type: application/json";

#[test]
fn a_request_under_way_is_answered_before_the_service_stops() {
    let mut service = Service::start(&[]);
    let mut client = service.connect();
    let body = command();
    let (first, rest) = body.split_at(100);
    let length = format!("Content-Length: {}", body.len());
    client.write(&head(
        "POST",
        "/v1/decide",
        [JSON, length.as_str(), "Expect: 100-continue"],
    ));
    // The service says "continue" once it reads the body: the request is then under way for certain.
    assert_eq!(client.answer().status, 100);
    client.write(first);
    service.tell_to_stop();
    client.write(rest);
    let answer = client.answer();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["command_id"], "cmd-1");
    assert!(client.is_closed());
    assert_eq!(service.stopped(), Drained::Whole);
}

#[test]
fn connections_that_are_idle_do_not_hold_the_service_up() {
    let service = Service::start(&[]);
    let mut client = service.connect();
    client.write(&head("GET", "/health", []));
    assert_eq!(client.answer().status, 200);
    assert_eq!(service.stopped(), Drained::Whole);
    assert!(client.is_closed());
}

#[test]
fn a_request_that_does_not_end_is_cut_off_after_the_drain_time() {
    let mut service = Service::start(&[("server.shutdown_drain_ms", "20")]);
    let mut client = service.connect();
    client.write(&head(
        "POST",
        "/v1/decide",
        [JSON, "Content-Length: 100", "Expect: 100-continue"],
    ));
    assert_eq!(client.answer().status, 100);
    service.tell_to_stop();
    assert_eq!(service.stopped(), Drained::Cut { connections: 1 });
}

#[test]
fn a_stopped_service_is_not_there() {
    let service = Service::start(&[]);
    let address = service.address();
    assert_eq!(service.stopped(), Drained::Whole);
    assert!(TcpStream::connect(address).is_err());
}
