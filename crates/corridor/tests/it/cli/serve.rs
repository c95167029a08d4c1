//! `corridor serve` as a process.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Shutdown, TcpListener, TcpStream},
};

use serde_json::Value;

use crate::{
    folder::Folder,
    process::Process,
    program::{command, corridor},
};

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
        "settings", "pack", "access", "address", "models", "records", "traces", "folders", "files",
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
        run.code == 0
            && run.stdout.contains("folders   warns")
            && run.stdout.contains("cannot be written"),
        "{}",
        run.stdout
    );
}

/// Whoever says it twice does not want to wait for what is under way.
#[test]
fn told_a_second_time_it_stops_at_once() {
    let service = Process::start(&[
        "--shutdown-drain-ms",
        "600000",
        "--read-timeout-ms",
        "600000",
    ]);
    let mut client = TcpStream::connect(service.address()).unwrap();
    client
        .write_all(
            b"POST /v1/decide HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
              Content-Length: 100\r\nExpect: 100-continue\r\n\r\n",
        )
        .unwrap();
    let mut answer = [0; 25];
    client.read_exact(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 100 "));
    service.signal("-TERM");
    while TcpStream::connect(service.address()).is_ok() {}
    let (code, log) = service.stop("-INT");
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("a second time"), "{log}");
}

/// Where a start fails, the check says so, and where the service only warns, the check does.
#[test]
fn a_check_says_what_a_start_does() {
    let folder = Folder::new("serve-check-agrees");
    let path = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    fs::write(folder.path("file"), "").unwrap();
    let (one, below) = (path("one.jsonl"), path("file/records"));
    let usual = [
        "--listen",
        "127.0.0.1:0",
        "--max-connections",
        "100",
        "--state-dir",
        &path("state"),
    ]
    .map(str::to_owned);
    let usual: Vec<_> = usual.iter().map(String::as_str).collect();
    // What is told, with flags and with variables.
    type Case<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a str)]);
    let cases: [Case<'_>; 3] = [
        (
            "records   failed",
            &["--records-dir", &path("records")],
            &[
                ("PIPELINE_LATENCY_LOG_PATH", &one),
                ("FALLBACK_METRICS_LOG_PATH", &one),
            ],
        ),
        ("folders   warns", &["--records-dir", &below], &[]),
        (
            "folders   warns",
            &["--records-dir", &path("records")],
            &[("PIPELINE_LATENCY_LOG_PATH", "/proc/absent/file")],
        ),
    ];
    for (told, flags, environment) in cases {
        let flags = [&usual[..], flags].concat();
        let output = command(&[&["serve", "--check"], &flags[..]].concat())
            .env("CORRIDOR_RECORDS_ENABLED", "true")
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains(told), "{told}: {text}");
        if told.ends_with("failed") {
            assert_eq!(output.status.code(), Some(1), "{text}");
            let start = command(&[&["serve"], &flags[..]].concat())
                .env("CORRIDOR_RECORDS_ENABLED", "true")
                .envs(environment.iter().copied())
                .output()
                .unwrap();
            assert!(!start.status.success());
        } else {
            assert_eq!(output.status.code(), Some(0), "{text}");
            let environment = [environment, &[("CORRIDOR_RECORDS_ENABLED", "true")]].concat();
            let service = Process::start_with(&flags, &environment);
            assert_eq!(service.stop("-INT").0, Some(0));
        }
    }
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
    let kept = command.to_string();
    for (path, headers) in [
        ("/v1/explain", "Content-Type: application/json\r\n"),
        ("/v1/decide/batch", "Content-Type: application/x-ndjson\r\n"),
        ("/canary?canary", "Content-Type: canary\r\n"),
        (
            "/v1/decide",
            "Content-Type: canary\r\nX-Canary: canary\r\nAuthorization: Bearer canary\r\n",
        ),
    ] {
        let answer = service.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: canary\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{kept}",
            kept.len()
        ));
        assert!(answer.starts_with("HTTP/1.1 "), "{path}");
    }
    // HTTP/2: settings, then a farewell with data for debugging.
    let mut client = TcpStream::connect(service.address()).unwrap();
    client
        .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")
        .unwrap();
    client
        .write_all(b"\0\0\x0e\x07\0\0\0\0\0\0\0\0\0\0\0\0\0canary")
        .unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    let _ = client.read_to_end(&mut Vec::new());
    let (_, log) = service.stop("-TERM");
    assert!(
        log.contains("\"action\":\"reject\"") && log.contains("\"code\":\"not_json\""),
        "{log}"
    );
    assert!(!log.contains("canary"), "{log}");
}
