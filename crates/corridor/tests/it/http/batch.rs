//! Many commands in one request.

use std::{path::PathBuf, time::Duration};

use corridor::http::access::{self, NewToken, TokenName};
use serde_json::{Value, json};

use super::{command, command_saying};
use crate::{
    folder::Folder,
    service::{Client, Service, head},
};

const LINES: &str = "Content-Type: application/x-ndjson";

/// A request for a batch whose body is still to come, in chunks.
fn begin(service: &Service) -> Client {
    let mut client = service.connect();
    client.write(&head(
        "POST",
        "/v1/decide/batch",
        [LINES, "Transfer-Encoding: chunked"],
    ));
    client
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend_from_slice(bytes);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// A command with this id, on a line.
fn line(id: &str) -> Vec<u8> {
    let mut command: Value = serde_json::from_slice(&command()).unwrap();
    command["command_id"] = id.into();
    format!("{command}\n").into_bytes()
}

fn values(lines: &[u8]) -> Vec<Value> {
    std::str::from_utf8(lines)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The whole answer to a body.
fn batch(service: &Service, body: &[u8]) -> Vec<Value> {
    let mut client = begin(service);
    client.write(&chunk(body));
    client.write(b"0\r\n\r\n");
    let (status, headers) = client.answer_head();
    assert_eq!(status, 200);
    let content_type = ("content-type".to_owned(), "application/x-ndjson".to_owned());
    assert!(headers.contains(&content_type), "{headers:?}");
    values(&client.chunks())
}

#[test]
fn each_line_is_answered_in_its_place_and_bad_ones_do_not_stop_the_rest() {
    let too_long = vec![b' '; 70_000];
    let body = [
        &line("first")[..],
        b"\n",
        b"not json\n",
        b"{\"canary\": 1}\n",
        b"\xff\n",
        &too_long,
        b"\r\n",
        line("last").trim_ascii_end(),
    ]
    .concat();
    let answers = batch(Service::shared(), &body);
    let short: Vec<Value> = answers
        .iter()
        .map(|answer| match answer.get("error") {
            None => answer["command_id"].clone(),
            Some(error) => json!([answer["line"], error["status"], error["code"]]),
        })
        .collect();
    assert_eq!(
        short,
        [
            json!("first"),
            json!([3, 400, "not_json"]),
            json!([4, 400, "contract_violation"]),
            json!([5, 400, "not_utf8"]),
            json!([6, 413, "body_too_large"]),
            json!("last"),
        ]
    );
    assert!(!json!(answers).to_string().contains("canary"));
}

#[test]
fn a_line_is_answered_before_the_next_is_sent() {
    let mut client = begin(Service::shared());
    client.write(&chunk(&line("cmd-0")));
    assert_eq!(client.answer_head().0, 200);
    for number in 1..5 {
        let answer = values(&client.chunk());
        assert_eq!(answer[0]["command_id"], format!("cmd-{}", number - 1));
        client.write(&chunk(&line(&format!("cmd-{number}"))));
    }
    client.write(b"0\r\n\r\n");
    assert_eq!(values(&client.chunks()).len(), 1);
}

/// Far more than sockets hold: both directions have to move at once.
#[test]
fn a_long_batch_streams_and_keeps_its_order() {
    const LENGTH: usize = 3000;
    let mut client = begin(Service::shared());
    let mut writer = client.another_end();
    let sender = std::thread::spawn(move || {
        for number in 0..LENGTH {
            writer.write(&chunk(&line(&format!("cmd-{number}"))));
        }
        writer.write(b"0\r\n\r\n");
    });
    assert_eq!(client.answer_head().0, 200);
    let answers = values(&client.chunks());
    sender.join().unwrap();
    assert_eq!(answers.len(), LENGTH);
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer["command_id"], format!("cmd-{number}"));
    }
}

