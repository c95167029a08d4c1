//! What is served where.

use serde_json::json;

use super::{command, command_saying};
use crate::service::{Service, head, post};

#[test]
fn both_paths_decide() {
    for path in ["/v1/decide", "/decide"] {
        let answer = Service::shared().post(path, &command());
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/json"),
            "{path}"
        );
        let decision = answer.json();
        assert_eq!(decision["command_id"], "cmd-1", "{path}");
        assert_eq!(decision["action"], "start_job", "{path}");
    }
}

#[test]
fn health_says_that_the_process_answers() {
    let answer = Service::shared().send(&head("GET", "/health", []));
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!({ "status": "ok" }))
    );
}

#[test]
fn ready_names_the_pack() {
    let answer = Service::shared().send(&head("GET", "/ready", []));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["status"], "ready");
    assert!(
        answer.json()["pack_version"]
            .as_str()
            .unwrap()
            .starts_with("household@"),
        "{}",
        answer.json()
    );
}

#[test]
fn version_names_every_version() {
    let answer = Service::shared().send(&head("GET", "/version", []));
    let versions = answer.json();
    assert_eq!(answer.status, 200);
    assert_eq!(versions["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(versions["api_version"], "v1");
    assert_eq!(
        versions["schema_version"],
        corridor_contract::SCHEMA_VERSION
    );
    assert!(versions["pack_version"].is_string());
}

#[test]
fn every_answer_names_the_api_version() {
    let service = Service::shared();
    for request in [
        head("GET", "/health", []),
        head("GET", "/absent", []),
        head("DELETE", "/v1/decide", []),
        post(
            "/v1/decide",
            &["Content-Type: application/json"],
            &command(),
        ),
        post("/v1/decide", &["Content-Type: application/json"], b"{"),
        post(
            "/v1/decide",
            &["Content-Type: application/json"],
            &vec![b' '; 70_000],
        ),
        post("/v1/decide", &[], &command()),
    ] {
        assert_eq!(service.send(&request).header("api-version"), Some("v1"));
    }
}

#[test]
fn a_connection_serves_one_request_after_another() {
    let mut client = Service::shared().connect();
    for number in 0..20 {
        let request = if number % 3 == 0 {
            post(
                "/v1/decide",
                &["Content-Type: application/json"],
                b"not json",
            )
        } else {
            post(
                "/v1/decide",
                &["Content-Type: application/json"],
                &command_saying("купи молоко"),
            )
        };
        client.write(&request);
        assert_eq!(
            client.answer().status,
            if number % 3 == 0 { 400 } else { 200 },
            "request {number}"
        );
    }
}

#[test]
fn the_callers_trace_is_kept() {
    let traceparent = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let request = post(
        "/v1/decide",
        &["Content-Type: application/json", traceparent],
        &command(),
    );
    let decision = Service::shared().send(&request).json();
    assert_eq!(decision["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
}

#[test]
fn without_a_valid_trace_each_decision_gets_its_own() {
    let trace_of = |headers: &[&str]| {
        let headers = [&["Content-Type: application/json"], headers].concat();
        let decision = Service::shared()
            .send(&post("/v1/decide", &headers, &command()))
            .json();
        decision["trace_id"].as_str().unwrap().to_owned()
    };
    let valid = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let traces = [
        trace_of(&[]),
        trace_of(&[]),
        trace_of(&["traceparent: 00-canary"]),
        trace_of(&[valid, valid]),
    ];
    for (index, trace) in traces.iter().enumerate() {
        assert!(
            trace.len() == 32 && trace.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{trace}"
        );
        assert!(!traces[..index].contains(trace), "{trace} twice");
    }
}

#[test]
fn ids_differ_and_what_the_command_decides_does_not() {
    let decide = || Service::shared().post("/v1/decide", &command()).json();
    let (first, second) = (decide(), decide());
    assert_ne!(first["decision_id"], second["decision_id"]);
    assert_eq!(first["payload"], second["payload"]);
}
