//! English noun phrases: kept as said but for articles, repaired typos and what is no part of a name.

use super::amount::{self, Measured};
use super::{Named, NoItems, Reader, name};
use crate::amount::Amount;
use crate::lang::en::morphology::plural;
use crate::pack::{Good, GoodNumber};
use crate::token::TokenKind;

/// More known goods than this in a row are a list, not one compound.
const LONGEST_COMPOUND: usize = 3;

impl Reader<'_, '_> {
    pub(super) fn english(
        &mut self,
        start: usize,
        measured: Option<&Measured>,
    ) -> Result<Option<Named>, NoItems> {
        let start = self.skip_determiners(start);
        let end = self.english_end(start, measured)?;
        if end == start {
            self.at = end;
            return if self.drop_modifier(end) {
                Ok(None)
            } else {
                Err(NoItems::NotAnItem)
            };
        }
        let repaired = (start..end).any(|at| self.view.word(at).is_some_and(|word| word.repaired));
        let good = self.whole_good(start, end).cloned();
        let sized = (start + 1..end)
            .find(|&at| self.size_end(at).or_else(|| self.code_end(at)) == Some(end));
        let known = good.is_some() || self.ends_in_good(start, sized.unwrap_or(end));
        if good.is_none() && self.is_known(end - 1, self.engine.pack.known.not_goods) {
            return Err(NoItems::NotGoods);
        }
        let said = name::as_said(self.view, start..end);
        let quantity = measured.and_then(|m| m.unit_at.is_none().then_some(m.number).flatten());
        let said = self.with_brand(self.spelled(said, end - 1), start);
        let name = match good {
            Some(good) if good.brand || good.number != GoodNumber::Count => shown(&good, said),
            Some(good) if quantity.is_some_and(|q| q > Amount::ONE) && said == good.key => {
                pluralised(&said)
            }
            _ => said,
        };
        self.at = end;
        let mut after = end;
        if self.drop_modifier(end) {
            after = self.at;
        }
        Ok(Some(Named {
            name,
            end: after,
            known,
            repaired,
        }))
    }

    /// A brand that leads the name, with its own capitals.
    fn with_brand(&self, said: String, start: usize) -> String {
        let first = self.view.word(start);
        let brand = first
            .and_then(|word| word.good)
            .and_then(|(id, len)| Some((self.engine.pack.lexicon.good(id)?, len)));
        match (first, brand) {
            (Some(word), Some((good, 1))) if good.brand => match said
                .to_lowercase()
                .strip_prefix(word.norm.as_str())
            {
                Some(_) => format!("{}{}", good.name, said.get(word.norm.len()..).unwrap_or("")),
                None => said,
            },
            _ => said,
        }
    }

    /// A plural that people misspell ("tomatos") as it is written.
    fn spelled(&self, said: String, last: usize) -> String {
        let Some(word) = self.view.word(last) else {
            return said;
        };
        if self.engine.is_exact_english_word(&word.norm) || word.repaired {
            return said;
        }
        let lemma = word.readings.iter().find(|r| {
            r.number == Some(crate::morph::Number::Plural)
                && self.engine.is_exact_english_word(&r.lemma)
        });
        match (lemma, said.strip_suffix(word.norm.as_str())) {
            (Some(reading), Some(head)) => format!("{head}{}", plural(&reading.lemma)),
            _ => said,
        }
    }

    fn skip_determiners(&self, mut at: usize) -> usize {
        while self.is_known(at, self.engine.pack.known.article) && !self.is_separator(at + 1) {
            at += 1;
        }
        at
    }

    /// Where the name ends: at a separator, an amount, a word that cannot belong, or where the next known good begins.
    fn english_end(&self, start: usize, measured: Option<&Measured>) -> Result<usize, NoItems> {
        let known = &self.engine.pack.known;
        let mut at = start;
        while at < self.view.at.len() {
            let dash =
                self.norm(at) == "-" && !self.view.token(at).is_some_and(|token| token.glued);
            if dash || (self.is_separator(at) && !self.inside_good(start, at)) {
                break;
            }
            if self.forbidden(at) {
                return Err(NoItems::NotAnItem);
            }
            if let Some(end) = self.code_end(at).or_else(|| self.size_end(at)) {
                at = end;
                continue;
            }
            let percent = self.norm(at + 1) == "%";
            if at > start
                && self
                    .view
                    .token(at)
                    .is_some_and(|token| token.kind == TokenKind::Number)
                && !percent
            {
                break;
            }
            if at > start
                && !percent
                && self.view.word(at).is_some_and(|word| word.number.is_some())
                && self.has_noun_at(at + 1)
            {
                break;
            }
            if at > start
                && matches!(self.norm(at), "a" | "an" | "x")
                && amount::read(self.engine, self.view, at, self.language).is_some()
            {
                break;
            }
            if self.is_known(at, known.purpose)
                && !self.keeps_complement(at)
                && !self.inside_good(start, at)
            {
                break;
            }
            if at > start && measured.is_none() && self.next_good_begins(start, at) {
                break;
            }
            at += match self.view.word(at).and_then(|word| word.good) {
                Some((_, len)) if at + len <= self.view.at.len() => len,
                _ => 1,
            };
        }
        Ok(at)
    }

