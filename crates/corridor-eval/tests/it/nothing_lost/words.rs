//! The closed lists of what may go, by language.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::checker::slips;

/// A language's lists.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) alphabet: String,
    polite: List,
    address: List,
    recipients: List,
    filler: List,
    orders: List,
    small: List,
    units: List,
    times: List,
    statements: List,
    pub(super) reasons: Vec<String>,
    pub(super) occasions: Vec<String>,
    limits: List,
    pub(super) particles: Vec<String>,
    numbers: BTreeMap<String, f64>,
    forms: BTreeMap<String, String>,
    pub(super) generated: Generated,
}

/// What commands are put together from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Generated {
    pub(super) orders: Vec<String>,
    pub(super) goods: Vec<String>,
    pub(super) joins: Vec<String>,
    pub(super) tails: Vec<String>,
}

impl Words {
    /// Both languages: a command may be in both.
    pub(super) fn all() -> [Self; 2] {
        [include_str!("ru.toml"), include_str!("en.toml")].map(|text| toml::from_str(text).unwrap())
    }

    /// Whether a word may always go.
    pub(super) fn may_go(&self, word: &str) -> bool {
        let lists = [
            &self.polite,
            &self.address,
            &self.recipients,
            &self.filler,
            &self.orders,
            &self.small,
            &self.units,
            &self.limits,
        ];
        lists.iter().any(|list| list.holds(word))
    }

    pub(super) fn is_order(&self, word: &str) -> bool {
        self.orders.holds(word)
    }

    pub(super) fn is_time(&self, word: &str) -> bool {
        self.times.holds(word)
    }

    pub(super) fn is_unit(&self, word: &str) -> bool {
        self.units.holds(word)
    }

    pub(super) fn states(&self, word: &str) -> bool {
        self.statements.holds(word)
    }

    pub(super) fn limits(&self, word: &str) -> bool {
        self.limits.holds(word)
    }

    pub(super) fn number(&self, word: &str) -> Option<f64> {
        self.numbers.get(word).copied()
    }

    /// Dictionary forms of a word that are no beginning of it; full names for a short one.
    pub(super) fn other_forms(&self, word: &str) -> impl Iterator<Item = &str> {
        self.forms
            .get(word)
            .into_iter()
            .flat_map(|forms| forms.split('|'))
    }
}

/// A closed list of words and beginnings of words.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
struct List(Vec<Listed>);

struct Listed {
    beginning: Vec<char>,
    is_whole: bool,
}

impl From<Vec<String>> for List {
    fn from(words: Vec<String>) -> Self {
        let listed = |word: String| Listed {
            beginning: word
                .trim_end_matches('*')
                .replace('ё', "е")
                .chars()
                .collect(),
            is_whole: !word.ends_with('*'),
        };
        Self(words.into_iter().map(listed).collect())
    }
}

impl List {
    /// Whether it holds a word, or one that is a slip away where it is long enough.
    fn holds(&self, word: &str) -> bool {
        let word: Vec<char> = word.chars().collect();
        self.0.iter().any(|own| own.is(&word))
    }
}

impl Listed {
    fn is(&self, word: &[char]) -> bool {
        let own = self.beginning.as_slice();
        if word == own || (!self.is_whole && word.starts_with(own)) {
            return true;
        }
        if own.len() < 5 || word.first() != own.first() {
            return false;
        }
        if self.is_whole {
            return word.len().abs_diff(own.len()) <= 1 && slips(word, own) <= 1;
        }
        let said = [own.len() - 1, own.len(), own.len() + 1];
        said.iter().any(|length| {
            word.get(..*length)
                .is_some_and(|said| slips(said, own) <= 1)
        })
    }
}
