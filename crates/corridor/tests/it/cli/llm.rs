//! `corridor llm` and `corridor mock-llm`.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;

use crate::program::{Run, command, run};

/// The rehearsal provider in a process of its own.
struct Mock {
    child: Child,
    output: BufReader<ChildStdout>,
    base_url: String,
}

impl Mock {
    fn start(script: Option<&str>) -> Self {
        let mut arguments = vec!["mock-llm", "--listen", "127.0.0.1:0"];
        let file = script.map(|script| file_with("mock-script.toml", script));
        let path = file.map(|file| file.display().to_string());
        arguments.extend(path.iter().flat_map(|path| ["--script", path]));
        let mut child = command(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let base_url = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .unwrap()
            .to_owned();
        Self {
            child,
            output,
            base_url,
        }
    }

    /// Tells it to stop; gives its exit code and what it printed.
    fn stop(mut self) -> (Option<i32>, String) {
        let told = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(told.success());
        let mut printed = String::new();
        self.output.read_to_string(&mut printed).unwrap();
        (self.child.wait().unwrap().code(), printed)
    }
}

/// A file of this test process, in the system's folder for such.
fn file_with(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("corridor-{}-{name}", std::process::id()));
    fs::write(&path, text).unwrap();
    path
}

fn llm(arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut call = command(&[&["llm"], arguments].concat());
    call.envs(environment.iter().copied());
    run(call, b"")
}

const LOCAL: &str = "http://127.0.0.1:9/v1";

#[test]
fn the_check_says_what_keeps_models_off() {
    for (environment, reason, code) in [
        (&[][..], "placeholders_unresolved", 1),
        (&[("LLM_MODEL", "m")], "base_url_missing", 1),
        (
            &[
                ("LLM_MODEL", "m"),
                ("LLM_BASE_URL", "https://api.example/v1"),
            ],
            "key_missing",
            1,
        ),
        (&[("LLM_MODEL", "m"), ("LLM_BASE_URL", LOCAL)], "", 0),
    ] {
        let run = llm(&["check", "--json"], environment);
        let shown: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(shown["refusal"].as_str().unwrap_or_default(), reason);
        assert_eq!((run.code, run.stderr.as_str()), (code, ""), "{reason}");
        assert_eq!(shown["routes"].as_array().map(Vec::len), Some(10));
    }
}

