//! The engine: a checked pack, the morphologies and the names, ready to understand.

use std::sync::Arc;

use crate::evidence::Weights;
use crate::language::Language;
use crate::languages::en::morphology::EnglishMorphology;
use crate::languages::en::noun_classes::{self, NounClass};
use crate::languages::en::vocabulary;
use crate::languages::ru::accusative::accusative;
use crate::languages::ru::diminutives::Diminutives;
use crate::languages::ru::morphology::RussianMorphology;
use crate::memo::Memo;
use crate::morph::{Form, Morphology, Reading};
use crate::names::Names;
use crate::pack::{
    self, ExpectationOutcome, ExpectationReport, Pack, PackFiles, PackProblem, PackProblems,
};
use crate::utterance::Word;

/// Understands utterances by one pack. Costly to make (tens of milliseconds), cheap to share.
pub struct Engine {
    pub(crate) pack: Pack,
    pub(crate) russian: Arc<dyn Morphology>,
    pub(crate) english: Arc<dyn Morphology>,
    pub(crate) names: Names,
    pub(crate) diminutives: Diminutives,
    pub(crate) memo: Memo,
}

impl Engine {
    /// The engine with the household pack that is part of the program.
    ///
    /// # Errors
    /// Problems of the embedded data; none in a released program.
    pub fn embedded() -> Result<Self, PackProblems> {
        Self::from_pack(&PackFiles::household())
    }

    /// The engine with another pack.
    ///
    /// # Errors
    /// Everything wrong with the pack, with file, line and key.
    pub fn from_pack(files: &PackFiles) -> Result<Self, PackProblems> {
        let russian: Arc<dyn Morphology> =
            Arc::new(RussianMorphology::embedded().map_err(dictionary_problem)?);
        let english: Arc<dyn Morphology> = Arc::new(EnglishMorphology);
        let pack = pack::load(files, |language| match language {
            Language::Ru => Arc::clone(&russian),
            Language::En => Arc::clone(&english),
        })?;
        Ok(Self {
            pack,
            russian,
            english,
            names: Names::embedded(),
            diminutives: Diminutives::embedded(),
            memo: Memo::default(),
        })
    }

    /// Name and version of the pack (`household@1.0.0`).
    #[must_use]
    pub fn pack_version(&self) -> &str {
        &self.pack.version
    }

    /// The pack's confidence below which nothing is executed.
    #[must_use]
    pub fn execute_threshold(&self) -> f64 {
        self.pack.execute_threshold
    }

    /// The same with another confidence below which nothing is executed: 0 to see what a threshold has to choose from.
    #[must_use]
    pub fn with_execute_threshold(mut self, threshold: f64) -> Self {
        self.pack.execute_threshold = threshold;
        self
    }

    /// What each feature of a reading says of how likely it is right.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.pack.weights
    }

    /// The word of a Russian reading in another form, or `None` where it has none.
    pub(crate) fn inflect(&self, reading: &Reading, form: Form) -> Option<String> {
        self.memo
            .form(reading, form, || self.russian.inflect(reading, form))
    }

    /// A message of the pack to people.
    #[must_use]
    pub fn message(&self, language: Language, key: &str) -> Option<&str> {
        self.pack.message(language, key)
    }

    /// The name of a thing as what a verb acts on («груша» to «грушу»).
    #[must_use]
    pub fn as_object(&self, name: &str) -> String {
        accusative(name, self.russian.as_ref())
    }

    /// Runs the pack's expectations for its sample household.
    ///
    /// # Errors
    /// Everything wrong with the files of expectations.
    pub fn run_expectations(&self) -> Result<ExpectationReport, PackProblems> {
        let expectations = self.pack.expectations()?;
        let outcomes = expectations
            .into_iter()
            .map(|expected| {
                let got = crate::sample::understand(self, &expected.say);
                ExpectationOutcome {
                    unknown_goods: crate::sample::unknown_goods(self, &expected, &got),
                    got,
                    expected,
                }
            })
            .collect();
        Ok(ExpectationReport { outcomes })
    }

    /// Whether an English lemma is a verb of the pack.
    pub(crate) fn is_verb(&self, lemma: &str) -> bool {
        self.pack.lexicon.in_class(lemma, self.pack.known.verb)
    }

    /// Whether an English noun that the pack does not know may be something that people buy.
    pub(crate) fn is_a_thing(&self, noun: &str) -> bool {
        let lemmas = self.english.read(noun);
        let known = lemmas
            .iter()
            .map(|reading| reading.lemma.as_str())
            .chain([noun]);
        known.filter_map(noun_classes::class_of).next() != Some(NounClass::Abstract)
    }

    /// Whether the commonest sense of an English noun is a thing.
    pub(crate) fn is_certainly_a_thing(&self, noun: &str) -> bool {
        noun_classes::class_of(noun) == Some(NounClass::Thing)
    }

    /// Whether the list of English words has this very form.
    pub(crate) fn is_exact_english_word(&self, norm: &str) -> bool {
        vocabulary::contains(norm)
    }

    /// Whether a Latin word is one that people write, rather than a slip.
    pub(crate) fn is_english_word(&self, word: &Word) -> bool {
        // The list has the forms of verbs; what it lacks of them is chance ("bra" in "braed").
        vocabulary::contains(&word.norm)
            || word
                .readings
                .iter()
                .any(|reading| reading.is_nominal() && vocabulary::contains(&reading.lemma))
    }
}

fn dictionary_problem(message: String) -> PackProblems {
    let mut problems = PackProblems::default();
    problems.push(PackProblem {
        file: "ru.dict".to_owned(),
        line: None,
        key: None,
        message,
        hint: Some("the embedded dictionary is damaged; build the program again".to_owned()),
    });
    problems
}