/// Nothing is read: neither the service nor the sockets hold answers without end.
#[test]
fn a_client_that_takes_no_answers_is_not_read_from_and_then_cut() {
    let service = Service::start(&[("server.read_timeout_ms", "300")]);
    let mut client = begin(&service);
    const MOST: usize = 64 << 20;
    // Bad lines, as they are answered with more than they are long.
    let written = client.write_until_closed(&chunk(&b"{}\n".repeat(20_000)), MOST);
    assert!(written < MOST, "{written} bytes were taken");
    assert_eq!(service.post("/v1/decide", &command()).status, 200);
}

#[test]
fn a_client_that_leaves_in_the_middle_frees_its_place() {
    let service = Service::start(&[("server.max_requests_in_flight", "1")]);
    for _ in 0..5 {
        let mut client = begin(&service);
        client.write(&chunk(&line("cmd-1")));
        assert_eq!(client.answer_head().0, 200);
        assert_eq!(values(&client.chunk()).len(), 1);
        assert_eq!(service.post("/v1/decide", &command()).code(), "overloaded");
        drop(client);
        while service.post("/v1/decide", &command()).status != 200 {}
    }
}

#[test]
fn a_body_that_stalls_or_breaks_is_told_at_its_line() {
    let service = Service::start(&[("server.read_timeout_ms", "300")]);
    let mut client = begin(&service);
    client.write(&chunk(&[&line("cmd-1")[..], b"{\"half"].concat()));
    assert_eq!(client.answer_head().0, 200);
    let answers = values(&client.chunks());
    assert_eq!(answers[0]["command_id"], "cmd-1");
    assert_eq!(
        (&answers[1]["line"], &answers[1]["error"]["code"]),
        (&json!(2), &json!("body_timeout"))
    );

    let mut client = begin(&service);
    client.write(&chunk(&line("cmd-1")));
    client.write(b"no chunk\r\n");
    assert_eq!(client.answer_head().0, 200);
    let answers = values(&client.chunks());
    assert_eq!(
        (&answers[1]["line"], &answers[1]["error"]["code"]),
        (&json!(2), &json!("body_broken"))
    );
}

