//! Folders that tests write to.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// An empty folder of this test run that goes with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder. Names are chosen once among all tests.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("corridor-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// The path of a file in it.
    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
