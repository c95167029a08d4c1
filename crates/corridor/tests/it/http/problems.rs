//! Refused requests as problem documents.

use std::str;

use serde_json::Value;

use super::command;
use crate::service::{Answer, Service, head, post};

const JSON: &str = "Content-Type: application/json";

/// Status, content type and document.
fn assert_problem(name: &str, answer: &Answer) {
    let document = answer.json();
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{name}"
    );
    assert_eq!(document["status"], Value::from(answer.status), "{name}");
    insta::assert_json_snapshot!(name, document);
}

#[test]
fn not_json() {
    assert_problem(
        "not_json",
        &Service::shared().post("/v1/decide", b"{\"text\": "),
    );
}

#[test]
fn not_utf8() {
    assert_problem(
        "not_utf8",
        &Service::shared().post("/v1/decide", b"{\"text\": \"\xff\"}"),
    );
}

#[test]
fn contract_violations_are_told_at_once_with_pointers() {
    let mut broken: Value = serde_json::from_slice(&command()).unwrap();
    broken["command_id"] = "".into();
    broken["timestamp"] = "canary".into();
    broken["capabilities"][0] = "canary".into();
    broken["context"]["household"]["members"] = Value::Array(Vec::new());
    broken["context"]["household"]["zones"][0]["canary"] = 1.into();
    broken["canary"] = "canary".into();
    broken.as_object_mut().unwrap().remove("user_id");
    let answer = Service::shared().post("/v1/decide", broken.to_string().as_bytes());
    assert!(
        !answer.json().to_string().contains("canary"),
        "{}",
        answer.json()
    );
    assert_problem("contract_violations", &answer);
}

#[test]
fn not_declared_as_json() {
    let service = Service::shared();
    for headers in [
        &[][..],
        &["Content-Type: text/plain"],
        &["Content-Type: application/json; charset=windows-1251"],
    ] {
        let answer = service.send(&post("/v1/decide", headers, &command()));
        assert_eq!(answer.status, 415, "{headers:?}");
        assert_problem("not_declared_as_json", &answer);
    }
}

#[test]
fn compressed() {
    let answer = Service::shared().send(&post(
        "/v1/decide",
        &[JSON, "Content-Encoding: gzip"],
        &command(),
    ));
    assert_eq!(answer.status, 415);
    assert_problem("compressed", &answer);
}

#[test]
fn nothing_here() {
    for path in ["/", "/v1", "/v1/decide/", "/v2/decide", "/metrics"] {
        let answer = Service::shared().send(&head("GET", path, []));
        assert_eq!(answer.status, 404, "{path}");
        assert_problem("nothing_here", &answer);
    }
}

#[test]
fn another_method() {
    for (method, path, allowed) in [
        ("GET", "/v1/decide", "POST"),
        ("PUT", "/decide", "POST"),
        ("OPTIONS", "/v1/decide", "POST"),
        ("POST", "/health", "GET,HEAD"),
        ("DELETE", "/ready", "GET,HEAD"),
        ("PATCH", "/version", "GET,HEAD"),
    ] {
        let answer = Service::shared().send(&head(method, path, []));
        assert_eq!(answer.status, 405, "{method} {path}");
        assert_eq!(answer.header("allow"), Some(allowed), "{method} {path}");
        assert_problem("another_method", &answer);
    }
}

#[test]
fn too_large() {
    let body = vec![b' '; 65_537];
    let answer = Service::shared().post("/v1/decide", &body);
    assert_eq!(answer.status, 413);
    assert_problem("too_large", &answer);
}

#[test]
fn what_was_sent_is_never_repeated() {
    for body in [
        &br#"{"canary": 1}"#[..],
        br#"{"text": canary}"#,
        br#""canary""#,
        br#"{"command_id": {"canary": "canary"}, "capabilities": ["canary"]}"#,
        b"canary\xff",
    ] {
        let answer = Service::shared().post("/v1/decide", body);
        assert_eq!(answer.status, 400);
        assert!(
            !answer.json().to_string().contains("canary"),
            "{}",
            str::from_utf8(body).unwrap_or("(not UTF-8)")
        );
    }
}
