//! The words that commands are changed with: built in, or from a folder; goods come from the pack.

use std::{
    fs,
    path::{Path, PathBuf},
};

use corridor_eval::perturb::LanguageWords;

use crate::{cli::failure::Failure, config::DecisionSettings, pack_folder::PackFolder};

const BUILT_IN: [(&str, &str); 2] = [
    (
        "ru.toml",
        include_str!("../../../../../../datasets/perturbations/ru.toml"),
    ),
    (
        "en.toml",
        include_str!("../../../../../../datasets/perturbations/en.toml"),
    ),
];

/// Where the pack that is built in stands in the repository, as the golden set does.
const HOUSEHOLD: &str = "packs/household";

/// The words of every language there are words for, with the goods of the pack.
pub(in crate::cli) fn words(
    folder: Option<&Path>,
    settings: &DecisionSettings,
) -> Result<Vec<LanguageWords>, Failure> {
    let texts = match folder {
        Some(folder) => toml_files(folder)?,
        None => BUILT_IN
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
    };
    if texts.is_empty() {
        return Err(Failure::Refused {
            message: "--perturbations: there is no TOML file in this folder".to_owned(),
            hint: "name a folder like datasets/perturbations".to_owned(),
        });
    }
    let packs = match &settings.pack_dir {
        Some(folder) => {
            let pack = PackFolder::read(folder.path()).map_err(Failure::Load)?;
            pack.folders
        }
        None => vec![PathBuf::from(HOUSEHOLD)],
    };
    texts
        .iter()
        .map(|(name, text)| {
            let words = LanguageWords::parse(text).map_err(|error| Failure::Refused {
                message: format!("{name}: {error}"),
                hint: "datasets/perturbations/ has the files to start from".to_owned(),
            })?;
            let mut goods = Vec::new();
            for pack in &packs {
                let folder = pack.join(words.language()).join("goods");
                // A pack that has none of its own sells what lies beneath it sells.
                if folder.is_dir() {
                    goods.extend(toml_files(&folder)?);
                }
            }
            let texts = goods.iter().map(|(_, text)| text.as_str());
            words.with_goods(texts).map_err(|error| Failure::Refused {
                message: error.to_string(),
                hint: "`corridor check` says what is wrong with the pack".to_owned(),
            })
        })
        .collect()
}

/// The TOML files of a folder, by name: the order of a folder is not the same everywhere.
fn toml_files(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| Failure::Unreadable { path, source }
    };
    let mut texts = Vec::new();
    for file in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = file.map_err(unreadable(folder))?.path();
        if path.extension().is_some_and(|found| found == "toml") {
            let text = fs::read_to_string(&path).map_err(unreadable(&path))?;
            texts.push((path.display().to_string(), text));
        }
    }
    texts.sort();
    Ok(texts)
}
