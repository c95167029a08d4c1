//! Russian noun phrases: where one begins and ends, and which word is its noun.

mod alone;
mod attributes;
mod brand;
mod complement;
mod form;
mod variety;

use crate::amount::Amount;
use crate::items::amount::Measured;
use crate::items::{Named, NoItems, Reader, name};
use crate::morph::{Case, Number, Pos, Reading};
use crate::pack::{Good, GoodId, plain};
use crate::phrase::Forms;
use crate::utterance::Word;

/// The head of a phrase and what agrees with it.
pub(crate) struct Phrase<'w> {
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
    pub(crate) fn russian(
        &mut self,
        start: usize,
        measured: Option<&Measured>,
    ) -> Result<Option<Named>, NoItems> {
        // «20% сметану»
        if let Some(end) = self.percent(start)
            && self.has_noun_at(end)
        {
            let percent = name::as_said(self.view, start..end);
            let named = self.russian(end, measured)?;
            return Ok(named.map(|named| Named {
                name: format!("{} {percent}", named.name),
                ..named
            }));
        }
        if let Some(named) = self.number_in_front(start, measured)? {
            return Ok(Some(named));
        }
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
            .filter(|good| good.brand && !self.is_part_of_code(start))
            .cloned()
        {
            return Ok(Some(self.described_brand(start, &attributes, &good)));
        }
        if self.is_separator(head) || self.view.word(head).is_none() {
            return self.adjective_alone(start, &attributes);
        }
        // «дроблёнки [мешок]»: what is no listed good stands in the genitive before its container too.
        let unknown = self.view.word(head).is_some_and(|word| word.good.is_none());
        let behind = crate::items::amount::read(self.engine, self.view, head + 1, self.language)
            .filter(|behind| measured.is_none() && unknown && behind.unit.is_some());
        let measured = measured.or(behind.as_ref());
        let Some(phrase) = self.phrase(start, attributes, head, measured) else {
            return self.foreign_or_unknown(start, head);
        };
        let good = self
            .view
            .word(phrase.head)
            .is_some_and(|word| word.good.is_some());
        if !good && self.is_known(phrase.head, self.engine.pack.known.not_goods) {
            return Err(NoItems::NotGoods);
        }
        Ok(Some(self.named(start, phrase, measured)))
    }

    /// The known good that covers the words from `start` or from the noun.
    fn good_from(&self, start: usize, head: usize) -> Option<&Good> {
        let id = [start, head]
            .into_iter()
            .find_map(|at| self.view.word(at)?.good)?
            .0;
        self.engine.pack.lexicon.good(id)
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
        // «витамин Д3» is more than витамин D.
        let covered = covered.filter(|&(_, end)| self.code_end(end - 1).is_none());
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

    /// «пирожки с мясом [и рисом]»: a conjunction goes on with the complement of a known good.
    fn more_of_the_same(&self, phrase: &Phrase<'_>) -> Option<usize> {
        let and = phrase.head_end;
        let complement = and > phrase.head + 2 && self.is_known(and, self.engine.pack.known.and);
        (complement && self.like_case(and - 1, and + 1)).then_some(and + 2)
    }

    fn is_noun_of(&self, at: usize) -> bool {
        let Some(word) = self.view.word(at) else {
            return false;
        };
        let share = |kind: fn(&Reading) -> bool| -> f32 {
            word.readings
                .iter()
                .filter(|r| kind(r))
                .map(|r| r.share)
                .sum()
        };
        let noun = share(Reading::is_nominal);
        noun > 0.2 && noun >= share(|r| r.pos == Pos::Adjective)
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
            .map(|good| good.key.as_str());
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
                    let own = good == Some(reading.lemma.as_str());
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
        let mut behind = Vec::new();
        // «рыбу красную», «молоко обезжиренное»: behind the noun, in front on the list.
        while let Some(word) = self.view.word(end) {
            let agrees = word
                .readings
                .iter()
                .any(|r| r.is_attribute() && r.share > 0.01 && r.agrees_with(phrase.reading));
            let own_noun = word.good.is_some_and(|(_, len)| len == 1)
                && word.readings.iter().any(Reading::is_nominal);
            if !agrees
                || own_noun
                || word.number.is_some()
                || self.is_separator(end)
                || (self.noun_agrees(end) && !self.agrees(end + 1, phrase.reading))
                || self.forbidden(end)
                || word
                    .entry(self.engine.pack.known.article, Forms::ANY)
                    .is_some()
            {
                break;
            }
            behind.push(end);
            end += 1;
        }
        // «зубную щётку мягкую» is мягкая зубная щётка: what belongs to the known good stays beside its noun.
        let own = (start..phrase.head)
            .find(|&at| {
                self.view
                    .word(at)
                    .and_then(|word| word.good)
                    .is_some_and(|(_, len)| at + len > phrase.head)
            })
            .and_then(|from| phrase.attributes.iter().position(|&at| at >= from));
        let place = own.unwrap_or(phrase.attributes.len());
        phrase
            .attributes
            .splice(place..place, behind.iter().copied());
        let (complement, after) = match self.more_of_the_same(&phrase) {
            Some(after) => (
                Some(name::as_said(self.view, phrase.head_end..after)),
                after,
            ),
            None => self.complement(end, &phrase),
        };
        let good = [start, phrase.head]
            .into_iter()
            .chain(start..phrase.head)
            .find_map(|at| {
                // «успокоительный [сбор]»: a good that is only the adjective names nothing here.
                let covers = |&(_, len): &(GoodId, usize)| at + len > phrase.head;
                self.view.word(at)?.good.filter(covers)
            })
            .and_then(|(id, _)| self.engine.pack.lexicon.good(id));
        let number = self.number(&phrase, good, measured);
        let repaired =
            (start..after).any(|at| self.view.word(at).is_some_and(|word| word.repaired));
        let mut parts = Vec::new();
        let (head, gender) = self.head(&phrase, good, number);
        let taste = self.engine.pack.known.items.taste;
        for &at in phrase.attributes.iter().filter(|&&at| at >= start) {
            if !self.is_known(at, taste) {
                parts.push(self.attribute(at, number, gender));
            }
        }
        let last_head = crate::items::Head {
            reading: phrase.reading.clone(),
            word: head.clone(),
            number,
            gender,
            described: end > phrase.head_end || phrase.attributes.iter().any(|&at| at >= start),
            end: after,
            preposition: (phrase.head + 1..after)
                .find(|&at| self.is_preposition(at))
                .map(|at| self.norm(at).to_owned()),
        };
        parts.push(head);
        // The rest of a known good («средство для мытья посуды», «сыр косичка») stands as the pack has it or as said.
        if phrase.head_end > phrase.head + 1 {
            let said = phrase.head + 1..phrase.head_end;
            let own = good
                .map(|good| good.name.split(' ').collect::<Vec<_>>())
                .and_then(|words| {
                    Some(words.get(words.len().checked_sub(said.len())?..)?.join(" "))
                })
                .filter(|_| {
                    good.is_some_and(|good| good.name.split(' ').count() > said.len())
                        && !self.is_preposition(said.start)
                });
            parts.push(own.unwrap_or_else(|| name::as_said(self.view, said)));
        }
        if let Some(complement) = complement {
            parts.push(complement);
        }
        let mut name = parts.join(" ");
        if let Some(good) = good
            && good.key == plain(&name)
        {
            name.clone_from(&good.name);
        }
        let base = self.engine.diminutives.base(&phrase.reading.lemma);
        let lexicon = &self.engine.pack.lexicon;
        // «сахар-рафинад», «клей-карандаш»
        let compound = |lemma: &str| {
            let mut parts = lemma.split('-');
            lemma.contains('-') && parts.any(|part| lexicon.has_good(part))
        };
        let known = good.is_some()
            || base.is_some_and(|base| lexicon.has_good(base))
            || compound(&phrase.reading.lemma);
        Named {
            name,
            end: after,
            known,
            repaired,
            shared: Vec::new(),
            head: Some(last_head),
        }
    }
}
