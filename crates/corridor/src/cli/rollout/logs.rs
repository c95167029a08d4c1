//! A log with the pieces that rotation put beside it.

use std::{
    fs::{self, File},
    io::{self, Read, Seek as _},
    path::{Path, PathBuf},
};

use flate2::read::MultiGzDecoder;

use crate::cli::failure::Failure;

/// The pieces of the log at `path`, the oldest first and the one being written last.
pub(super) fn pieces_of(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| Failure::Unreadable { path, source }
    };
    // The file that is named has to be there; its pieces may be.
    fs::metadata(path).map_err(unreadable(path))?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut pieces = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let piece = entry.map_err(unreadable(folder))?.path();
        let name = piece.file_name().unwrap_or_default().to_string_lossy();
        let rest = name.strip_prefix(&*stem);
        let is_piece = rest.is_some_and(|rest| {
            let rest = rest.strip_suffix(".gz").unwrap_or(rest);
            rest.starts_with('.') && rest.ends_with(".jsonl")
        });
        if is_piece && piece.file_name() != path.file_name() {
            pieces.push(piece);
        }
    }
    pieces.sort();
    pieces.push(path.to_owned());
    Ok(pieces)
}

/// Opens a file, unpacking it where it begins as gzip does, whatever its name says.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    const GZIP: [u8; 2] = [0x1f, 0x8b];
    let mut file = File::open(path)?;
    let mut start = Vec::new();
    (&mut file).take(2).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(if start == GZIP {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    })
}
