//! `corridor decide` with one command.

use std::{process::Stdio, thread};

use serde_json::Value;

use crate::program::{Run, command, corridor, corridor_with_input};

fn decision(run: &Run) -> Value {
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout.matches('\n').count(),
        1,
        "one line: {}",
        run.stdout
    );
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn a_text_is_decided_for_the_sample_household() {
    let decision = decision(&corridor(&["decide", "Купи 2 литра молока и хлеб"]));
    assert_eq!(decision["action"], "start_job");
    assert_eq!(
        decision["payload"]["proposed_actions"][0]["payload"]["item"]["list_id"],
        "groceries"
    );
}

#[test]
fn a_text_may_come_in_several_words() {
    let words = decision(&corridor(&["decide", "Купи", "молоко", "и", "хлеб"]));
    let text = decision(&corridor(&["decide", "Купи молоко и хлеб"]));
    assert_eq!(
        words["payload"]["proposed_actions"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(items(&words), items(&text));
}

fn items(decision: &Value) -> Vec<Value> {
    let actions = decision["payload"]["proposed_actions"].as_array().unwrap();
    actions
        .iter()
        .map(|action| action["payload"]["item"].clone())
        .collect()
}

#[test]
fn the_sample_household_speaks_the_texts_language() {
    let russian = decision(&corridor(&["decide", "пусть Саша вынесет мусор"]));
    let english = decision(&corridor(&["decide", "ask Bob to take out the trash"]));
    assert_eq!(
        russian["payload"]["proposed_actions"][0]["payload"]["task"]["assignee_id"],
        "sasha"
    );
    assert_eq!(
        english["payload"]["proposed_actions"][0]["payload"]["task"]["assignee_id"],
        "bob"
    );
}

#[test]
fn a_text_is_decided_for_the_household_in_a_file() {
    let decision = decision(&corridor(&[
        "decide",
        "Купи молоко",
        "--household",
        "household.json",
    ]));
    assert_eq!(
        decision["payload"]["proposed_actions"][0]["payload"]["item"]["list_id"],
        "weekly"
    );
}

#[test]
fn a_file_holds_a_whole_command() {
    let decision = decision(&corridor(&["decide", "--command", "command.json"]));
    assert_eq!(decision["command_id"], "cmd-1");
}

#[test]
fn a_dash_reads_the_command_from_standard_input() {
    let command = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/fixtures/command.json"
    ))
    .unwrap();
    let decision = decision(&corridor_with_input(
        &["decide", "--command", "-"],
        &command,
    ));
    assert_eq!(decision["command_id"], "cmd-1");
}

#[test]
fn now_stamps_the_decision_and_places_a_text_in_time() {
    let arguments = [
        "decide",
        "напомни завтра полить цветы",
        "--now",
        "2026-02-27T23:30:00+03:00",
    ];
    let decision = decision(&corridor(&arguments));
    assert_eq!(decision["created_at"], "2026-02-27T20:30:00Z");
    assert_eq!(
        decision["payload"]["proposed_actions"][0]["payload"]["task"]["due"],
        "2026-02-28"
    );
}

#[test]
fn explain_shows_the_way_to_the_decision() {
    let run = corridor(&["decide", "--command", "command.json", "--explain"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for heading in [
        "words",
        "islands",
        "rules",
        "slots",
        "evidence",
        "runner-up",
        "steps",
    ] {
        assert!(run.stdout.contains(heading), "{heading} in {}", run.stdout);
    }
}

#[test]
fn explain_as_json_holds_decision_and_explanation() {
    let explained = decision(&corridor(&[
        "decide",
        "--command",
        "command.json",
        "--explain",
        "--json",
    ]));
    assert_eq!(explained["decision"]["command_id"], "cmd-1");
    let explanation = &explained["explanation"];
    assert_eq!(explanation["explanation_version"], 2);
    for token in explanation["tokens"].as_array().unwrap() {
        assert!(token["role"].is_string(), "{token}");
    }
    // What each feature adds, with the bias, are the log odds of the likelihood.
    let evidence = &explanation["evidence"];
    let adds = evidence["features"].as_array().unwrap().iter();
    let odds = adds
        .map(|feature| feature["adds"].as_f64().unwrap())
        .sum::<f64>()
        + evidence["bias"].as_f64().unwrap();
    let likely = evidence["likely"].as_f64().unwrap();
    assert!(
        (1.0 / (1.0 + (-odds).exp()) - likely).abs() < 1e-4,
        "{evidence}"
    );
    assert_eq!(explained["decision"]["confidence"], evidence["likely"]);
}

#[test]
fn what_cannot_be_decided_is_told_with_what_to_do() {
    for (arguments, told) in [
        (
            &["decide", "--command", "absent.json"][..],
            "absent.json: cannot be read",
        ),
        (
            &["decide", "купи молоко", "--household", "absent.json"],
            "absent.json: cannot be read",
        ),
        (&["decide", "--command", "household.json"], "/command_id"),
        (
            &["decide", "купи молоко", "--household", "command.json"],
            "/context",
        ),
        (
            &["decide", "купи молоко", "--pack", "absent"],
            "absent: cannot be read",
        ),
        (
            &["decide", "купи молоко", "--pack", "."],
            "there is no TOML file",
        ),
    ] {
        let run = corridor(arguments);
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (1, ""),
            "{arguments:?}: {}",
            run.stderr
        );
        assert!(run.stderr.contains(told), "{arguments:?}: {}", run.stderr);
        assert!(
            run.stderr.contains("\n  hint: "),
            "{arguments:?}: {}",
            run.stderr
        );
    }
}

/// `corridor decide … | head -c 1`
#[test]
fn a_reader_that_leaves_is_no_failure() {
    let mut child = command(&["decide", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let writer = thread::spawn(move || {
        // Ends with an error once the program has left.
        let _ = (0..10_000).try_for_each(|_| std::io::Write::write_all(&mut stdin, b"{}\n"));
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
