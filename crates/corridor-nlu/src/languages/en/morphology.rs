//! English morphology by rules and a table of irregular forms, both ours.
//!
//! Without a dictionary a form has several possible lemmas ("leaves": leaf, leave); all are given and word classes decide.

use crate::morph::{Form, Morphology, Number, Pos, Reading, VerbForm};

/// Rules and exceptions; holds nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct EnglishMorphology;

impl Morphology for EnglishMorphology {
    fn read(&self, word: &str) -> Vec<Reading> {
        let mut readings = Vec::with_capacity(3);
        bases(word, &mut |lemma, pos, number, verb| {
            readings.push(reading(lemma, pos, number, verb));
        });
        readings
    }

    fn find_lemma(&self, word: &str, wanted: &dyn Fn(&str, Pos) -> bool) -> Option<String> {
        let mut found = None;
        bases(word, &mut |lemma, pos, _, _| {
            if found.is_none() && wanted(lemma, pos) {
                found = Some(lemma.to_owned());
            }
        });
        found
    }

    fn inflect(&self, reading: &Reading, form: Form) -> Option<String> {
        match form {
            Form::Infinitive | Form::Nominative(Number::Singular, _) => Some(reading.lemma.clone()),
            Form::Nominative(Number::Plural, _) => Some(plural(&reading.lemma)),
            Form::FeminineAccusative => None,
        }
    }

    fn knows(&self, _word: &str) -> bool {
        false
    }
}

fn reading(lemma: &str, pos: Pos, number: Option<Number>, verb: Option<VerbForm>) -> Reading {
    Reading {
        lemma: lemma.to_owned(),
        pos,
        case: None,
        number,
        gender: None,
        animate: false,
        verb,
        share: 1.0,
        known: super::vocabulary::contains(lemma),
        entry: None,
        form: String::new(),
    }
}

/// Takes a lemma with what the word is as a form of it.
type TakeBase<'t> = &'t mut dyn FnMut(&str, Pos, Option<Number>, Option<VerbForm>);

/// Every lemma that `word` may be a form of.
fn bases(word: &str, take: TakeBase<'_>) {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let from = IRREGULAR_VERBS.partition_point(|&(form, ..)| form < word);
    let verbs = IRREGULAR_VERBS.get(from..).unwrap_or(&[]);
    let mut irregular = false;
    for &(_, lemma, verb) in verbs.iter().take_while(|&&(form, ..)| form == word) {
        take(lemma, Pos::Verb, None, Some(verb));
        irregular = true;
    }
    if let Ok(at) = IRREGULAR_NOUNS.binary_search_by_key(&word, |&(plural, _)| plural)
        && let Some(&(_, singular)) = IRREGULAR_NOUNS.get(at)
    {
        take(singular, Pos::Noun, Some(Number::Plural), None);
        irregular = true;
    }
    take(
        word,
        Pos::Noun,
        Some(Number::Singular),
        Some(VerbForm::Base),
    );
    if !irregular {
        suffixes(word, take);
    }
}

/// Regular endings: -s, -ing, -ed, each undone in every way English spelling allows.
fn suffixes(word: &str, take: TakeBase<'_>) {
    let mut plural = |stem: &str| {
        take(
            stem,
            Pos::Noun,
            Some(Number::Plural),
            Some(VerbForm::ThirdPerson),
        );
    };
    if let Some(stem) = word
        .strip_suffix("s")
        .filter(|s| s.len() >= 2 && !s.ends_with(['s', 'u', 'i']))
    {
        plural(stem);
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|s| s.len() >= 2) {
        plural(&format!("{stem}y"));
    }
    if let Some(stem) = word
        .strip_suffix("es")
        .filter(|s| s.ends_with(['s', 'x', 'z', 'o']) || s.ends_with("ch") || s.ends_with("sh"))
    {
        plural(stem);
    }
    for (suffix, verb) in [("ing", VerbForm::Gerund), ("ed", VerbForm::Past)] {
        let Some(stem) = word
            .strip_suffix(suffix)
            .filter(|s| s.chars().any(|c| "aeiouy".contains(c)))
        else {
            continue;
        };
        if stem.len() < 2 {
            continue;
        }
        let mut form = |lemma: &str| take(lemma, Pos::Verb, None, Some(verb));
        form(stem);
        form(&format!("{stem}e"));
        let mut tail = stem.chars().rev();
        if let (Some(last), Some(before)) = (tail.next(), tail.next())
            && last == before
            && !"aeiou".contains(last)
        {
            form(stem.strip_suffix(last).unwrap_or(stem));
        }
        if suffix == "ed"
            && let Some(stem) = stem.strip_suffix('i')
        {
            form(&format!("{stem}y"));
        }
    }
}

