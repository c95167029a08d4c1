//! What tells a variety apart on the shelf, and what only says use, place or whose it is.

use super::Phrase;
use crate::items::{Reader, amount, name};
use crate::morph::{Case, Form, Number, Pos};
use crate::pack::Good;
use crate::phrase::Forms;
use crate::token::{Script, TokenKind};

impl Reader<'_, '_> {
    /// Whether a prepositional phrase tells the variety apart on the shelf.
    pub(crate) fn names_variety(&self, at: usize, end: usize, phrase: &Phrase<'_>) -> bool {
        let known = &self.engine.pack.known;
        let says = |class| (at + 1..end).any(|i| self.is_known(i, class));
        if says(known.person) || says(known.pointer) || says(known.items.people) {
            return false;
        }
        let occasion = says(known.occasion) || says(known.items.place);
        let named = self.known_head(phrase);
        let food = named.is_some_and(|good| good.food);
        match self.norm(at) {
            "с" | "со" | "без" | "из" | "от" => !occasion && !says(known.items.dish),
            "для" => {
                says(known.variety)
                    || (!occasion && (self.is_known(phrase.head, known.takes_purpose) || !food))
            }
            // «краска по металлу»
            "по" => !occasion && named.is_some() && !food,
            "на" => says(known.variety) || (!occasion && named.is_some() && !food),
            "в" | "во" => {
                says(known.variety)
                    || (food
                        && !occasion
                        && self.view.word(end - 1).is_some_and(|word| {
                            word.good.is_some()
                                && word.readings.iter().any(|r| r.case == Some(Case::Locative))
                        }))
            }
            _ => false,
        }
    }

    /// The known good that the phrase names.
    pub(crate) fn known_head(&self, phrase: &Phrase<'_>) -> Option<&Good> {
        let first = phrase.attributes.first().copied().unwrap_or(phrase.head);
        (first.min(phrase.head)..=phrase.head)
            .find_map(|at| self.view.word(at)?.good)
            .and_then(|(id, _)| self.engine.pack.lexicon.good(id))
    }

    /// «сыр [гауду]», «рыбу [форель]», «пиццу [четыре сыра]»: the name of a kind behind what it is a kind of.
    pub(crate) fn kind_behind(&self, at: usize, phrase: &Phrase<'_>) -> Option<(String, usize)> {
        let items = &self.engine.pack.known.items;
        if !self.is_known(phrase.head, items.kind_head) {
            return None;
        }
        let word = self.view.word(at)?;
        let len = word.entry(items.kind, Forms::ANY)?;
        let reading = word
            .readings
            .iter()
            .filter(|r| r.is_nominal())
            .max_by_key(|r| {
                (
                    r.case == phrase.reading.case,
                    r.number == phrase.reading.number,
                )
            });
        let said = match reading.filter(|_| len == 1) {
            Some(reading) => self.engine.inflect(
                reading,
                Form::Nominative(reading.number.unwrap_or(Number::Singular), None),
            ),
            None => None,
        };
        Some((
            said.unwrap_or_else(|| name::as_said(self.view, at..at + len)),
            at + len,
        ))
    }

    pub(crate) fn says_place(&self, at: usize, end: usize) -> bool {
        let known = &self.engine.pack.known;
        let other = [
            known.items.place,
            known.occasion,
            known.own_list,
            known.items.dish,
            known.person,
            known.items.people,
        ];
        (at + 1..end).any(|i| other.into_iter().any(|class| self.is_known(i, class)))
    }

    pub(crate) fn takes_own_list(&self, at: usize) -> bool {
        let quoted = self.view.token(at + 1).is_some_and(|token| token.is("\""));
        matches!(self.norm(at), "в" | "во" | "на")
            && self.is_known(
                at + 1 + usize::from(quoted),
                self.engine.pack.known.own_list,
            )
    }

    /// «филе индейки», «сок апельсина»: a genitive that is no item of its own.
    pub(crate) fn genitive_of(&self, at: usize, phrase: &Phrase<'_>) -> bool {
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
    pub(crate) fn genitive_phrase(&self, at: usize, phrase: &Phrase<'_>) -> Option<usize> {
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
        // «сала копчёного [полкило]»
        let measures = amount::read(self.engine, self.view, at + 1, self.language).is_some();
        (genitive
            && !measures
            && !own
            && phrase.head_end == at
            && word.number.is_none()
            && !self.is_separator(at + 1)
            && !self.forbidden(at)
            && !self.forbidden(at + 1))
        .then_some(at + 2)
    }

    /// «молоко Простоквашино», «сок J7»: a name behind the noun.
    pub(crate) fn is_proper_apposition(&self, at: usize, phrase: &Phrase<'_>) -> bool {
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
    pub(crate) fn drop_russian_modifier(&mut self, start: usize) -> bool {
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
