//! What the repository promises of itself.

mod boundaries;
mod map;
mod packaging;
mod secrets;
mod tour;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// The files that git tracks, relative to the workspace.
fn tracked_files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git ls-files: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let list = String::from_utf8(output.stdout).unwrap();
    list.split_terminator('\0').map(str::to_owned).collect()
}
