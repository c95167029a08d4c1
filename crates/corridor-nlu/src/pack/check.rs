//! Raw pack files to a checked pack: every name resolved, every phrase compiled, every problem reported at once.

use std::rc::Rc;

use rustc_hash::FxHashMap as HashMap;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::meaning::{odd_values, then};
use super::names::Names;
use super::problem::{PackProblems, Place};
use super::raw::RawPhrases;
use super::rule::{Lists, Mood, MoodSet, PhrasePlace, Rule, Then};
use super::unit::Units;
use super::{KnownClasses, Lexicon, Pack, PackFiles, manifest, stray, toml_file};
use crate::language::Language;
use crate::morph::Morphology;
use crate::phrase::{ClassId, Compiler, Node, Phrase, parse};

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
    loader.problems.into_result()?;
    let (rules_by_class, rules_without_class) = index(&parts.rules);
    let class = |language, name| parts.lexicon.find_class_of(language, name);
    let lone_chores = languages
        .iter()
        .filter_map(|&language| Some((class(language, "chore_alone")?, class(language, "chore")?)))
        .collect();
    Ok(Pack {
        lone_chores,
        version: identity.version,
        execute_threshold: identity.execute_threshold,
        lexicon: parts.lexicon,
        units: parts.units,
        rules: parts.rules,
        rules_by_class,
        rules_without_class,
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

type RuleIndex = (HashMap<ClassId, Vec<PhrasePlace>>, Vec<PhrasePlace>);

/// Phrases by the rarest thing they need.
fn index(rules: &[Rule]) -> RuleIndex {
    let mut by_class: HashMap<ClassId, Vec<PhrasePlace>> = HashMap::default();
    let mut without = Vec::new();
    for (r, rule) in rules.iter().enumerate() {
        for (p, phrase) in rule.phrases.iter().enumerate() {
            let place = PhrasePlace {
                begins: phrase.begins(),
                moods: MoodSet::of(rule.moods),
                rank: rule.rank,
                rule: u32::try_from(r).unwrap_or(u32::MAX),
                phrase: u32::try_from(p).unwrap_or(u32::MAX),
            };
            let keys = phrase.key_classes();
            for &class in keys {
                by_class.entry(class).or_default().push(place);
            }
            if keys.is_empty() {
                without.push(place);
            }
        }
    }
    (by_class, without)
}

/// Reads files and gathers what is wrong with them.
pub(super) struct Loader<'f> {
    pub(super) files: &'f PackFiles,
    pub(super) problems: PackProblems,
    /// How many files could not be read.
    pub(super) unread: usize,
    /// Languages some of whose classes are not known for that. Phrases are not looked at then: one problem is told once.
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
        let path = format!("{}/phrases.toml", language.code());
        let files = self.read::<RawPhrases>(&path, Need::Required);
        if self.unclear.contains(&language) {
            return;
        }
        let mut names = Names {
            lexicon: &mut parts.lexicon,
            macros: HashMap::default(),
            language,
        };
        for (raw, place) in &files {
            self.macros(raw, *place, &mut names);
        }
        let mut all: Vec<Rule> = Vec::new();
        for (raw, place) in files.into_iter().rev() {
            let mut own = self.rules_of(raw, place, &mut names);
            own.retain(|rule| all.iter().all(|upper| upper.id != rule.id));
            all.append(&mut own);
        }
        parts.rules.append(&mut all);
    }

    fn macros(&mut self, raw: &RawPhrases, place: Place<'_>, names: &mut Names<'_>) {
        for (name, text) in &raw.macros {
            let node = parse(text.get_ref()).unwrap_or_else(|error| {
                self.problems.push(place.problem(
                    Some(text.span()),
                    &format!("macros.{name}"),
                    error.to_string(),
                    None,
                ));
                // The macro is known, so that those who use it are not told of too.
                Node::Gap
            });
            names.macros.insert(name.clone(), Rc::new(node));
        }
    }

    /// The rules of one file.
    fn rules_of(&mut self, raw: RawPhrases, place: Place<'_>, names: &mut Names<'_>) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::with_capacity(raw.rule.len());
        for rule in raw.rule {
            let key = format!("rule.{}", rule.id.get_ref());
            let then = match then(&rule) {
                Ok(then) => then,
                Err((span, message, hint)) => {
                    self.problems
                        .push(place.problem(Some(span), &key, message, Some(hint)));
                    continue;
                }
            };
            for (span, message, hint) in odd_values(&rule) {
                self.problems
                    .push(place.problem(Some(span), &key, message, Some(hint)));
            }
            if rules.iter().any(|known| *known.id == **rule.id.get_ref()) {
                self.problems.push(place.problem(
                    Some(rule.id.span()),
                    &key,
                    "a rule of this id stands above",
                    Some("ids name rules in explanations; choose another"),
                ));
            }
            if rule.phrases.is_empty() {
                self.problems.push(place.problem(
                    Some(rule.id.span()),
                    &key,
                    "the rule has no phrases",
                    Some("write phrases = [\"…\"], or take the rule out"),
                ));
            }
            let mut phrases: Vec<Phrase> = Vec::with_capacity(rule.phrases.len());
            for text in &rule.phrases {
                let compiled = parse(text.get_ref())
                    .map_err(|error| error.to_string())
                    .and_then(|node| names.compile(&node));
                match compiled {
                    Ok(phrase) => phrases.push(phrase),
                    Err(message) => {
                        self.problems.push(place.problem(
                            Some(text.span()),
                            &format!("{key}.phrases"),
                            message,
                            None,
                        ));
                    }
                }
            }
            rules.push(Rule {
                id: rule.id.get_ref().as_str().into(),
                language: names.language,
                then,
                moods: match (then, rule.mood.as_ref().map(|mood| mood.get_ref().as_str())) {
                    (Then::Wrap(_), _) | (_, None) => &[Mood::Plain, Mood::Order, Mood::Need],
                    (_, Some("need")) => &[Mood::Need],
                    (_, Some("order")) => &[Mood::Order],
                    (_, Some(_)) => &[Mood::Plain, Mood::Need],
                },
                lists: match rule.lists.as_ref().map(|lists| lists.get_ref().as_str()) {
                    Some("known") => Lists::Known,
                    _ => Lists::Any,
                },
                rank: rule
                    .rank
                    .as_ref()
                    .map_or(then.rank(), |rank| *rank.get_ref()),
                confidence: rule
                    .confidence
                    .map_or(0.95, Spanned::into_inner)
                    .clamp(0.0, 1.0),
                phrases,
            });
        }
        rules
    }
}
