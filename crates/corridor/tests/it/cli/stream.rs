//! `corridor decide --stdin`.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::Stdio,
};

use serde_json::{Value, json};

use crate::program::{command, corridor_with_input};

/// A command on one line.
fn line(command_id: &str, text: &str) -> String {
    json!({
        "command_id": command_id,
        "user_id": "anna",
        "timestamp": "2026-06-15T10:00:00+03:00",
        "text": text,
        "capabilities": ["start_job", "clarify"],
        "context": { "household": { "members": [{ "user_id": "anna" }] } },
    })
    .to_string()
}

fn answers(stdout: &str) -> Vec<Value> {
    stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn decisions_come_in_the_order_of_the_commands() {
    let input: String = (0..500)
        .map(|number| line(&format!("cmd-{number}"), "купи молоко") + "\n")
        .collect();
    let run = corridor_with_input(&["decide", "--stdin"], input.as_bytes());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let ids: Vec<_> = answers(&run.stdout)
        .iter()
        .map(|decision| decision["command_id"].clone())
        .collect();
    assert_eq!(
        ids,
        (0..500)
            .map(|number| json!(format!("cmd-{number}")))
            .collect::<Vec<_>>()
    );
}

#[test]
fn a_bad_line_becomes_an_error_with_its_number_and_the_run_goes_on() {
    let mut input = Vec::new();
    for line in [
        line("first", "купи молоко").as_bytes(),
        b"{",
        b"",
        b"canary",
        b"\"\xff\"",
        line("last", " ").as_bytes(),
    ] {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    let run = corridor_with_input(&["decide", "--stdin"], &input);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(!run.stdout.contains("canary"));
    let answers = answers(&run.stdout);
    let told: Vec<_> = answers
        .iter()
        .map(|answer| (&answer["line"], &answer["error"]["code"]))
        .collect();
    assert_eq!(
        told,
        [
            (&Value::Null, &Value::Null),
            (&json!(2), &json!("not_json")),
            (&json!(4), &json!("not_json")),
            (&json!(5), &json!("not_utf8")),
            (&Value::Null, &Value::Null),
        ]
    );
    assert_eq!(
        (&answers[0]["command_id"], &answers[4]["command_id"]),
        (&json!("first"), &json!("last"))
    );
}

#[test]
fn the_last_line_needs_no_end_and_lines_may_end_as_on_windows() {
    let input = format!(
        "{}\r\n{}",
        line("first", "купи молоко"),
        line("last", "купи хлеб")
    );
    let run = corridor_with_input(&["decide", "--stdin"], input.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert_eq!(answers(&run.stdout).len(), 2);
}

#[test]
fn nothing_in_is_nothing_out() {
    for input in [&b""[..], b"\n", b" \n\r\n\t"] {
        let run = corridor_with_input(&["decide", "--stdin"], input);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    }
}

#[test]
fn a_line_without_end_is_refused_and_the_next_one_decided() {
    let mut input = vec![b' '; 16 * 1024 * 1024 + 1];
    input.push(b'\n');
    input.extend_from_slice(line("next", "купи молоко").as_bytes());
    let run = corridor_with_input(&["decide", "--stdin"], &input);
    let answers = answers(&run.stdout);
    assert_eq!(run.code, 1);
    assert_eq!(
        (&answers[0]["line"], &answers[0]["error"]["code"]),
        (&json!(1), &json!("body_too_large"))
    );
    assert_eq!(answers[1]["command_id"], "next");
}

/// A program that talks to this one line by line gets each answer before it sends the next line.
#[test]
fn an_answer_does_not_wait_for_the_next_line() {
    let mut child = command(&["decide", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for number in 0..3 {
        let id = format!("cmd-{number}");
        writeln!(stdin, "{}", line(&id, "купи молоко")).unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&answer).unwrap()["command_id"],
            id
        );
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}
