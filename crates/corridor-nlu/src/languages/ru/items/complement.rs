//! What follows a noun: kept where it tells the variety apart on the shelf («с отрубями», «для кошки», «3,2%», «говядины»), dropped where
//! it says use, occasion, place or recipient.

use super::Phrase;
use crate::items::{Reader, amount, name};
use crate::morph::{Case, Number, Pos, Reading};
use crate::phrase::Forms;
use crate::token::{Script, TokenKind};

/// More words than these in quotation marks are no name.
const LONGEST_QUOTED: usize = 8;

impl Reader<'_, '_> {
    /// What follows the noun and tells the variety apart: «с отрубями», «для кошки», «3,2%», «говядины»; and where the phrase ends.
    pub(crate) fn complement(
        &mut self,
        start: usize,
        phrase: &Phrase<'_>,
    ) -> (Option<String>, usize) {
        let known = &self.engine.pack.known;
        let mut at = start;
        let mut kept: Vec<String> = Vec::new();
        // Where a kept prepositional phrase ended.
        let mut bound = (phrase.head + 1..start)
            .any(|at| self.is_preposition(at))
            .then_some(start);
        let idle = [known.vague, known.filler];
        while !self.is_separator(at) && self.view.word(at).is_some() {
            if idle.iter().any(|&class| self.is_known(at, class)) {
                break;
            }
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
            if let Some(end) = self.code_end(at) {
                kept.push(self.coded(at..end));
                at = end;
                continue;
            }
            // «омегу 3»
            if at == phrase.head + 1
                && self.is_known(phrase.head, known.items.numbered)
                && let Some(numeral) = self.view.word(at).and_then(|word| word.number.as_ref())
            {
                kept.push(name::as_said(self.view, at..at + numeral.len));
                at += numeral.len;
                continue;
            }
            if let Some((said, end)) = self.unseen_rating(at) {
                kept.push(said);
                at = end;
                continue;
            }
            if let Some((said, end)) = self.kind_behind(at, phrase) {
                kept.push(said);
                at = end;
                continue;
            }
            if let Some(end) = self.number_behind(at) {
                kept.push(self.written(at..end));
                at = end;
                continue;
            }
            if amount::read(self.engine, self.view, at, self.language).is_some() {
                break;
            }
            if let Some((said, end)) = self.quoted(at) {
                kept.push(said);
                at = end;
                continue;
            }
            if let Some((said, end)) = self.brand_behind(at, phrase) {
                kept.push(said);
                at = end;
                // «сок Добрый яблочный»
                while !self.noun_agrees(at) && self.agrees(at, phrase.reading) {
                    kept.push(self.attribute(
                        at,
                        phrase.reading.number.unwrap_or(Number::Singular),
                        phrase.reading.gender,
                    ));
                    at += 1;
                }
                continue;
            }
            if let Some(end) = self.genitive_phrase(at, phrase) {
                kept.push(name::as_said(self.view, at..end));
                at = end;
                continue;
            }
            // «лампочку на 60 ватт»
            // «ключ на 12»
            if self.norm(at) == "на"
                && self.known_head(phrase).is_some_and(|good| !good.food)
                && let Some(numeral) = self.view.word(at + 1).and_then(|w| w.number.as_ref())
                && (self.is_separator(at + 1 + numeral.len)
                    || self.view.word(at + 1 + numeral.len).is_none())
            {
                let end = at + 1 + numeral.len;
                kept.push(self.written(at..end));
                at = end;
                continue;
            }
            if self.norm(at) == "на"
                && let Some((said, end)) = self.unseen_rating(at + 1)
            {
                kept.push(format!("на {said}"));
                at = end;
                continue;
            }
            if self.norm(at) == "на"
                && let Some(end) = self.number_behind(at + 1)
            {
                kept.push(self.written(at..end));
                at = end;
                continue;
            }
            if self.is_preposition(at) {
                // «лаймов [купи] на гриль»: behind the order it is said of all.
                if self.follows_a_gap(at) {
                    break;
                }
                let end = self.complement_end(at + 1);
                if end == at + 1 {
                    break;
                }
                // «мазь от боли в спине»
                let deeper = bound == Some(at)
                    && matches!(self.norm(at), "в" | "во" | "на")
                    && !self.says_place(at, end);
                if deeper || self.names_variety(at, end, phrase) {
                    kept.push(name::as_said(self.view, at..end));
                    bound = Some(end);
                } else if self.takes_own_list(at) {
                    break;
                }
                at = end;
                continue;
            }
            // «подарок Саше на день рождения»
            let person = self.is_known(at, self.engine.pack.known.person);
            if (person && self.is_dative(at)) || self.is_recipient(at) {
                at += 1;
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

    fn is_dative(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            word.good.is_none()
                && self
                    .engine
                    .names
                    .find(&word.norm)
                    .iter()
                    .any(|form| form.case == Some(Case::Dative))
        })
    }

    pub(crate) fn percent(&self, at: usize) -> Option<usize> {
        let word = self.view.word(at)?;
        let number = word.number.as_ref()?;
        let end = at + number.len;
        let sign = self.view.word(end)?;
        (sign.norm == "%" || sign.norm.starts_with("процент")).then_some(end + 1)
    }

    pub(crate) fn is_preposition(&self, at: usize) -> bool {
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
    pub(crate) fn complement_end(&self, start: usize) -> usize {
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
            // «для девочек [конфет]», «на смену [конфет] граммов семьсот»: whom or what it is for, and what is wanted.
            let wanted = word.good.is_some_and(|(_, len)| {
                amount::read(self.engine, self.view, at + len, self.language).is_some()
                    || noun.is_some_and(|noun| {
                        self.is_known(noun, self.engine.pack.known.items.people)
                            || self.is_known(noun, self.engine.pack.known.person)
                    })
            });
            if noun.is_some() && (!continues || wanted) {
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

    /// Whether words of the order were taken out right before it.
    fn follows_a_gap(&self, at: usize) -> bool {
        let token = |at: usize| self.view.at.get(at).copied();
        let order = |at: usize| {
            self.view.utterance.words.get(at).is_some_and(|word| {
                word.entry(self.engine.pack.known.verb, Forms::IMPERATIVE)
                    .is_some()
            })
        };
        match (at.checked_sub(1).and_then(token), token(at)) {
            (Some(before), Some(here)) => (before + 1..here).any(order),
            _ => false,
        }
    }

    pub(crate) fn like_case_after_and(&self, at: usize, noun: Option<usize>) -> bool {
        at > 0
            && self.is_known(at - 1, self.engine.pack.known.and)
            && noun.is_some_and(|noun| self.like_case(noun, at))
    }

    /// Both words have an oblique case in common, and the second cannot begin an item of its own.
    pub(crate) fn like_case(&self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (self.view.word(a), self.view.word(b)) else {
            return false;
        };
        // «лекарство от кашля и капли для носа»: a good of several words stands by itself.
        if b.good.is_some_and(|(_, len)| len > 1) {
            return false;
        }
        let share = |case: fn(Case) -> bool| -> f32 {
            b.readings
                .iter()
                .filter(|r| r.is_nominal() && r.case.is_some_and(case))
                .map(|r| r.share)
                .sum()
        };
        let oblique = share(|case| !matches!(case, Case::Nominative | Case::Accusative));
        let free = share(|case| matches!(case, Case::Nominative | Case::Accusative)) > oblique
            // «от накипи и ржавчины»: no good of its own, and no plural.
            && (b.good.is_some() || oblique < 0.2);
        !free
            && a.readings.iter().any(|x| {
                b.readings.iter().any(|y| {
                    x.case == y.case
                        && !matches!(x.case, None | Some(Case::Nominative | Case::Accusative))
                })
            })
    }

    pub(crate) fn only_genitive(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            word.readings
                .iter()
                .filter(|r| r.is_nominal())
                .all(|r| !matches!(r.case, Some(Case::Nominative | Case::Accusative)) || r.animate)
                && word.readings.iter().any(|r| r.case == Some(Case::Genitive))
        })
    }

    /// «молоко [«Домик в деревне»]»: what stands in quotation marks, as it was written.
    fn quoted(&self, at: usize) -> Option<(String, usize)> {
        self.view.token(at).filter(|token| token.is("\""))?;
        // At the end of what was said the closing mark is cut off.
        let close = (at + 1..at + LONGEST_QUOTED)
            .find(|&i| self.view.token(i).is_none_or(|token| token.is("\"")))?;
        (close > at + 1).then(|| (name::as_said(self.view, at + 1..close), close + 1))
    }

    /// «порошок [ариэль]», «молоко [агуша]», «корм [проплан]»: a brand, or a word nobody knows, behind its good.
    fn brand_behind(&self, at: usize, phrase: &Phrase<'_>) -> Option<(String, usize)> {
        let word = self.view.word(at)?;
        let known = &self.engine.pack.known;
        if self.view.token(at)?.kind != TokenKind::Word
            || self.forbidden(at)
            || self.is_known(at, known.vague)
            || self.is_known(at, known.filler)
            || word.number.is_some()
        {
            return None;
        }
        if let Some((id, len)) = word.good {
            let good = self.engine.pack.lexicon.good(id)?;
            let product = self.is_known(at, known.items.product)
                && !self.is_known(phrase.head, known.items.kind_head);
            let capital = self.as_written(at).chars().any(char::is_uppercase);
            let latin = self.view.token(at)?.script == Script::Latin;
            return (good.brand && !product).then(|| {
                // Who writes it with capitals knows how it is written.
                let said = if latin && capital {
                    self.written(at..at + len)
                } else {
                    good.name.clone()
                };
                (said, at + len)
            });
        }
        let nobody =
            word.unknown && !word.repaired && self.view.token(at)?.script == Script::Cyrillic;
        (nobody && self.known_head(phrase).is_some() && phrase.head_end <= at)
            .then(|| (self.as_written(at), at + 1))
    }

    /// The words as they were typed: «60 Вт».
    fn written(&self, range: std::ops::Range<usize>) -> String {
        let mut out = String::new();
        for token in range.filter_map(|at| self.view.token(at)) {
            if !out.is_empty() && !token.glued {
                out.push(' ');
            }
            out.push_str(&token.text);
        }
        out
    }

    fn as_written(&self, at: usize) -> String {
        self.view
            .token(at)
            .map_or_else(String::new, |token| token.text.clone())
    }

    /// Letters and digits that name: as the pack spells them, or in capitals.
    pub(crate) fn coded(&self, range: std::ops::Range<usize>) -> String {
        let number = |at: usize| {
            self.view
                .token(at)
                .is_some_and(|token| token.kind != TokenKind::Word)
        };
        let plain = range.len() < 2 || !range.clone().any(number);
        let said = name::as_said(self.view, range);
        if plain {
            return said;
        }
        let joined: String = said.to_lowercase().split(' ').collect();
        match self.engine.pack.lexicon.good_named(&joined) {
            Some(good) => good.name.clone(),
            None => said,
        }
    }
}
