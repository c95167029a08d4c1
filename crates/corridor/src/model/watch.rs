//! Noticing that files changed, by reading them: it sees a file rewritten in place, renamed over, or swapped behind a link, as
//! Kubernetes does, and on every file system. The files are small.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    time::Duration,
};

/// How often files are looked at. A change counts once two looks in a row agree, so that a file is not taken while an editor is writing
/// it: in effect within two intervals, well under a second.
pub(super) const WATCH_INTERVAL: Duration = Duration::from_millis(200);

const _: () = assert!(2 * WATCH_INTERVAL.as_millis() < 1000, "under a second");

/// What files held when they were looked at; nothing for one that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fingerprint(Vec<(PathBuf, Option<u64>)>);

impl Fingerprint {
    /// Looks at files.
    pub(super) fn of<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        let print = |path: &Path| {
            let mut hasher = DefaultHasher::new();
            fs::read(path).ok()?.hash(&mut hasher);
            Some(hasher.finish())
        };
        Self(
            paths
                .into_iter()
                .map(|path| (path.to_owned(), print(path)))
                .collect(),
        )
    }
}

/// Tells when a change has settled.
#[derive(Debug)]
pub(super) struct Watch {
    in_force: Fingerprint,
    last: Fingerprint,
}

impl Watch {
    /// Begins with what is in force.
    #[must_use]
    pub(super) fn new(in_force: Fingerprint) -> Self {
        Self {
            last: in_force.clone(),
            in_force,
        }
    }

    /// Whether what was seen differs from what is in force and is the same as at the look before. It counts as in force from then on.
    pub(super) fn settled(&mut self, seen: Fingerprint) -> bool {
        let settled = seen == self.last && seen != self.in_force;
        if settled {
            self.in_force = seen.clone();
        }
        self.last = seen;
        settled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("corridor-watch-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_change_counts_once_it_has_settled() {
        let file = folder("settled").join("corridor.toml");
        let look = || Fingerprint::of([file.as_path()]);
        fs::write(&file, "a").unwrap();
        let mut watch = Watch::new(look());
        assert!(!watch.settled(look()));
        fs::write(&file, "b").unwrap();
        assert!(!watch.settled(look()), "it may still be being written");
        fs::write(&file, "bc").unwrap();
        assert!(!watch.settled(look()), "it was");
        assert!(watch.settled(look()));
        assert!(!watch.settled(look()), "once");
        fs::remove_file(&file).unwrap();
        assert!(!watch.settled(look()));
        assert!(watch.settled(look()), "a file that goes is a change");
    }

    #[test]
    fn renames_and_swapped_links_are_changes() {
        let folder = folder("renamed");
        let file = folder.join("corridor.toml");
        let look = || Fingerprint::of([file.as_path()]);
        fs::create_dir(folder.join("..1")).unwrap();
        fs::create_dir(folder.join("..2")).unwrap();
        fs::write(folder.join("..1/corridor.toml"), "a").unwrap();
        fs::write(folder.join("..2/corridor.toml"), "b").unwrap();
        std::os::unix::fs::symlink("..1", folder.join("..data")).unwrap();
        std::os::unix::fs::symlink("..data/corridor.toml", &file).unwrap();
        let before = look();
        std::os::unix::fs::symlink("..2", folder.join("..new")).unwrap();
        fs::rename(folder.join("..new"), folder.join("..data")).unwrap();
        let swapped = look();
        assert_ne!(swapped, before);
        fs::write(folder.join("new"), "c").unwrap();
        fs::rename(folder.join("new"), &file).unwrap();
        assert_ne!(look(), swapped);
    }
}
