//! How a decision came about, for the caller alone.

use serde_json::Value;

use super::command_saying;
use crate::{
    program::corridor,
    service::{Service, post},
};

const JSON: &str = "Content-Type: application/json";

#[test]
fn it_shows_what_the_command_line_shows() {
    let text = "Купи 2 литра молока и хлебб";
    let answer = Service::shared().post("/v1/explain", &command_saying(text));
    assert_eq!(answer.status, 200);
    let over_http = answer.json();
    let printed = corridor(&["decide", "--explain", "--json", text]);
    let printed: Value = serde_json::from_str(&printed.stdout).unwrap();
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(keys(&over_http), ["decision", "explanation"]);
    assert_eq!(
        keys(&over_http["explanation"]),
        keys(&printed["explanation"])
    );
    for part in ["reason", "language", "tokens", "alternatives"] {
        assert_eq!(
            over_http["explanation"][part], printed["explanation"][part],
            "{part}"
        );
    }
    let steps = over_http["explanation"]["steps"].as_object().unwrap();
    assert!(steps["core_logic_ms"].as_f64().unwrap() > 0.0, "{steps:?}");
}

#[test]
fn it_is_not_stored_on_the_way() {
    for body in [command_saying("купи молоко"), b"{".to_vec()] {
        let answer = Service::shared().post("/v1/explain", &body);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn the_decision_is_the_one_that_is_decided() {
    let command = command_saying("купи молоко");
    let request = post("/v1/explain", &[JSON], &command);
    let explained = Service::shared().send(&request).json();
    let decided = Service::shared().post("/v1/decide", &command).json();
    assert_eq!(explained["decision"]["payload"], decided["payload"]);
    assert_eq!(explained["decision"]["action"], decided["action"]);
}
