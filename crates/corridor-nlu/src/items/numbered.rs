//! Numbers that name: «А5», "WD-40", "60 watt bulb", «3 в 1», "7 Up", "2% milk".

use super::Reader;
use crate::amount::Amount;
use crate::token::TokenKind;

/// Letters and digits of a code at most («5W40», «CR2032», "6x1.5").
const LONGEST_CODE: usize = 8;

impl Reader<'_, '_> {
    /// Where what begins with a number or code at `at` and belongs to a name ends.
    pub(crate) fn numbered_end(&self, at: usize) -> Option<usize> {
        self.code_end(at)
            .or_else(|| self.known_by_number(at))
            .or_else(|| self.rated_noun(at))
            .or_else(|| self.n_in_one(at))
    }

    /// "E27", «5w40», «А4», "WD-40", "2-ply": letters and digits without a space between them name a model, unless they are an amount
    /// («250мл», "x2", "12-pack").
    pub(crate) fn code_end(&self, at: usize) -> Option<usize> {
        let token = self.view.token(at)?;
        if token.kind == TokenKind::Symbol {
            return None;
        }
        let mut end = at + 1;
        let mut last = token.kind;
        let mut mixed = false;
        while end < at + LONGEST_CODE
            && let Some(next) = self.view.token(end).filter(|next| next.glued)
        {
            match next.kind {
                TokenKind::Symbol => {
                    let joined = next.is("-")
                        && self.view.token(end + 1).is_some_and(|after| {
                            after.glued && after.kind != TokenKind::Symbol && after.kind != last
                        });
                    if !joined {
                        break;
                    }
                }
                kind => {
                    mixed |= kind != last;
                    last = kind;
                }
            }
            end += 1;
        }
        if !mixed || self.is_amount_code(at, end) {
            return None;
        }
        Some(end)
    }

    /// "x2", "2x", "3x400g", «2шт», "12-pack": how much, in letters and digits.
    fn is_amount_code(&self, at: usize, end: usize) -> bool {
        let times = |at: usize| matches!(self.norm(at), "x" | "х");
        let number = |at: usize| {
            self.view
                .token(at)
                .is_some_and(|token| token.kind == TokenKind::Number)
        };
        let unit = |at: usize| {
            self.view.word(at).is_some_and(|word| {
                self.engine
                    .pack
                    .units
                    .find(self.language, &word.norm, &word.readings)
                    .is_some()
            })
        };
        if times(at) {
            return number(at + 1);
        }
        if !number(at) {
            return false;
        }
        // "16x25x1 [filters]", "2x4s": dimensions.
        let dimensions = end == at + 5 && times(at + 1) && times(at + 3) && number(at + 4);
        let plural = end == at + 4 && times(at + 1) && number(at + 2) && self.norm(at + 3) == "s";
        if dimensions || plural {
            return false;
        }
        // «дюбели 6х40» have a size; "2x400g" are two of something.
        (times(at + 1) && !(number(at + 2) && end == at + 3 && !unit(at + 3)))
            || (unit(at + 1) && (end == at + 2 || number(at + 2)))
            || (self.norm(at + 1) == "-" && unit(at + 2))
            || (end == at + 2
                && !self.is_rating(at + 1)
                && !self.is_model_letter(at + 1)
                && self.known_by_number(at).is_none())
    }

    /// "HP 85A": a capital that no unit has.
    fn is_model_letter(&self, at: usize) -> bool {
        self.view.token(at).is_some_and(|token| {
            let mut letters = token.text.chars();
            letters
                .next()
                .is_some_and(|letter| matches!(letter, 'A'..='F' | 'X'))
                && letters.next().is_none()
        })
    }

    fn is_rating(&self, at: usize) -> bool {
        self.is_known(at, self.engine.pack.known.items.rating)
    }

    /// "7 Up", «7up»: a good that is called by a number.
    fn known_by_number(&self, at: usize) -> Option<usize> {
        let (number, word) = (self.view.token(at)?, self.view.token(at + 1)?);
        if number.kind != TokenKind::Number || word.kind != TokenKind::Word {
            return None;
        }
        let joined = format!("{}{}", number.norm, word.norm);
        self.engine.pack.lexicon.has_good(&joined).then_some(at + 2)
    }

    /// "60 watt [bulb]", "two ply [paper]", "2% [milk]", "00 [flour]": what the number measures tells the good apart.
    fn rated_noun(&self, at: usize) -> Option<usize> {
        if self.is_grade(at) {
            return self.has_noun_at(at + 1).then_some(at + 1);
        }
        // "80/20 [beef]"
        let token = self.view.token(at)?;
        if token.kind == TokenKind::Number
            && token.norm.contains('/')
            && self.view.word(at)?.number.is_none()
        {
            return Some(at + 1);
        }
        let numeral = self.view.word(at)?.number.as_ref()?;
        let mut unit = at + numeral.len;
        if self.norm(unit) == "-" {
            unit += 1;
        }
        let latin = self
            .view
            .word(unit + 1)
            .is_some_and(|word| word.readings.iter().all(|r| r.case.is_none()));
        let noun = latin && self.has_noun_at(unit + 1) && self.norm(unit + 1) != "of";
        if !noun {
            return None;
        }
        (self.norm(unit) == "%" || self.is_rating(unit) || self.measures_noun(at, unit))
            .then_some(unit + 1)
    }

