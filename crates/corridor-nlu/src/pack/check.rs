//! Raw pack files to a checked pack: every name resolved, every phrase compiled, every problem reported at once.

use std::rc::Rc;

use rustc_hash::FxHashMap as HashMap;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::chores::chores;
use super::goods::Goods;
use super::meaning::{odd_values, then};
use super::names::Names;
use super::problem::{PackProblems, Place};
use super::raw::{
    RawChores, RawClasses, RawDevices, RawGoods, RawManifest, RawMessages, RawPhrases, RawUnits,
};
use super::rule::{Lists, Mood, MoodSet, PhrasePlace, Rule, Then};
use super::unit::{Unit, UnitKind, Units};
use super::{KnownClasses, Lexicon, Pack, PackFiles, messages};
use crate::language::Language;
use crate::morph::Morphology;
use crate::phrase::{ClassId, Compiler, Phrase, parse};
use crate::typo::nearest;

/// Checks a pack and compiles it.
///
/// # Errors
/// Everything wrong with it, with file, line and key.
pub(crate) fn load(
    files: &PackFiles,
    morphology: impl Fn(Language) -> MorphologyRef,
) -> Result<Pack, PackProblems> {
    let mut loader = Loader {
        files,
        problems: PackProblems::default(),
    };
    let manifest: Option<RawManifest> = loader.read("pack.toml", Need::Required);
    let mut lexicon = Lexicon::default();
    let known = KnownClasses::new(&mut lexicon);
    let mut parts = Parts {
        lexicon,
        units: Units::default(),
        messages: HashMap::default(),
        rules: Vec::new(),
    };
    let languages = loader.languages(manifest.as_ref());
    for &language in &languages {
        loader.words(language, &mut parts, &known, morphology(language).as_ref());
    }
    for &language in &languages {
        loader.rules(language, &mut parts);
    }
    let (version, execute_threshold) = loader.identity(manifest.as_ref());
    loader.problems.into_result()?;
    let (rules_by_class, rules_without_class) = index(&parts.rules);
    let class = |language, name| parts.lexicon.find_class_of(language, name);
    let lone_chores = languages
        .iter()
        .filter_map(|&language| Some((class(language, "chore_alone")?, class(language, "chore")?)))
        .collect();
    Ok(Pack {
        lone_chores,
        version,
        execute_threshold,
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
enum Need {
    Required,
    Optional,
}

struct Parts {
    lexicon: Lexicon,
    units: Units,
    messages: HashMap<Language, HashMap<String, String>>,
    rules: Vec<Rule>,
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

struct Loader<'f> {
    files: &'f PackFiles,
    problems: PackProblems,
}

impl<'f> Loader<'f> {
    fn read<T: DeserializeOwned>(&mut self, path: &str, need: Need) -> Option<T> {
        let Some(text) = self.files.get(path) else {
            if need == Need::Required {
                let place = Place {
                    file: path,
                    text: "",
                };
                self.problems.push(place.problem(
                    None,
                    "",
                    "the file is missing",
                    Some("copy it from packs/household and change it"),
                ));
            }
            return None;
        };
        parse_toml(path, text, &mut self.problems)
    }

    fn place(&self, path: &'f str) -> Place<'f> {
        Place {
            file: path,
            text: self.files.get(path).unwrap_or(""),
        }
    }

    fn languages(&mut self, manifest: Option<&RawManifest>) -> Vec<Language> {
        let mut languages = Vec::new();
        for code in manifest.into_iter().flat_map(|m| &m.pack.languages) {
            match Language::from_code(code.get_ref()) {
                Some(language) => languages.push(language),
                None => {
                    let problem = self.place("pack.toml").problem(
                        Some(code.span()),
                        "pack.languages",
                        format!("`{}` is no language of the engine", code.get_ref()),
                        Some("the engine knows ru and en"),
                    );
                    self.problems.push(problem);
                }
            }
        }
        languages
    }

    fn identity(&mut self, manifest: Option<&RawManifest>) -> (String, f64) {
        let Some(manifest) = manifest else {
            return (String::new(), 1.0);
        };
        let threshold = *manifest.thresholds.execute.get_ref();
        if !(0.0..=1.0).contains(&threshold) {
            let problem = self.place("pack.toml").problem(
                Some(manifest.thresholds.execute.span()),
                "thresholds.execute",
                "a confidence is a number from 0 to 1",
                None,
            );
            self.problems.push(problem);
        }
        (
            format!("{}@{}", manifest.pack.id, manifest.pack.version.get_ref()),
            threshold,
        )
    }

    fn words(
        &mut self,
        language: Language,
        parts: &mut Parts,
        known: &KnownClasses,
        morphology: &dyn Morphology,
    ) {
        let code = language.code();
        let lexicon = &mut parts.lexicon;
        if let Some(raw) = self.read::<RawClasses>(&format!("{code}/classes.toml"), Need::Required)
        {
            for (name, entries) in raw.classes {
                let class = lexicon.class_of(language, &name);
                for entry in entries.into_inner() {
                    lexicon.add_phrase_to_class(class, entry.get_ref(), morphology);
                }
            }
        }
        if let Some(raw) = self.read::<RawChores>(&format!("{code}/chores.toml"), Need::Required) {
            chores(&raw, language, lexicon, known, morphology);
        }
        let (device, room) = (lexicon.class("device"), lexicon.class("room"));
        if let Some(raw) = self.read::<RawDevices>(&format!("{code}/devices.toml"), Need::Optional)
        {
            for (class, entries) in [(device, raw.devices), (room, raw.rooms)] {
                for entry in entries {
                    lexicon.add_phrase_to_class(class, entry.get_ref(), morphology);
                }
            }
        }
        self.goods(language, lexicon, morphology);
        let path = format!("{code}/units.toml");
        if let Some(raw) = self.read::<RawUnits>(&path, Need::Required) {
            for unit in raw.unit {
                match UnitKind::named(unit.kind.get_ref()) {
                    Some(kind) => {
                        parts.units.add(
                            Unit {
                                write: unit.write.into_inner(),
                                kind,
                                language,
                            },
                            &unit.say,
                        );
                    }
                    None => self.problems.push(
                        Place {
                            file: &path,
                            text: self.files.get(&path).unwrap_or(""),
                        }
                        .problem(
                            Some(unit.kind.span()),
                            "unit.kind",
                            format!("`{}` is no kind of unit", unit.kind.get_ref()),
                            Some("kinds are measure, container, piece"),
                        ),
                    ),
                }
            }
        }
        let path = format!("{code}/messages.toml");
        if let Some(raw) = self.read::<RawMessages>(&path, Need::Required) {
            let place = Place {
                file: &path,
                text: self.files.get(&path).unwrap_or(""),
            };
            let mut found = Vec::new();
            let messages = messages::read(raw, place, &mut found);
            found.into_iter().for_each(|one| self.problems.push(one));
            parts.messages.insert(language, messages);
        }
    }

    /// Goods stand in as many files as there are aisles.
    fn goods(&mut self, language: Language, lexicon: &mut Lexicon, morphology: &dyn Morphology) {
        let folder = format!("{}/goods", language.code());
        let mut found = Goods::new(language);
        for (path, text) in self.files.in_folder(&folder) {
            let raw = parse_toml::<RawGoods>(path, text, &mut self.problems);
            found.read(Place { file: path, text }, raw.unwrap_or_default());
        }
        if found.no_files() {
            let place = Place {
                file: &folder,
                text: "",
            };
            self.problems.push(place.problem(
                None,
                "",
                "the folder is missing or has no TOML files",
                Some("copy it from packs/household and change it"),
            ));
        }
        for problem in found.duplicates() {
            self.problems.push(problem);
        }
        found.add_to(lexicon, morphology);
    }

    fn rules(&mut self, language: Language, parts: &mut Parts) {
        let path = format!("{}/phrases.toml", language.code());
        let Some(raw) = self.read::<RawPhrases>(&path, Need::Required) else {
            return;
        };
        let place = Place {
            file: &path,
            text: self.files.get(&path).unwrap_or(""),
        };
        let mut names = Names {
            lexicon: &mut parts.lexicon,
            macros: HashMap::default(),
            language,
        };
        for (name, text) in &raw.macros {
            match parse(text.get_ref()) {
                Ok(node) => {
                    names.macros.insert(name.clone(), Rc::new(node));
                }
                Err(error) => self.problems.push(place.problem(
                    Some(text.span()),
                    &format!("macros.{name}"),
                    error.to_string(),
                    None,
                )),
            }
        }
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
            if parts
                .rules
                .iter()
                .any(|known| *known.id == **rule.id.get_ref())
            {
                self.problems.push(place.problem(
                    Some(rule.id.span()),
                    &key,
                    "a rule of this id stands above",
                    Some("ids name rules in explanations; choose another"),
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
            parts.rules.push(Rule {
                id: rule.id.get_ref().as_str().into(),
                language,
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
    }
}

pub(super) fn parse_toml<T: DeserializeOwned>(
    path: &str,
    text: &str,
    problems: &mut PackProblems,
) -> Option<T> {
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let place = Place { file: path, text };
            let message = error.message().trim();
            let hint = unknown_key(message).map_or_else(
                || "see docs/guides/packs.md".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            problems.push(place.problem(error.span(), "", message, Some(&hint)));
            None
        }
    }
}

/// The known key most like the unknown one that serde complains of: "unknown field `a`, expected one of `b`, `c`".
fn unknown_key(message: &str) -> Option<&str> {
    let names = message.strip_prefix("unknown field ")?;
    let mut quoted = names.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    nearest(unknown, quoted)
}
