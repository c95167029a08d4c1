//! Goods of a pack to entries of the lexicon.

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
                lexicon.add_good(good, lemmas(name.get_ref(), morphology));
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
        let id = lexicon.add_good(good, lemmas(name, morphology));
        for say in &brand.say {
            lexicon.alias(id, lemmas(say, morphology));
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

/// For each word of a good, every key under which it may be met.
fn lemmas(name: &str, morphology: &dyn Morphology) -> Vec<Vec<String>> {
    let single = !name.contains(' ');
    name.split_whitespace()
        .map(|word| {
            let word = plain(word);
            let mut keys = vec![word.clone()];
            // English tells a plural by its ending; other words of a name are their own lemmas.
            if word.is_ascii() && !word.ends_with('s') {
                return keys;
            }
            for reading in morphology.read(&word) {
                // A name stands in the nominative; other readings of it are other words («поло» is no case of «поле»).
                let own = !single || matches!(reading.case, None | Some(Case::Nominative));
                if own && names_a_thing(&reading) && !keys.contains(&reading.lemma) {
                    keys.push(reading.lemma);
                }
            }
            keys
        })
        .collect()
}
