//! `corridor serve` as a process.

use std::{fs, net::TcpListener};

use serde_json::Value;

use crate::{folder::Folder, process::Process, program::corridor};

#[test]
fn it_serves_until_it_is_told_to_stop() {
    for signal in ["-TERM", "-INT"] {
        let service = Process::start(&[]);
        assert!(service.post("{").starts_with("HTTP/1.1 400 "));
        let (code, log) = service.stop(signal);
        assert_eq!(code, Some(0), "{signal}: {log}");
        assert!(log.contains("\"stopped\""), "{signal}: {log}");
    }
}

#[test]
fn an_address_that_is_taken_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let run = corridor(&[
        "serve",
        "--listen",
        &taken.local_addr().unwrap().to_string(),
    ]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("cannot listen on 127.0.0.1:"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("\n  hint: "), "{}", run.stderr);
}

/// Each way to be open to strangers by accident, and each contradiction.
#[test]
fn a_service_that_strangers_reach_does_not_start_unprotected() {
    for (flags, told) in [
        (
            &["--listen", "0.0.0.0:0"][..],
            "0.0.0.0:0 is reachable from other machines",
        ),
        (&["--listen", "[::]:0"], "[::]:0 is reachable"),
        (
            &["--listen", "127.0.0.1:0", "--operator-listen", "0.0.0.0:0"],
            "with --operator-token-file",
        ),
        (
            &[
                "--listen",
                "0.0.0.0:0",
                "--no-auth",
                "--token-file",
                "absent",
            ],
            "contradict",
        ),
        (
            &["--listen", "127.0.0.1:0", "--token-file", "absent"],
            "absent: cannot be read",
        ),
        (
            &["--listen", "127.0.0.1:0", "--token-file", "command.json"],
            "command.json:1: ",
        ),
    ] {
        let run = corridor(&[&["serve"], flags].concat());
        assert!(run.code == 1 || run.code == 2, "{flags:?}");
        assert!(run.stderr.contains(told), "{flags:?}: {}", run.stderr);
        assert!(
            run.stderr.contains("\n  hint: "),
            "{flags:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn a_check_tells_whether_it_would_start_and_leaves_nothing() {
    let folder = Folder::new("serve-check");
    let (state, records) = (folder.path("a/state"), folder.path("logs"));
    let paths = [
        "--state-dir",
        state.to_str().unwrap(),
        "--records-dir",
        records.to_str().unwrap(),
    ];
    let check = |flags: &[&str]| {
        corridor(
            &[
                &["serve", "--check", "--max-connections", "100"],
                flags,
                &paths,
            ]
            .concat(),
        )
    };

    let run = check(&["--listen", "127.0.0.1:0"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    for subject in [
        "settings", "pack", "access", "address", "models", "folders", "files",
    ] {
        assert!(
            run.stdout
                .lines()
                .any(|line| line.starts_with(subject) && line.contains(" ok ")),
            "{subject}: {}",
            run.stdout
        );
    }
    assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 0);

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let run = check(&["--listen", &taken.local_addr().unwrap().to_string()]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("cannot listen on"), "{}", run.stdout);

    let run = check(&["--listen", "0.0.0.0:0"]);
    assert!(
        run.code == 1 && run.stdout.contains("no token is asked for"),
        "{}",
        run.stdout
    );

    let run = check(&[
        "--listen",
        "127.0.0.1:0",
        "--pack",
        "absent",
        "--token-file",
        "absent",
    ]);
    assert!(
        run.code == 1 && run.stdout.matches("hint: ").count() >= 2,
        "{}",
        run.stdout
    );

    let file = folder.path("file");
    fs::write(&file, "").unwrap();
    let run = corridor(&[
        "serve",
        "--check",
        "--listen",
        "127.0.0.1:0",
        "--state-dir",
        file.to_str().unwrap(),
    ]);
    assert!(
        run.code == 1 && run.stdout.contains("cannot be written"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_service_says_that_operators_have_no_address() {
    let service = Process::start(&["--listen", "0.0.0.0:0", "--no-auth"]);
    let (_, log) = service.stop("-TERM");
    assert!(log.contains("metrics and admin are not served"), "{log}");
}

#[test]
fn the_log_never_holds_what_was_said() {
    let service = Process::start(&["--log-level", "debug"]);
    let fixture = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/fixtures/command.json"
    ))
    .unwrap();
    let mut command: Value = serde_json::from_str(&fixture).unwrap();
    let household = &mut command["context"]["household"];
    household["members"][0]["display_name"] = "canary".into();
    household["zones"][0]["name"] = "canary".into();
    household["shopping_lists"][0]["name"] = "canary".into();
    for text in [
        "купи canary",
        "canary canary",
        "напомни canary",
        "оплати canary",
        "canary?",
    ] {
        command["text"] = text.into();
        assert!(
            service
                .post(&command.to_string())
                .starts_with("HTTP/1.1 200 "),
            "{text}"
        );
    }
    for body in ["canary", "{\"canary\": 1}", "{\"text\": \"canary\"}"] {
        assert!(service.post(body).starts_with("HTTP/1.1 400 "), "{body}");
    }
    let (_, log) = service.stop("-TERM");
    assert!(
        log.contains("\"action\":\"reject\"") && log.contains("\"code\":\"not_json\""),
        "{log}"
    );
    assert!(!log.contains("canary"), "{log}");
}
