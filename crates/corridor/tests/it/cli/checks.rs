//! `corridor check` and `corridor contract check`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::program::corridor;

#[test]
fn everything_that_is_built_in_passes() {
    let run = corridor(&["check"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    for subject in ["settings  ok", "pack      ok", "contract  ok"] {
        assert!(run.stdout.contains(subject), "{subject} in {}", run.stdout);
    }
}

#[test]
fn wrong_settings_are_told_and_the_rest_is_checked() {
    let run = corridor(&["check", "--config", "../cases/settings/misspelt-key.toml"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(run.stdout.contains("settings  failed"), "{}", run.stdout);
    assert!(
        run.stdout.contains("misspelt-key.toml:3: "),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("contract  ok"), "{}", run.stdout);
}

#[test]
fn the_built_in_contract_agrees_with_its_baseline() {
    let run = corridor(&["contract", "check"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
}

const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../corridor-contract/schemas");

/// A folder with the contract's files, where commands may say one thing more.
fn contract_with_a_new_property(name: &str, version: &str) -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("corridor-contract-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let read = |file: &str| fs::read_to_string(Path::new(SCHEMAS).join(file)).unwrap();
    let mut command: Value = serde_json::from_str(&read("command.schema.json")).unwrap();
    command["properties"]["mood"] = json!({ "type": "string" });
    fs::write(folder.join("command.schema.json"), command.to_string()).unwrap();
    fs::write(
        folder.join("decision.schema.json"),
        read("decision.schema.json"),
    )
    .unwrap();
    fs::write(folder.join("VERSION"), version).unwrap();
    folder
}

#[test]
fn a_change_without_its_version_is_told_with_the_bump_it_needs() {
    let folder = contract_with_a_new_property("same", "2.1.0\n");
    let run = corridor(&["contract", "check", "--schemas", folder.to_str().unwrap()]);
    fs::remove_dir_all(folder).unwrap();
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(run.stdout.contains("MINOR"), "{}", run.stdout);
    assert!(run.stdout.contains("/properties/mood"), "{}", run.stdout);
    assert!(
        run.stdout.contains("Set VERSION to 2.2.0"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_change_with_its_version_passes() {
    let folder = contract_with_a_new_property("next", "2.2.0\n");
    let run = corridor(&["contract", "check", "--schemas", folder.to_str().unwrap()]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let back = corridor(&[
        "contract",
        "check",
        "--schemas",
        SCHEMAS,
        "--baseline",
        folder.to_str().unwrap(),
    ]);
    fs::remove_dir_all(folder).unwrap();
    assert_eq!(back.code, 1);
    assert!(back.stdout.contains("MAJOR"), "{}", back.stdout);
}

#[test]
fn a_folder_that_holds_no_contract_is_told() {
    for (folder, told) in [("absent", "cannot be read"), (".", "cannot be read")] {
        let run = corridor(&["contract", "check", "--schemas", folder]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{folder}");
        assert!(
            run.stderr.contains(told) && run.stderr.contains("\n  hint: "),
            "{folder}: {}",
            run.stderr
        );
    }
}
