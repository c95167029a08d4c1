//! Goods of a pack to entries of the lexicon.

use std::collections::hash_map::Entry;
use std::ops::Range;

use rustc_hash::FxHashMap as HashMap;

use super::lexicon::{Good, GoodNumber, Lexicon, names_a_thing};
use super::plain;
use super::problem::{PackProblem, Place};
use super::raw::RawGoods;
use crate::language::Language;
use crate::morph::{Case, Morphology};

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
            known: Default::default(),
        };
        for found in self.found {
            let lemmas = keys.of(&found.good.name);
            let id = lexicon.add_good(found.good, lemmas);
            for say in &found.say {
                lexicon.alias(id, keys.of(say));
            }
        }
        let mut problems = Vec::new();
        for irregular in self.irregular {
            match lexicon.find_good(&irregular.singular) {
                Some(id) if self.language == Language::En => {
                    lexicon.alias(id, vec![vec![plain(&irregular.plural)]]);
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

/// The keys of goods' words. Names share most of their words («куриное филе», «куриный суп»), and reading a word is the larger part of
/// adding a good.
struct Keys<'m> {
    morphology: &'m dyn Morphology,
    /// Keys of a word that is a whole name, and of one among others.
    known: [HashMap<String, Vec<String>>; 2],
}

impl Keys<'_> {
    /// For each word of a good, every key under which it may be met.
    fn of(&mut self, name: &str) -> Vec<Vec<String>> {
        let single = !name.contains(' ');
        name.split_whitespace()
            .map(|word| self.of_word(plain(word), single))
            .collect()
    }

    fn of_word(&mut self, word: String, single: bool) -> Vec<String> {
        // English tells a plural by its ending; other words of a name are their own lemmas.
        if word.is_ascii() && !word.ends_with('s') {
            return vec![word];
        }
        let [alone, among] = &mut self.known;
        let known = if single { alone } else { among };
        if let Some(keys) = known.get(&word) {
            return keys.clone();
        }
        let mut keys = vec![word.clone()];
        for reading in self.morphology.read(&word) {
            // A name stands in the nominative; other readings of it are other words («поло» is no case of «поле»).
            let own = !single || matches!(reading.case, None | Some(Case::Nominative));
            if own && names_a_thing(&reading) && !keys.contains(&reading.lemma) {
                keys.push(reading.lemma);
            }
        }
        known.insert(word, keys.clone());
        keys
    }
}
