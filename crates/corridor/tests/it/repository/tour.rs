//! The tour in `README.md` against what the program prints.

use std::{env, fs, path::Path, process::Command};

use super::root;
use crate::committed::assert_file;

/// Runs every `$ corridor decide …` of the page on a terminal, as a reader would, and puts what it prints below it.
#[test]
#[cfg(target_os = "linux")]
fn the_tour_shows_what_the_program_prints() {
    let page = fs::read_to_string(root().join("README.md")).unwrap();
    let mut renewed = String::new();
    let mut lines = page.lines().peekable();
    let mut calls = 0;
    while let Some(line) = lines.next() {
        renewed.push_str(line);
        renewed.push('\n');
        let Some(call) = line.strip_prefix("$ corridor decide ") else {
            continue;
        };
        calls += 1;
        while lines
            .next_if(|line| !line.is_empty() && !line.starts_with("```"))
            .is_some()
        {}
        renewed.push_str(&printed_on_a_terminal(&format!("corridor decide {call}")));
    }
    assert!(calls > 0, "the tour is gone");
    assert_file("../../README.md", &renewed);
}

/// What a call prints on a terminal without colours. `script` is the terminal; it is part of every Linux base system.
fn printed_on_a_terminal(call: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_corridor")).parent().unwrap();
    let path = format!(
        "{}:{}",
        program.display(),
        env::var("PATH").unwrap_or_default()
    );
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command", call, "/dev/null"])
        .env_clear()
        .envs([
            ("PATH", path.as_str()),
            ("NO_COLOR", "1"),
            ("SHELL", "/bin/sh"),
        ])
        .current_dir(env::temp_dir())
        .output()
        .unwrap_or_else(|error| panic!("script: {error}; install util-linux"));
    let printed = String::from_utf8(output.stdout).unwrap().replace('\r', "");
    assert!(output.status.success(), "{call}: {printed}");
    printed
}
