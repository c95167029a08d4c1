//! Files in the repository that tests keep equal to what the program makes.

use std::{env, fs, path::Path};

/// The variable that makes the tests write such files instead of comparing them.
const UPDATE_VARIABLE: &str = "CORRIDOR_UPDATE";

/// Compares a committed file with what it should hold, or writes it where an update is asked for. `path` is relative to the crate.
pub(crate) fn assert_file(path: impl AsRef<Path>, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os(UPDATE_VARIABLE).is_some() {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(&path, expected).unwrap();
        return;
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    if found == expected {
        return;
    }
    let line = found
        .lines()
        .zip(expected.lines())
        .take_while(|(found, expected)| found == expected)
        .count();
    panic!(
        "{}:{}: out of date\n  found:    {}\n  expected: {}\nhint: {UPDATE_VARIABLE}=1 cargo test -p corridor --test it, then review the difference",
        path.display(),
        line + 1,
        found.lines().nth(line).unwrap_or("(end of file)"),
        expected.lines().nth(line).unwrap_or("(end of file)"),
    );
}

/// The files of a folder of cases that end in `extension`, sorted. `folder` is relative to the crate.
pub(crate) fn cases(folder: &str, extension: &str) -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{}: no *.{extension}", folder.display());
    files
}
