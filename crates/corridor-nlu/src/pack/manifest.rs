//! What the packs of a pile say of themselves: name, version, languages, thresholds, and what they are laid over.

use std::borrow::Cow;

use toml::Spanned;

use super::files::PackFiles;
use super::problem::{PackProblem, PackProblems, Place};
use super::raw::RawManifest;
use super::toml_file;
use crate::language::Language;

const FILE: &str = "pack.toml";

/// The name of the pack that is part of the program.
const HOUSEHOLD: &str = "household";

/// What is decided with.
pub(super) struct Identity {
    /// `household@1.0.0`, and `household@1.0.0+mine@0.1.0` where one is laid over another.
    pub(super) version: String,
    pub(super) languages: Vec<Language>,
    /// Those that any of the packs speaks.
    pub(super) all_languages: Vec<Language>,
    pub(super) execute_threshold: f64,
}

impl PackFiles {
    /// The pack that the lowest one is to be laid over, where it names one that is not part of the program: the path of a folder.
    #[must_use]
    pub fn beneath(&self) -> Option<String> {
        self.extends().filter(|name| name != HOUSEHOLD)
    }

    /// The files with the household pack beneath them, where they ask for it.
    pub(super) fn with_household(&self) -> Cow<'_, Self> {
        if self.extends().is_some_and(|name| name == HOUSEHOLD) {
            Cow::Owned(self.clone().over(Self::household()))
        } else {
            Cow::Borrowed(self)
        }
    }

    fn extends(&self) -> Option<String> {
        let place = self.layers().first()?.find(FILE)?;
        let manifest: RawManifest = toml_file::parse(place, &mut PackProblems::default())?;
        Some(manifest.pack.extends?.into_inner())
    }
}

/// Reads every `pack.toml`; what is said higher up counts. Nothing where one cannot be read.
pub(super) fn read(files: &PackFiles, problems: &mut PackProblems) -> Option<Identity> {
    let mut versions = Vec::new();
    let mut languages = None;
    let mut all_languages = Vec::new();
    let mut threshold = None;
    for (height, layer) in files.layers().iter().enumerate() {
        let Some(place) = layer.find(FILE) else {
            problems.push(missing(&layer.missing(FILE), "the file is missing"));
            return None;
        };
        let manifest: RawManifest = toml_file::parse(place, problems)?;
        if height == 0 {
            lowest(&manifest, place, problems)?;
        }
        versions.push(format!(
            "{}@{}",
            manifest.pack.id,
            manifest.pack.version.get_ref()
        ));
        if let Some(codes) = &manifest.pack.languages {
            let codes = spoken(codes, place, problems);
            all_languages.extend(codes.iter().copied());
            languages = Some(codes);
        }
        if let Some(execute) = &manifest.thresholds.execute {
            in_range(execute, place, problems);
            threshold = Some(*execute.get_ref());
        }
    }
    Some(Identity {
        version: versions.join("+"),
        languages: languages.unwrap_or_default(),
        all_languages,
        execute_threshold: threshold.unwrap_or(1.0),
    })
}

/// A file or folder that a pack must have and has not.
pub(super) fn missing(file: &str, message: &str) -> PackProblem {
    let place = Place { file, text: "" };
    let hint = "copy it from packs/household, or write extends = \"household\" in pack.toml to change only some of it";
    place.problem(None, "", message, Some(hint))
}

/// What the pack beneath all others must say. Nothing where it is not the lowest, but what should lie beneath it is missing.
fn lowest(manifest: &RawManifest, place: Place<'_>, problems: &mut PackProblems) -> Option<()> {
    if let Some(extends) = &manifest.pack.extends {
        problems.push(place.problem(
            Some(extends.span()),
            "pack.extends",
            format!("there is no pack `{}`", extends.get_ref()),
            Some("write \"household\", or the path of a folder, from this one"),
        ));
        return None;
    }
    if manifest.pack.languages.is_none() {
        let hint = "write languages = [\"ru\", \"en\"] under [pack]";
        problems.push(place.problem(None, "pack.languages", "no language is named", Some(hint)));
    }
    if manifest.thresholds.execute.is_none() {
        let hint = "write execute = 0.6 under [thresholds]";
        let message = "the threshold is missing";
        problems.push(place.problem(None, "thresholds.execute", message, Some(hint)));
    }
    Some(())
}

fn spoken(
    codes: &Spanned<Vec<Spanned<String>>>,
    place: Place<'_>,
    problems: &mut PackProblems,
) -> Vec<Language> {
    let key = "pack.languages";
    let hint = Some("the engine knows ru and en");
    let mut languages = Vec::new();
    for code in codes.get_ref() {
        let message = match Language::from_code(code.get_ref()) {
            Some(language) if languages.contains(&language) => {
                format!("`{}` is named twice", code.get_ref())
            }
            Some(language) => {
                languages.push(language);
                continue;
            }
            None => format!("`{}` is no language of the engine", code.get_ref()),
        };
        problems.push(place.problem(Some(code.span()), key, message, hint));
    }
    if codes.get_ref().is_empty() {
        problems.push(place.problem(Some(codes.span()), key, "no language is named", hint));
    }
    languages
}

fn in_range(execute: &Spanned<f64>, place: Place<'_>, problems: &mut PackProblems) {
    if !(0.0..=1.0).contains(execute.get_ref()) {
        problems.push(place.problem(
            Some(execute.span()),
            "thresholds.execute",
            "a confidence is a number from 0 to 1",
            Some("0.6 asks where a decision is right less often than in 6 of 10 cases"),
        ));
    }
}
