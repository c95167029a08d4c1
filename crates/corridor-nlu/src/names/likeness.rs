//! Whether a word that was said names somebody who is written otherwise: cases, short and affectionate forms, the other alphabet,
//! diacritics left out.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{NameForm, Names, decline};

/// How a said word names a part of somebody's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// What is somebody's: «Петин».
    Possessive,
    /// Another name for the same person: short, affectionate, in the other alphabet.
    Related,
    /// This very name, in any case.
    Same,
}

/// Latin letters without their marks («zoë» as «zoe»); other text as it is.
pub(crate) fn without_marks(text: &str) -> Cow<'_, str> {
    let marked = |c: char| matches!(c, '\u{c0}'..='\u{24f}');
    if !text.chars().any(marked) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            _ if marked(c) => plain.extend(c.nfd().filter(|&c| !is_combining_mark(c))),
            _ => plain.push(c),
        }
    }
    Cow::Owned(plain)
}

impl Names {
    /// Whether `said` tells what is somebody's of this name («петиной» of «Пётр»).
    pub(crate) fn is_of(&self, said: &str, part: &str) -> bool {
        const ENDINGS: [&str; 11] = [
            "иного",
            "иному",
            "иной",
            "иным",
            "иных",
            "иными",
            "ина",
            "ину",
            "ино",
            "ины",
            "ин",
        ];
        let groups = self.find(part);
        ENDINGS
            .iter()
            .filter_map(|ending| said.strip_suffix(ending))
            .flat_map(|stem| [format!("{stem}а"), format!("{stem}я")])
            .any(|name| {
                self.find(&name)
                    .iter()
                    .any(|form| !form.kin && groups.iter().any(|own| own.group == form.group))
            })
    }

    /// How `said` names `part`, a word of somebody's name. Both in lower case, ё as е, without marks.
    pub(crate) fn likeness(&self, said: &str, part: &str) -> Option<Likeness> {
        self.compare((said, self.find(said)), (part, self.find(part)))
    }

    /// The same for words that were looked up before.
    pub(crate) fn compare(
        &self,
        (said, as_name): (&str, &[NameForm]),
        (part, forms): (&str, &[NameForm]),
    ) -> Option<Likeness> {
        let bare = said.strip_suffix("'s").unwrap_or(said);
        if bare == part {
            return Some(Likeness::Same);
        }
        if bare.is_ascii() != part.is_ascii() {
            return self
                .same_across_alphabets(bare, part)
                .then_some(Likeness::Related);
        }
        if !bare.is_ascii() && is_form_of(bare, part) {
            return Some(Likeness::Same);
        }
        let shares = |said: &[NameForm]| {
            said.iter()
                .any(|form| forms.iter().any(|own| own.group == form.group))
        };
        let related = match bare.len() == said.len() {
            true => shares(as_name),
            false => shares(self.find(bare)),
        };
        (related || is_affectionate(bare, part)).then_some(Likeness::Related)
    }
}

/// A case form of exactly this name («Саше» of «Саша»).
fn is_form_of(said: &str, part: &str) -> bool {
    let begins_alike = said
        .chars()
        .zip(part.chars())
        .take(2)
        .filter(|(a, b)| a == b)
        .count();
    if begins_alike < 2 {
        return false;
    }
    let mut found = false;
    decline(part, |form, _| found |= form == said);
    found
}

/// «Тимурчику» of «Тимур», «Айгульку» of «Айгуль»: an affectionate suffix on a name that no table has. The case ending goes first.
fn is_affectionate(said: &str, part: &str) -> bool {
    const SUFFIXES: [&str; 20] = [
        "очк", "ечк", "оньк", "еньк", "ушк", "юшк", "ульк", "юльк", "чик", "ик", "ок", "ек", "к",
        "уш", "юш", "ух", "юх", "ул", "юл", "он",
    ];
    const SHORTEST_ROOT: usize = 3;
    if said.is_ascii()
        || !said
            .chars()
            .zip(part.chars())
            .take(SHORTEST_ROOT)
            .all(|(a, b)| a == b)
    {
        return false;
    }
    let stem = said.trim_end_matches(['а', 'я', 'у', 'ю', 'е', 'и', 'ы']);
    let stem = ["ой", "ей", "ом", "ем"]
        .iter()
        .find_map(|ending| said.strip_suffix(ending))
        .unwrap_or(stem);
    let root = part.trim_end_matches(['а', 'я', 'ь', 'й', 'и']);
    root.chars().count() >= SHORTEST_ROOT
        && SUFFIXES
            .iter()
            .filter_map(|suffix| stem.strip_suffix(suffix))
            .any(|rest| rest.trim_end_matches('ь') == root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_met_in_every_dress() {
        let names = Names::embedded();
        for (said, part) in [
            ("саше", "саша"),
            ("сашка", "саша"),
            ("сашеньку", "александр"),
            ("петьке", "петр"),
            ("катюшу", "екатерина"),
            ("димону", "дмитрий"),
            ("тимурчику", "тимур"),
            ("айгульку", "айгуль"),
            ("айгули", "айгуль"),
            ("рашиду", "рашид"),
            ("бобу", "bob"),
            ("сэма", "sam"),
            ("зоуи", "zoe"),
            ("шивон", "siobhan"),
            ("бьерну", "bjorn"),
            ("sasha", "саша"),
            ("granny", "grandma"),
            ("bobby", "bob"),
            ("sam's", "sam"),
        ] {
            assert!(names.likeness(said, part).is_some(), "{said} {part}");
        }
        for (said, part) in [
            ("маша", "саша"),
            ("саше", "маша"),
            ("тимофею", "тимур"),
            ("дом", "дима"),
            ("паше", "петр"),
            ("sue", "sam"),
            ("бабушка", "мама"),
        ] {
            assert_eq!(names.likeness(said, part), None, "{said} {part}");
        }
    }

    #[test]
    fn marks_go_from_latin_letters_alone() {
        assert_eq!(without_marks("zoë"), "zoe");
        assert_eq!(without_marks("björn"), "bjorn");
        assert_eq!(without_marks("søren"), "soren");
        assert_eq!(without_marks("василий"), "василий");
    }
}
