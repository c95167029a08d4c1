//! Compressing rotated files a piece at a time, so that the writer's thread is never away for long.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

/// How much is read for one step: a few milliseconds of work.
const STEP_BYTES: u64 = 256 * 1024;

/// A rotated file on its way to a compressed one. The old one goes when the new one is whole.
#[derive(Debug)]
pub(super) struct Compressing {
    source: PathBuf,
    partial: PathBuf,
    reader: File,
    encoder: GzEncoder<File>,
}

/// How far a step came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// More to do.
    Going,
    /// The compressed file has replaced the other.
    Done,
}

impl Compressing {
    /// Begins with a rotated file.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn begin(source: PathBuf) -> io::Result<Self> {
        let partial = with_suffix(&source, ".gz.partial");
        let reader = File::open(&source)?;
        let mode = reader.metadata()?.permissions().mode();
        let writer = OpenOptions::new()
            .create(true)
            .truncate(true)
            .write(true)
            .mode(mode)
            .open(&partial)?;
        Ok(Self {
            source,
            partial,
            reader,
            encoder: GzEncoder::new(writer, Compression::fast()),
        })
    }

    /// Compresses the next piece. `buffer` is only to save its allocation.
    ///
    /// # Errors
    /// What the system says; the unfinished file is removed.
    pub(super) fn step(&mut self, buffer: &mut Vec<u8>) -> io::Result<Progress> {
        let result = self.try_step(buffer);
        if result.is_err() {
            let _ = fs::remove_file(&self.partial);
        }
        result
    }

    fn try_step(&mut self, buffer: &mut Vec<u8>) -> io::Result<Progress> {
        buffer.clear();
        let read = (&mut self.reader).take(STEP_BYTES).read_to_end(buffer)?;
        self.encoder.write_all(buffer)?;
        if read > 0 {
            return Ok(Progress::Going);
        }
        self.encoder.try_finish()?;
        fs::rename(&self.partial, with_suffix(&self.source, ".gz"))?;
        fs::remove_file(&self.source)?;
        Ok(Progress::Done)
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
