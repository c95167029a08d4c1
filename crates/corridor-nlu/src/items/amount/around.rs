//! What stands around an amount: limits before it, the noun it governs, the size behind it.

use super::{MOST_ATTRIBUTES, Measured, Scale};
use crate::amount::Amount;
use crate::morph::{Case, Reading};
use crate::pack::{Unit, UnitKind};
use crate::phrase::Forms;
use crate::token::TokenKind;
use crate::utterance::Word;

impl<'r> Scale<'r, '_> {
    /// Whether the words at `at` are in the genitive and hold a noun: «сливочного масла», not «нарезной и».
    pub(super) fn governs_at(self, at: usize) -> bool {
        let genitive = |word: &Word, nominal: bool| {
            word.readings.iter().any(|r| {
                matches!(r.case, Some(Case::Genitive | Case::Partitive))
                    && if nominal {
                        r.is_nominal()
                    } else {
                        r.is_attribute()
                    }
            })
        };
        for place in at..at + MOST_ATTRIBUTES {
            let Some(word) = self.view.word(place) else {
                return false;
            };
            if genitive(word, true) {
                return true;
            }
            if !genitive(word, false) {
                // A foreign name has no cases: «пачка хорошего Persil».
                return place > at
                    && self
                        .view
                        .token(place)
                        .is_some_and(|token| token.script == crate::token::Script::Latin);
            }
        }
        false
    }

    /// "a nice bottle of", «большую пачку масла»: what is said of a container is said of no good.
    pub(super) fn describes_unit(self, at: usize) -> bool {
        let Some(word) = self.view.word(at) else {
            return false;
        };
        let Some((unit, end)) = self.unit(at + 1) else {
            return false;
        };
        let measured = self.norm(end) == "of" || self.governs_at(end);
        let english = word.readings.iter().all(|reading| reading.case.is_none());
        let describes = if english {
            self.norm(end) == "of"
        } else {
            word.readings.iter().any(Reading::is_attribute)
        };
        unit.kind == UnitKind::Container
            && measured
            && describes
            && word.good.is_none()
            && !word.is(self.engine.pack.known.and)
            && self.unit(at).is_none()
            && self
                .view
                .token(at)
                .is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// "at least", «не больше»; «около» and a filler "like" say nothing.
    pub(super) fn skip_limits(self, start: usize) -> (usize, bool) {
        let known = &self.engine.pack.known;
        let mut at = start;
        let mut limited = false;
        while let Some(word) = self.view.word(at) {
            if let Some(len) = word.entry(known.items.limit, Forms::ANY) {
                at += self.view.covered(at, len);
                limited = true;
            } else if let Some(len) = word.entry(known.about, Forms::ANY) {
                at += self.view.covered(at, len);
            } else {
                break;
            }
        }
        if self.norm(at) == "like" && self.is_number(at + 1) {
            at += 1;
        }
        // «с десяток», «с килограмм»
        if self.norm(at) == "с" && self.is_whole_accusative(at + 1) {
            at += 1;
        }
        (at, limited)
    }

    /// A number said twice: "5 (five) lemons", "a dozen (12) eggs".
    pub(super) fn echo(self, at: usize, number: Amount) -> usize {
        if self.norm(at) == "("
            && let Some((again, end)) = self.number(at + 1)
            && again == number
            && self.norm(end) == ")"
        {
            end + 1
        } else {
            at
        }
    }

    pub(super) fn skip_of(self, at: usize) -> (usize, bool) {
        if self.norm(at) == "of" {
            (at + 1, true)
        } else {
            (at, false)
        }
    }

    pub(super) fn is_size(self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            word.readings.iter().any(Reading::is_attribute)
                || word.is(self.engine.pack.known.modifier)
        })
    }

    pub(super) fn finish(
        self,
        number: Option<Amount>,
        unit: Option<(&Unit, usize)>,
        end: usize,
        limited: bool,
    ) -> Measured {
        // «2 кг. картошки», "8 oz. prosciutto"
        let dotted = unit.is_some()
            && self
                .view
                .token(end)
                .is_some_and(|token| token.is(".") && token.glued)
            && self.view.token(end + 1).is_some();
        let (end, of) = self.skip_of(end + usize::from(dotted));
        Measured {
            quantity: if limited { None } else { number },
            unit: if limited {
                None
            } else {
                unit.map(|(unit, _)| unit.write.clone())
            },
            number,
            unit_at: unit.map(|(_, at)| at),
            end,
            of,
            each: false,
            size: None,
        }
    }

    /// A range: no quantity and no unit, but more than one.
    pub(super) fn unlimited(self, most: Amount, end: usize) -> Measured {
        let end = self.unit(end).map_or(end, |(_, end)| end);
        let (end, of) = self.skip_of(end);
        Measured {
            quantity: None,
            unit: None,
            number: Some(most),
            unit_at: None,
            end,
            of,
            each: false,
            size: None,
        }
    }
}
