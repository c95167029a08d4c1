//! The folder of broken entry files: `NAME.toml` must have the problems of `NAME.expected`, each on a line as `LINE: MESSAGE`.
//! Adding a case is adding two files; `CORRIDOR_UPDATE=1` writes the second, to be read before it is committed. The household is that of
//! `home`.

use std::fs;
use std::path::{Path, PathBuf};

use corridor_eval::dataset::{Dataset, DatasetFiles};

use crate::home;

#[test]
fn broken_files_are_told_with_file_and_line() {
    for case in cases() {
        let text = fs::read_to_string(&case).unwrap();
        let files = home::files("").with("case.toml", text);
        let mut found = String::new();
        for problem in Dataset::read(&files).problems {
            assert_eq!(
                &*problem.place.file,
                "golden/case.toml",
                "{}",
                case.display()
            );
            assert!(
                !problem.hint.is_empty(),
                "{}: no hint for {problem}",
                case.display()
            );
            found.push_str(&format!("{}: {}\n", problem.place.line, problem.message));
        }
        let expected = case.with_extension("expected");
        if std::env::var_os("CORRIDOR_UPDATE").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert!(
            !expected.is_empty(),
            "{} needs its .expected; found:\n{found}",
            case.display()
        );
        assert_eq!(found, expected, "{}", case.display());
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/broken");
    let files = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let cases: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|found| found == "toml"))
        .collect();
    assert!(
        cases.len() >= 15,
        "{} has {} cases",
        folder.display(),
        cases.len()
    );
    cases
}

#[test]
fn a_broken_entry_does_not_hide_the_others() {
    let broken = "\n[[entry]]\nid = \"en-001\"\n";
    let good = home::easy(2, &home::clarify("intent"));
    let reading = Dataset::read(&home::files(&format!("{broken}{good}")));
    assert_eq!(reading.problems.len(), 1);
    assert!(reading.dataset.entry("en-002").is_some());
}

#[test]
fn an_id_belongs_to_one_entry_of_all_files() {
    let entry = home::easy(1, &home::clarify("intent"));
    let files = home::files(&entry).with("en/more.toml", format!("{}{entry}", home::HEAD));
    let problems = Dataset::read(&files).problems;
    assert_eq!(problems.len(), 1);
    assert_eq!(
        problems[0].to_string(),
        "golden/en/more.toml:4: id: `en-001` is taken by the entry at golden/en/all.toml:4"
    );
}

#[test]
fn broken_contexts_and_tags_are_told_with_file_and_line() {
    let context = |from: &str, to: &str| ("contexts/home.toml", home::CONTEXT.replace(from, to));
    let cases = [
        (
            context("2026-06-15T12:00:00+03:00", "yesterday"),
            "contexts/home.toml:4: timestamp: ",
        ),
        (
            context("user_id = \"u-ann\"\ntime", "user_id = \"u-eve\"\ntime"),
            "contexts/home.toml:3: user_id: `u-eve` is no member",
        ),
        (
            context("version = 1", "version = 2"),
            "contexts/home.toml:2: version: 2 is not",
        ),
        (
            context("members = [", "guests = ["),
            "contexts/home.toml:7: context/household/members: ",
        ),
        (
            context("user_id = \"u-ann\"\ntime", "time"),
            "contexts/home.toml:1: missing field `user_id`",
        ),
        (
            context("default_list_id = \"l-food\"", "default_list_id = 7"),
            "contexts/home.toml:7: context/defaults/",
        ),
        (
            ("tags.toml", "version = 1\n[tags]\none = 1\n".to_owned()),
            "tags.toml:3: one: invalid type",
        ),
    ];
    for ((path, text), expected) in cases {
        let files: DatasetFiles = home::files("").with(path, text);
        let problems: Vec<String> = Dataset::read(&files)
            .problems
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(
            problems
                .iter()
                .any(|problem| problem.starts_with(&format!("golden/{expected}"))),
            "{expected}: {problems:#?}"
        );
    }
}
