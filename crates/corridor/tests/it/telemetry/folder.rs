//! A folder of a test's own.

use std::{
    env, fs,
    io::Read as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use flate2::read::GzDecoder;
use serde_json::Value;

/// An empty folder that goes with its owner.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes one.
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path =
            env::temp_dir().join(format!("corridor-records-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The names of its files, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The names that begin so, of files that hold anything.
    pub(crate) fn filled(&self, start: &str) -> Vec<String> {
        self.names()
            .into_iter()
            .filter(|name| name.starts_with(start))
            .filter(|name| fs::metadata(self.0.join(name)).unwrap().len() > 0)
            .collect()
    }

    /// The lines of all files whose names begin so, unpacked, each as JSON.
    pub(crate) fn records(&self, start: &str) -> Vec<Value> {
        let mut records = Vec::new();
        for name in self.filled(start) {
            if !name.ends_with(".jsonl") && !name.ends_with(".jsonl.gz") {
                continue;
            }
            let text = read(&self.0.join(&name));
            assert!(text.ends_with('\n'), "{name} ends with half a line");
            for line in text.lines() {
                records
                    .push(serde_json::from_str(line).unwrap_or_else(|_| panic!("{name}: {line}")));
            }
        }
        records
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
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
