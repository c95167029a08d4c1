//! Raw pack files to a checked pack: every name resolved, every phrase compiled, every problem reported at once.

use rustc_hash::FxHashMap as HashMap;

use serde::de::DeserializeOwned;

use super::problem::{PackProblems, Place};
use super::rule::{Finds, PhrasePlace, Rule};
use super::rules::{self, RuleFiles};
use super::unit::Units;
use super::{KnownClasses, Lexicon, Pack, PackFiles, chores, evidence, manifest, stray, toml_file};
use crate::evidence::Weights;
use crate::language::Language;
use crate::morph::Morphology;
use crate::phrase::ClassId;

/// Checks a pack and compiles it.
///
/// # Errors
/// Everything wrong with it, with file, line and key.
pub(crate) fn load(
    files: &PackFiles,
    morphology: impl Fn(Language) -> MorphologyRef,
) -> Result<Pack, PackProblems> {
    let files = &*files.with_household();
    let mut loader = Loader {
        files,
        problems: PackProblems::default(),
        unread: 0,
        unclear: Vec::new(),
    };
    let mut lexicon = Lexicon::default();
    let known = KnownClasses::new(&mut lexicon);
    let mut parts = Parts {
        lexicon,
        units: Units::default(),
        messages: HashMap::default(),
        rules: Vec::new(),
    };
    let Some(identity) = manifest::read(files, &mut loader.problems) else {
        return Err(loader.problems);
    };
    for layer in files.layers() {
        for problem in stray::check(layer, &identity.all_languages) {
            loader.problems.push(problem);
        }
    }
    let languages = identity.languages;
    for &language in &languages {
        loader.words(language, &mut parts, &known, morphology(language).as_ref());
    }
    for &language in &languages {
        loader.rules(language, &mut parts);
    }
    let weights = evidence::read(files, &mut loader.problems);
    loader.problems.into_result()?;
    let RuleIndex {
        noise,
        openers,
        refusals,
    } = index(&parts.rules);
    let chores = languages
        .iter()
        .map(|&language| chores::classes(language, &mut parts.lexicon))
        .collect();
    Ok(Pack {
        chores,
        version: identity.version,
        execute_threshold: identity.execute_threshold,
        weights: weights.unwrap_or_else(|| Weights::new(0.0, [])),
        lexicon: parts.lexicon,
        units: parts.units,
        rules: parts.rules,
        noise,
        openers,
        refusals,
        known,
        expectations: files.under("expectations/"),
        messages: parts.messages,
    })
}

/// The morphology that reads a pack's own words.
pub(crate) type MorphologyRef = std::sync::Arc<dyn Morphology>;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

/// What is filled while files are read.
pub(super) struct Parts {
    pub(super) lexicon: Lexicon,
    pub(super) units: Units,
    pub(super) messages: HashMap<Language, HashMap<String, String>>,
    pub(super) rules: Vec<Rule>,
}

/// Phrases by what finds them: the classes that islands and triggers begin with, the rarest class that a refusal needs.
#[derive(Default)]
struct RuleIndex {
    noise: HashMap<ClassId, Vec<PhrasePlace>>,
    openers: HashMap<ClassId, Vec<PhrasePlace>>,
    refusals: HashMap<ClassId, Vec<PhrasePlace>>,
}

fn index(rules: &[Rule]) -> RuleIndex {
    let mut index = RuleIndex::default();
    for (r, rule) in rules.iter().enumerate() {
        for (p, phrase) in rule.phrases.iter().enumerate() {
            let place = PhrasePlace {
                rule: u32::try_from(r).unwrap_or(u32::MAX),
                phrase: u32::try_from(p).unwrap_or(u32::MAX),
            };
            let (classes, under) = match rule.finds {
                Finds::Island(role) if role.is_noise() => {
                    (phrase.first_classes().unwrap_or_default(), &mut index.noise)
                }
                Finds::Island(_) | Finds::Trigger(_) => (
                    phrase.first_classes().unwrap_or_default(),
                    &mut index.openers,
                ),
                Finds::NotOurs(..) | Finds::Reject(..) => {
                    (phrase.key_classes().to_vec(), &mut index.refusals)
                }
            };
            for class in classes {
                under.entry(class).or_default().push(place);
            }
        }
    }
    index
}

/// Reads files and gathers what is wrong with them.
pub(super) struct Loader<'f> {
    pub(super) files: &'f PackFiles,
    pub(super) problems: PackProblems,
    /// How many files could not be read.
    pub(super) unread: usize,
    /// Languages some of whose classes or macros are not known for that. Phrases are not looked at then: one problem is told once.
    pub(super) unclear: Vec<Language>,
}

impl<'f> Loader<'f> {
    /// The file of this path in every layer that has it, lowest first.
    pub(super) fn read<T: DeserializeOwned>(
        &mut self,
        path: &str,
        need: Need,
    ) -> Vec<(T, Place<'f>)> {
        let places: Vec<Place<'f>> = self
            .files
            .layers()
            .iter()
            .filter_map(|layer| layer.find(path))
            .collect();
        if places.is_empty() && need == Need::Required {
            self.missing(path, "the file is missing");
        }
        let read = |place| Some((self.parse(place)?, place));
        places.into_iter().filter_map(read).collect()
    }

    pub(super) fn parse<T: DeserializeOwned>(&mut self, place: Place<'_>) -> Option<T> {
        let parsed = toml_file::parse(place, &mut self.problems);
        self.unread += usize::from(parsed.is_none());
        parsed
    }

    /// Tells of a file or folder that a pack must have, in the lowest pack's folder.
    pub(super) fn missing(&mut self, path: &str, message: &str) {
        let lowest = self.files.layers().first();
        let file = lowest.map_or_else(|| path.to_owned(), |layer| layer.missing(path));
        self.problems.push(manifest::missing(&file, message));
        self.unread += 1;
    }

    /// Rules of each pack, those of the upper ones first: among equals they are asked before those beneath them.
    fn rules(&mut self, language: Language, parts: &mut Parts) {
        let code = language.code();
        let unread = self.unread;
        let macros = self.read(&format!("{code}/macros.toml"), Need::Optional);
        if self.unread > unread {
            self.unclear.push(language);
        }
        let files = RuleFiles {
            macros,
            islands: self.read(&format!("{code}/islands.toml"), Need::Optional),
            triggers: self.read(&format!("{code}/triggers.toml"), Need::Required),
            refusals: self.read(&format!("{code}/refusals.toml"), Need::Optional),
        };
        if self.unclear.contains(&language) {
            return;
        }
        let mut rules = rules::read(files, language, &mut parts.lexicon, &mut self.problems);
        parts.rules.append(&mut rules);
    }
}
