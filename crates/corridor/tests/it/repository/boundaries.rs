//! What each crate must never depend on, which is why it is a crate.

use std::{fs, process::Command};

use super::{root, tracked_files};

/// Each crate, and what may nowhere be among its dependencies.
const FORBIDDEN_CRATES: &[(&str, &[&str])] = &[
    (
        "corridor-contract",
        &[
            "corridor",
            "corridor-decision",
            "corridor-eval",
            "corridor-llm",
            "corridor-nlu",
            "tokio",
        ],
    ),
    (
        "corridor-nlu",
        &[
            "corridor",
            "corridor-contract",
            "corridor-decision",
            "corridor-eval",
            "corridor-llm",
            "tokio",
        ],
    ),
    (
        "corridor-llm",
        &[
            "corridor",
            "corridor-contract",
            "corridor-decision",
            "corridor-eval",
            "corridor-nlu",
        ],
    ),
    ("corridor-decision", &["corridor", "corridor-eval"]),
    ("corridor-eval", &["corridor"]),
];

/// The environment and the wall clock are read by the program alone.
const PROGRAM_ONLY: &[&str] = &[
    "std::env",
    "env::var",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
];

/// Pure crates do no I/O, start nothing and wait for nothing.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::io::std",
    "Instant::now",
    "async fn",
    ".await",
    "sleep(",
];

#[test]
fn crates_do_not_depend_on_what_they_must_not_know() {
    for (name, forbidden) in FORBIDDEN_CRATES {
        let arguments = [
            "tree",
            "--locked",
            "--offline",
            "-p",
            name,
            "-e",
            "no-dev,no-build",
            "--prefix",
            "none",
            "--format",
            "{lib}",
        ];
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(root())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "cargo tree -p {name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let tree = String::from_utf8(output.stdout).unwrap();
        for dependency in tree
            .lines()
            .skip(1)
            .map(|line| line.trim_end_matches(" (*)").replace('_', "-"))
        {
            assert!(
                !forbidden.contains(&dependency.as_str()),
                "{name} depends on {dependency}\nhint: cargo tree -p {name} -i {dependency}; docs/ARCHITECTURE.md says why not"
            );
        }
    }
}

#[test]
fn only_the_program_reads_environment_and_clock() {
    let libraries = [
        "corridor-contract",
        "corridor-nlu",
        "corridor-llm",
        "corridor-decision",
        "corridor-eval",
    ];
    assert_absent(&libraries, PROGRAM_ONLY);
}

#[test]
fn contract_and_understanding_are_pure() {
    assert_absent(&["corridor-contract", "corridor-nlu"], IMPURE);
}

/// Looks through the crates' sources, tests and comments aside.
fn assert_absent(crates: &[&str], words: &[&str]) {
    let mut seen = 0;
    for file in tracked_files() {
        let in_source = crates
            .iter()
            .any(|name| file.starts_with(&format!("crates/{name}/src/")));
        if !in_source
            || !file.ends_with(".rs")
            || file.ends_with("tests.rs")
            || file.contains("/tests/")
        {
            continue;
        }
        // A file that git still tracks may just have been removed.
        let Ok(text) = fs::read_to_string(root().join(&file)) else {
            continue;
        };
        seen += 1;
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for word in words {
                assert!(
                    !line.contains(word),
                    "{file}:{}: `{word}` does not belong in this crate",
                    number + 1
                );
            }
        }
    }
    assert!(seen > 0, "no sources of {crates:?}");
}
