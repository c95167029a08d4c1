//! Words of a pack by lemma: word classes and known goods, looked up for every word that is said.

use std::sync::Arc;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::language::Language;
use crate::morph::{Reading, VerbForm};
use crate::phrase::{ClassId, Forms};

/// How a known good is written on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoodNumber {
    /// Kept singular («молоко»).
    Mass,
    /// In the person's number («помидоры», «яблоко»).
    Count,
    /// Kept plural («сливки», "oats").
    Plural,
}

/// A good the pack knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Good {
    /// Dictionary form, as a list shows it.
    pub name: String,
    /// The name in lower case, ё as е: what it is compared by.
    pub key: String,
    /// How it is written.
    pub number: GoodNumber,
    /// A proper name, written as is whatever the person's form.
    pub brand: bool,
    /// Something to eat or drink.
    pub food: bool,
}

/// A good by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoodId(pub(crate) u32);

/// One entry of a class: the words after the first, and the class.
#[derive(Clone, Debug)]
pub(super) struct ClassEntry {
    pub(super) class: ClassId,
    pub(super) rest: Vec<String>,
    /// A particle may stand apart from its verb ("take the trash out").
    pub(super) separable: bool,
}

/// Every key under which one word of a good may be met. Goods share most of their words, so these are shared too.
pub(super) type WordKeys = Arc<[Arc<str>]>;

/// A good under a key of its first word: the keys of each word after it.
#[derive(Clone, Debug)]
pub(super) struct GoodEntry {
    pub(super) good: GoodId,
    pub(super) rest: Arc<[WordKeys]>,
}

/// A word that is looked up: its form and the lemmas it may have.
pub trait LookedUp {
    /// The form, lower case, ё as е.
    fn norm(&self) -> &str;
    /// Its readings.
    fn readings(&self) -> &[Reading];
}

/// That a word belongs to a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The class.
    pub class: ClassId,
    /// In which forms.
    pub forms: Forms,
    /// How many words the entry takes.
    pub len: u16,
}

/// All classes and goods of a pack.
#[derive(Default)]
pub struct Lexicon {
    pub(super) class_names: HashMap<String, ClassId>,
    pub(super) classes: HashMap<String, Vec<ClassEntry>>,
    pub(super) exact: HashMap<String, Vec<ClassEntry>>,
    goods: Vec<Good>,
    pub(super) goods_by_lemma: HashMap<Arc<str>, Vec<GoodEntry>>,
    /// Classes that a word keeps apart from its others.
    apart: HashSet<ClassId>,
    /// Words of goods behind the first («басмати»): no slips of other words.
    pub(super) later_words: HashSet<Arc<str>>,
}

impl Lexicon {
    /// The class of this name, made if need be.
    pub(crate) fn class(&mut self, name: &str) -> ClassId {
        if let Some(&class) = self.class_names.get(name) {
            return class;
        }
        let class = ClassId(u16::try_from(self.class_names.len()).unwrap_or(u16::MAX));
        self.class_names.insert(name.to_owned(), class);
        class
    }

    /// The class of this name in a language's files: one that the grammar asks for, or the language's own.
    pub(crate) fn class_of(&mut self, language: Language, name: &str) -> ClassId {
        match self.class_names.get(name) {
            Some(&class) => class,
            None => self.class(&format!("{}.{name}", language.code())),
        }
    }

    /// The class that a phrase of this language means by a name, or `None`.
    #[must_use]
    pub fn find_class_of(&self, language: Language, name: &str) -> Option<ClassId> {
        let own = format!("{}.{name}", language.code());
        self.class_names
            .get(&own)
            .or_else(|| self.class_names.get(name))
            .copied()
    }

    /// Makes words keep this class apart from their others.
    pub(crate) fn set_apart(&mut self, class: ClassId) {
        self.apart.insert(class);
    }

    pub(crate) fn is_apart(&self, class: ClassId) -> bool {
        self.apart.contains(&class)
    }

    /// How many classes there are.
    #[must_use]
    pub fn class_count(&self) -> usize {
        self.class_names.len()
    }

    /// Names of the classes, for messages about unknown ones.
    pub(crate) fn class_names(&self) -> impl Iterator<Item = &str> {
        self.class_names
            .keys()
            .map(String::as_str)
            .filter(|name| !name.starts_with(['=', '~']))
    }

    /// Adds an entry of one or more words.
    ///
    /// An entry that begins with `=` is met in this very form alone.
    pub(crate) fn add_to_class(&mut self, class: ClassId, entry: &str, separable: bool) {
        let (table, entry) = match entry.strip_prefix('=') {
            Some(exact) => (&mut self.exact, exact),
            None => (&mut self.classes, entry),
        };
        let mut words = entry.split_whitespace().map(plain);
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        let entries = table.entry(first).or_default();
        if !entries.iter().any(|e| e.class == class && e.rest == rest) {
            entries.push(ClassEntry {
                class,
                rest,
                separable,
            });
        }
    }

