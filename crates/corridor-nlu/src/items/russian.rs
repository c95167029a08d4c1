//! Russian noun phrases: put into dictionary form, adjectives agreeing and in front, complements as said.

use super::amount::{self, Measured};
use super::{Named, NoItems, Reader, name};
use crate::amount::Amount;
use crate::morph::{Case, Form, Gender, Number, Pos, Reading, VerbForm};
use crate::pack::{Good, GoodNumber, plain};
use crate::phrase::Forms;
use crate::token::{Script, TokenKind};
use crate::utterance::Word;

/// The head of a phrase and what agrees with it.
struct Phrase<'w> {
    /// Adjectives, in front or behind, by position.
    attributes: Vec<usize>,
    /// Position and chosen reading of the noun.
    head: usize,
    reading: &'w Reading,
    /// Where the noun itself ends (more than one word for a known good).
    head_end: usize,
    /// The noun can only be read as a plural.
    only_plural: bool,
}

impl<'u> Reader<'_, 'u> {
    pub(super) fn russian(
        &mut self,
        start: usize,
        measured: Option<&Measured>,
    ) -> Result<Option<Named>, NoItems> {
        let attributes = self.leading_attributes(start);
        let head = attributes.last().map_or(start, |last| last + 1);
        if self.drop_russian_modifier(start) {
            return Ok(None);
        }
        if self.forbidden(start) || self.forbidden(head) {
            return Err(NoItems::NotAnItem);
        }
        if let Some(good) = self
            .good_from(start, head)
            .filter(|good| good.brand)
            .cloned()
        {
            return Ok(Some(self.brand(start, &good)));
        }
        if self.is_separator(head) || self.view.word(head).is_none() {
            return self.adjective_alone(start, &attributes);
        }
        let Some(phrase) = self.phrase(start, attributes, head, measured) else {
            return self.foreign_or_unknown(start, head);
        };
        if self.is_known(phrase.head, self.engine.pack.known.not_goods) {
            return Err(NoItems::NotGoods);
        }
        Ok(Some(self.named(start, phrase, measured)))
    }

    /// Adjectives and participles before the noun.
    fn leading_attributes(&self, start: usize) -> Vec<usize> {
        let mut at = start;
        let mut all = Vec::new();
        while let Some(word) = self.view.word(at) {
            let attribute = word.number.is_none()
                && word
                    .readings
                    .iter()
                    .any(|r| r.is_attribute() && r.pos != Pos::Determiner && r.share > 0.1);
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
    fn noun_agrees(&self, at: usize) -> bool {
        let (Some(word), Some(next)) = (self.view.word(at), self.view.word(at + 1)) else {
            return false;
        };
        let counted = next.number.is_some()
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

    /// The known good that covers the words from `start` or from the noun.
    fn good_from(&self, start: usize, head: usize) -> Option<&Good> {
        let id = [start, head]
            .into_iter()
            .find_map(|at| self.view.word(at)?.good)?
            .0;
        self.engine.pack.lexicon.good(id)
    }

    fn brand(&self, start: usize, good: &Good) -> Named {
        let len = self
            .view
            .word(start)
            .and_then(|word| word.good)
            .map_or(1, |(_, len)| len);
        Named {
            name: good.name.clone(),
            end: start + len,
            known: true,
            repaired: false,
        }
    }

    /// «чего-нибудь сладкого», «красный [и чёрный перец]».
    fn adjective_alone(
        &mut self,
        start: usize,
        attributes: &[usize],
    ) -> Result<Option<Named>, NoItems> {
        let Some(&last) = attributes.last() else {
            return Ok(None);
        };
        let end = last + 1;
        if self.is_known(end, self.engine.pack.known.and) && self.view.word(end + 1).is_some() {
            self.attributes.extend(attributes);
            self.at = end;
            return Ok(None);
        }
        let Some(word) = self.view.word(last) else {
            return Ok(None);
        };
        let reading = word.readings.iter().find(|r| r.is_attribute());
        let number = reading.and_then(|r| r.number).unwrap_or(Number::Singular);
        let gender = reading.and_then(|r| r.gender).unwrap_or(Gender::Neuter);
        let name = (start..end)
            .map(|at| self.attribute(at, number, Some(gender)))
            .collect::<Vec<_>>()
            .join(" ");
        Ok(Some(Named {
            name,
            end,
            known: false,
            repaired: word.repaired,
        }))
    }

    /// The noun phrase whose noun stands at `head`; `None` where no Russian noun stands there.
    fn phrase(
        &self,
        start: usize,
        mut attributes: Vec<usize>,
        head: usize,
        measured: Option<&Measured>,
    ) -> Option<Phrase<'u>> {
        // A known good of several words may begin with an adjective of its own.
        let covered = [start, head].into_iter().chain(start..head).find_map(|at| {
            self.view
                .word(at)?
                .good
                .filter(|&(_, len)| len > 1)
                .map(|(_, len)| (at, at + len))
        });
        let (noun_at, head_end) = match covered {
            Some((from, end)) => {
                let noun = (from..end).find(|&at| self.is_noun_of(at))?;
                attributes.retain(|&at| at < noun);
                for at in from..noun {
                    if !attributes.contains(&at) {
                        attributes.push(at);
                    }
                }
                (noun, end)
            }
            None => (head, head + 1),
        };
        let word = self.view.word(noun_at)?;
        let behind = self
            .view
            .word(head_end)
            .filter(|_| !self.is_separator(head_end) && !self.noun_agrees(head_end));
        let reading = self.head_reading(word, behind, &attributes, measured)?;
        attributes.sort_unstable();
        let mut nouns = word.readings.iter().filter(|r| r.is_nominal()).peekable();
        let only_plural = nouns.peek().is_some() && nouns.all(|r| r.number == Some(Number::Plural));
        Some(Phrase {
            attributes,
            head: noun_at,
            reading,
            head_end,
            only_plural,
        })
    }

    fn is_noun_of(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            word.readings
                .iter()
                .any(|r| r.is_nominal() && r.share > 0.2)
                && !word
                    .readings
                    .iter()
                    .any(|r| r.pos == Pos::Adjective && r.share > 0.5)
        })
    }

    /// The reading of a noun that fits its place: genitive after an amount, else accusative or nominative, agreeing with the adjectives.
    fn head_reading<'w>(
        &self,
        word: &'w Word,
        next: Option<&Word>,
        attributes: &[usize],
        measured: Option<&Measured>,
    ) -> Option<&'w Reading> {
        let one = measured.is_some_and(|m| m.unit_at.is_none() && m.number == Some(Amount::ONE));
        let after_amount = measured.is_some() && !one;
        let verb = word
            .readings
            .iter()
            .filter(|r| r.pos == Pos::Verb)
            .map(|r| r.share)
            .sum::<f32>();
        if verb > 0.75 && word.good.is_none() {
            return None;
        }
        let good = word
            .good
            .and_then(|(id, _)| self.engine.pack.lexicon.good(id))
            .map(|good| plain(&good.name));
        word.readings
            .iter()
            .filter(|reading| {
                reading.is_nominal() || (word.good.is_some() && reading.pos == Pos::Adjective)
            })
            .max_by(|a, b| {
                let score = |reading: &Reading| {
                    let case = match reading.case {
                        Some(Case::Genitive | Case::Partitive) => {
                            if after_amount {
                                3.0
                            } else {
                                1.0
                            }
                        }
                        Some(Case::Accusative) => 2.0,
                        Some(Case::Nominative) => 1.9,
                        _ => 0.0,
                    };
                    let agrees = attributes.iter().all(|&at| {
                        self.view.word(at).is_some_and(|w| {
                            w.readings
                                .iter()
                                .any(|a| a.is_attribute() && a.agrees_with(reading))
                        })
                    });
                    let behind = next.is_some_and(|w| {
                        w.readings
                            .iter()
                            .any(|a| a.is_attribute() && a.agrees_with(reading))
                    });
                    let own = good.as_deref() == Some(reading.lemma.as_str());
                    let base = self.engine.diminutives.base(&reading.lemma).is_some();
                    let common = reading.pos != Pos::ProperNoun;
                    case + f32::from(u8::from(agrees)) * 4.0
                        + f32::from(u8::from(behind)) * 2.0
                        + f32::from(u8::from(own)) * 2.0
                        + f32::from(u8::from(base))
                        + f32::from(u8::from(common)) * 0.5
                        + reading.share
                };
                score(a).total_cmp(&score(b))
            })
    }

    fn named(
        &mut self,
        start: usize,
        mut phrase: Phrase<'_>,
        measured: Option<&Measured>,
    ) -> Named {
        let mut end = phrase.head_end;
        // «рыбу красную», «молоко обезжиренное»: behind the noun, in front on the list.
        while let Some(word) = self.view.word(end) {
            let agrees = word
                .readings
                .iter()
                .any(|r| r.is_attribute() && r.share > 0.1 && r.agrees_with(phrase.reading));
            let own_noun = word.good.is_some_and(|(_, len)| len == 1)
                && word.readings.iter().any(Reading::is_nominal);
            if !agrees
                || own_noun
                || word.number.is_some()
                || self.is_separator(end)
                || self.noun_agrees(end)
                || self.forbidden(end)
                || word
                    .entry(self.engine.pack.known.article, Forms::ANY)
                    .is_some()
            {
                break;
            }
            phrase.attributes.push(end);
            end += 1;
        }
        let (complement, after) = self.complement(end, &phrase);
        let good = [start, phrase.head]
            .into_iter()
            .chain(start..phrase.head)
            .find_map(|at| self.view.word(at)?.good)
            .and_then(|(id, _)| self.engine.pack.lexicon.good(id));
        let number = self.number(&phrase, good, measured);
        let repaired =
            (start..after).any(|at| self.view.word(at).is_some_and(|word| word.repaired));
        let mut parts = Vec::new();
        let (head, gender) = self.head(&phrase, good, number);
        for &at in phrase.attributes.iter().filter(|&&at| at >= start) {
            parts.push(self.attribute(at, number, gender));
        }
        parts.push(head);
        // The rest of a known good («средство для мытья посуды») stands as the pack has it or as said.
        if phrase.head_end > phrase.head + 1 {
            parts.push(name::as_said(self.view, phrase.head + 1..phrase.head_end));
        }
        if let Some(complement) = complement {
            parts.push(complement);
        }
        let mut name = parts.join(" ");
        if let Some(good) = good
            && plain(&good.name) == plain(&name)
        {
            name.clone_from(&good.name);
        }
        let base = self.engine.diminutives.base(&phrase.reading.lemma);
        let known =
            good.is_some() || base.is_some_and(|base| self.engine.pack.lexicon.has_good(base));
        Named {
            name,
            end: after,
            known,
            repaired,
        }
    }

    fn number(
        &self,
        phrase: &Phrase<'_>,
        good: Option<&Good>,
        measured: Option<&Measured>,
    ) -> Number {
        let said = phrase.reading.number.unwrap_or(Number::Singular);
        let counted = measured
            .filter(|m| m.unit_at.is_none())
            .and_then(|m| m.number);
        match (good.map(|good| good.number), counted) {
            (Some(GoodNumber::Mass), _) if phrase.only_plural => Number::Plural,
            (Some(GoodNumber::Mass), _) => Number::Singular,
            (Some(GoodNumber::Plural), _) => Number::Plural,
            (_, Some(count)) if count == Amount::ONE => Number::Singular,
            (_, Some(count)) if count > Amount::ONE => Number::Plural,
            _ => said,
        }
    }

    /// The noun in the nominative, and the gender its adjectives take.
    fn head(
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
                let word = self
                    .engine
                    .russian
                    .inflect(own, Form::Nominative(number, None));
                return (word.unwrap_or_else(|| base.to_owned()), own.gender);
            }
            return (base.to_owned(), None);
        }
        // Goods that are always plural keep the pack's own word where it is the noun alone.
        if let Some(good) = good
            && good.number != GoodNumber::Count
            && (good.number == GoodNumber::Plural || number == Number::Singular)
            && !good.name.contains(' ')
            && phrase.head_end == phrase.head + 1
        {
            return (good.name.clone(), reading.gender);
        }
        let word = self
            .engine
            .russian
            .inflect(reading, Form::Nominative(number, None));
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
    pub(super) fn attribute(&self, at: usize, number: Number, gender: Option<Gender>) -> String {
        let Some(word) = self.view.word(at) else {
            return String::new();
        };
        word.readings
            .iter()
            .find(|reading| reading.is_attribute())
            .and_then(|reading| {
                self.engine
                    .russian
                    .inflect(reading, Form::Nominative(number, gender))
            })
            .unwrap_or_else(|| word.norm.clone())
    }

    /// The name of a noun with another adjective in front: «красный [перец]».
    pub(super) fn with_attribute(&self, at: usize, name: &str) -> Option<String> {
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

    /// What follows the noun and tells the variety apart: «с отрубями», «для кошки», «3,2%», «говядины»; and where the phrase ends.
    fn complement(&mut self, start: usize, phrase: &Phrase<'_>) -> (Option<String>, usize) {
        let mut at = start;
        let mut kept: Vec<String> = Vec::new();
        while !self.is_separator(at) && self.view.word(at).is_some() {
            if let Some(end) = self.percent(at) {
                kept.push(
                    name::as_said(self.view, at..end)
                        .replace(" процента", "%")
                        .replace(" процентов", "%")
                        .replace(" процент", "%"),
                );
                at = end;
                continue;
            }
            if amount::read(self.engine, self.view, at, self.language).is_some() {
                break;
            }
            if self.is_preposition(at) {
                let end = self.complement_end(at + 1);
                if end == at + 1 {
                    break;
                }
                if self.names_variety(at, end, phrase) {
                    kept.push(name::as_said(self.view, at..end));
                } else if self.takes_own_list(at) {
                    break;
                }
                at = end;
                continue;
            }
            if self.genitive_of(at, phrase) || self.is_proper_apposition(at, phrase) {
                let proper = self.is_proper_apposition(at, phrase);
                kept.push(match self.view.token(at) {
                    Some(token) if proper => token.text.clone(),
                    _ => name::as_said(self.view, at..at + 1),
                });
                at += 1;
                continue;
            }
            break;
        }
        ((!kept.is_empty()).then(|| kept.join(" ")), at)
    }

    fn percent(&self, at: usize) -> Option<usize> {
        let word = self.view.word(at)?;
        let number = word.number.as_ref()?;
        let end = at + number.len;
        let sign = self.view.word(end)?;
        (sign.norm == "%" || sign.norm.starts_with("процент")).then_some(end + 1)
    }

    fn is_preposition(&self, at: usize) -> bool {
        self.view
            .token(at)
            .is_some_and(|token| token.kind == TokenKind::Word)
            && self.view.word(at).is_some_and(|word| {
                word.readings
                    .iter()
                    .any(|r| r.pos == Pos::Preposition && r.share > 0.5)
            })
    }

    /// The end of the noun phrase that a preposition governs, an inner conjunction of two like cases included.
    fn complement_end(&self, start: usize) -> usize {
        let mut at = start;
        let mut noun: Option<usize> = None;
        while let Some(word) = self.view.word(at) {
            if let Some(len) = word
                .entry(self.engine.pack.known.occasion, Forms::ANY)
                .filter(|&len| len > 1)
            {
                return at + len;
            }
            if self.is_separator(at) {
                if !(self.is_known(at, self.engine.pack.known.and)
                    && noun.is_some_and(|noun| self.like_case(noun, at + 1)))
                {
                    break;
                }
                at += 1;
                continue;
            }
            let nominal = word.readings.iter().any(Reading::is_nominal) || word.readings.is_empty();
            let continues =
                (nominal && self.only_genitive(at)) || self.like_case_after_and(at, noun);
            if noun.is_some() && !continues {
                break;
            }
            if nominal && !self.noun_agrees(at) {
                noun = Some(at);
            } else if !word
                .readings
                .iter()
                .any(|r| r.is_attribute() || r.pos == Pos::Pronoun || r.pos == Pos::Function)
            {
                break;
            }
            at += 1;
            if self.is_preposition(at) {
                break;
            }
        }
        at
    }

    fn like_case_after_and(&self, at: usize, noun: Option<usize>) -> bool {
        at > 0
            && self.is_known(at - 1, self.engine.pack.known.and)
            && noun.is_some_and(|noun| self.like_case(noun, at))
    }

    /// Both words have an oblique case in common, and the second cannot begin an item of its own.
    fn like_case(&self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (self.view.word(a), self.view.word(b)) else {
            return false;
        };
        let share = |case: fn(Case) -> bool| -> f32 {
            b.readings
                .iter()
                .filter(|r| r.is_nominal() && r.case.is_some_and(case))
                .map(|r| r.share)
                .sum()
        };
        let free = share(|case| matches!(case, Case::Nominative | Case::Accusative))
            > share(|case| !matches!(case, Case::Nominative | Case::Accusative));
        !free
            && a.readings.iter().any(|x| {
                b.readings.iter().any(|y| {
                    x.case == y.case
                        && !matches!(x.case, None | Some(Case::Nominative | Case::Accusative))
                })
            })
    }

    fn only_genitive(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            word.readings
                .iter()
                .filter(|r| r.is_nominal())
                .all(|r| !matches!(r.case, Some(Case::Nominative | Case::Accusative)) || r.animate)
                && word.readings.iter().any(|r| r.case == Some(Case::Genitive))
        })
    }

    /// Whether a prepositional phrase tells the variety apart on the shelf.
    fn names_variety(&self, at: usize, end: usize, phrase: &Phrase<'_>) -> bool {
        let known = &self.engine.pack.known;
        let says = |class| (at + 1..end).any(|i| self.is_known(i, class));
        if says(known.person) || says(known.pointer) {
            return false;
        }
        match self.norm(at) {
            "с" | "со" | "без" | "из" | "от" => !says(known.occasion),
            "для" => {
                says(known.variety)
                    || (self.is_known(phrase.head, known.takes_purpose) && !says(known.occasion))
            }
            "в" | "во" | "на" => says(known.variety),
            _ => false,
        }
    }

    fn takes_own_list(&self, at: usize) -> bool {
        matches!(self.norm(at), "в" | "во" | "на")
            && self.is_known(at + 1, self.engine.pack.known.own_list)
    }

    /// «филе индейки», «сок апельсина»: a genitive that is no item of its own.
    fn genitive_of(&self, at: usize, phrase: &Phrase<'_>) -> bool {
        let Some(word) = self.view.word(at) else {
            return false;
        };
        if self.forbidden(at) || !word.readings.iter().any(|r| r.case == Some(Case::Genitive)) {
            return false;
        }
        let takes = self.is_known(phrase.head, self.engine.pack.known.takes_genitive);
        takes || (self.only_genitive(at) && phrase.head_end == at && word.good.is_none())
    }

    /// «молоко Простоквашино», «сок J7»: a name behind the noun.
    fn is_proper_apposition(&self, at: usize, phrase: &Phrase<'_>) -> bool {
        let (Some(token), Some(word)) = (self.view.token(at), self.view.word(at)) else {
            return false;
        };
        let capital = token.text.chars().next().is_some_and(char::is_uppercase);
        let quoted = at > 0
            && self
                .view
                .token(at - 1)
                .is_some_and(|before| before.is("\""));
        let latin = token.script == Script::Latin
            && self.view.utterance.language == crate::language::Language::Ru;
        token.kind == TokenKind::Word
            && word.number.is_none()
            && (quoted || ((capital || latin) && phrase.head_end <= at && !self.forbidden(at)))
    }

    /// Passes over «для Пети», «к ужину» at the place of an item.
    fn drop_russian_modifier(&mut self, start: usize) -> bool {
        if !self.is_preposition(start)
            || self
                .view
                .word(start)
                .is_some_and(|word| word.good.is_some())
        {
            return false;
        }
        let end = self.complement_end(start + 1);
        if end == start + 1 {
            return false;
        }
        self.at = end;
        true
    }

    /// Words the dictionary does not have, and words of other scripts.
    fn foreign_or_unknown(&mut self, start: usize, head: usize) -> Result<Option<Named>, NoItems> {
        let (Some(token), Some(word)) = (self.view.token(head), self.view.word(head)) else {
            return Ok(None);
        };
        if token.kind == TokenKind::Number {
            self.at = head + 1;
            return Ok(None);
        }
        let verb = word
            .readings
            .iter()
            .any(|r| r.pos == Pos::Verb && !matches!(r.verb, Some(VerbForm::Participle)));
        if !word.unknown && token.script == Script::Cyrillic && (verb || !word.readings.is_empty())
        {
            return Err(NoItems::NotAnItem);
        }
        let end = head + 1;
        Ok(Some(Named {
            name: name::as_said(self.view, start..end),
            end,
            known: false,
            repaired: word.repaired,
        }))
    }
}
