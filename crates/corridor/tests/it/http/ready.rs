//! What `/ready` says, and that it says first that the service stops.

use std::sync::Arc;

use corridor::http::{Drained, ReadyDetail, Stop};
use serde_json::{Value, json};

use super::command;
use crate::service::{Service, head};

/// A part that has trouble.
struct Part;

impl ReadyDetail for Part {
    fn name(&self) -> &'static str {
        "part"
    }

    fn detail(&self) -> Value {
        json!({ "status": "bad" })
    }
}

#[test]
fn parts_tell_of_themselves_and_trouble_does_not_make_the_service_unready() {
    let service = Service::start_with(&[], |parts| parts.ready_details.push(Arc::new(Part)));
    let answer = service.send(&head("GET", "/ready", []));
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json()["details"],
        json!({ "part": { "status": "bad" } })
    );
}

#[test]
fn a_service_that_stops_says_so_before_it_turns_anybody_away() {
    let mut service = Service::start(&[("server.shutdown_notice_ms", "600000")]);
    assert_eq!(service.send(&head("GET", "/ready", [])).status, 200);
    service.tell_to(Stop::AfterNotice);
    let answer = loop {
        let answer = service.send(&head("GET", "/ready", []));
        if answer.status != 200 {
            break answer;
        }
    };
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(answer.json()["status"], "stopping");
    // Whoever has not noticed yet is still served, on new connections too.
    assert_eq!(service.post("/v1/decide", &command()).status, 200);
    assert_eq!(service.send(&head("GET", "/health", [])).status, 200);
}

#[test]
fn the_notice_ends() {
    let mut service = Service::start(&[("server.shutdown_notice_ms", "20")]);
    service.tell_to(Stop::AfterNotice);
    assert_eq!(service.stopped(), Drained::Whole);
}