#[test]
fn the_check_shows_no_key() {
    let environment = [
        ("LLM_MODEL", "m"),
        ("LLM_BASE_URL", "https://api.example/v1"),
        ("LLM_API_KEY", "sk-canary"),
        ("LLM_POLICY_ENABLED", "true"),
    ];
    for arguments in [
        &["check"][..],
        &["check", "--json"],
        &["check", "--help"],
        &["ping", "--help"],
    ] {
        let run = llm(arguments, &environment);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        assert!(!run.stdout.contains("canary"), "{arguments:?}");
    }
    let run = llm(&["check"], &environment);
    assert!(run.stdout.contains("•••••••• (set)"), "{}", run.stdout);
    assert!(
        run.stdout.contains("models may be called"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_policy_given_as_yaml_by_habit_is_told_so() {
    let policy = file_with(
        "policy.yaml",
        "# models\nprofiles:\n  cheap:\n    model: canary\n",
    );
    let run = llm(
        &["check"],
        &[("LLM_POLICY_PATH", &policy.display().to_string())],
    );
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(
        run.stderr.contains("policy.yaml:2: "),
        "with the line: {}",
        run.stderr
    );
    assert!(
        run.stderr.contains("\n  hint: this looks like YAML"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_policy_file_that_is_wrong_is_told_with_line_and_hint() {
    let wrong = file_with(
        "wrong.toml",
        "version = 1\nprofile = \"cheep\"\n[profiles.cheap]\nprovider = \"openai_compatible\"\nmodel = \"m\"\n",
    );
    let wrong = wrong.display().to_string();
    let run = llm(&["check"], &[("LLM_POLICY_PATH", &wrong)]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr
            .contains("wrong.toml:2: profile: unknown profile `cheep`"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("\n  hint: "), "{}", run.stderr);

    let run = llm(&["check", "--llm-policy-path", "absent.toml"], &[]);
    assert!(
        run.stderr.contains("absent.toml: cannot be read"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_check_warns_of_money_that_nobody_counts_and_of_an_operators_off() {
    let folder = crate::folder::Folder::new("llm-check-state");
    fs::write(
        folder.path("switches.json"),
        "{\"admin_off\":[\"llm_policy\"],\"guard\":null}",
    )
    .unwrap();
    let state = folder.path("").display().to_string();
    let environment = [
        ("LLM_MODEL", "m"),
        ("LLM_BASE_URL", "https://api.example/v1"),
        ("LLM_API_KEY", "canary"),
        ("CORRIDOR_STATE_DIR", state.as_str()),
    ];
    let run = llm(&["check"], &environment);
    assert!(
        run.stdout.contains("10 routes have no price"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("an operator switched off: llm_policy"),
        "{}",
        run.stdout
    );
    let local = llm(&["check"], &[("LLM_MODEL", "m"), ("LLM_BASE_URL", LOCAL)]);
    assert!(!local.stdout.contains("no price"), "{}", local.stdout);
}

#[test]
fn an_unknown_profile_of_partial_trust_is_told() {
    let environment = [
        ("LLM_MODEL", "m"),
        ("LLM_BASE_URL", LOCAL),
        ("PARTIAL_TRUST_PROFILE_ID", "relaible"),
    ];
    let run = llm(&["check"], &environment);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("PARTIAL_TRUST_PROFILE_ID")
            && run.stderr.contains("hint: one of: cheap, reliable"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_built_in_script_is_printed_and_can_be_played() {
    let printed = crate::program::corridor(&["mock-llm", "--print-script"]);
    assert_eq!(printed.code, 0);
    assert!(printed.stdout.contains("[[plays]]"));
    Mock::start(Some(&printed.stdout)).stop();
}

#[test]
fn a_ping_needs_the_master_switch() {
    for switch in ["", "false"] {
        let run = llm(
            &["ping"],
            &[
                ("LLM_POLICY_ENABLED", switch),
                ("LLM_MODEL", "m"),
                ("LLM_BASE_URL", LOCAL),
            ],
        );
        assert_eq!((run.code, run.stdout.as_str()), (1, ""));
        assert!(
            run.stderr.contains("LLM_POLICY_ENABLED is not set to true"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_ping_tells_how_each_route_answered() {
    let script = "[expect]\nauthorization = \"bearer\"\n[[plays]]\nplay = \"answer\"\n\
                  [[plays]]\nplay = \"half_json\"\nweight = 0\n";
    let mock = Mock::start(Some(script));
    let environment = [
        ("LLM_POLICY_ENABLED", "true"),
        ("LLM_MODEL", "m"),
        ("LLM_BASE_URL", mock.base_url.as_str()),
        ("LLM_API_KEY", "canary"),
    ];
    let all = llm(&["ping", "--json"], &environment);
    assert_eq!((all.code, all.stderr.as_str()), (0, ""), "{}", all.stdout);
    let lines: Vec<Value> = all
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 10, "a line a route");
    assert!(lines.iter().all(|line| line["outcome"] == "success"));
    assert!(
        lines
            .iter()
            .all(|line| line["tokens_in"].as_u64() > Some(0))
    );

    let one = llm(&["ping", "--task", "assist_clarify"], &environment);
    assert_eq!(one.stdout.lines().count(), 2, "{}", one.stdout);
    assert!(!(all.stdout + &one.stdout).contains("canary"));

    let (code, printed) = mock.stop();
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("12 requests"), "{printed}");
    assert!(printed.contains("0 violations"), "{printed}");
}

#[test]
fn a_ping_that_fails_says_why_and_fails() {
    let mock = Mock::start(Some("[[plays]]\nplay = \"echo_key\"\n"));
    let run = llm(
        &["ping", "--task", "assist_clarify"],
        &[
            ("LLM_POLICY_ENABLED", "true"),
            ("LLM_MODEL", "m"),
            ("LLM_BASE_URL", mock.base_url.as_str()),
            ("LLM_API_KEY", "canary"),
        ],
    );
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(run.stdout.contains("rejected"), "{}", run.stdout);
    assert!(run.stdout.contains("401"), "{}", run.stdout);
    assert!(!run.stdout.contains("canary"), "{}", run.stdout);
    mock.stop();
}

#[test]
fn the_mock_reports_violations() {
    let mock = Mock::start(Some(
        "[expect]\nmodel = \"another\"\nkey = \"expected\"\n[[plays]]\nplay = \"answer\"\n",
    ));
    llm(
        &["ping", "--task", "assist_clarify"],
        &[
            ("LLM_POLICY_ENABLED", "true"),
            ("LLM_MODEL", "m"),
            ("LLM_BASE_URL", mock.base_url.as_str()),
            ("LLM_API_KEY", "canary"),
        ],
    );
    let (code, printed) = mock.stop();
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("violation  request 1: key\n"), "{printed}");
    assert!(
        printed.contains("violation  request 2: model\n"),
        "{printed}"
    );
    assert!(printed.contains("4 violations"), "{printed}");
    assert!(!printed.contains("canary"), "{printed}");
}

#[test]
fn a_script_that_is_wrong_is_told() {
    let script = file_with(
        "wrong-script.toml",
        "seed = 1\n[[plays]]\nplay = \"sing\"\n",
    );
    let run = run(
        command(&["mock-llm", "--script", &script.display().to_string()]),
        b"",
    );
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("wrong-script.toml:3: "),
        "{}",
        run.stderr
    );
}
