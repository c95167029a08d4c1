//! The files of a pack, and of the packs that it is laid over.

use super::embedded::HOUSEHOLD;
use super::problem::Place;

/// Part of the program, or read from a disk.
type Text = std::borrow::Cow<'static, str>;

/// What stands before the names of the files that are part of the program.
const BUILT_IN: &str = "built-in pack: ";

/// The files of a pack and of those beneath it.
#[derive(Clone, Debug, Default)]
pub struct PackFiles {
    /// Lowest first.
    layers: Vec<Layer>,
}

/// The files of one pack: paths from its folder, with `/`, and their texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    files: Vec<File>,
}

#[derive(Clone, Debug)]
struct File {
    /// As problems name it: the pack's folder and the path.
    shown: Text,
    /// Where the path from the pack's folder begins in that.
    path_at: usize,
    text: Text,
}

impl File {
    fn new(folder: &str, path: Text, text: Text) -> Self {
        Self {
            path_at: folder.len(),
            shown: if folder.is_empty() {
                path
            } else {
                format!("{folder}{path}").into()
            },
            text,
        }
    }

    fn path(&self) -> &str {
        self.shown.get(self.path_at..).unwrap_or_default()
    }

    fn place(&self) -> Place<'_> {
        Place {
            file: &self.shown,
            text: &self.text,
        }
    }
}

impl PackFiles {
    /// One pack's files by path. Of a file that is none of a pack's, only its name matters.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self::in_folder("", files)
    }

    /// The same, with what stands before each path where a problem is told: `my-pack/`.
    pub fn in_folder(folder: &str, files: impl IntoIterator<Item = (String, String)>) -> Self {
        let file = |(path, text): (String, String)| File::new(folder, path.into(), text.into());
        Self::of(files.into_iter().map(file))
    }

    /// The household pack that is part of the program.
    #[must_use]
    pub fn household() -> Self {
        let file = |&(path, text): &(&'static str, &'static str)| {
            File::new(BUILT_IN, path.into(), text.into())
        };
        Self::of(HOUSEHOLD.iter().map(file))
    }

    /// These files over those of another pack.
    #[must_use]
    pub fn over(self, mut beneath: Self) -> Self {
        beneath.layers.extend(self.layers);
        beneath
    }

    fn of(files: impl Iterator<Item = File>) -> Self {
        let mut files: Vec<File> = files.collect();
        // What files say must not depend on who listed them.
        files.sort_by(|a, b| a.shown.cmp(&b.shown));
        Self {
            layers: vec![Layer { files }],
        }
    }

    /// The layers, lowest first.
    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The files of one folder alone.
    pub(super) fn under(&self, folder: &str) -> Self {
        let inside = |file: &&File| file.path().starts_with(folder);
        let layer = |layer: &Layer| Layer {
            files: layer.files.iter().filter(inside).cloned().collect(),
        };
        Self {
            layers: self.layers.iter().map(layer).collect(),
        }
    }
}

impl Layer {
    /// The file of this path.
    pub(super) fn find(&self, path: &str) -> Option<Place<'_>> {
        let found = self.files.iter().find(|file| file.path() == path)?;
        Some(found.place())
    }

    /// Where a missing file of this path is told of.
    pub(super) fn missing(&self, path: &str) -> String {
        let folder = self
            .files
            .first()
            .and_then(|file| file.shown.get(..file.path_at));
        format!("{}{path}", folder.unwrap_or_default())
    }

    /// The TOML files of one folder, in the order of their names.
    pub(super) fn folder(&self, folder: &str) -> impl Iterator<Item = Place<'_>> {
        let inside = move |path: &str| {
            path.strip_prefix(folder)
                .and_then(|path| path.strip_prefix('/'))
                .is_some_and(|name| name.ends_with(".toml") && !name.contains('/'))
        };
        self.files
            .iter()
            .filter(move |file| inside(file.path()))
            .map(File::place)
    }

    /// Every file: its path, and where it is.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, Place<'_>)> {
        self.files.iter().map(|file| (file.path(), file.place()))
    }
}