/// Blank lines, and pieces of a line, put nothing off.
#[test]
fn a_batch_that_drips_is_told_and_ended() {
    let service = Service::start(&[("server.read_timeout_ms", "300")]);
    for drip in [&b" "[..], b"\n", b"x"] {
        let mut client = begin(&service);
        let mut writer = client.another_end();
        let dripping = std::thread::spawn(move || {
            while writer.try_write(&chunk(drip)).is_ok() {
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        assert_eq!(client.answer_head().0, 200);
        let answers = values(&client.chunks());
        assert_eq!(answers[0]["error"]["code"], "body_timeout", "{drip:?}");
        drop(client.rest());
        drop(client);
        dripping.join().unwrap();
    }
}

#[test]
fn batches_leave_half_of_the_places_to_others() {
    let service = Service::start(&[("server.max_requests_in_flight", "4")]);
    let mut batches = [begin(&service), begin(&service)];
    for client in &mut batches {
        client.write(&chunk(&line("cmd-1")));
        assert_eq!(client.answer_head().0, 200);
    }
    let third = crate::service::post("/v1/decide/batch", &[LINES], &line("cmd-2"));
    assert_eq!(service.send(&third).code(), "overloaded");
    assert_eq!(service.post("/v1/decide", &command()).status, 200);
}

/// A service whose one token may send one command a second, the token's file, and a batch of many lines under way.
fn paced(folder: &Folder) -> (Service, PathBuf, Client) {
    let (tokens, token) = (folder.path("tokens"), NewToken::make().unwrap());
    let name = TokenName::new("product").unwrap();
    std::fs::write(&tokens, access::line(&name, &token.digest())).unwrap();
    let service = Service::start(&[
        ("server.token_file", tokens.to_str().unwrap()),
        ("server.token_requests_per_second", "1"),
    ]);
    let mut client = service.connect();
    let authorization = format!("Authorization: Bearer {}", token.reveal());
    client.write(&head(
        "POST",
        "/v1/decide/batch",
        [LINES, "Transfer-Encoding: chunked", authorization.as_str()],
    ));
    client.write(&chunk(&line("cmd-1").repeat(1000)));
    assert_eq!(client.answer_head().0, 200);
    assert_eq!(values(&client.chunk())[0]["command_id"], "cmd-1");
    (service, tokens, client)
}

#[test]
fn a_batch_that_waits_for_its_pace_is_told_that_the_service_stops() {
    let folder = Folder::new("batch-paced");
    let (mut service, _, mut client) = paced(&folder);
    service.tell_to_stop();
    let rest = values(&client.chunks());
    assert_eq!(rest.last().unwrap()["error"]["code"], "stopping");
    assert!(rest.len() < 1000);
    assert_eq!(service.stopped(), corridor::http::Drained::Whole);
}

#[test]
fn a_token_that_is_withdrawn_ends_its_batch() {
    let folder = Folder::new("batch-withdrawn");
    let (_service, tokens, mut client) = paced(&folder);
    std::fs::write(&tokens, "# withdrawn\n").unwrap();
    let rest = values(&client.chunks());
    assert_eq!(rest.last().unwrap()["error"]["code"], "token_unknown");
    assert!(rest.len() < 1000);
}

#[test]
fn a_service_that_stops_says_which_line_it_left() {
    let mut service = Service::start(&[]);
    let mut client = begin(&service);
    client.write(&chunk(&line("cmd-1")));
    assert_eq!(client.answer_head().0, 200);
    assert_eq!(values(&client.chunk())[0]["command_id"], "cmd-1");
    service.tell_to_stop();
    let rest = values(&client.chunks());
    assert_eq!(
        (&rest[0]["line"], &rest[0]["error"]["code"]),
        (&json!(2), &json!("stopping"))
    );
    assert_eq!(service.stopped(), corridor::http::Drained::Whole);
}

#[test]
fn what_is_no_batch_is_refused_as_a_whole() {
    for headers in [
        &[][..],
        &["Content-Type: application/json"],
        &[LINES, "Content-Encoding: gzip"],
    ] {
        let request = crate::service::post("/v1/decide/batch", headers, &command());
        let answer = Service::shared().send(&request);
        assert_eq!(answer.status, 415, "{headers:?}");
    }
}

#[test]
fn an_empty_batch_has_no_answers() {
    for body in [&b"\n"[..], b" \r\n\n"] {
        assert_eq!(batch(Service::shared(), body), Vec::<Value>::new());
    }
}

/// A retry gets the same ids, alone and in a batch, so that a product that keeps them executes a command once.
#[test]
fn a_retry_gets_the_same_job_and_keys() {
    let keys = |decision: &Value| {
        let payload = &decision["payload"];
        let actions = payload["proposed_actions"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let mut keys: Vec<Value> = actions
            .iter()
            .map(|action| action["payload"]["idempotency_key"].clone())
            .collect();
        keys.push(payload["job_id"].clone());
        keys.push(payload["confirmation_id"].clone());
        keys
    };
    for text in [
        "купи молоко и хлеб",
        "Купи молоко и убери кухню",
        "убери кухню",
    ] {
        let command = command_saying(text);
        let (first, second) = (
            Service::shared().post("/v1/decide", &command).json(),
            Service::start(&[]).post("/v1/decide", &command).json(),
        );
        let lines = [&command[..], b"\n", &command, b"\n"].concat();
        let batch = batch(Service::shared(), &lines);
        let expected = keys(&first);
        assert!(expected.iter().any(Value::is_string), "{first}");
        for decision in [&second, &batch[0], &batch[1]] {
            assert_eq!(keys(decision), expected, "{text}");
            assert_ne!(decision["decision_id"], first["decision_id"]);
        }
    }
}
