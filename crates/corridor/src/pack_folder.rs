//! Packs on a disk: their files, and those of the packs that they are laid over.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use corridor_nlu::PackFiles;

use crate::engine::LoadError;

/// The most packs in a pile: more is a pack that is laid over itself.
const MOST_LAYERS: usize = 8;

/// A pack with what lies beneath it.
pub struct PackFolder {
    /// The files of all of them.
    pub files: PackFiles,
    /// Their folders, the highest first.
    pub folders: Vec<PathBuf>,
}

impl PackFolder {
    /// Reads a pack's folder, and the folders that it and those beneath it name in `extends`.
    ///
    /// # Errors
    /// A file or folder that cannot be read, a folder without a pack, a pile without end.
    pub fn read(folder: &Path) -> Result<Self, LoadError> {
        let mut files = one(folder)?;
        let mut folders = vec![folder.to_owned()];
        while let Some(beneath) = files.beneath() {
            let upper = folders.last().map_or(folder, PathBuf::as_path);
            let lower = upper.join(beneath);
            if folders.len() == MOST_LAYERS {
                return Err(LoadError::Endless {
                    folder: folder.to_owned(),
                });
            }
            files = files.over(one(&lower)?);
            folders.push(lower);
        }
        Ok(Self { files, folders })
    }
}

/// The files of one folder, each named so that a person can open it.
fn one(folder: &Path) -> Result<PackFiles, LoadError> {
    let mut files = Vec::new();
    read_folder(folder, "", &mut files)?;
    if !files.iter().any(|(path, _)| is_toml(Path::new(path))) {
        return Err(LoadError::Empty {
            folder: folder.to_owned(),
        });
    }
    let shown = folder.join("").display().to_string();
    Ok(PackFiles::in_folder(&shown, files))
}

/// Adds the files under `folder`, each with its path from the pack's folder. Of those that are no TOML the name alone.
fn read_folder(
    folder: &Path,
    prefix: &str,
    files: &mut Vec<(String, String)>,
) -> Result<(), LoadError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| LoadError::Unreadable { path, source }
    };
    let paths = fs::read_dir(folder)
        .map_err(unreadable(folder))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(unreadable(folder))?;
    for path in paths {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        // Folders of tools («.git») are no pack's.
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            read_folder(&path, &format!("{prefix}{name}/"), files)?;
        } else {
            let text = if is_toml(&path) {
                fs::read_to_string(&path).map_err(unreadable(&path))?
            } else {
                String::new()
            };
            files.push((format!("{prefix}{name}"), text));
        }
    }
    Ok(())
}

fn is_toml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "toml")
}