/// The regular or irregular plural of a noun.
#[must_use]
pub fn plural(noun: &str) -> String {
    if let Some(&(plural, _)) = IRREGULAR_NOUNS
        .iter()
        .find(|&&(_, singular)| singular == noun)
    {
        return plural.to_owned();
    }
    if let Some(stem) = noun
        .strip_suffix('y')
        .filter(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u']))
    {
        return format!("{stem}ies");
    }
    if noun.ends_with(['s', 'x', 'z']) || noun.ends_with("ch") || noun.ends_with("sh") {
        return format!("{noun}es");
    }
    format!("{noun}s")
}

/// Form, lemma, what form it is; in order of the forms. Only verbs that household speech uses.
const IRREGULAR_VERBS: &[(&str, &str, VerbForm)] = &[
    ("am", "be", VerbForm::FirstPerson),
    ("are", "be", VerbForm::SecondPerson),
    ("ate", "eat", VerbForm::Past),
    ("bought", "buy", VerbForm::Past),
    ("brought", "bring", VerbForm::Past),
    ("built", "build", VerbForm::Past),
    ("came", "come", VerbForm::Past),
    ("did", "do", VerbForm::Past),
    ("does", "do", VerbForm::ThirdPerson),
    ("done", "do", VerbForm::Participle),
    ("drank", "drink", VerbForm::Past),
    ("drove", "drive", VerbForm::Past),
    ("fed", "feed", VerbForm::Past),
    ("forgot", "forget", VerbForm::Past),
    ("gave", "give", VerbForm::Past),
    ("goes", "go", VerbForm::ThirdPerson),
    ("gone", "go", VerbForm::Participle),
    ("got", "get", VerbForm::Past),
    ("gotten", "get", VerbForm::Participle),
    ("had", "have", VerbForm::Past),
    ("has", "have", VerbForm::ThirdPerson),
    ("hung", "hang", VerbForm::Past),
    ("is", "be", VerbForm::ThirdPerson),
    ("left", "leave", VerbForm::Past),
    ("lent", "lend", VerbForm::Past),
    ("made", "make", VerbForm::Past),
    ("met", "meet", VerbForm::Past),
    ("paid", "pay", VerbForm::Past),
    ("ran", "run", VerbForm::Past),
    ("running", "run", VerbForm::Gerund),
    ("said", "say", VerbForm::Past),
    ("sent", "send", VerbForm::Past),
    ("sold", "sell", VerbForm::Past),
    ("swept", "sweep", VerbForm::Past),
    ("taken", "take", VerbForm::Participle),
    ("threw", "throw", VerbForm::Past),
    ("thrown", "throw", VerbForm::Participle),
    ("told", "tell", VerbForm::Past),
    ("took", "take", VerbForm::Past),
    ("was", "be", VerbForm::Past),
    ("went", "go", VerbForm::Past),
    ("were", "be", VerbForm::Past),
    ("wrote", "write", VerbForm::Past),
];

/// Plural, singular; in order of the plurals.
const IRREGULAR_NOUNS: &[(&str, &str)] = &[
    ("calves", "calf"),
    ("children", "child"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("halves", "half"),
    ("kids", "kid"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("loaves", "loaf"),
    ("men", "man"),
    ("mice", "mouse"),
    ("people", "person"),
    ("potatoes", "potato"),
    ("scarves", "scarf"),
    ("shelves", "shelf"),
    ("teeth", "tooth"),
    ("tomatoes", "tomato"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_the_order_they_are_searched_in() {
        assert!(IRREGULAR_VERBS.is_sorted_by_key(|&(form, ..)| form));
        assert!(IRREGULAR_NOUNS.is_sorted_by_key(|&(plural, _)| plural));
    }
}
