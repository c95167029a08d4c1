//! Adjectives in front of a noun.

use crate::items::Reader;
use crate::languages::ru::numbers::half_prefix;
use crate::morph::{Pos, Reading};

impl Reader<'_, '_> {
    /// Adjectives and participles before the noun.
    pub(crate) fn leading_attributes(&self, start: usize) -> Vec<usize> {
        let mut at = start;
        let mut all = Vec::new();
        while let Some(word) = self.view.word(at) {
            let attribute = word.number.is_none()
                && word.readings.iter().any(|r| {
                    // A short adjective («скисло») says something, it names nothing.
                    let full = r.is_attribute() && r.case.is_some();
                    full && r.pos != Pos::Determiner && r.share > 0.1
                });
            let noun = word
                .readings
                .iter()
                .any(|r| r.is_nominal() && r.share > 0.3);
            let good_alone = word.good.is_some_and(|(_, len)| len == 1) && !self.noun_agrees(at);
            if !attribute || good_alone || (noun && !self.noun_agrees(at)) || self.is_separator(at)
            {
                break;
            }
            all.push(at);
            at += 1;
        }
        all
    }

    /// Whether the word after `at` is a noun (or further adjective) that the word at `at` agrees with as an adjective.
    pub(crate) fn noun_agrees(&self, at: usize) -> bool {
        let (Some(word), Some(next)) = (self.view.word(at), self.view.word(at + 1)) else {
            return false;
        };
        // «перца [чёрного молотого]»: adjectives alone lead no noun.
        if !next.readings.iter().any(Reading::is_nominal) && !self.noun_agrees(at + 1) {
            return false;
        }
        // «сала копчёного [полкило]»
        let half = half_prefix(&next.norm).is_some();
        let counted = next.number.is_some()
            || half
            || self
                .engine
                .pack
                .units
                .find(self.language, &next.norm, &next.readings)
                .is_some();
        !self.is_separator(at + 1)
            && !counted
            && word.readings.iter().filter(|r| r.is_attribute()).any(|a| {
                next.readings
                    .iter()
                    .any(|n| (n.is_nominal() || n.is_attribute()) && a.agrees_with(n))
            })
    }
}
