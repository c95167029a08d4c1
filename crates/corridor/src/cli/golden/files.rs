//! The files of a data set on disk.

use std::{fs, io, path::Path};

use corridor_eval::dataset::{Dataset, DatasetFiles};

use crate::cli::failure::Failure;

/// Reads every TOML file under `folder`.
pub(in crate::cli) fn read(folder: &Path) -> Result<DatasetFiles, Failure> {
    if !folder.is_dir() {
        return Err(Failure::Refused {
            message: format!("{}: there is no such folder", folder.display()),
            hint: "name the folder of a golden data set with --golden; without it datasets/golden is read, as it lies in the repository"
                .to_owned(),
        });
    }
    let mut files = Vec::new();
    read_folder(folder, "", &mut files)?;
    Ok(DatasetFiles::new(folder.display().to_string(), files))
}

/// Reads a data set that is fit to measure by.
pub(in crate::cli) fn sound(files: &DatasetFiles) -> Result<Dataset, Failure> {
    let reading = Dataset::read(files);
    if reading.problems.is_empty() {
        Ok(reading.dataset)
    } else {
        Err(Failure::Dataset(reading.problems))
    }
}

/// Adds the TOML files under `folder`, each with its path from the set's root.
fn read_folder(
    folder: &Path,
    prefix: &str,
    files: &mut Vec<(String, String)>,
) -> Result<(), Failure> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| Failure::Unreadable { path, source }
    };
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if path.is_dir() {
            read_folder(&path, &format!("{prefix}{name}/"), files)?;
        } else if name.ends_with(".toml") {
            let text = fs::read_to_string(&path).map_err(unreadable(&path))?;
            files.push((format!("{prefix}{name}"), text));
        }
    }
    Ok(())
}
