//! Russian morphology over the ruMorph dictionary (OpenCorpora and Wiktionary words, CC BY-SA 4.0).

use rumorph::{Analysis, Dictionary, Entry, Source};

use crate::morph::{Case, Form, Gender, Morphology, Number, Pos, Reading, VerbForm};

/// Forms that two words share, with the one that people mean.
const MEANT: [(&str, &str); 2] = [("дне", "день"), ("дню", "день")];

/// The dictionary with its tags decoded once.
pub struct RussianMorphology {
    dictionary: Dictionary,
    /// Grammatical features by the dictionary's tag number.
    tags: Vec<Features>,
}

#[derive(Clone, Copy)]
struct Features {
    pos: Pos,
    case: Option<Case>,
    number: Option<Number>,
    gender: Option<Gender>,
    animate: bool,
    verb: Option<VerbForm>,
}

impl RussianMorphology {
    /// Opens the embedded dictionary (a few milliseconds: the data is checked, not copied).
    ///
    /// # Errors
    /// The dictionary's own error text, where the embedded data is damaged.
    pub fn embedded() -> Result<Self, String> {
        let dictionary = Dictionary::bundled().map_err(|error| error.to_string())?;
        let tags = dictionary
            .ud_tags()
            .map(|tag| Features {
                pos: pos(tag.pos(), tag.feat("PronType")),
                case: tag.feat("Case").and_then(case),
                number: match tag.feat("Number") {
                    Some("Sing") => Some(Number::Singular),
                    Some("Plur") => Some(Number::Plural),
                    _ => None,
                },
                gender: match tag.feat("Gender") {
                    Some("Masc") => Some(Gender::Masculine),
                    Some("Fem") => Some(Gender::Feminine),
                    Some("Neut") => Some(Gender::Neuter),
                    _ => None,
                },
                animate: tag.feat("Animacy") == Some("Anim"),
                verb: verb_form(
                    tag.pos(),
                    tag.feat("VerbForm"),
                    tag.feat("Mood"),
                    tag.feat("Tense"),
                    tag.feat("Person"),
                ),
            })
            .collect();
        Ok(Self { dictionary, tags })
    }

    fn analysis(&self, reading: &Reading) -> Option<Analysis> {
        let (table, form) = reading.entry?;
        let source = if reading.known {
            Source::Dictionary
        } else {
            Source::Guess
        };
        self.dictionary
            .analysis(&reading.form, Entry { table, form }, source)
    }
}

impl Morphology for RussianMorphology {
    fn read(&self, word: &str) -> Vec<Reading> {
        let analyses = self.dictionary.analyze(word);
        let meant = MEANT
            .iter()
            .find(|(form, _)| *form == word)
            .map(|(_, lemma)| *lemma);
        let mut readings = Vec::with_capacity(analyses.len());
        for analysis in analyses {
            let Some(features) = self.tags.get(usize::from(analysis.ud)) else {
                continue;
            };
            if meant.is_some_and(|meant| meant != analysis.lemma) {
                continue;
            }
            readings.push(Reading {
                lemma: analysis.lemma,
                pos: features.pos,
                case: features.case,
                number: features.number,
                gender: features.gender,
                animate: features.animate,
                verb: features.verb,
                #[allow(clippy::cast_possible_truncation)]
                share: analysis.prob as f32,
                known: analysis.source == Source::Dictionary,
                entry: analysis.entry.map(|entry| (entry.table, entry.form)),
                form: analysis.word,
            });
        }
        readings
    }

    fn inflect(&self, reading: &Reading, form: Form) -> Option<String> {
        let analysis = self.analysis(reading)?;
        let inflected = match form {
            Form::Infinitive => self.dictionary.inflect(&analysis, &[("VerbForm", "Inf")]),
            Form::FeminineAccusative if reading.is_attribute() => self.dictionary.inflect(
                &analysis,
                &[("Case", "Acc"), ("Number", "Sing"), ("Gender", "Fem")],
            ),
            Form::FeminineAccusative => self
                .dictionary
                .inflect(&analysis, &[("Case", "Acc"), ("Number", "Sing")]),
            Form::Nominative(number, gender) => {
                let number = match number {
                    Number::Singular => "Sing",
                    Number::Plural => "Plur",
                };
                let gender = match gender {
                    Some(Gender::Masculine) => Some("Masc"),
                    Some(Gender::Feminine) => Some("Fem"),
                    Some(Gender::Neuter) => Some("Neut"),
                    None => None,
                };
                match gender {
                    Some(gender) if number == "Sing" && reading.is_attribute() => {
                        self.dictionary.inflect(
                            &analysis,
                            &[("Case", "Nom"), ("Number", number), ("Gender", gender)],
                        )
                    }
                    _ => self
                        .dictionary
                        .inflect(&analysis, &[("Case", "Nom"), ("Number", number)]),
                }
            }
        };
        inflected.map(|analysis| match analysis.word.as_str() {
            // «цветки» are parts of plants; what people buy and water are «цветы».
            "цветки" => "цветы".to_owned(),
            _ => analysis.word,
        })
    }

    fn knows(&self, word: &str) -> bool {
        self.dictionary.is_known(word)
    }
}

fn pos(tag: &str, pron_type: Option<&str>) -> Pos {
    match tag {
        "NOUN" => Pos::Noun,
        "PROPN" => Pos::ProperNoun,
        "ADJ" => Pos::Adjective,
        "VERB" | "AUX" => Pos::Verb,
        "PRON" => Pos::Pronoun,
        "DET" => Pos::Determiner,
        "NUM" => Pos::Numeral,
        "ADV" if pron_type.is_some() => Pos::Function,
        "ADV" => Pos::Adverb,
        "ADP" => Pos::Preposition,
        _ => Pos::Function,
    }
}

fn case(name: &str) -> Option<Case> {
    Some(match name {
        "Nom" => Case::Nominative,
        "Gen" => Case::Genitive,
        "Dat" => Case::Dative,
        "Acc" => Case::Accusative,
        "Ins" => Case::Instrumental,
        "Loc" => Case::Locative,
        "Par" => Case::Partitive,
        "Voc" => Case::Vocative,
        _ => return None,
    })
}

fn verb_form(
    pos: &str,
    form: Option<&str>,
    mood: Option<&str>,
    tense: Option<&str>,
    person: Option<&str>,
) -> Option<VerbForm> {
    if !matches!(pos, "VERB" | "AUX") {
        return None;
    }
    Some(match (form, mood, tense, person) {
        (Some("Inf"), ..) => VerbForm::Infinitive,
        (Some("Part"), ..) => VerbForm::Participle,
        (Some("Conv"), ..) => VerbForm::Gerund,
        (_, Some("Imp"), ..) => VerbForm::Imperative,
        (_, _, Some("Past"), _) => VerbForm::Past,
        (.., Some("1")) => VerbForm::FirstPerson,
        (.., Some("2")) => VerbForm::SecondPerson,
        _ => VerbForm::ThirdPerson,
    })
}

/// «посвежее», «побыстрее»: a comparative with «по», which names nothing.
pub(crate) fn is_softened_comparative(norm: &str, readings: &[crate::morph::Reading]) -> bool {
    let long = norm.chars().count() > 6;
    let ends = ["ее", "ей", "ше", "че", "же", "ще", "ле"]
        .iter()
        .any(|ending| norm.ends_with(ending));
    long && ends
        && norm.starts_with("по")
        && !readings.is_empty()
        && readings.iter().all(|r| r.case.is_none() || !r.known)
}
