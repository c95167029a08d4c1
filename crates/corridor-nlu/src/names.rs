//! Given names: full names, diminutives and their case forms, Russian and English.
//!
//! Knows which names belong together; who lives in a household comes with each command.

mod alphabets;
mod likeness;

use rustc_hash::FxHashMap as HashMap;

use crate::morph::Case;
use crate::pack::plain;

pub(crate) use likeness::{Likeness, without_marks};

const RUSSIAN: &str = include_str!("languages/ru/names.txt");
const ENGLISH: &str = include_str!("languages/en/names.txt");
/// English names that are everyday words, sorted.
const WORDS: &str = include_str!("languages/en/names_words.txt");

/// A group of names for one person («Александр», «Саша», «Санёк»), by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameGroup(u16);

/// A form of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameForm {
    /// The names it may stand for.
    pub group: NameGroup,
    /// Its case; English names have none.
    pub case: Option<Case>,
    /// A kinship word («мама», "dad"), not a given name.
    pub kin: bool,
}

/// All names, by form.
pub struct Names {
    forms: HashMap<String, Vec<NameForm>>,
    /// The Russian names of each group, by its number.
    groups: Vec<Vec<String>>,
}

impl Names {
    /// Reads the tables that are part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        let mut names = Self {
            forms: HashMap::with_capacity_and_hasher(16_384, rustc_hash::FxBuildHasher),
            groups: vec![Vec::new()],
        };
        let mut group = 0;
        names.read(RUSSIAN, &mut group, true);
        names.read(ENGLISH, &mut group, false);
        names
    }

    /// What a word may be as a name; empty for other words.
    #[must_use]
    pub fn find(&self, norm: &str) -> &[NameForm] {
        self.forms.get(norm).map_or(&[], Vec::as_slice)
    }

    /// Whether an English name is an everyday word too ("will", "rose").
    pub(crate) fn is_word(norm: &str) -> bool {
        WORDS.lines().any(|word| word == norm)
    }

    /// Whether `said` is a form of `name`, or of another name for the same person, in the other alphabet. Both in lower case.
    #[must_use]
    pub fn same_across_alphabets(&self, said: &str, name: &str) -> bool {
        match (said.is_ascii(), name.is_ascii()) {
            (false, true) if !alphabets::may_begin_alike(name, said) => false,
            (false, true) => alphabets::in_cyrillic(name).iter().any(|spelling| {
                let mut found = false;
                decline(spelling, |form, _| found |= form == said);
                found
            }),
            (true, false) => {
                let same = |other: &str| {
                    alphabets::may_begin_alike(said, other) && alphabets::same_sound(said, other)
                };
                let groups = self.find(name).iter();
                same(name)
                    || groups
                        .filter_map(|form| self.groups.get(usize::from(form.group.0)))
                        .flatten()
                        .any(|other| same(other))
            }
            _ => false,
        }
    }

    fn read(&mut self, table: &str, group: &mut u16, russian: bool) {
        for line in table
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let kin = line.starts_with("@kin");
            let Some((_, names)) = line.split_once(' ') else {
                continue;
            };
            *group = group.saturating_add(1);
            let mut own = Vec::new();
            for name in names.split([':', ' ']).filter(|name| !name.is_empty()) {
                let name = plain(name);
                if russian {
                    decline(&name, |form, case| {
                        self.add(
                            form,
                            NameForm {
                                group: NameGroup(*group),
                                case,
                                kin,
                            },
                        )
                    });
                    own.push(name);
                } else {
                    let form = NameForm {
                        group: NameGroup(*group),
                        case: None,
                        kin,
                    };
                    if let std::borrow::Cow::Owned(plain) = without_marks(&name) {
                        self.add(plain, form);
                    }
                    self.add(name, form);
                }
            }
            self.groups.push(own);
        }
    }

    fn add(&mut self, form: String, name: NameForm) {
        let all = self.forms.entry(form).or_default();
        if !all.contains(&name) {
            all.push(name);
        }
    }
}

/// All singular case forms of a Russian name, by its ending (Zaliznyak's types of names: -а, -я, -ия, -й, -ь, a consonant, a fleeting vowel).
pub(crate) fn decline(name: &str, mut add: impl FnMut(String, Option<Case>)) {
    use Case::{Accusative, Dative, Genitive, Instrumental, Locative, Nominative, Vocative};
    add(name.to_owned(), Some(Nominative));
    let mut put = |stem: &str, endings: [&str; 5]| {
        for (ending, case) in
            endings
                .into_iter()
                .zip([Genitive, Dative, Accusative, Instrumental, Locative])
        {
            add(format!("{stem}{ending}"), Some(case));
        }
    };
    if let Some(stem) = name.strip_suffix("ия") {
        put(stem, ["ии", "ии", "ию", "ией", "ии"]);
    } else if let Some(stem) = name.strip_suffix('я') {
        put(stem, ["и", "е", "ю", "ей", "е"]);
        // «Тань», «Зой»: a soft stem, not the bare one.
        let soft = if stem.ends_with(['а', 'е', 'и', 'о', 'у']) {
            'й'
        } else {
            'ь'
        };
        add(format!("{stem}{soft}"), Some(Vocative));
    } else if let Some(stem) = name.strip_suffix('а') {
        let genitive = if stem.ends_with(['г', 'к', 'х', 'ж', 'ш', 'щ', 'ч']) {
            "и"
        } else {
            "ы"
        };
        let instrumental = if stem.ends_with(['ж', 'ш', 'щ', 'ч', 'ц']) {
            "ей"
        } else {
            "ой"
        };
        put(stem, [genitive, "е", "у", instrumental, "е"]);
        // «Саш», «Мам»; a bare stem that is a word of its own («свет», «том») would be met everywhere.
        if stem.ends_with(['ш', 'ж', 'м']) && !matches!(stem, "том" | "ром" | "тем" | "рим")
        {
            add(stem.to_owned(), Some(Vocative));
        }
    } else if let Some(stem) = name.strip_suffix('й') {
        let locative = if stem.ends_with('и') { "и" } else { "е" };
        put(stem, ["я", "ю", "я", "ем", locative]);
    } else if let Some(stem) = name.strip_suffix('ь') {
        put(stem, ["я", "ю", "я", "ем", "е"]);
        put(stem, ["и", "и", "ь", "ью", "и"]);
    } else if !name.ends_with(['о', 'е', 'и', 'у', 'ю', 'э', 'ы']) {
        put(name, ["а", "у", "а", "ом", "е"]);
        // Санёк → Санька, Лев → Льва, Павел → Павла.
        if let Some(stem) = name.strip_suffix("ек") {
            put(&format!("{stem}ьк"), ["а", "у", "а", "ом", "е"]);
        } else if let Some(stem) = name.strip_suffix("ок") {
            put(&format!("{stem}к"), ["а", "у", "а", "ом", "е"]);
        } else if let Some(stem) = name
            .strip_suffix("ев")
            .filter(|stem| stem.chars().count() == 1)
        {
            put(&format!("{stem}ьв"), ["а", "у", "а", "ом", "е"]);
        } else if let Some(stem) = name.strip_suffix("ел") {
            put(&format!("{stem}л"), ["а", "у", "а", "ом", "е"]);
        } else if let Some(stem) = name.strip_suffix("ец") {
            put(&format!("{stem}ц"), ["а", "у", "а", "ом", "е"]);
        }
    }
}
