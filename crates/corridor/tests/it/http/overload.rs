//! More than the service takes: refused at once, with the time to come back.

use corridor::http::access::{NewToken, TokenName, line};

use super::command;
use crate::{
    folder::Folder,
    service::{Answer, Client, Service, head, post},
};

const JSON: &str = "Content-Type: application/json";

/// A client whose request is under way for certain: the service said that it waits for the body.
fn under_way(service: &Service) -> Client {
    let mut client = service.connect();
    let length = format!("Content-Length: {}", command().len());
    client.write(&head(
        "POST",
        "/v1/decide",
        [JSON, length.as_str(), "Expect: 100-continue"],
    ));
    assert_eq!(client.answer().status, 100);
    client
}

fn assert_refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (status, code));
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    assert_eq!(answer.header("api-version"), Some("v1"));
    let seconds: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!(seconds >= 1);
}

#[test]
fn requests_above_the_limit_are_refused_and_those_within_it_are_answered() {
    let service = Service::start(&[("server.max_requests_in_flight", "2")]);
    let (mut first, mut second) = (under_way(&service), under_way(&service));
    assert_refused(&service.post("/v1/decide", &command()), 503, "overloaded");
    // Whoever looks after the service still sees it.
    assert_eq!(service.send(&head("GET", "/health", [])).status, 200);
    assert_eq!(service.send(&head("GET", "/ready", [])).status, 200);
    first.write(&command());
    assert_eq!(first.answer().status, 200);
    assert_eq!(service.post("/v1/decide", &command()).status, 200);
    second.write(&command());
    assert_eq!(second.answer().status, 200);
}

#[test]
fn connections_above_the_limit_are_turned_away_and_those_within_it_are_served() {
    let service = Service::start(&[("server.max_connections", "2")]);
    let (mut first, mut second) = (service.connect(), service.connect());
    for client in [&mut first, &mut second] {
        client.write(&head("GET", "/health", []));
        assert_eq!(client.answer().status, 200);
    }
    let mut third = service.connect();
    assert_refused(&third.answer(), 503, "too_many_connections");
    assert!(third.is_closed());
    drop(first);
    // The room is free once the service has seen that the client left.
    while service.send(&head("GET", "/health", [])).status != 200 {}
}

#[test]
fn a_token_that_is_used_too_often_is_refused_and_others_are_not() {
    let folder = Folder::new("rate");
    let file = folder.path("tokens");
    let tokens: Vec<_> = ["busy", "quiet"]
        .map(|name| (TokenName::new(name).unwrap(), NewToken::make().unwrap()))
        .into();
    let lines: String = tokens
        .iter()
        .map(|(name, token)| line(name, &token.digest()) + "\n")
        .collect();
    std::fs::write(&file, lines).unwrap();
    let [busy, quiet] =
        [0, 1].map(|index| format!("Authorization: Bearer {}", tokens[index].1.reveal()));
    let service = Service::start(&[
        ("server.token_file", file.to_str().unwrap()),
        ("server.token_requests_per_second", "1"),
    ]);
    let decide =
        |authorization: &str| service.send(&post("/v1/decide", &[JSON, authorization], &command()));
    // One a second: of many in a row one is sure to be too early, however slow the machine.
    let refused = (0..1000)
        .map(|_| decide(&busy))
        .find(|answer| answer.status != 200);
    assert_refused(&refused.expect("a refusal"), 429, "rate_limited");
    assert_eq!(decide(&quiet).status, 200);
}

#[test]
fn without_a_limit_a_token_is_used_as_often_as_its_owner_likes() {
    let folder = Folder::new("rate-free");
    let file = folder.path("tokens");
    let token = NewToken::make().unwrap();
    std::fs::write(
        &file,
        line(&TokenName::new("busy").unwrap(), &token.digest()),
    )
    .unwrap();
    let service = Service::start(&[
        ("server.token_file", file.to_str().unwrap()),
        ("server.token_requests_per_second", "0"),
    ]);
    let authorization = format!("Authorization: Bearer {}", token.reveal());
    for _ in 0..2000 {
        let request = head(
            "GET",
            "/version",
            [authorization.as_str(), "Connection: close"],
        );
        assert_eq!(service.send(&request).status, 200);
    }
}
