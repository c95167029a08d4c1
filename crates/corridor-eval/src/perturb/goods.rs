//! Another good in the place of one: of the same aisle and number, in the same form.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;

use super::base::{Base, only};
use super::kind::Kind;
use super::language::LanguageWords;
use super::stems::Form;
use super::text::{Word, plain, replaced};
use super::variant::Variant;

/// Why a text is no list of goods.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct GoodsProblem(#[from] toml::de::Error);

/// Goods of one word each, as a pack names them.
#[derive(Clone, Debug, Default)]
pub(super) struct Goods {
    /// By aisle and number.
    shelves: Vec<Shelf>,
    /// Plain names to shelves.
    places: HashMap<String, usize>,
    /// All words of all names, plain.
    words: BTreeSet<String>,
    irregular: BTreeSet<String>,
}

#[derive(Clone, Debug)]
struct Shelf {
    names: Vec<String>,
    counted: bool,
}

#[derive(Deserialize)]
struct RawFile {
    #[serde(default)]
    goods: Vec<RawGroup>,
    #[serde(default)]
    irregular: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct RawGroup {
    #[serde(default)]
    mass: Vec<String>,
    #[serde(default)]
    count: Vec<String>,
    #[serde(default)]
    plural: Vec<String>,
}

impl Goods {
    /// Adds the goods of a file.
    pub(super) fn read(&mut self, text: &str) -> Result<(), GoodsProblem> {
        let raw: RawFile = toml::from_str(text)?;
        self.irregular.extend(raw.irregular.into_keys());
        for group in raw.goods {
            for (names, counted) in [
                (group.mass, false),
                (group.count, true),
                (group.plural, false),
            ] {
                let words = names
                    .iter()
                    .flat_map(|name| super::text::words(name))
                    .map(|word| word.plain);
                self.words.extend(words);
                let names: Vec<String> = names
                    .into_iter()
                    .filter(|name| name.chars().all(char::is_alphabetic))
                    .collect();
                let place = self.shelves.len();
                let plain_names = names.iter().map(|name| (plain(name), place));
                self.places.extend(plain_names);
                self.shelves.push(Shelf { names, counted });
            }
        }
        Ok(())
    }

    pub(super) fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    fn shelf(&self, name: &str) -> Option<&Shelf> {
        self.shelves.get(*self.places.get(name)?)
    }
}

pub(super) fn variants(language: &LanguageWords, base: &Base<'_>) -> Vec<Variant> {
    let items = &base.answer.items;
    items
        .iter()
        .filter(|item| only(items, &item.name).is_some())
        .flat_map(|item| of_item(language, base, &item.name))
        .collect()
}

fn of_item(language: &LanguageWords, base: &Base<'_>, name: &str) -> Vec<Variant> {
    let goods = &language.goods;
    let said = plain(name);
    // A counted good stands in the person's number; its plural may be the pack's name with a suffix.
    let suffix = language.raw.plural_suffix.as_str();
    let singular = said.strip_suffix(suffix).filter(|_| !suffix.is_empty());
    let plural = singular.filter(|own| goods.shelf(own).is_some_and(|shelf| shelf.counted));
    let (Some(shelf), suffix) = (match plural {
        Some(own) => (goods.shelf(own), suffix),
        None => (goods.shelf(&said), ""),
    }) else {
        return Vec::new();
    };
    let Some((word, form)) = only_form(base, &said) else {
        return Vec::new();
    };
    if form.ending.chars().count() > 2
        || language
            .raw
            .skip_endings
            .iter()
            .any(|end| said.ends_with(end))
    {
        return Vec::new();
    }
    let others = shelf.names.iter().filter(|other| plain(other) != said);
    let change = |other: &String| {
        let other = with_suffix(language, other, suffix)?;
        let written = put(language, base, word, &form, &other)?;
        // The good must not be there already.
        let is_there = base
            .words
            .iter()
            .any(|own| own.plain == plain(&other) || own.plain == plain(&written));
        if is_there {
            return None;
        }
        let text = replaced(base.text(), &word.span, &as_written(base, word, &written))?;
        let mut variant = Variant::same(Kind::AnotherGood, text, base);
        for item in &mut variant.expected.items {
            if plain(&item.name) == said {
                item.name.clone_from(&other);
            }
        }
        Some(variant)
    };
    others.filter_map(change).collect()
}

/// The plural of a name, where its spelling gives it.
fn with_suffix(language: &LanguageWords, name: &str, suffix: &str) -> Option<String> {
    if suffix.is_empty() {
        return Some(name.to_owned());
    }
    let irregular = language.goods.irregular.contains(name);
    let not_after = &language.raw.plural_not_after;
    let regular = name
        .chars()
        .next_back()
        .is_some_and(|last| !not_after.contains(last));
    (regular && !irregular).then(|| format!("{name}{suffix}"))
}

/// The one word of the text that is a form of a name; `None` where several may be.
fn only_form<'b>(base: &'b Base<'_>, name: &str) -> Option<(&'b Word, Form)> {
    let mut forms = base.words.iter().filter_map(|word| {
        let form = Form::of(&word.plain, name, 2, 3)?;
        Some((word, form))
    });
    let first = forms.next()?;
    forms.next().is_none().then_some(first)
}

/// Another name in the form of a word, where the language's spelling lets it have the same ending.
fn put(
    language: &LanguageWords,
    base: &Base<'_>,
    word: &Word,
    form: &Form,
    other: &str,
) -> Option<String> {
    let ends = |text: &str, back: usize| text.chars().rev().nth(back);
    let skipped = language
        .raw
        .skip_endings
        .iter()
        .any(|end| other.ends_with(end));
    let written = form.put(other)?;
    let stem = other.strip_suffix(&form.ending)?;
    if skipped {
        return None;
    }
    if form.is_plain() {
        // Gender shows in the last letter: a vowel tells it, any consonant is as good as another.
        let (one, two) = (ends(&form.stem, 0)?, ends(other, 0)?);
        let vowels = [one, two].map(|letter| language.is_vowel(letter));
        if vowels != [false, false] && one != two && !language.raw.shifting.is_empty() {
            return None;
        }
    } else {
        let (one, two) = (ends(&form.stem, 0)?, ends(stem, 0)?);
        let shifts = form.ending.is_empty()
            && ends(stem, 1).is_some_and(|letter| language.raw.shifting.contains(letter));
        if one != two || shifts {
            return None;
        }
    }
    article_agrees(language, base, word, other).then_some(written)
}

/// Whether an article before the word goes with another one.
fn article_agrees(language: &LanguageWords, base: &Base<'_>, word: &Word, other: &str) -> bool {
    let position = base.words.iter().position(|own| own == word);
    let before = position
        .and_then(|position| position.checked_sub(1))
        .and_then(|before| base.words.get(before));
    let has_article = before.is_some_and(|before| language.raw.articles.contains(&before.plain));
    let begins = |text: &str| {
        let first = text.chars().next();
        first.is_some_and(|letter| language.is_vowel(letter))
    };
    !has_article || begins(&word.plain) == begins(other)
}

/// A word with the capitals of the one that it replaces.
fn as_written(base: &Base<'_>, word: &Word, by: &str) -> String {
    let written = base.text().get(word.span.clone()).unwrap_or_default();
    if written.starts_with(char::is_uppercase) {
        super::text::first_large(by)
    } else {
        by.to_owned()
    }
}