    /// "00 [flour]"
    pub(crate) fn is_grade(&self, at: usize) -> bool {
        let norm = self.norm(at);
        norm.len() > 1 && norm.bytes().all(|byte| byte == b'0')
    }

    /// "a 10 litre bucket", "6 inch nails": a measure in the singular behind more than one describes the noun behind it.
    fn measures_noun(&self, at: usize, unit: usize) -> bool {
        let Some(word) = self.view.word(unit) else {
            return false;
        };
        let found = self
            .engine
            .pack
            .units
            .find(self.language, &word.norm, &word.readings);
        let several = self
            .view
            .word(at)
            .and_then(|word| word.number.as_ref())
            .is_some_and(|numeral| numeral.amount > Amount::ONE);
        let Some(found) = found.filter(|found| found.kind == crate::pack::UnitKind::Measure) else {
            return false;
        };
        // Abbreviations and plurals measure: "2 lb beef", "2 pounds beef".
        let described = several && word.norm != found.write.as_str()
            || matches!(found.write.as_str(), "inch" | "foot" | "gallon" | "quart");
        let full = word.norm.len() > 3 && !word.norm.ends_with('s');
        let article = at > 0 && matches!(self.norm(at - 1), "a" | "an");
        let long = matches!(found.write.as_str(), "inch" | "foot" | "cm" | "mm");
        let holds = self.view.word(unit + 1).is_some_and(|next| {
            self.engine
                .pack
                .units
                .find(self.language, &next.norm, &next.readings)
                .is_some()
        });
        if self.norm(unit + 2) == "of" {
            return false;
        }
        if holds {
            return described && full && !self.has_noun_at(unit + 2);
        }
        (article || long) && described && full
    }

    /// "3 in 1", «2 в 1».
    pub(crate) fn n_in_one(&self, at: usize) -> Option<usize> {
        let number = |at: usize| {
            let word = self.view.word(at)?;
            word.number.as_ref()?.amount.as_integer()
        };
        let inside = |at: usize| matches!(self.norm(at), "in" | "в");
        let hyphen = |at: usize| usize::from(self.norm(at) == "-");
        number(at).filter(|n| (2..20).contains(n))?;
        let preposition = at + 1 + hyphen(at + 1);
        let one = preposition + 1 + hyphen(preposition + 1);
        (inside(preposition) && number(one) == Some(1)).then_some(one + 1)
    }

    /// «3 в 1», «60 Вт» of which «в 1» and «Вт» were taken for a time or a day and out of the view.
    pub(crate) fn unseen_rating(&self, at: usize) -> Option<(String, usize)> {
        let first = *self.view.at.get(at)?;
        let (number, unit) = (
            self.view.utterance.tokens.get(first)?,
            self.view.utterance.tokens.get(first + 1)?,
        );
        if number.kind == TokenKind::Number
            && self.view.at.get(at + 1) != Some(&(first + 1))
            && self
                .view
                .utterance
                .has(first + 1, self.engine.pack.known.items.rating)
        {
            return Some((format!("{} {}", number.text, unit.text), at + 1));
        }
        let [number, inside, one] = self.view.utterance.tokens.get(first..first + 3)? else {
            return None;
        };
        let seen = self.view.at.get(at + 1) == Some(&(first + 1));
        if seen
            || number.kind != TokenKind::Number
            || !matches!(inside.norm.as_str(), "в" | "in")
            || !one.is("1")
        {
            return None;
        }
        let space = if inside.glued { "" } else { " " };
        let said = format!("{}{space}{}{space}{}", number.text, inside.text, one.text);
        Some((said, at + self.view.covered(at, 3)))
    }

    /// What a number names behind a noun: «трубу [20 мм]», «шампунь [2 в 1]», «размер 4», «48 листов», "size 4".
    pub(crate) fn number_behind(&self, at: usize) -> Option<usize> {
        if let Some(end) = self.n_in_one(at).or_else(|| self.numbered_word(at)) {
            return Some(end);
        }
        if self.view.token(at)?.norm.contains('/') && self.view.word(at)?.number.is_none() {
            return self.rated_noun(at);
        }
        let numeral = self.view.word(at)?.number.as_ref()?;
        let unit = at + numeral.len;
        self.is_rating(unit).then_some(unit + 1)
    }

    /// "size 4", «№ 5», "spf 30".
    pub(crate) fn numbered_word(&self, at: usize) -> Option<usize> {
        if !self.is_known(at, self.engine.pack.known.items.numbered) && self.norm(at) != "№" {
            return None;
        }
        let numeral = self.view.word(at + 1)?.number.as_ref()?;
        let end = at + 1 + numeral.len;
        // "size 4 [bags]" goes on, "type 2 kg" does not.
        Some(end)
    }
}
