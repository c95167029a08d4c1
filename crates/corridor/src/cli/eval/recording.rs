//! Recordings of model answers on disk: one file a prompt version.

use std::{fs, path::Path};

use corridor_eval::recording::Recording;

use crate::cli::failure::Failure;

const EXTENSION: &str = "jsonl";

/// Reads a recording.
pub(super) fn read(folder: &Path) -> Result<Recording, Failure> {
    let unreadable = |source| Failure::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let mut texts = Vec::new();
    for file in fs::read_dir(folder).map_err(unreadable)? {
        let path = file.map_err(unreadable)?.path();
        let is_recording = path.extension().is_some_and(|found| found == EXTENSION);
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if is_recording {
            let text = fs::read_to_string(&path).map_err(|source| Failure::Unreadable {
                path: path.clone(),
                source,
            })?;
            texts.push((name.to_owned(), text));
        }
    }
    let recording = Recording::parse(
        texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    )
    .map_err(|error| Failure::Refused {
        message: format!("{}/{error}", folder.display()),
        hint: "record it anew with --record".to_owned(),
    })?;
    if recording.is_empty() {
        return Err(Failure::Refused {
            message: format!("{}: there is no recording in this folder", folder.display()),
            hint: "name the folder that --record wrote".to_owned(),
        });
    }
    Ok(recording)
}

/// Writes a recording. A folder that holds one already is refused: answers of two runs in one folder are neither.
pub(super) fn write(folder: &Path, recording: &Recording) -> Result<(), Failure> {
    let unwritable = |path: &Path| {
        let path = path.to_owned();
        move |source| Failure::Unwritable { path, source }
    };
    fs::create_dir_all(folder).map_err(unwritable(folder))?;
    let texts = recording
        .to_texts()
        .map_err(|error| unwritable(folder)(std::io::Error::from(error)))?;
    for (name, text) in texts {
        let path = folder.join(name);
        fs::write(&path, text).map_err(unwritable(&path))?;
    }
    Ok(())
}

/// Refuses a folder that holds a recording, before any model is asked.
pub(super) fn must_be_free(folder: &Path) -> Result<(), Failure> {
    let taken = fs::read_dir(folder).is_ok_and(|files| {
        files.filter_map(Result::ok).any(|file| {
            file.path()
                .extension()
                .is_some_and(|found| found == EXTENSION)
        })
    });
    if !taken {
        return Ok(());
    }
    Err(Failure::Refused {
        message: format!("{}: holds a recording already", folder.display()),
        hint: "name another folder, or remove this one".to_owned(),
    })
}
