//! A folder of record files.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::folder::Folder;

/// An empty folder that goes with its owner.
pub(super) struct RecordFolder(Folder);

impl RecordFolder {
    /// Makes one.
    pub(super) fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(Folder::new(&format!("records-{number}")))
    }

    /// Where it is.
    pub(super) fn path(&self) -> PathBuf {
        self.0.path("")
    }

    /// Where it is, as an argument.
    pub(super) fn argument(&self) -> String {
        self.path().display().to_string()
    }

    /// The names of its files, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The names that begin so, of files that hold anything.
    pub(super) fn filled(&self, start: &str) -> Vec<String> {
        self.names()
            .into_iter()
            .filter(|name| name.starts_with(start))
            .filter(|name| fs::metadata(self.path().join(name)).is_ok_and(|file| file.len() > 0))
            .collect()
    }

    /// How many record files there are whose names begin so. One that is being compressed is there up to three times, and counts once.
    pub(super) fn count(&self, start: &str) -> usize {
        let names = self.filled(start);
        let plain = names
            .iter()
            .map(|name| name.trim_end_matches(".partial").trim_end_matches(".gz"));
        plain.collect::<std::collections::HashSet<_>>().len()
    }

    /// The lines of all record files whose names begin so, unpacked, each as JSON. None may be half a line.
    pub(super) fn records(&self, start: &str) -> Vec<Value> {
        let mut records = Vec::new();
        for name in self.filled(start) {
            if !name.ends_with(".jsonl") && !name.ends_with(".jsonl.gz") {
                continue;
            }
            let text = read(&self.path().join(&name));
            assert!(text.ends_with('\n'), "{name} ends with half a line");
            for line in text.lines() {
                records
                    .push(serde_json::from_str(line).unwrap_or_else(|_| panic!("{name}: {line}")));
            }
        }
        records
    }

    /// Everything in all files but those that may hold what was said.
    pub(super) fn everything(&self) -> String {
        self.names()
            .iter()
            .filter(|name| !name.starts_with("user_text"))
            .map(|name| read(&self.path().join(name)))
            .collect()
    }
}

/// A file as text, unpacked where its name says so.
fn read(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    if path.extension().is_some_and(|ending| ending == "gz") {
        let mut text = String::new();
        GzDecoder::new(bytes.as_slice())
            .read_to_string(&mut text)
            .unwrap();
        return text;
    }
    String::from_utf8(bytes).unwrap()
}
