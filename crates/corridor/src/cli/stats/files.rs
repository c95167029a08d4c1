//! Finding and opening record files: those being written, rotated ones and compressed ones.

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read, Seek as _},
    path::{Path, PathBuf},
};

use corridor_decision::records::RecordFile;
use flate2::read::MultiGzDecoder;

use crate::{
    cli::failure::Failure,
    telemetry::records::{LogFile, RecordPlan, is_rotated_piece},
};

/// A file of records, and which.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cli) struct Found {
    pub(in crate::cli) file: RecordFile,
    pub(in crate::cli) path: PathBuf,
}

/// Every record file of a folder under its usual name.
pub(super) fn in_folder(folder: &Path) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for file in RecordFile::ALL.iter().copied() {
        found.extend(pieces_of(file, &folder.join(file.as_str()))?);
    }
    Ok(found)
}

/// Every record file where the settings have it written.
pub(super) fn of_plan(plan: &RecordPlan) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for (log, path) in plan.paths.iter() {
        let (Some(path), Some(file)) = (path, record_file(log)) else {
            continue;
        };
        // A folder that is not there yet holds no records, which is told for all files together.
        if path.parent().is_none_or(Path::exists) {
            found.extend(pieces_of(file, path)?);
        }
    }
    Ok(found)
}

/// What people said is no record of figures.
fn record_file(log: LogFile) -> Option<RecordFile> {
    match log {
        LogFile::Decisions => Some(RecordFile::Decisions),
        LogFile::PipelineLatency => Some(RecordFile::PipelineLatency),
        LogFile::FallbackMetrics => Some(RecordFile::FallbackMetrics),
        LogFile::ShadowRouter => Some(RecordFile::ShadowRouter),
        LogFile::Assist => Some(RecordFile::Assist),
        LogFile::PartialTrustRisk => Some(RecordFile::PartialTrustRisk),
        LogFile::LlmCalls => Some(RecordFile::LlmCalls),
        LogFile::UserText => None,
    }
}

/// The file at `path` with its rotated pieces, by name. Names of other log rotators are known too: `x.jsonl.1`, `x.jsonl-20260615.gz`.
pub(in crate::cli) fn pieces_of(file: RecordFile, path: &Path) -> Result<Vec<Found>, Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let unreadable = |source| Failure::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let mut names = HashSet::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if let Some(name) = entry.file_name().to_str()
            && is_piece(path, name)
        {
            names.insert(name.to_owned());
        }
    }
    let mut found: Vec<Found> = names
        .iter()
        // While a file is being replaced by its compressed one, both are there.
        .filter(|name| !names.contains(&format!("{name}.gz")))
        .map(|name| Found {
            file,
            path: folder.join(name),
        })
        .collect();
    found.sort();
    Ok(found)
}

/// A copy under a name of its own is none, or its records would count twice.
fn is_piece(path: &Path, name: &str) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let Some(rest) = name.strip_prefix(stem.as_ref()) else {
        return false;
    };
    let unpacked = rest.strip_suffix(".gz").unwrap_or(rest);
    let is_live = path.file_name() == Some(OsStr::new(name)) || unpacked == ".jsonl";
    let is_rotated_by_others = unpacked
        .strip_prefix(".jsonl")
        .and_then(|number| number.strip_prefix(['.', '-']))
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    is_live || is_rotated_piece(path, name) || is_rotated_by_others
}

/// Opens a file, unpacking it where it begins as gzip does, whatever its name says.
pub(in crate::cli) fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    const GZIP: [u8; 2] = [0x1f, 0x8b];
    let mut file = File::open(path)?;
    let mut start = Vec::new();
    (&mut file).take(2).read_to_end(&mut start)?;
    file.rewind()?;
    let is_packed = start == GZIP || path.extension() == Some(OsStr::new("gz"));
    Ok(if is_packed {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_file_are_known_by_name() {
        for (name, is) in [
            ("decisions.jsonl", true),
            ("decisions.20260615T070000Z.jsonl", true),
            ("decisions.20260615T070000Z-0001.jsonl.gz", true),
            ("decisions.jsonl.1", true),
            ("decisions.jsonl.2.gz", true),
            ("decisions.jsonl-20260615", true),
            ("decisions.20260615T070000Z.jsonl.gz.partial", false),
            ("decisions.20260615T070000Z.half", false),
            ("decisions.jsonl.old", false),
            ("decisions.copy.jsonl", false),
            ("decisions.20260615.jsonl", false),
            ("decisions", false),
            ("my-decisions.jsonl", false),
        ] {
            assert_eq!(
                is_piece(Path::new("logs/decisions.jsonl"), name),
                is,
                "{name}"
            );
        }
    }
}
