//! What is kept beside the files that are written: rotated ones, compressed ones and half lines, each named by the time it began, and what
//! was written before somebody switched a file off.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

use super::appender;

/// What is kept of a record file beside the file itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) path: PathBuf,
    pub(super) kind: PieceKind,
    /// The time of its first record, to the second.
    pub(super) begun: Timestamp,
    pub(super) bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// The file itself, where it is not written any more.
    Retired,
    /// A full or old file.
    Rotated,
    /// The same, compressed.
    Compressed,
    /// A compressed file that is not finished.
    Partial,
    /// A half line that a sudden end left behind.
    HalfLine,
}

impl PieceKind {
    /// Those with names of their own.
    const NAMED: [Self; 4] = [
        Self::Rotated,
        Self::Compressed,
        Self::Partial,
        Self::HalfLine,
    ];

    /// How its name ends, after the time; a retired file has its plain name.
    const fn ending(self) -> &'static str {
        match self {
            Self::Rotated | Self::Retired => ".jsonl",
            Self::Compressed => ".jsonl.gz",
            Self::Partial => ".jsonl.gz.partial",
            Self::HalfLine => ".half",
        }
    }
}

/// How the time stands in a name: sorted by name is sorted by time.
const STAMP: &str = "%Y%m%dT%H%M%SZ";

impl Piece {
    /// All pieces of the record file at `path`, oldest first. A folder that is not there holds none.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn all_of(path: &Path) -> io::Result<Vec<Self>> {
        let entries = match fs::read_dir(folder_of(path)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut pieces = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let Some((begun, kind)) = name.to_str().and_then(|name| read_name(path, name)) else {
                continue;
            };
            // What was removed meanwhile is not there any more.
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            pieces.push(Self {
                path: entry.path(),
                kind,
                begun,
                bytes: metadata.len(),
            });
        }
        pieces.sort_by(|a, b| (a.begun, &a.path).cmp(&(b.begun, &b.path)));
        Ok(pieces)
    }

    /// The file at `path` itself, where it is there and nobody writes it. A device or a pipe is nobody's record.
    ///
    /// # Errors
    /// What the system says.
    fn retired(path: &Path) -> io::Result<Option<Self>> {
        // Asked first, since opening a pipe would wait for its other end.
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
        let mut file = File::open(path)?;
        // Whoever writes a record file holds its lock, also under another name.
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Ok(None),
            Err(fs::TryLockError::Error(error)) => return Err(error),
        }
        Ok(appender::begun(&mut file)?.map(|begun| Self {
            path: path.to_owned(),
            kind: PieceKind::Retired,
            begun,
            bytes: file.metadata().map_or(0, |metadata| metadata.len()),
        }))
    }

    /// A name for a new piece that no file has, compressed or not.
    ///
    /// # Errors
    /// A time that cannot be written, or more pieces of one second than anybody makes.
    pub(super) fn unused_name(
        path: &Path,
        begun: Timestamp,
        kind: PieceKind,
    ) -> io::Result<PathBuf> {
        const MOST_IN_ONE_SECOND: u32 = 10_000;
        let stem = stem_of(path);
        let stamp = begun.strftime(STAMP).to_string();
        (0..MOST_IN_ONE_SECOND)
            .map(|number| match number {
                0 => format!("{stem}.{stamp}"),
                _ => format!("{stem}.{stamp}-{number:04}"),
            })
            .find(|start| {
                PieceKind::NAMED.into_iter().all(|kind| {
                    !folder_of(path)
                        .join(format!("{start}{}", kind.ending()))
                        .exists()
                })
            })
            .map(|start| folder_of(path).join(format!("{start}{}", kind.ending())))
            .ok_or_else(|| {
                io::Error::new(io::ErrorKind::AlreadyExists, "no name is left for the file")
            })
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn stem_of(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Whether the file `name` is a rotated piece of the record file at `path`, compressed or not.
#[must_use]
pub fn is_rotated_piece(path: &Path, name: &str) -> bool {
    read_name(path, name)
        .is_some_and(|(_, kind)| matches!(kind, PieceKind::Rotated | PieceKind::Compressed))
}

fn read_name(path: &Path, name: &str) -> Option<(Timestamp, PieceKind)> {
    let rest = name.strip_prefix(&stem_of(path))?.strip_prefix('.')?;
    let (kind, start) = PieceKind::NAMED
        .into_iter()
        .find_map(|kind| Some((kind, rest.strip_suffix(kind.ending())?)))?;
    let (stamp, number) = start.split_once('-').unwrap_or((start, "0"));
    number.parse::<u32>().ok()?;
    let begun = DateTime::strptime(STAMP, stamp).ok()?;
    Some((begun.to_zoned(TimeZone::UTC).ok()?.timestamp(), kind))
}

/// What is kept at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keep {
    /// The age of the oldest record.
    pub(super) age: SignedDuration,
    /// The bytes of everything together, the files that are written included.
    pub(super) bytes: u64,
}

/// The record files whose pieces are kept within bounds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Swept<'p> {
    /// Those that are written.
    pub(super) written: &'p [&'p Path],
    /// How large those are together.
    pub(super) written_bytes: u64,
    /// Those that are not written any more.
    pub(super) retired: &'p [PathBuf],
}

