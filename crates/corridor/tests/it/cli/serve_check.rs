//! What `corridor serve --check` says of what the machine lacks.

use std::process::Command;

use crate::{
    folder::Folder,
    program::{Run, command, run},
};

/// A check of a service of 100 connections, which need 228 files, in a shell that lets it open so many and no more.
fn check_with_files(files: u32, state: &str) -> Run {
    let check = command(&[
        "serve",
        "--check",
        "--listen",
        "127.0.0.1:0",
        "--max-connections",
        "100",
        "--state-dir",
        state,
    ]);
    let mut shell = Command::new("/bin/sh");
    shell
        .args(["-c", &format!("ulimit -n {files} && exec \"$@\""), "sh"])
        .arg(check.get_program())
        .args(check.get_args())
        .env_clear()
        .envs(
            check
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .current_dir(check.get_current_dir().unwrap());
    run(shell, b"")
}

/// A service with too few files starts all the same, so that the check warns and is no failure.
#[test]
fn too_few_files_are_warned_of() {
    let folder = Folder::new("serve-check-files");
    let state = folder.path("state").to_str().unwrap().to_owned();
    let warned = check_with_files(227, &state);
    assert_eq!(warned.code, 0, "{}", warned.stdout);
    for words in [
        "files     warns   it would start",
        "227 files may be open, and server.max_connections needs 228",
        "hint: raise the limit (LimitNOFILE",
    ] {
        assert!(warned.stdout.contains(words), "{words}: {}", warned.stdout);
    }
    let enough = check_with_files(228, &state);
    assert_eq!(enough.code, 0, "{}", enough.stdout);
    assert!(
        enough.stdout.contains("files     ok      228 may be open"),
        "{}",
        enough.stdout
    );
}

/// Without certificate authorities nobody can be trusted with traces over https.
#[test]
fn traces_that_cannot_be_sent_fail_the_check_and_the_start() {
    let folder = Folder::new("serve-check-traces");
    let state = folder.path("state").to_str().unwrap().to_owned();
    let nothing = folder.path("");
    let call = |endpoint: &str, check: &[&str]| {
        let usual = [
            "--listen",
            "127.0.0.1:0",
            "--max-connections",
            "100",
            "--state-dir",
            &state,
            "--traces-endpoint",
            endpoint,
        ];
        let mut call = command(&[&["serve"], check, &usual].concat());
        call.env("SSL_CERT_FILE", "/dev/null")
            .env("SSL_CERT_DIR", &nothing);
        run(call, b"")
    };
    let checked = call("https://127.0.0.1:9", &["--check"]);
    assert_eq!(checked.code, 1, "{}", checked.stdout);
    for words in [
        "traces    failed  it would not start",
        "the client for the collector of traces cannot be built",
        "hint: install the system's certificate authorities",
        // The rest is looked at all the same.
        "folders   ok",
    ] {
        assert!(
            checked.stdout.contains(words),
            "{words}: {}",
            checked.stdout
        );
    }
    let started = call("https://127.0.0.1:9", &[]);
    assert_eq!(started.code, 1, "{}", started.stderr);
    assert!(
        started.stderr.contains("the client for the collector"),
        "{}",
        started.stderr
    );
    let plain = call("http://127.0.0.1:9", &["--check"]);
    assert_eq!(plain.code, 0, "{}", plain.stdout);
    assert!(
        plain.stdout.contains("traces    ok      sent"),
        "{}",
        plain.stdout
    );
}
