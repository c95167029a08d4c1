//! Lists the household pack's files, so that adding one needs no change to code.

#![allow(
    clippy::unwrap_used,
    reason = "a build script may stop the build, and says where"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../packs/household");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        let path = file
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        writeln!(
            code,
            "    ({path:?}, include_str!({:?})),",
            file.canonicalize().unwrap()
        )
        .unwrap();
    }
    code.push(']');
    fs::write(
        Path::new(&env::var("OUT_DIR").unwrap()).join("household.rs"),
        code,
    )
    .unwrap();
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(path);
        }
    }
}
