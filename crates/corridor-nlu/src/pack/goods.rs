//! Goods of a pack to entries of the lexicon.

use rustc_hash::FxHashMap as HashMap;

use super::lexicon::{Good, GoodNumber, Lexicon, names_a_thing};
use super::plain;
use super::raw::RawGoods;
use crate::language::Language;
use crate::morph::{Case, Morphology};

pub(super) fn add(
    raw: &RawGoods,
    language: Language,
    lexicon: &mut Lexicon,
    morphology: &dyn Morphology,
) {
    let mut keys = Keys {
        morphology,
        known: Default::default(),
    };
    for group in &raw.goods {
        for (names, number) in [
            (&group.mass, GoodNumber::Mass),
            (&group.count, GoodNumber::Count),
            (&group.plural, GoodNumber::Plural),
        ] {
            for name in names {
                let good = Good {
                    name: name.get_ref().clone(),
                    key: plain(name.get_ref()),
                    number,
                    brand: false,
                };
                lexicon.add_good(good, keys.of(name.get_ref()));
            }
        }
    }
    for brand in &raw.brands {
        let name = brand.name.get_ref();
        let good = Good {
            name: name.clone(),
            key: plain(name),
            number: GoodNumber::Mass,
            brand: true,
        };
        let id = lexicon.add_good(good, keys.of(name));
        for say in &brand.say {
            lexicon.alias(id, keys.of(say));
        }
    }
    if language == Language::En {
        for (singular, plural) in &raw.irregular {
            if let Some(id) = lexicon.find_good(singular) {
                lexicon.alias(id, vec![vec![plain(plural)]]);
            }
        }
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
