//! `corridor token`.

use std::{fs, os::unix::fs::PermissionsExt as _};

use serde_json::Value;

use crate::{folder::Folder, program::corridor};

#[test]
fn a_token_is_printed_with_the_line_that_keeps_its_digest() {
    let run = corridor(&["token", "new", "product"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let made: Value = serde_json::from_str(&run.stdout).unwrap();
    let (token, line) = (
        made["token"].as_str().unwrap(),
        made["line"].as_str().unwrap(),
    );
    assert!(token.starts_with("corridor_"), "{token}");
    assert!(line.starts_with("product "), "{line}");
    assert!(
        !line.contains(token.trim_start_matches("corridor_")),
        "{line}"
    );
}

#[test]
fn a_line_is_added_to_a_file_that_others_cannot_read() {
    let folder = Folder::new("tokens");
    let file = folder.path("tokens");
    let name = file.to_str().unwrap();
    for owner in ["product", "phone"] {
        let run = corridor(&["token", "new", owner, "--file", name]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        assert!(run.stdout.starts_with("corridor_"), "{}", run.stdout);
    }
    let text = fs::read_to_string(&file).unwrap();
    let names: Vec<_> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(names, ["product", "phone"]);
    assert!(!text.contains("corridor_"), "{text}");
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn a_name_that_is_taken_or_none_is_refused() {
    let folder = Folder::new("token-names");
    let file = folder.path("tokens");
    let name = file.to_str().unwrap();
    assert_eq!(
        corridor(&["token", "new", "product", "--file", name]).code,
        0
    );
    for owner in ["product", "", "two words", "имя"] {
        let run = corridor(&["token", "new", owner, "--file", name]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{owner}");
        assert!(run.stderr.contains("\n  hint: "), "{owner}: {}", run.stderr);
    }
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 1);
}
