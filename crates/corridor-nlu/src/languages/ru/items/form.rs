//! Dictionary form: the noun in the nominative and in the number a list shows, its adjectives agreeing.

use super::Phrase;
use crate::amount::Amount;
use crate::items::Reader;
use crate::items::amount::Measured;
use crate::morph::{Form, Gender, Number};
use crate::pack::{Good, GoodNumber, plain};
use crate::token::Script;

impl Reader<'_, '_> {
    pub(crate) fn number(
        &self,
        phrase: &Phrase<'_>,
        good: Option<&Good>,
        measured: Option<&Measured>,
    ) -> Number {
        let said = phrase.reading.number.unwrap_or(Number::Singular);
        let counted = measured
            .filter(|m| m.counts_things())
            .and_then(|m| m.number);
        match (good.map(|good| good.number), counted) {
            (Some(GoodNumber::Mass), _) if phrase.only_plural => Number::Plural,
            (Some(GoodNumber::Mass), _) => Number::Singular,
            // «витамин Д3»: one is said of what is mostly said of many.
            (Some(GoodNumber::Plural), None)
                if said == Number::Singular && phrase.reading.share > 0.3 =>
            {
                Number::Singular
            }
            (Some(GoodNumber::Plural), _) => Number::Plural,
            (_, Some(count)) if count == Amount::ONE => Number::Singular,
            (_, Some(count)) if count > Amount::ONE => Number::Plural,
            _ => said,
        }
    }

    /// The noun in the nominative, and the gender its adjectives take.
    pub(crate) fn head(
        &self,
        phrase: &Phrase<'_>,
        good: Option<&Good>,
        number: Number,
    ) -> (String, Option<Gender>) {
        let reading = phrase.reading;
        if let Some(base) = self.engine.diminutives.base(&reading.lemma) {
            let base_readings = self.engine.russian.read(&plain(base));
            if let Some(own) = base_readings.iter().find(|r| r.is_nominal()) {
                let number = match self
                    .engine
                    .pack
                    .lexicon
                    .good_named(base)
                    .map(|good| good.number)
                {
                    Some(GoodNumber::Mass) => Number::Singular,
                    Some(GoodNumber::Plural) => Number::Plural,
                    _ => number,
                };
                let word = self.engine.inflect(own, Form::Nominative(number, None));
                return (word.unwrap_or_else(|| base.to_owned()), own.gender);
            }
            return (base.to_owned(), None);
        }
        // Goods that are always plural keep the pack's own word where it is the noun alone.
        if let Some(good) = good
            && good.number != GoodNumber::Count
            && ((good.number == GoodNumber::Plural) == (number == Number::Plural))
            && !good.name.contains(' ')
            && phrase.head_end == phrase.head + 1
        {
            return (good.name.clone(), reading.gender);
        }
        let word = self.engine.inflect(reading, Form::Nominative(number, None));
        let said = self.view.token(phrase.head);
        let mut word =
            word.unwrap_or_else(|| said.map(|t| t.text.to_lowercase()).unwrap_or_default());
        if said.is_some_and(|t| {
            t.text.chars().skip(1).any(char::is_uppercase) && t.text.chars().any(char::is_lowercase)
        }) {
            word = said.map(|t| t.text.clone()).unwrap_or(word);
        }
        (word, reading.gender)
    }

    /// An adjective in the nominative, agreeing.
    pub(crate) fn attribute(&self, at: usize, number: Number, gender: Option<Gender>) -> String {
        let Some(word) = self.view.word(at) else {
            return String::new();
        };
        word.readings
            .iter()
            .find(|reading| reading.is_attribute())
            .and_then(|reading| {
                self.engine
                    .inflect(reading, Form::Nominative(number, gender))
            })
            .unwrap_or_else(|| match self.view.token(at).filter(|_| !word.repaired) {
                Some(token) => token.text.to_lowercase(),
                None => word.norm.clone(),
            })
    }

    /// The name of a noun with another adjective in front: «красный [перец]».
    pub(crate) fn with_attribute(&self, at: usize, name: &str) -> Option<String> {
        let noun = name.rsplit(' ').next()?;
        if self
            .view
            .token(at)
            .is_some_and(|token| token.script != Script::Cyrillic)
        {
            return Some(format!("{} {noun}", self.view.word(at)?.norm));
        }
        let reading = self
            .engine
            .russian
            .read(&plain(noun))
            .into_iter()
            .find(|r| r.is_nominal())?;
        let attribute = self.attribute(
            at,
            reading.number.unwrap_or(Number::Singular),
            reading.gender,
        );
        Some(format!("{attribute} {noun}"))
    }
}