    /// "size 4" tells the variety apart.
    fn size_end(&self, at: usize) -> Option<usize> {
        (matches!(self.norm(at), "size" | "number" | "grade")
            && self.view.word(at + 1)?.number.is_some())
        .then_some(at + 2)
    }

    /// "for cats", "for toast" tell the variety apart; "for dinner", "for mom" do not.
    fn keeps_complement(&self, at: usize) -> bool {
        let known = &self.engine.pack.known;
        // "dog food for the puppy": a known good of several words says it already.
        let said = self.is_known(at + 1, known.article)
            && (1..=2).any(|back| {
                at.checked_sub(back + 1)
                    .and_then(|start| self.whole_good(start, at))
                    .is_some()
            });
        !said
            && (at + 1..at + 4).any(|i| self.is_known(i, known.variety))
            && !self.is_known(at + 1, known.person)
    }

    /// Passes over "for the party", "from the store" up to the next separator.
    fn drop_modifier(&mut self, at: usize) -> bool {
        if !self.is_known(at, self.engine.pack.known.purpose) || self.takes_list(at) {
            return false;
        }
        let mut end = at + 1;
        while end < self.view.at.len() && !self.is_separator(end) && !self.takes_list(end) {
            end += 1;
        }
        self.at = end;
        true
    }

    fn takes_list(&self, at: usize) -> bool {
        let known = &self.engine.pack.known;
        let name = (at + 1..at + 4)
            .find(|&i| !self.is_known(i, known.article))
            .unwrap_or(at + 1);
        matches!(self.norm(at), "to" | "on" | "in") && self.is_known(name, known.own_list)
    }

    fn inside_good(&self, start: usize, at: usize) -> bool {
        (start..at).any(|i| {
            self.view
                .word(i)
                .and_then(|word| word.good)
                .is_some_and(|(_, len)| i + len > at)
        })
    }

    /// "eggs milk bread": a plural does not modify what follows, nor does one known good another unless the second is a head of
    /// compounds ("tomato sauce").
    fn next_good_begins(&self, start: usize, at: usize) -> bool {
        let known = &self.engine.pack.known;
        let Some((_, _)) = self.view.word(at).and_then(|word| word.good) else {
            return false;
        };
        let Some(good) = self.whole_good(start, at) else {
            return false;
        };
        if good.brand {
            return false;
        }
        let said_plural = good.number == GoodNumber::Plural
            || self.view.word(at - 1).is_some_and(|word| {
                word.norm.ends_with('s')
                    && word
                        .readings
                        .iter()
                        .any(|r| r.number == Some(crate::morph::Number::Plural))
            });
        said_plural
            || !self.is_known(at, known.compound_head)
            || self.run_of_goods(start) >= LONGEST_COMPOUND
    }

    /// How many known goods stand in a row without anything between them.
    fn run_of_goods(&self, start: usize) -> usize {
        let mut at = start;
        while at > 0
            && !self.is_separator(at - 1)
            && self
                .view
                .word(at - 1)
                .is_some_and(|word| word.good.is_some())
        {
            at -= 1;
        }
        let mut count = 0;
        while let Some((_, len)) = self.view.word(at).and_then(|word| word.good) {
            at += len;
            count += 1;
        }
        count
    }

    fn whole_good(&self, start: usize, end: usize) -> Option<&Good> {
        let (id, len) = self.view.word(start)?.good?;
        if start + len == end {
            self.engine.pack.lexicon.good(id)
        } else {
            None
        }
    }

    /// "organic whole milk": the head is known though the whole is not.
    fn ends_in_good(&self, start: usize, end: usize) -> bool {
        let modifier = self.engine.pack.known.modifier;
        let brand = |at: usize| {
            let good = self
                .view
                .word(at)
                .and_then(|word| word.good)
                .and_then(|(id, _)| self.engine.pack.lexicon.good(id));
            good.is_some_and(|good| good.brand)
        };
        let plain = (start..end).take_while(|&at| {
            self.is_known(at, modifier)
                || brand(at)
                || self.norm(at + 1) == "%"
                || self.norm(at) == "%"
        });
        let head = start + plain.count();
        (start..=head).any(|at| {
            self.view
                .word(at)
                .and_then(|word| word.good)
                .is_some_and(|(_, len)| at + len == end)
        })
    }
}

fn shown(good: &Good, said: String) -> String {
    let own = good.key.as_str();
    let same = own == said || plural(own) == said || own == plural(&said);
    if good.brand || same {
        good.name.clone()
    } else {
        said
    }
}

fn pluralised(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((head, last)) => format!("{head} {}", plural(last)),
        None => plural(name),
    }
}
