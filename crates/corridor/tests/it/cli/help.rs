//! Help, completions, and calls that are wrong.

use corridor::{cli, http::problem, telemetry::reference};

use crate::{
    committed::assert_file,
    program::{command, corridor, run},
};

#[test]
fn the_reference_page_of_the_command_line_is_up_to_date() {
    assert_file("../../docs/reference/cli.md", &cli::reference_page());
}

#[test]
fn the_reference_page_of_problems_is_up_to_date() {
    assert_file(
        "../../docs/reference/problems.md",
        &problem::reference_page(),
    );
}

#[test]
fn the_reference_page_of_records_and_metrics_is_up_to_date() {
    assert_file(
        "../../docs/reference/records.md",
        &reference::reference_page(),
    );
}

#[test]
fn help_is_no_failure() {
    let run = corridor(&["--help"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("Exit codes:"), "{}", run.stdout);
}

#[test]
fn a_call_without_a_command_shows_the_help_and_fails() {
    let run = corridor(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("decide"), "{}", run.stderr);
}

#[test]
fn a_wrong_call_says_what_to_do() {
    for arguments in [
        &["decide"][..],
        &["decide", "купи молоко", "--stdin"],
        &[
            "decide",
            "--command",
            "command.json",
            "--household",
            "command.json",
        ],
        &["decide", "купи молоко", "--now", "yesterday"],
        &["decide", "купи молоко", "--jsn"],
        &["desire"],
    ] {
        let run = corridor(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(
            run.stderr.starts_with("error: ")
                && run.stderr.contains("\n  hint: ")
                && run.stderr.contains("--help"),
            "{arguments:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn a_slip_of_the_pen_is_told_with_what_was_meant() {
    for (arguments, meant) in [
        (
            &["decide", "купи молоко", "--jsn"][..],
            "did you mean `--json`? `corridor decide --help`",
        ),
        (&["desire"], "did you mean `decide`? `corridor --help`"),
    ] {
        let run = corridor(arguments);
        assert!(run.stderr.contains(meant), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn a_data_set_that_is_not_there_is_told_with_its_flag() {
    for arguments in [&["eval"][..], &["golden", "check"]] {
        let run = corridor(arguments);
        assert_eq!(run.code, 1, "{arguments:?}");
        assert!(
            run.stderr.contains("--golden"),
            "{arguments:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn wrong_settings_stop_a_command_before_it_starts() {
    for arguments in [
        &["decide", "купи молоко", "--language", "fr"][..],
        &["serve", "--listen", "localhost:80"],
    ] {
        let run = corridor(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(
            run.stderr.contains("\n  hint: allowed: "),
            "{arguments:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn settings_of_the_environment_reach_the_program() {
    let mut call = command(&["decide", "купи молоко"]);
    call.env("CORRIDOR_LANGUAGE", "fr");
    let run = run(call, b"");
    assert_eq!(run.code, 2);
    assert!(
        run.stderr
            .contains("environment variable CORRIDOR_LANGUAGE"),
        "{}",
        run.stderr
    );
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = corridor(&["completions", shell]);
        assert_eq!(run.code, 0, "{shell}");
        assert!(run.stdout.contains("decide"), "{shell}");
    }
}
