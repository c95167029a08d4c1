//! What names nothing among items: separators, articles, pointers, recipients.

use super::{Reader, amount};
use crate::language::Language;
use crate::morph::{Case, Reading};
use crate::phrase::Forms;
use crate::token::{Script, TokenKind};

impl Reader<'_, '_> {
    pub(crate) fn skip_separator(&mut self) -> bool {
        let Some(token) = self.view.token(self.at) else {
            return false;
        };
        let symbol = token.kind == TokenKind::Symbol
            && amount::read(self.engine, self.view, self.at, self.language).is_none();
        let and =
            self.is_known(self.at, self.engine.pack.known.and) && self.code_end(self.at).is_none();
        if symbol || and {
            self.at += 1;
            return true;
        }
        false
    }

    /// Articles, possessives and vague amounts name nothing.
    pub(crate) fn skip_empty(&mut self) -> bool {
        let known = &self.engine.pack.known;
        let Some(word) = self.view.word(self.at) else {
            return false;
        };
        // «хлеб посвежее», «молоко побыстрее»
        if crate::languages::ru::morphology::is_softened_comparative(&word.norm, &word.readings)
            && !self.items.is_empty()
        {
            self.at += 1;
            return true;
        }
        // «чёртово [молоко]», "bloody [milk]"
        let taste = word.entry(known.items.taste, Forms::ANY).filter(|len| {
            self.has_noun_at(self.at + len) && (!word.norm.is_ascii() || self.is_taste(self.at))
        });
        let len = word
            .entry(known.vague, Forms::ANY)
            .or_else(|| word.entry(known.article, Forms::ANY))
            .or(taste)
            .filter(|_| self.code_end(self.at).is_none());
        // "a liter": the article is part of an amount.
        if let Some(len) = len
            && amount::read(self.engine, self.view, self.at, self.language).is_none()
            && word.good.is_none_or(|(_, words)| words <= 1)
        {
            // "… each and a loaf": an article begins an amount of its own.
            if self.is_known(self.at, known.article) && word.norm.is_ascii() {
                self.each = None;
            }
            self.at += self.view.covered(self.at, len).max(1);
            if self.norm(self.at) == "of" {
                self.at += 1;
            }
            return true;
        }
        false
    }

    /// «Пете» in «купи Пете кефир»: who it is for is no item.
    pub(crate) fn skip_recipient(&mut self) -> bool {
        let Some(word) = self.view.word(self.at) else {
            return false;
        };
        let given = self.is_known(self.at, self.engine.pack.known.person) && word.number.is_none();
        // "buy Zorblax cleaner": a capital alone makes nobody of a brand.
        let english = given
            && word.readings.iter().all(|reading| reading.case.is_none())
            // "Tim Tams": a name that goes on with a capital is no person's.
            && !self.is_capitalised_unknown(self.at + 1)
            // "plasters, kids paracetamol": many are given something with an article or an amount.
            && (!word.norm.ends_with('s') || self.is_known(self.at + 1, self.engine.pack.known.article))
            && (!self.engine.names.find(&word.norm).is_empty()
                || self.is_known(self.at + 1, self.engine.pack.known.article));
        let dative = english
            || self
                .engine
                .names
                .find(&word.norm)
                .iter()
                .any(|form| form.case == Some(Case::Dative));
        if self.is_recipient(self.at) {
            self.at += 1;
            return true;
        }
        let capital = self
            .view
            .token(self.at)
            .is_some_and(|t| t.text.chars().next().is_some_and(char::is_uppercase));
        let last = self.at + 1 >= self.view.at.len();
        if dative && (word.good.is_none() || capital) && (self.has_noun_at(self.at + 1) || last) {
            self.at += 1;
            return true;
        }
        false
    }

    fn is_capitalised_unknown(&self, at: usize) -> bool {
        let capital = self
            .view
            .token(at)
            .is_some_and(|token| token.text.chars().next().is_some_and(char::is_uppercase));
        capital && self.view.word(at).is_some_and(|word| word.good.is_none())
    }

    /// «детям», «коту», «младшему»: a living being in the dative is whom something is bought for.
    pub(crate) fn is_recipient(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            let dative = |r: &Reading| r.case == Some(Case::Dative);
            if word.is(self.engine.pack.known.items.people)
                && word.readings.iter().any(dative)
                && word
                    .readings
                    .iter()
                    .all(|r| (r.is_attribute() || r.is_nominal()) && dative(r))
            {
                return true;
            }
            let given = |r: &&Reading| matches!(r.case, Some(Case::Dative | Case::Locative));
            let nouns = || word.readings.iter().filter(|r| r.is_nominal());
            nouns().all(|r| given(&r))
                && nouns().any(|r| r.animate && r.case == Some(Case::Dative))
                && word.readings.first().is_some_and(|r| r.is_nominal())
        })
    }

    pub(crate) fn take_pointer(&mut self) -> bool {
        let Some(word) = self.view.word(self.at) else {
            return false;
        };
        let Some(len) = word.entry(self.engine.pack.known.pointer, Forms::ANY) else {
            return false;
        };
        // «это хлеб», "this milk", "everything bagels": what is pointed at is named.
        let deictic = self.is_known(self.at, self.engine.pack.known.deictic);
        let mut noun = self.at + len;
        while deictic
            && self.view.word(noun).is_some_and(|word| {
                word.good.is_none() && word.readings.iter().any(Reading::is_attribute)
            })
            && noun < self.at + len + 2
        {
            noun += 1;
        }
        let named = self.view.word(noun).is_some_and(|next| next.good.is_some());
        if named && deictic {
            self.at += len;
            return true;
        }
        if named
            && self
                .view
                .token(self.at)
                .is_some_and(|t| t.script == Script::Latin)
        {
            return false;
        }
        self.pointer = true;
        self.at += len;
        true
    }

    /// "Head and Shoulders", "M&M's": an English conjunction inside a name that is said among Russian words, or a sign without spaces.
    pub(crate) fn inside_name(&self, at: usize) -> bool {
        let latin = |at: usize| {
            self.view
                .token(at)
                .is_some_and(|token| token.script == Script::Latin)
        };
        let foreign = self.language == Language::Ru && self.norm(at) == "and";
        let tight = self.view.token(at).is_some_and(|token| {
            token.is("&") && token.glued && self.view.token(at + 1).is_some_and(|next| next.glued)
        });
        (foreign || tight) && at > 0 && latin(at - 1) && latin(at + 1)
    }
}
