//! What the service remembers over a restart: small JSON files in one folder, each replaced as a whole.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use corridor_llm::runtime::BudgetUse;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Serialize, de::DeserializeOwned};

/// The folder. It is made when there is something to keep.
#[derive(Clone, Debug)]
pub struct StateFolder(PathBuf);

/// Why something remembered cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The file is there and cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file does not hold what this program wrote.
    #[error("{}: is damaged", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
}

impl StateFolder {
    /// Takes the folder of the settings.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The path of one file.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Reads what was kept under a name; nothing where nothing was.
    ///
    /// # Errors
    /// A file that cannot be read or is damaged.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StateError> {
        let path = self.path(name);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StateError::Unreadable { path, source }),
        };
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|_| StateError::Damaged { path })
    }

    /// Keeps a value under a name. After a crash the file holds either what it held before or all of this.
    ///
    /// # Errors
    /// A folder or file that cannot be written.
    pub fn write(&self, name: &str, value: &impl Serialize) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let new = self.path(&format!("{name}.new"));
        let mut file = File::create(&new)?;
        serde_json::to_writer(&mut file, value)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&new, self.path(name))?;
        // The rename itself lasts once the folder is on the disk.
        File::open(&self.0)?.sync_all()
    }
}

/// The file that holds what models cost today.
pub const BUDGET_FILE: &str = "llm-budget.json";

/// What the day has cost so far. Where that cannot be known the day counts as used up: rather no model until midnight than twice the
/// money.
#[must_use]
pub fn budget_use(folder: &StateFolder, now: Timestamp) -> Option<BudgetUse> {
    match folder.read(BUDGET_FILE) {
        Ok(kept) => kept,
        Err(error) => {
            tracing::error!(
                %error,
                "what models cost today is unknown: the daily limits count as used up until midnight UTC; \
                 to begin the day anew, stop the service and remove the file"
            );
            Some(BudgetUse {
                day: now.to_zoned(TimeZone::UTC).date(),
                calls: u64::MAX,
                spent_micros: u64::MAX,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> StateFolder {
        let path = std::env::temp_dir().join(format!("corridor-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        StateFolder::new(&path.join("made/when/needed"))
    }

    fn noon() -> Timestamp {
        "2026-06-15T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let folder = folder("kept");
        assert_eq!(folder.read::<BudgetUse>(BUDGET_FILE).unwrap(), None);
        let used = BudgetUse {
            day: "2026-06-15".parse().unwrap(),
            calls: 3,
            spent_micros: 1_500,
        };
        folder.write(BUDGET_FILE, &used).unwrap();
        folder.write(BUDGET_FILE, &used).unwrap();
        assert_eq!(budget_use(&folder, noon()), Some(used));
        let files: Vec<_> = fs::read_dir(&folder.0).unwrap().collect();
        assert_eq!(files.len(), 1, "no half-written file stays behind");
    }

    #[test]
    fn a_damaged_budget_is_a_used_up_day() {
        let folder = folder("damaged");
        fs::create_dir_all(&folder.0).unwrap();
        for damaged in ["", "{\"day\":\"2026-06-15\",\"calls\":3", "[]", "\0\0\0"] {
            fs::write(folder.path(BUDGET_FILE), damaged).unwrap();
            let used = budget_use(&folder, noon()).unwrap();
            assert_eq!(used.calls, u64::MAX, "{damaged:?}");
            assert_eq!(used.day.to_string(), "2026-06-15");
        }
    }
}
