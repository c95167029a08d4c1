//! Goods of a pack to entries of the lexicon.

use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use super::lexicon::{Good, GoodNumber, Lexicon, WordKeys, names_a_thing};
use super::plain;
use super::problem::{PackProblem, Place};
use super::raw::RawGoods;
use crate::language::Language;
use crate::morph::{Case, Morphology};
use crate::tokenize::tokenize;

/// Groups of goods that people eat or drink: what is said behind «для» and «на» is their use, where it tells other goods apart.
const FOOD: [&str; 22] = [
    "dairy",
    "eggs",
    "bakery",
    "meat",
    "fish",
    "vegetables",
    "mushrooms",
    "herbs",
    "fruit",
    "nuts",
    "grains",
    "pasta",
    "frozen",
    "canned",
    "sauces",
    "spices",
    "baking",
    "sweets",
    "snacks",
    "drinks",
    "alcohol",
    "ready_food",
];

/// The goods of one language, gathered from all files before any is added: a good may stand in one place only, and an irregular plural
/// in another file than its good.
pub(super) struct Goods<'f> {
    language: Language,
    files: Vec<Place<'f>>,
    found: Vec<Found>,
    irregular: Vec<Irregular>,
}

struct Found {
    good: Good,
    /// Further ways to say a brand.
    say: Vec<String>,
    /// The pack it is of: a good of an upper one replaces that beneath it.
    height: usize,
    file: usize,
    span: Range<usize>,
}

/// An English plural that does not follow from the spelling.
struct Irregular {
    singular: String,
    plural: String,
    file: usize,
    span: Range<usize>,
}

impl<'f> Goods<'f> {
    pub(super) fn new(language: Language) -> Self {
        Self {
            language,
            files: Vec::new(),
            found: Vec::new(),
            irregular: Vec::new(),
        }
    }

    /// Takes what a file holds, of the pack at this height. Packs come in order, the lowest first.
    pub(super) fn read(&mut self, place: Place<'f>, height: usize, raw: RawGoods) {
        let file = self.files.len();
        self.files.push(place);
        for group in raw.goods {
            let food = FOOD.contains(&group.group.as_str());
            for (names, number) in [
                (group.mass, GoodNumber::Mass),
                (group.count, GoodNumber::Count),
                (group.plural, GoodNumber::Plural),
            ] {
                self.found.extend(names.into_iter().map(|name| Found {
                    span: name.span(),
                    good: Good {
                        food,
                        ..good(name.into_inner(), number, false)
                    },
                    say: Vec::new(),
                    height,
                    file,
                }));
            }
        }
        self.found.extend(raw.brands.into_iter().map(|brand| Found {
            span: brand.name.span(),
            good: good(brand.name.into_inner(), GoodNumber::Mass, true),
            say: brand.say,
            height,
            file,
        }));
        let irregular = raw.irregular.into_iter();
        self.irregular
            .extend(irregular.map(|(singular, plural)| Irregular {
                singular,
                span: plural.span(),
                plural: plural.into_inner(),
                file,
            }));
    }

    /// Whether there was nothing to read.
    pub(super) fn no_files(&self) -> bool {
        self.files.is_empty()
    }

    /// Goods that stand in two places of one pack, whether or not ё is written.
    pub(super) fn duplicates(&self) -> Vec<PackProblem> {
        let mut problems = Vec::new();
        let mut first: HashMap<(&str, usize), &Found> = HashMap::default();
        first.reserve(self.found.len());
        for found in &self.found {
            let name = &found.good.name;
            match first.entry((&found.good.key, found.height)) {
                Entry::Vacant(free) => {
                    free.insert(found);
                }
                Entry::Occupied(taken) => {
                    let message =
                        format!("`{name}` is a good already, in {}", self.line(taken.get()));
                    let hint = Some("a good stands in one list only; take one out");
                    let place = self.files.get(found.file);
                    problems.extend(place.map(|place| {
                        place.problem(Some(found.span.clone()), "goods", message, hint)
                    }));
                }
            }
        }
        problems
    }

    /// File and line of a good.
    fn line(&self, found: &Found) -> String {
        let Some(place) = self.files.get(found.file) else {
            return String::new();
        };
        match place.line(&found.span) {
            Some(line) => format!("{}:{line}", place.file),
            None => place.file.to_owned(),
        }
    }