/// Removes what is too old, then the oldest until the rest is small enough. Gives the number of files removed.
///
/// # Errors
/// The first that could not be listed or removed; the others are gone all the same.
pub(super) fn sweep(files: Swept<'_>, keep: Keep, now: Timestamp) -> io::Result<usize> {
    let mut failure = None;
    let mut pieces = Vec::new();
    let retired = files.retired.iter().map(PathBuf::as_path);
    for path in files.written.iter().copied().chain(retired) {
        match Piece::all_of(path) {
            Ok(found) => pieces.extend(found),
            Err(error) => failure = Some(error),
        }
    }
    for path in files.retired {
        match Piece::retired(path) {
            Ok(found) => pieces.extend(found),
            Err(error) => failure = Some(error),
        }
    }
    pieces.sort_by_key(|piece| piece.begun);
    let mut total = pieces.iter().fold(files.written_bytes, |total, piece| {
        total.saturating_add(piece.bytes)
    });
    let mut removed = 0_usize;
    for piece in pieces {
        if now.duration_since(piece.begun) <= keep.age && total <= keep.bytes {
            break;
        }
        match fs::remove_file(&piece.path) {
            Ok(()) => {
                total = total.saturating_sub(piece.bytes);
                removed = removed.saturating_add(1);
            }
            Err(error) => failure = Some(error),
        }
    }
    failure.map_or(Ok(removed), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        let path = Path::new("logs/decisions.jsonl");
        let begun: Timestamp = "2026-06-15T07:00:00Z".parse().unwrap();
        for (name, kind) in [
            ("decisions.20260615T070000Z.jsonl", PieceKind::Rotated),
            ("decisions.20260615T070000Z-0002.jsonl", PieceKind::Rotated),
            ("decisions.20260615T070000Z.jsonl.gz", PieceKind::Compressed),
            (
                "decisions.20260615T070000Z.jsonl.gz.partial",
                PieceKind::Partial,
            ),
            ("decisions.20260615T070000Z.half", PieceKind::HalfLine),
        ] {
            assert_eq!(read_name(path, name), Some((begun, kind)), "{name}");
        }
    }

    #[test]
    fn other_files_are_left_alone() {
        let path = Path::new("logs/decisions.jsonl");
        for name in [
            "decisions.jsonl",
            "decisions.old.jsonl",
            "decisions.20260615.jsonl",
            "decisions.20260615T070000Z.csv",
            "my-decisions.20260615T070000Z.jsonl",
            "assist.20260615T070000Z.jsonl",
        ] {
            assert_eq!(read_name(path, name), None, "{name}");
        }
    }
}
