//! The household a command is about, as far as language needs it: what people, places and lists are called.

use rustc_hash::FxHashSet as HashSet;

use crate::morph::Case;
use crate::names::{NameGroup, Names, decline};
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

impl Household<'_> {
    /// The members whom the words of a name may mean: the display name itself in any case, its full name or a diminutive of it.
    ///
    /// A member called just so wins over one who may be called so.
    ///
    /// `place` tells forms of different names apart: «Александра» after «попроси» is Александр, after «пусть» Александра.
    #[must_use]
    pub fn find_member(&self, name: &[&str], place: Place, names: &Names) -> Who {
        let Some(&first) = name.first() else {
            return Who::Stranger;
        };
        let groups: HashSet<NameGroup> = names.find(first).iter().map(|form| form.group).collect();
        let mut same = Vec::new();
        let mut related = Vec::new();
        for (index, member) in self.members.iter().enumerate() {
            let Some(member) = member else { continue };
            let own: Vec<String> = member.split_whitespace().map(plain).collect();
            let Some(own_first) = own.first() else {
                continue;
            };
            let surname_fits = match (name.get(1), own.get(1)) {
                (Some(said), Some(own)) => same_stem(said, own),
                _ => true,
            };
            if !surname_fits {
                continue;
            }
            if own_first == first || own.iter().any(|part| is_form_of(first, part)) {
                same.push((index, fits_place(first, own_first, place)));
            } else if names
                .find(own_first)
                .iter()
                .any(|form| groups.contains(&form.group))
            {
                related.push(index);
            }
        }
        if same.is_empty() && related.is_empty() {
            related = self.members_across_alphabets(first, names);
        }
        let fitting = same.iter().any(|(_, fits)| *fits);
        let same: Vec<usize> = same
            .into_iter()
            .filter(|(_, fits)| *fits || !fitting)
            .map(|(index, _)| index)
            .collect();
        let found = if same.is_empty() { related } else { same };
        match found.as_slice() {
            [] => Who::Stranger,
            [one] => Who::Member(*one),
            _ => Who::Several(found),
        }
    }
}

impl Household<'_> {
    fn members_across_alphabets(&self, said: &str, names: &Names) -> Vec<usize> {
        let members = self.members.iter().enumerate();
        members
            .filter_map(|(index, member)| Some((index, plain(member.as_ref()?))))
            .filter(|(_, name)| {
                let first = name.split_whitespace().next().unwrap_or("");
                names.same_across_alphabets(said, first)
            })
            .map(|(index, _)| index)
            .collect()
    }
}

/// The place of a name in its clause, which decides its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The one who acts or is called: nominative.
    Subject,
    /// The one who is asked or given something: an oblique case.
    Object,
}

/// Whether `said` is a case form of exactly this name («Саше» of «Саша»).
fn is_form_of(said: &str, name: &str) -> bool {
    let mut found = false;
    decline(name, |form, _| found |= form == said);
    found || (said.is_ascii() && said == name)
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
