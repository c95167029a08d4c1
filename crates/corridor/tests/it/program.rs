//! Running the built program as its users do.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

/// What a run of the program came to.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program with arguments, in the folder of the tests' fixtures and in an environment that says nothing but that no records are
/// written; a flag says otherwise.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corridor"));
    command
        .args(arguments)
        .env_clear()
        .env("CORRIDOR_RECORDS_ENABLED", "false")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures"));
    command
}

/// Runs the program with nothing on standard input.
pub(crate) fn corridor(arguments: &[&str]) -> Run {
    corridor_with_input(arguments, b"")
}

/// Runs the program with `input` on standard input.
pub(crate) fn corridor_with_input(arguments: &[&str], input: &[u8]) -> Run {
    run(command(arguments), input)
}

/// Runs a command to its end. Input is written beside reading, so that neither side waits for the other.
pub(crate) fn run(mut command: Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that does not read its input may close it.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output().unwrap()
    });
    Run {
        code: output.status.code().expect("the program ends by itself"),
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("errors are UTF-8"),
    }
}
