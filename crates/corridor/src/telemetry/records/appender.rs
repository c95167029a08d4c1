//! One record file: opened, mended, appended to in whole lines, rotated.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{
    archive::{Piece, PieceKind},
    log_file::LogFile,
};

/// The mode of a file that only the service's own user may read.
const PRIVATE: u32 = 0o600;

/// When a file has to make way for a new one.
#[derive(Clone, Copy, Debug)]
pub(super) struct RotateAt {
    /// Largest size, in bytes.
    pub(super) bytes: u64,
    /// Greatest age of the first record.
    pub(super) age: SignedDuration,
}

/// A record file that is appended to. Open only while that works.
#[derive(Debug)]
pub(super) struct Appender {
    path: PathBuf,
    is_private: bool,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    bytes: u64,
    /// The time of the first record; none in an empty file.
    begun: Option<Timestamp>,
}

/// A half last line that a sudden end left behind, now in a file of its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SetAside {
    /// Where it is now.
    pub(super) path: PathBuf,
    /// How long it is.
    pub(super) bytes: u64,
}

impl Appender {
    pub(super) fn new(file: LogFile, path: PathBuf) -> Self {
        Self {
            path,
            is_private: file.is_private(),
            open: None,
        }
    }

    fn mode(&self) -> u32 {
        if self.is_private { PRIVATE } else { 0o640 }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How large the file is, as far as it is known.
    pub(super) fn bytes(&self) -> u64 {
        self.open.as_ref().map_or(0, |open| open.bytes)
    }

    /// Makes sure that the file is open, is still the one at its path, and ends with a whole line.
    ///
    /// # Errors
    /// What the system says: no such folder, no permission, no space.
    pub(super) fn ensure_open(&mut self, now: Timestamp) -> io::Result<Option<SetAside>> {
        if self
            .open
            .as_ref()
            .is_some_and(|open| is_at(&open.file, &self.path))
        {
            return Ok(None);
        }
        self.open = None;
        if let Some(folder) = self
            .path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .mode(self.mode())
            .open(&self.path)?;
        // Two services that rotate the same file would lose each other's lines.
        file.try_lock().map_err(|error| match error {
            fs::TryLockError::Error(error) => error,
            fs::TryLockError::WouldBlock => io::Error::new(
                io::ErrorKind::ResourceBusy,
                "another process writes this file",
            ),
        })?;
        if self.is_private {
            self.close_to_others(&file)?;
        }
        let set_aside = self.set_half_line_aside(&mut file, now)?;
        self.open = Some(Open {
            bytes: file.metadata()?.len(),
            begun: begun(&mut file)?,
            file,
        });
        Ok(set_aside)
    }

    /// Appends whole lines. What the disk took only in part is taken back, so that no half line stays.
    ///
    /// # Errors
    /// What the system says; none of the lines is in the file then.
    pub(super) fn append(&mut self, lines: &[u8], now: Timestamp) -> io::Result<()> {
        let Some(open) = &mut self.open else {
            return Err(io::Error::new(
                io::ErrorKind::NotConnected,
                "the file is not open",
            ));
        };
        match open.file.write_all(lines) {
            Ok(()) => {
                open.bytes = open
                    .bytes
                    .saturating_add(u64::try_from(lines.len()).unwrap_or(u64::MAX));
                open.begun.get_or_insert(now);
                Ok(())
            }
            Err(error) => {
                // Where even that fails, opening the file again finds the half line.
                let _ = open.file.set_len(open.bytes);
                self.open = None;
                Err(error)
            }
        }
    }

    /// Whether the file has to make way before `more` bytes are added.
    pub(super) fn is_due(&self, at: RotateAt, more: usize, now: Timestamp) -> bool {
        self.open.as_ref().is_some_and(|open| {
            let full = open
                .bytes
                .saturating_add(u64::try_from(more).unwrap_or(u64::MAX))
                > at.bytes;
            let old = open
                .begun
                .is_some_and(|begun| now.duration_since(begun) >= at.age);
            open.bytes > 0 && (full || old)
        })
    }

    /// Gives the file a name of its own beside its path. The next lines begin a new one.
    ///
    /// # Errors
    /// What the system says; the file goes on as it is then.
    pub(super) fn rotate(&mut self, now: Timestamp) -> io::Result<()> {
        let begun = self
            .open
            .as_ref()
            .and_then(|open| open.begun)
            .unwrap_or(now);
        let name = Piece::unused_name(&self.path, begun, PieceKind::Rotated)?;
        fs::rename(&self.path, name)?;
        self.open = None;
        Ok(())
    }

    /// Takes from others what they may do with a file that was there already, restored or touched, and with its pieces.
    ///
    /// # Errors
    /// Where that is refused for the file itself: what people say does not go into a file that others can read.
    fn close_to_others(&self, file: &File) -> io::Result<()> {
        restrict(&file.metadata()?, |private| file.set_permissions(private))?;
        for piece in Piece::all_of(&self.path)? {
            let restricted = fs::metadata(&piece.path).and_then(|metadata| {
                restrict(&metadata, |private| {
                    fs::set_permissions(&piece.path, private)
                })
            });
            if let Err(error) = restricted {
                tracing::warn!(file = %piece.path.display(), %error, "a private record file cannot be closed to others");
            }
        }
        Ok(())
    }

    fn set_half_line_aside(&self, file: &mut File, now: Timestamp) -> io::Result<Option<SetAside>> {
        let length = file.metadata()?.len();
        let whole = end_of_last_line(file, length)?;
        if whole == length {
            return Ok(None);
        }
        let path = Piece::unused_name(&self.path, now, PieceKind::HalfLine)?;
        let mut aside = OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(self.mode())
            .open(&path)?;
        file.seek(SeekFrom::Start(whole))?;
        let bytes = io::copy(file, &mut aside)?;
        file.set_len(whole)?;
        Ok(Some(SetAside { path, bytes }))
    }
}

/// Restricts a file to the service's own user, unless it is so already. A device or a pipe is as the system has it.
fn restrict(
    metadata: &fs::Metadata,
    set: impl FnOnce(fs::Permissions) -> io::Result<()>,
) -> io::Result<()> {
    let is_wider = metadata.permissions().mode() & 0o077 != 0;
    if metadata.is_file() && is_wider {
        set(fs::Permissions::from_mode(PRIVATE))
    } else {
        Ok(())
    }
}

/// Whether the open file is the one at the path: somebody may have moved or removed it.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => open.dev() == there.dev() && open.ino() == there.ino(),
        _ => false,
    }
}

