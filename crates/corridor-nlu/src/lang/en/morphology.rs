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
        let word = word.strip_suffix("'s").unwrap_or(word);
        for &(form, lemma, verb) in IRREGULAR_VERBS {
            if form == word {
                readings.push(reading(lemma, Pos::Verb, None, Some(verb)));
            }
        }
        for &(plural, singular) in IRREGULAR_NOUNS {
            if plural == word {
                readings.push(reading(singular, Pos::Noun, Some(Number::Plural), None));
            }
        }
        let irregular = !readings.is_empty();
        readings.push(reading(
            word,
            Pos::Noun,
            Some(Number::Singular),
            Some(VerbForm::Base),
        ));
        if !irregular {
            suffixes(word, &mut readings);
        }
        readings
    }

    fn inflect(&self, reading: &Reading, form: Form) -> Option<String> {
        match form {
            Form::Infinitive | Form::Nominative(Number::Singular, _) => Some(reading.lemma.clone()),
            Form::Nominative(Number::Plural, _) => Some(plural(&reading.lemma)),
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

/// Regular endings: -s, -ing, -ed, each undone in every way English spelling allows.
fn suffixes(word: &str, out: &mut Vec<Reading>) {
    if let Some(stem) = word
        .strip_suffix("s")
        .filter(|s| s.len() >= 2 && !s.ends_with(['s', 'u', 'i']))
    {
        out.push(reading(
            stem,
            Pos::Noun,
            Some(Number::Plural),
            Some(VerbForm::ThirdPerson),
        ));
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|s| s.len() >= 2) {
        out.push(reading(
            &format!("{stem}y"),
            Pos::Noun,
            Some(Number::Plural),
            Some(VerbForm::ThirdPerson),
        ));
    }
    if let Some(stem) = word
        .strip_suffix("es")
        .filter(|s| s.ends_with(['s', 'x', 'z', 'o']) || s.ends_with("ch") || s.ends_with("sh"))
    {
        out.push(reading(
            stem,
            Pos::Noun,
            Some(Number::Plural),
            Some(VerbForm::ThirdPerson),
        ));
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
        out.push(reading(stem, Pos::Verb, None, Some(verb)));
        out.push(reading(&format!("{stem}e"), Pos::Verb, None, Some(verb)));
        let mut tail = stem.chars().rev();
        if let (Some(last), Some(before)) = (tail.next(), tail.next())
            && last == before
            && !"aeiou".contains(last)
        {
            let undoubled = stem.strip_suffix(last).unwrap_or(stem);
            out.push(reading(undoubled, Pos::Verb, None, Some(verb)));
        }
        if suffix == "ed"
            && let Some(stem) = stem.strip_suffix('i')
        {
            out.push(reading(&format!("{stem}y"), Pos::Verb, None, Some(verb)));
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

/// Form, lemma, what form it is. Only verbs that household speech uses.
const IRREGULAR_VERBS: &[(&str, &str, VerbForm)] = &[
    ("am", "be", VerbForm::FirstPerson),
    ("are", "be", VerbForm::SecondPerson),
    ("bought", "buy", VerbForm::Past),
    ("brought", "bring", VerbForm::Past),
    ("built", "build", VerbForm::Past),
    ("came", "come", VerbForm::Past),
    ("did", "do", VerbForm::Past),
    ("does", "do", VerbForm::ThirdPerson),
    ("done", "do", VerbForm::Participle),
    ("drank", "drink", VerbForm::Past),
    ("drove", "drive", VerbForm::Past),
    ("ate", "eat", VerbForm::Past),
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
    ("took", "take", VerbForm::Past),
    ("told", "tell", VerbForm::Past),
    ("thrown", "throw", VerbForm::Participle),
    ("threw", "throw", VerbForm::Past),
    ("was", "be", VerbForm::Past),
    ("went", "go", VerbForm::Past),
    ("were", "be", VerbForm::Past),
    ("wrote", "write", VerbForm::Past),
];

/// Plural, singular.
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