    /// Puts all into the lexicon. Gives a problem for each irregular plural of what is no good.
    pub(super) fn add_to(
        mut self,
        lexicon: &mut Lexicon,
        morphology: &dyn Morphology,
    ) -> Vec<PackProblem> {
        self.drop_replaced();
        let mut keys = Keys {
            morphology,
            known: HashMap::default(),
            words: Vec::new(),
        };
        keys.known.reserve(self.found.len());
        lexicon.expect_goods(self.found.len());
        for found in self.found {
            // A lemma guessed for a brand, or for the singular of a word no dictionary has, is the word itself or none.
            let guess = !found.good.brand && found.good.number == GoodNumber::Plural;
            let said = std::iter::once(&found.good.name).chain(&found.say);
            let apart: Vec<String> = said
                .filter(|_| self.language == Language::En)
                .filter_map(|name| as_tokens(name))
                .collect();
            let words = keys.of(&found.good.key, guess);
            let id = lexicon.add_good(found.good, words);
            for name in &apart {
                lexicon.alias(id, keys.of(name, guess));
            }
            for say in &found.say {
                lexicon.alias(id, keys.of(&plain(say), guess));
            }
        }
        let mut problems = Vec::new();
        for irregular in self.irregular {
            match lexicon.find_good(&irregular.singular) {
                Some(id) if self.language == Language::En => {
                    lexicon.alias(id, &[Arc::new([plain(&irregular.plural).into()])]);
                }
                Some(_) => {}
                None => {
                    let singular = &irregular.singular;
                    let message = format!("{singular}: not a known good");
                    let hint = Some("add it under count, or take its plural out");
                    let place = self.files.get(irregular.file);
                    problems.extend(place.map(|place| {
                        place.problem(Some(irregular.span), "irregular", message, hint)
                    }));
                }
            }
        }
        problems
    }

    /// Takes out goods that stand in an upper pack too.
    fn drop_replaced(&mut self) {
        let Some(top) = self.found.last().map(|found| found.height) else {
            return;
        };
        if self.found.iter().all(|found| found.height == top) {
            return;
        }
        let mut highest: HashMap<String, usize> = HashMap::default();
        for found in &self.found {
            // Packs come in order.
            highest.insert(found.good.key.clone(), found.height);
        }
        self.found
            .retain(|found| highest.get(&found.good.key) == Some(&found.height));
    }
}

fn good(name: String, number: GoodNumber, brand: bool) -> Good {
    Good {
        key: plain(&name),
        name,
        number,
        brand,
        food: false,
    }
}

/// A name as it stands among the tokens of what is said, where that differs: digits apart from letters ("WD-40", "vitamin b12").
fn as_tokens(name: &str) -> Option<String> {
    let digits = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let mut apart = String::with_capacity(name.len() + 4);
    for word in name.split_whitespace() {
        if !digits(word) {
            apart.push_str(word);
            apart.push(' ');
            continue;
        }
        for token in tokenize(word) {
            apart.push_str(&token.norm);
            apart.push(' ');
        }
    }
    apart.pop();
    (apart != name)
        .then_some(apart)
        .filter(|apart| digits(apart))
}

/// The keys of goods' words. Names share most of their words («куриное филе», «куриный суп»), and reading a word is the larger part of
/// adding a good, so each is read once.
struct Keys<'m> {
    morphology: &'m dyn Morphology,
    known: HashMap<Arc<str>, Met>,
    /// The words of the good at hand.
    words: Vec<WordKeys>,
}

/// The keys under which a word is met where it is a whole name, and where it is one word among others.
struct Met {
    alone: WordKeys,
    among: WordKeys,
}

impl Keys<'_> {
    /// For each word of a plain name, every key under which it may be met. Without `guess` a name of one word that no dictionary has is
    /// met as it stands.
    fn of(&mut self, name: &str, guess: bool) -> &[WordKeys] {
        self.words.clear();
        let single = !name.contains(' ');
        for word in name.split_whitespace() {
            let keys = if single && !guess && !word.is_ascii() && !self.morphology.knows(word) {
                let key: Arc<str> = word.into();
                Arc::new([key])
            } else {
                self.of_word(word, single)
            };
            self.words.push(keys);
        }
        &self.words
    }

    fn of_word(&mut self, word: &str, single: bool) -> WordKeys {
        let pick = |met: &Met| Arc::clone(if single { &met.alone } else { &met.among });
        if let Some(met) = self.known.get(word) {
            return pick(met);
        }
        let key: Arc<str> = word.into();
        let met = self.met(&key);
        let keys = pick(&met);
        self.known.insert(key, met);
        keys
    }

    fn met(&self, word: &Arc<str>) -> Met {
        let (mut alone, mut among) = (vec![Arc::clone(word)], vec![Arc::clone(word)]);
        // English tells a plural by its ending; other words of a name are their own lemmas.
        if !word.is_ascii() || word.ends_with('s') {
            for reading in self.morphology.read(word) {
                if !names_a_thing(&reading) {
                    continue;
                }
                let known = among.iter().find(|key| ***key == *reading.lemma);
                let key = known.map_or_else(|| reading.lemma.as_str().into(), Arc::clone);
                // A name stands in the nominative; other readings of it are other words («поло» is no case of «поле»).
                let own = matches!(reading.case, None | Some(Case::Nominative));
                if own && !alone.contains(&key) {
                    alone.push(Arc::clone(&key));
                }
                if !among.contains(&key) {
                    among.push(key);
                }
            }
        }
        Met {
            alone: alone.into(),
            among: among.into(),
        }
    }
}