/// Where the last whole line ends, looking backwards from the end of the file.
fn end_of_last_line(file: &mut File, length: u64) -> io::Result<u64> {
    const CHUNK: u64 = 64 * 1024;
    let mut end = length;
    let mut chunk = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(CHUNK);
        file.seek(SeekFrom::Start(start))?;
        chunk.clear();
        file.take(end.saturating_sub(start))
            .read_to_end(&mut chunk)?;
        if let Some(newline) = chunk.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start
                .saturating_add(u64::try_from(newline).unwrap_or(u64::MAX))
                .saturating_add(1));
        }
        end = start;
    }
    Ok(0)
}

/// The time of the first record; where the first line has none, the time the file was last changed.
pub(super) fn begun(file: &mut File) -> io::Result<Option<Timestamp>> {
    #[derive(Deserialize)]
    struct Stamped {
        timestamp: Timestamp,
    }
    let metadata = file.metadata()?;
    if metadata.len() == 0 {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(0))?;
    let mut first = Vec::new();
    BufReader::new(&mut *file).read_until(b'\n', &mut first)?;
    let begun = match serde_json::from_slice::<Stamped>(&first) {
        Ok(stamped) => stamped.timestamp,
        Err(_) => Timestamp::try_from(metadata.modified()?).unwrap_or(Timestamp::MIN),
    };
    Ok(Some(begun))
}