    /// Adds an entry as people write it: of several words each goes by its lemma («стиральная машина»), so that any case is met.
    pub(crate) fn add_phrase_to_class(
        &mut self,
        class: ClassId,
        entry: &str,
        morphology: &dyn crate::morph::Morphology,
    ) {
        if !entry.contains(' ') || entry.starts_with('=') || entry.is_ascii() {
            return self.add_to_class(class, entry, false);
        }
        let lemmas: Vec<String> = entry
            .split_whitespace()
            .map(|word| {
                let word = plain(word);
                let readings = morphology.read(&word);
                match readings
                    .iter()
                    .find(|r| r.lemma == word)
                    .or(readings.first())
                {
                    Some(reading) => reading.lemma.clone(),
                    None => word,
                }
            })
            .collect();
        self.add_to_class(class, &lemmas.join(" "), false);
    }

    /// The class of one literal word of a phrase.
    pub(crate) fn literal(&mut self, text: &str, exact: bool) -> ClassId {
        let mut name = String::with_capacity(text.len() + 1);
        name.push(if exact { '=' } else { '~' });
        name.push_str(text);
        if let Some(&class) = self.class_names.get(&name) {
            return class;
        }
        let class = self.class(&name);
        self.add_to_class(
            class,
            &if exact {
                format!("={text}")
            } else {
                text.to_owned()
            },
            false,
        );
        class
    }

    /// Makes room for this many more goods.
    pub(super) fn expect_goods(&mut self, count: usize) {
        self.goods.reserve(count);
        self.goods_by_lemma.reserve(count);
    }

    /// Adds a good under the keys of its words.
    pub(super) fn add_good(&mut self, good: Good, words: &[WordKeys]) -> GoodId {
        let id = GoodId(u32::try_from(self.goods.len()).unwrap_or(u32::MAX));
        self.goods.push(good);
        self.alias(id, words);
        id
    }

    /// Another way to say a good.
    pub(super) fn alias(&mut self, good: GoodId, words: &[WordKeys]) {
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        for key in rest.iter().flat_map(|keys| keys.iter()) {
            if !self.later_words.contains(key) {
                self.later_words.insert(Arc::clone(key));
            }
        }
        let rest: Arc<[WordKeys]> = rest.into();
        for key in first.iter() {
            let entries = self.goods_by_lemma.entry(Arc::clone(key)).or_default();
            // Longer names go first.
            let at = entries.partition_point(|entry| entry.rest.len() >= rest.len());
            entries.insert(
                at,
                GoodEntry {
                    good,
                    rest: Arc::clone(&rest),
                },
            );
        }
    }

    /// The good of this number.
    #[must_use]
    pub fn good(&self, id: GoodId) -> Option<&Good> {
        self.goods.get(id.0 as usize)
    }

    /// The good of exactly this name.
    pub(super) fn find_good(&self, name: &str) -> Option<GoodId> {
        let first = plain(name.split_whitespace().next()?);
        let entries = self.goods_by_lemma.get(first.as_str())?;
        let named = |entry: &&GoodEntry| self.good(entry.good).is_some_and(|g| g.name == name);
        entries.iter().find(named).map(|entry| entry.good)
    }

    /// The good of this name, whatever its letters' case.
    #[must_use]
    pub fn good_named(&self, name: &str) -> Option<&Good> {
        let key = plain(name);
        let entry = self
            .goods_by_lemma
            .get(key.as_str())?
            .iter()
            .find(|entry| entry.rest.is_empty())?;
        self.good(entry.good)
    }

    /// Whether a one-word good is known by this lemma.
    #[must_use]
    pub fn has_good(&self, name: &str) -> bool {
        self.good_named(name).is_some()
    }

    /// All goods.
    #[must_use]
    pub fn goods(&self) -> &[Good] {
        &self.goods
    }
}

/// Lower case, ё as е: the key under which a pack's word is kept.
pub(crate) fn plain(word: &str) -> String {
    let is_plain = |c: char| matches!(c, 'а'..='я' | 'a'..='z' | '0'..='9' | ' ' | '-');
    if word.chars().all(is_plain) {
        return word.to_owned();
    }
    let mut plain = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'а'..='я' | 'a'..='z' | '0'..='9' | ' ' | '-' => plain.push(c),
            'ё' | 'Ё' => plain.push('е'),
            _ => plain.extend(c.to_lowercase()),
        }
    }
    plain
}

/// Readings under which a word can be (part of) the name of a good.
pub(crate) fn names_a_thing(reading: &Reading) -> bool {
    // A Russian short adjective has no case and names nothing.
    let attribute = reading.is_attribute() && reading.case.is_some();
    reading.is_nominal() || attribute || reading.verb == Some(VerbForm::Base)
}
