//! English noun phrases: kept as said but for articles, repaired typos and what is no part of a name.

mod described;
mod known;

use crate::amount::Amount;
use crate::items::amount::{self, Measured};
use crate::items::{Named, NoItems, Reader, name};
use crate::languages::en::morphology::plural;
use crate::pack::GoodNumber;
use crate::phrase::Forms;
use crate::token::TokenKind;
use known::{pluralised, shown};

/// More known goods than this in a row are a list, not one compound.
const LONGEST_COMPOUND: usize = 3;

/// A known good with more words in front of it than this is something else.
const MOST_DESCRIBING: usize = 4;

impl Reader<'_, '_> {
    pub(crate) fn english(
        &mut self,
        start: usize,
        measured: Option<&Measured>,
    ) -> Result<Option<Named>, NoItems> {
        let start = self.skip_determiners(start);
        if self.does_something(start) {
            return Err(NoItems::NotAnItem);
        }
        let mut end = self.english_end(start, measured.is_some())?;
        if self.shares_noun(start, end) {
            self.attributes.extend(start..end);
            self.at = end;
            return Ok(None);
        }
        if let Some(whole) = self.filled_end(start, end, measured) {
            end = whole;
        }
        if end == start {
            self.at = end;
            // "to listen to a podcast" is nothing to buy.
            if self.items.is_empty() && self.norm(end) == "to" && !self.takes_list(end) {
                return Err(NoItems::NotAnItem);
            }
            return if self.drop_modifier(end) {
                Ok(None)
            } else {
                Err(NoItems::NotAnItem)
            };
        }
        let repaired = (start..end).any(|at| self.view.word(at).is_some_and(|word| word.repaired));
        let good = self.whole_good(start, end).cloned();
        let sized = (start + 1..end)
            .find(|&at| self.code_end(at) == Some(end) || self.number_behind(at) == Some(end));
        let known = good.is_some() || self.ends_in_good(start, sized.unwrap_or(end));
        // "Purina Pro Plan": a capital makes a name of it.
        let named = end - start > 1
            && self
                .view
                .token(end - 1)
                .is_some_and(|token| token.text.chars().next().is_some_and(char::is_uppercase));
        if good.is_none() && !named && self.is_known(end - 1, self.engine.pack.known.not_goods) {
            return Err(NoItems::NotGoods);
        }
        let noun = self.shared_noun(start, end);
        let said = match self.described_behind(start, end) {
            Some(good) => format!(
                "{} {}",
                name::as_said(self.view, good..end),
                name::as_said(self.view, start..good)
            ),
            None => self.coded(start..end),
        };
        let shared = std::mem::take(&mut self.attributes)
            .into_iter()
            .map(|at| {
                let attribute = name::as_said(self.view, at..at + 1);
                format!("{attribute} {}", name::as_said(self.view, noun..end))
            })
            .collect();
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
            shared,
            head: None,
        }))
    }

    /// "roll a dice", "cook chicken": a verb and what it is done to.
    fn does_something(&self, at: usize) -> bool {
        let known = &self.engine.pack.known;
        let verb = self
            .view
            .word(at)
            .is_some_and(|word| word.good.is_none_or(|(_, len)| len == 1))
            && self.view.word(at).is_some_and(|word| {
                // "boiled ham", "frying pan"
                word.entry(known.items.deed, Forms::IMPERATIVE.or(Forms::INFINITIVE))
                    .is_some()
            });
        let next = self.view.word(at + 1);
        verb && !self.is_separator(at + 1)
            && next.is_some_and(|word| {
                word.good.is_some() || word.number.is_some() || self.is_known(at + 1, known.article)
            })
    }

    /// "printer ink HP 305": hundreds of nothing behind a name in capitals.
    fn is_model(&self, at: usize) -> bool {
        let large = self
            .view
            .word(at)
            .and_then(|word| word.number.as_ref()?.amount.as_integer())
            .is_some_and(|number| number >= 100);
        let capital = self.view.token(at - 1).is_some_and(|token| {
            token.kind == TokenKind::Word && token.text.chars().all(char::is_uppercase)
        });
        large && capital && (self.is_separator(at + 1) || self.view.word(at + 1).is_none())
    }

    /// "butter unsalted": where the adjectives behind a known good begin.
    fn described_behind(&self, start: usize, end: usize) -> Option<usize> {
        let (_, len) = self.view.word(start)?.good?;
        let good = start + len;
        let modifier = self.engine.pack.known.modifier;
        (good < end && (good..end).all(|at| self.is_known(at, modifier))).then_some(good)
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
        let known = &self.engine.pack.known;
        while (self.is_known(at, known.article) || self.is_taste(at))
            && !self.is_separator(at + 1)
            && self.code_end(at).is_none()
        {
            at += 1;
        }
        at
    }

    /// "bloody milk", but not "good friends".
    pub(crate) fn is_taste(&self, at: usize) -> bool {
        self.is_known(at, self.engine.pack.known.items.taste)
            && self
                .view
                .word(at)
                .is_some_and(|word| word.good.is_none_or(|(_, len)| len == 1))
            && self.view.word(at + 1).is_some_and(|word| {
                word.good.is_some()
                    || self.is_known(at + 1, self.engine.pack.known.modifier)
                    || self.is_known(at + 1, self.engine.pack.known.items.taste)
            })
    }

    /// Where the name ends: at a separator, an amount, a word that cannot belong, or where the next known good begins.
    fn english_end(&self, start: usize, measured: bool) -> Result<usize, NoItems> {
        let known = &self.engine.pack.known;
        let mut at = start;
        while at < self.view.at.len() {
            let dash =
                self.norm(at) == "-" && !self.view.token(at).is_some_and(|token| token.glued);
            let inside = self.inside_good(start, at) || self.inside_pair(start, at);
            if dash || (self.is_separator(at) && !inside) {
                break;
            }
            // "olive oil [not the cheap one]"
            if at > start && self.norm(at) == "not" && self.description(at).is_some() {
                break;
            }
            if self.forbidden(at) {
                return Err(NoItems::NotAnItem);
            }
            let numbered = if at == start {
                self.numbered_end(at).or_else(|| self.numbered_word(at))
            } else {
                self.code_end(at).or_else(|| self.number_behind(at))
            };
            if let Some(end) = numbered {
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
                if self.is_model(at) {
                    at += 1;
                    continue;
                }
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
                && (matches!(self.norm(at), "a" | "an" | "x")
                    || self.is_known(at, known.items.each))
                && amount::read(self.engine, self.view, at, self.language).is_some()
            {
                break;
            }
            if at > start
                && (self.is_known(at, known.items.each) || self.is_known(at, known.vague))
                && self.code_end(at).is_none()
            {
                break;
            }
            // "two onions a bulb of garlic"
            if at > start && matches!(self.norm(at), "a" | "an") && self.has_noun_at(at + 1) {
                break;
            }
            if self.is_known(at, known.purpose)
                && !self.keeps_complement(at)
                && !self.inside_good(start, at)
            {
                break;
            }
            if at > start && self.next_good_begins(start, at, measured) {
                break;
            }
            at += match self.view.word(at).and_then(|word| word.good) {
                // "vitamin D3": the code goes further than the good.
                Some((_, len)) if len > 1 && self.code_end(at + len - 1).is_some() => len - 1,
                Some((_, len)) if at + len <= self.view.at.len() => len,
                _ => 1,
            };
        }
        Ok(at)
    }

    /// "for cats", "for toast", "for roses" tell the variety apart; "for dinner", "for mom" do not.
    fn keeps_complement(&self, at: usize) -> bool {
        let known = &self.engine.pack.known;
        let determined = self.is_known(at + 1, known.article);
        // "dog food for the puppy": a known good of several words says it already.
        let said = determined
            && (1..=2).any(|back| {
                at.checked_sub(back + 1)
                    .and_then(|start| self.whole_good(start, at))
                    .is_some()
            });
        let end = (at + 1..at + 4)
            .find(|&i| !self.has_noun_at(i))
            .unwrap_or(at + 4);
        let says = |class| (at + 1..end).any(|i| self.is_known(i, class));
        // "cat food for Mittens"
        let called = self
            .view
            .token(at + 1)
            .is_some_and(|token| token.text.chars().next().is_some_and(char::is_uppercase));
        if said || called || self.is_known(at + 1, known.person) {
            return false;
        }
        // "eggs for the dogs": food for people is bought for them.
        if says(known.variety) {
            return !says(known.occasion) && (!determined || self.tells_apart(at));
        }
        let other = [
            known.occasion,
            known.items.place,
            known.items.people,
            known.person,
        ];
        self.norm(at) == "for"
            && !determined
            && end <= at + 3
            && self.view.word(at + 1).is_some_and(|word| {
                word.number.is_none() && word.good.is_none_or(|(_, len)| at + 1 + len == end)
            })
            && !other.into_iter().any(says)
            && self.tells_apart(at)
    }

    /// Whether what ends at `at` is a known good that nobody eats: what it is for tells it apart.
    fn tells_apart(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back)
                .and_then(|start| self.whole_good(start, at))
                .is_some_and(|good| !good.food && !good.brand)
        })
    }

    /// Passes over "for the party", "from the store" up to the next separator.
    fn drop_modifier(&mut self, at: usize) -> bool {
        if !self.is_known(at, self.engine.pack.known.purpose) || self.takes_list(at) {
            return false;
        }
        let known = &self.engine.pack.known;
        let mut end = at + 1;
        let mut said = false;
        while end < self.view.at.len() && !self.is_separator(end) && !self.takes_list(end) {
            // "for the party salsa and dip": the occasion is said, what follows is wanted.
            let good = self.view.word(end).is_some_and(|word| word.good.is_some());
            if said && good && self.norm(at) != "to" && !self.is_known(end, known.compound_head) {
                break;
            }
            said |= self.is_known(end, known.occasion) || self.is_known(end, known.items.place);
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
}
