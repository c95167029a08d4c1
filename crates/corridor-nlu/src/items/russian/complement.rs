//! What follows a noun: kept where it tells the variety apart on the shelf («с отрубями», «для кошки», «3,2%», «говядины»), dropped where
//! it says use, occasion, place or recipient.

use super::super::{Reader, amount, name};
use super::Phrase;
use crate::morph::{Case, Pos, Reading};
use crate::phrase::Forms;
use crate::token::{Script, TokenKind};

impl Reader<'_, '_> {
    /// What follows the noun and tells the variety apart: «с отрубями», «для кошки», «3,2%», «говядины»; and where the phrase ends.
    pub(in crate::items) fn complement(
        &mut self,
        start: usize,
        phrase: &Phrase<'_>,
    ) -> (Option<String>, usize) {
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
            if let Some(end) = self.code_end(at) {
                kept.push(name::as_said(self.view, at..end));
                at = end;
                continue;
            }
            if amount::read(self.engine, self.view, at, self.language).is_some() {
                break;
            }
            if let Some(end) = self.genitive_phrase(at, phrase) {
                kept.push(name::as_said(self.view, at..end));
                at = end;
                continue;
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
            // «подарок Саше на день рождения»
            if self.is_known(at, self.engine.pack.known.person) && self.is_dative(at) {
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

    pub(in crate::items) fn percent(&self, at: usize) -> Option<usize> {
        let word = self.view.word(at)?;
        let number = word.number.as_ref()?;
        let end = at + number.len;
        let sign = self.view.word(end)?;
        (sign.norm == "%" || sign.norm.starts_with("процент")).then_some(end + 1)
    }

    pub(in crate::items) fn is_preposition(&self, at: usize) -> bool {
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
    pub(in crate::items) fn complement_end(&self, start: usize) -> usize {
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

    pub(in crate::items) fn like_case_after_and(&self, at: usize, noun: Option<usize>) -> bool {
        at > 0
            && self.is_known(at - 1, self.engine.pack.known.and)
            && noun.is_some_and(|noun| self.like_case(noun, at))
    }

    /// Both words have an oblique case in common, and the second cannot begin an item of its own.
    pub(in crate::items) fn like_case(&self, a: usize, b: usize) -> bool {
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

    pub(in crate::items) fn only_genitive(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            word.readings
                .iter()
                .filter(|r| r.is_nominal())
                .all(|r| !matches!(r.case, Some(Case::Nominative | Case::Accusative)) || r.animate)
                && word.readings.iter().any(|r| r.case == Some(Case::Genitive))
        })
    }

    /// Whether a prepositional phrase tells the variety apart on the shelf.
    pub(in crate::items) fn names_variety(
        &self,
        at: usize,
        end: usize,
        phrase: &Phrase<'_>,
    ) -> bool {
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

    pub(in crate::items) fn takes_own_list(&self, at: usize) -> bool {
        matches!(self.norm(at), "в" | "во" | "на")
            && self.is_known(at + 1, self.engine.pack.known.own_list)
    }

    /// «филе индейки», «сок апельсина»: a genitive that is no item of its own.
    pub(in crate::items) fn genitive_of(&self, at: usize, phrase: &Phrase<'_>) -> bool {
        let Some(word) = self.view.word(at) else {
            return false;
        };
        if self.forbidden(at) || !word.readings.iter().any(|r| r.case == Some(Case::Genitive)) {
            return false;
        }
        let takes = self.is_known(phrase.head, self.engine.pack.known.takes_genitive);
        takes || (self.only_genitive(at) && phrase.head_end == at && word.good.is_none())
    }

    /// «лампа дневного света», «молоко длительного хранения»: an adjective and its noun in the genitive, no good of their own.
    pub(in crate::items) fn genitive_phrase(
        &self,
        at: usize,
        phrase: &Phrase<'_>,
    ) -> Option<usize> {
        let (word, noun) = (self.view.word(at)?, self.view.word(at + 1)?);
        let own = word.good.is_some()
            || (noun.good.is_some()
                && !self.is_known(phrase.head, self.engine.pack.known.takes_genitive));
        let genitive = word.readings.iter().any(|a| {
            a.is_attribute()
                && a.pos != Pos::Determiner
                && a.case == Some(Case::Genitive)
                && noun
                    .readings
                    .iter()
                    .any(|n| n.is_nominal() && n.case == Some(Case::Genitive) && a.agrees_with(n))
        });
        (genitive
            && !own
            && phrase.head_end == at
            && word.number.is_none()
            && !self.is_separator(at + 1)
            && !self.forbidden(at)
            && !self.forbidden(at + 1))
        .then_some(at + 2)
    }

    /// «молоко Простоквашино», «сок J7»: a name behind the noun.
    pub(in crate::items) fn is_proper_apposition(&self, at: usize, phrase: &Phrase<'_>) -> bool {
        let (Some(token), Some(word)) = (self.view.token(at), self.view.word(at)) else {
            return false;
        };
        let capital = token.text.chars().next().is_some_and(char::is_uppercase);
        let quoted = at > 0
            && self
                .view
                .token(at - 1)
                .is_some_and(|before| before.is("\""));
        let latin = token.script == Script::Latin && self.language == crate::language::Language::Ru;
        token.kind == TokenKind::Word
            && word.number.is_none()
            && (quoted || ((capital || latin) && phrase.head_end <= at && !self.forbidden(at)))
    }

    /// Passes over «для Пети», «к ужину» at the place of an item.
    pub(in crate::items) fn drop_russian_modifier(&mut self, start: usize) -> bool {
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
}
