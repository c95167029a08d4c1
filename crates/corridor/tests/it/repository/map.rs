//! The map in `docs/ARCHITECTURE.md` against the folders.

use std::{collections::BTreeSet, fs};

use super::{root, tracked_files};

#[test]
fn the_map_names_every_folder_and_no_other() {
    let page = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let on_the_map: BTreeSet<&str> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| code.ends_with('/'))
        .collect();
    let files = tracked_files();
    let folders: BTreeSet<&str> = files.iter().flat_map(|file| folders_to_map(file)).collect();

    let missing: Vec<_> = folders.difference(&on_the_map).collect();
    let gone: Vec<_> = on_the_map
        .iter()
        .filter(|path| !files.iter().any(|file| file.starts_with(**path)))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/ARCHITECTURE.md does not say what these are for: {missing:?}"
    );
    assert!(
        gone.is_empty(),
        "docs/ARCHITECTURE.md names what is not there: {gone:?}"
    );
}

/// The folders above a file that the map has to name: those of the repository, the crates, and the modules of each crate.
fn folders_to_map(file: &str) -> Vec<&str> {
    let parts: Vec<&str> = file.split('/').collect();
    let depths: &[usize] = match parts.as_slice() {
        ["crates", _, "src", ..] => &[2, 4],
        ["crates", ..] => &[2],
        ["docs" | "packs" | "datasets", ..] => &[1, 2],
        _ => &[1],
    };
    depths
        .iter()
        .filter(|depth| **depth < parts.len())
        .filter_map(|depth| file.get(..parts[..*depth].iter().map(|part| part.len() + 1).sum()))
        .collect()
}

#[test]
fn a_file_names_its_folders() {
    assert_eq!(folders_to_map("README.md"), Vec::<&str>::new());
    assert_eq!(folders_to_map("scripts/scan-secrets"), ["scripts/"]);
    assert_eq!(
        folders_to_map("docs/reference/cli.md"),
        ["docs/", "docs/reference/"]
    );
    assert_eq!(
        folders_to_map("crates/corridor/src/cli/decide/mod.rs"),
        ["crates/corridor/", "crates/corridor/src/cli/"]
    );
    assert_eq!(
        folders_to_map("crates/corridor/src/main.rs"),
        ["crates/corridor/"]
    );
}
