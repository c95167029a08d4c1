//! The household a command is about, as far as language needs it: what people, places and lists are called.

use crate::morph::Case;
use crate::names::{Likeness, Names, decline, without_marks};
use crate::pack::plain;

/// Names of the household at hand; positions are those of the command's arrays.
#[derive(Clone, Debug, Default)]
pub struct Household<'c> {
    /// Display name of each member, where one is given.
    pub members: Vec<Option<&'c str>>,
    /// Which member speaks, where it is one of them.
    pub speaker: Option<usize>,
    /// Names of the zones.
    pub zones: Vec<&'c str>,
    /// Names of the lists.
    pub lists: Vec<&'c str>,
}

/// Who a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// This member.
    Member(usize),
    /// One of these members.
    Several(Vec<usize>),
    /// Nobody here.
    Stranger,
}

/// The parts of a name as they are compared: «Анна Петровна», "Mei-Lin"; lower case, ё as е, without diacritics.
pub(crate) fn parts_of_name(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split([' ', '-', '\u{a0}'])
        .filter(|part| !part.is_empty())
        .map(|part| without_marks(&plain(part)).into_owned())
}

/// How well the words of a name fit a member; the greatest is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// The first word said is this very name, rather than another for the same person.
    likeness: Likeness,
    /// In a case that its place asks for.
    in_case: bool,
    /// Words said that are parts of the name.
    words: usize,
}

impl Household<'_> {
    /// The members whom the words of a name may mean: the display name itself in any case, its full name or a diminutive of it.
    ///
    /// A member called just so wins over one who may be called so.
    ///
    /// `place` tells forms of different names apart: «Александра» after «попроси» is Александр, after «пусть» Александра.
    #[must_use]
    pub fn find_member(&self, name: &[&str], place: Place, names: &Names) -> Who {
        let said: Vec<String> = name.iter().flat_map(|word| parts_of_name(word)).collect();
        let mut best: Option<Fit> = None;
        let mut found = Vec::new();
        for (index, member) in self.members.iter().enumerate() {
            let own: Vec<String> = member.iter().flat_map(|name| parts_of_name(name)).collect();
            let Some(fit) = fit(&said, &own, place, names) else {
                continue;
            };
            if best.is_none_or(|best| fit > best) {
                found.clear();
                best = Some(fit);
            }
            if best == Some(fit) {
                found.push(index);
            }
        }
        match found.as_slice() {
            [] => Who::Stranger,
            [one] => Who::Member(*one),
            _ => Who::Several(found),
        }
    }
}

fn fit(said: &[String], own: &[String], place: Place, names: &Names) -> Option<Fit> {
    let first = said.first()?;
    let (at, likeness) = own
        .iter()
        .enumerate()
        .filter_map(|(at, part)| Some((at, names.likeness(first, part)?)))
        // «Сергеев» is not whom «Сергея» means, if his first name says otherwise.
        .max_by_key(|&(at, likeness)| (likeness, std::cmp::Reverse(at)))?;
    let others: Vec<&String> = own
        .iter()
        .enumerate()
        .filter(|&(other, _)| other != at)
        .map(|(_, part)| part)
        .collect();
    let more = said.get(1..).unwrap_or_default();
    let same = |word: &String| {
        others
            .iter()
            .any(|part| names.likeness(word, part).is_some() || same_stem(word, part))
    };
    let agree = more.iter().filter(|word| same(word)).count();
    // «Иванов Пётр» is not «Пётр Сидоров».
    if agree == 0 && !more.is_empty() && !others.is_empty() {
        return None;
    }
    let part = own.get(at)?;
    Some(Fit {
        likeness,
        in_case: likeness == Likeness::Same && fits_place(first, part, place),
        words: agree,
    })
}

/// The place of a name in its clause, which decides its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The one who acts or is called: nominative.
    Subject,
    /// The one who is asked or given something: an oblique case.
    Object,
}

/// Whether `said` is a form of the name in a case of this place.
fn fits_place(said: &str, name: &str, place: Place) -> bool {
    let mut fits = false;
    decline(name, |form, case| {
        fits |= form == said && (case == Some(Case::Nominative)) == (place == Place::Subject);
    });
    fits
}

/// Two forms of one Russian word, by all but the ending.
pub(crate) fn same_stem(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longest = a.chars().count().max(b.chars().count());
    common >= 2
        && longest - common <= 3
        && common * 2 >= longest
        && !a.is_ascii()
        && a.chars().count().abs_diff(b.chars().count()) <= 2
        && (longest - common <= 2 || common >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(members: &[&'static str], said: &str, place: Place) -> Who {
        let household = Household {
            members: members.iter().map(|name| Some(*name)).collect(),
            ..Household::default()
        };
        let words: Vec<String> = said.split(' ').map(str::to_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        household.find_member(&words, place, &Names::embedded())
    }

    #[test]
    fn members_are_found_in_every_dress() {
        use Place::{Object, Subject};
        let russian = [
            "Екатерина",
            "Дмитрий",
            "Анна Петровна",
            "Тимур",
            "Айгуль",
            "Бабушка Люда",
        ];
        let english = [
            "Zoë",
            "Björn",
            "Mei-Lin",
            "Anna Maria",
            "Grandpa Joe",
            "Will",
        ];
        for (members, said, place, index) in [
            (&russian, "катюша", Subject, 0),
            (&russian, "кате", Object, 0),
            (&russian, "димону", Object, 1),
            (&russian, "анне петровне", Object, 2),
            (&russian, "аня", Subject, 2),
            (&russian, "тимуру", Object, 3),
            (&russian, "тимурчик", Subject, 3),
            (&russian, "айгули", Object, 4),
            (&russian, "бабуле", Object, 5),
            (&russian, "бабе люде", Object, 5),
            (&russian, "люду", Object, 5),
            (&english, "zoe", Subject, 0),
            (&english, "bjorn", Object, 1),
            (&english, "mei lin", Object, 2),
            (&english, "mei-lin", Subject, 2),
            (&english, "anna maria", Object, 3),
            (&english, "maria", Object, 3),
            (&english, "grandpa", Object, 4),
            (&english, "joe", Object, 4),
            (&english, "william", Object, 5),
            (&english, "бьорну", Object, 1),
        ] {
            assert_eq!(find(members, said, place), Who::Member(index), "{said}");
        }
    }

    #[test]
    fn whom_nobody_is_called_is_a_stranger() {
        for said in ["мама", "егор", "анна сидорова", "олегу"] {
            assert_eq!(
                find(&["Анна Петровна", "Тимур"], said, Place::Object),
                Who::Stranger,
                "{said}"
            );
        }
        assert_eq!(
            find(&["Ann", "Bob"], "grandma", Place::Object),
            Who::Stranger
        );
    }

    #[test]
    fn a_name_that_fits_two_is_asked_about() {
        let both = Who::Several(vec![0, 1]);
        assert_eq!(
            find(&["Александр", "Александра"], "саше", Place::Object),
            both
        );
        assert_eq!(
            find(&["Анна", "Анна Петровна"], "анне петровне", Place::Object),
            Who::Member(1)
        );
    }
}
