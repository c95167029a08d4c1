//! Somebody is told to do something: called by name, asked through another, or said to need to. Who is only acted on or named is nobody's doer.

use super::reader::{Reader, Stretch};
use super::{Frame, FrameKind};
use crate::islands::Island;
use crate::morph::Case;
use crate::pack::{Finds, Opens};
use crate::phrase::{Forms, Slot};
use crate::tasks::{self, Doer, Lead, PersonRole, person_role};
use crate::token::Script;
use crate::utterance::{View, Word};

impl<'r, 'u> Reader<'r, '_, 'u> {
    /// «пусть Саша …», "ask Bob to …": a verb has to follow, or stand before.
    pub(super) fn told(
        &mut self,
        stretch: &Stretch,
        island: &'r Island<'r>,
    ) -> Result<Frame, &'static str> {
        // «бельё пусть развесит Саша»: the name may stand anywhere else.
        let mut taken = vec![island.range.clone()];
        let doer = match self.doer_of(island) {
            Some(doer) => doer,
            None => {
                let (doer, range) = self
                    .receiver(stretch, island)
                    .ok_or("nobody is named to do it")?;
                taken.push(range);
                doer
            }
        };
        let behind = self.without(&(island.range.end..stretch.range.end), &taken);
        let before = self.before(stretch, island);
        let rest = match (behind.says_nothing(), before) {
            (false, None) => behind,
            // «вынеси мусор, Саша»: behind its order a name alone is called only where a pause stands before it.
            (true, Some(_)) if self.only_a_name(island) && !self.paused(island.range.start) => {
                return Err("a name at the end is called only behind a pause");
            }
            (true, Some(before)) => self.part(&before).trimmed(),
            (true, None) if self.only_a_name(island) => return Err("a name alone orders nothing"),
            (true, None) => return Ok(self.frame(stretch, Some(island), FrameKind::AskTitle)),
            (false, Some(before)) => match self.acted_on(&before, &behind) {
                Some(joined) => joined,
                None => return Err("something else stands before it"),
            },
        };
        if self.is_object(stretch, island) {
            return Err("the name is what it is done to");
        }
        if !self.begins_with_verb(&rest)
            || (self.only_a_name(island) && !self.is_called_to(&rest, island, stretch))
        {
            return Err("what the doer is to do is no verb phrase");
        }
        if self.lists_something(&rest) {
            return Err("a second order stands inside the title");
        }
        let reading = self.titles(&rest, Some(doer), Lead::Verb, false)?;
        let mut frame = self.frame(stretch, Some(island), reading);
        frame.cost += self.statement_inside(&rest);
        Ok(frame)
    }

    /// «Саша, почини кран», "Bob mop the floor": an order, not any verb beside a name.
    pub(super) fn is_called_to(
        &self,
        rest: &View<'_>,
        island: &Island<'_>,
        stretch: &Stretch,
    ) -> bool {
        let Some(word) = rest.word(0) else {
            return false;
        };
        let known = &self.engine.pack.known;
        let latin = rest
            .token(0)
            .is_some_and(|token| token.script == Script::Latin);
        let last = island.range.end.saturating_sub(1);
        let colon = self.view.token(last).is_some_and(|token| token.is(":"));
        let paused =
            colon || self.view.is_soft_mark(last) || self.view.is_soft_mark(island.range.end);
        // "Bob takes out the bins", not "Bob took out the bins"
        let order = Forms::IMPERATIVE.or(Forms::INFINITIVE).or(Forms::THIRD);
        let chore = self.engine.pack.chores.iter().any(|chores| {
            word.entry(chores.verb, order).is_some() || word.entry(chores.alone, order).is_some()
        });
        match latin {
            true => {
                paused
                    || ((chore || self.buys_at(rest))
                        && (word.good.is_none()
                            || rest.word(1).is_some_and(|next| next.is(known.article))))
            }
            // «пусть бабушка сварит суп, а Саша почистит картошку»
            false if stretch.before.task && word.entry(known.verb, Forms::THIRD).is_some() => true,
            false if paused => true,
            false => word.entry(known.verb, Forms::IMPERATIVE).is_some(),
        }
    }

    pub(super) fn buys_at(&self, rest: &View<'_>) -> bool {
        let first = rest
            .at
            .first()
            .and_then(|token| self.view.at.binary_search(token).ok());
        self.islands.iter().any(|island| {
            Some(island.range.start) == first && island.finds(Finds::Trigger(Opens::Buy))
        })
    }

    /// «Сашу надо забрать», "Sam needs to be picked up", «для бабушки захвати»: whoever it is done to or for.
    pub(super) fn is_object(&self, stretch: &Stretch, island: &Island<'_>) -> bool {
        let Some(name) = island.captures.get(Slot::Doer) else {
            return false;
        };
        let led = self.only_a_name(island)
            && name.start > stretch.range.start
            && self.word(name.start - 1).is_some_and(Word::is_preposition);
        let clause = self.part(&stretch.range);
        let role = person_role(
            self.engine,
            &clause,
            name.start.saturating_sub(stretch.range.start),
        );
        // «надо Сашу записать»: who needs to do it stands in the dative.
        let needed = island.range.clone().any(|at| {
            self.word(at)
                .is_some_and(|word| word.is(self.engine.pack.known.ru.need))
        });
        let accusative = name.clone().any(|at| {
            self.word(at).is_some_and(|word| {
                let cases = || {
                    let forms = self.engine.names.find(&word.norm).iter();
                    forms.filter_map(|form| form.case)
                };
                cases().any(|case| case == Case::Accusative)
                    && !cases().any(|case| matches!(case, Case::Dative | Case::Nominative))
            })
        });
        if needed && accusative {
            return true;
        }
        // «Сашу надо забрать»; whom somebody is asked or wanted to do it by is named behind the words that say so.
        led || (name.start == island.range.start && role == PersonRole::Object)
    }

    /// Whether the trigger is nothing but a name: somebody who is called.
    pub(super) fn only_a_name(&self, island: &Island<'_>) -> bool {
        let named = island
            .captures
            .get(Slot::Doer)
            .map_or(0, |range| range.len());
        island
            .range
            .clone()
            .filter(|&at| !self.view.is_soft_mark(at))
            .count()
            <= named
    }

    pub(super) fn doer_of(&self, island: &Island<'_>) -> Option<Doer> {
        let range = island.captures.get(Slot::Doer)?;
        Some(tasks::doer(
            self.engine,
            &self.view.part(range),
            self.household,
        ))
    }

    /// «помыть окна», «о встрече»: what may follow the name of somebody who is reminded.
    pub(super) fn may_follow_a_name(&self, title: &View<'_>) -> bool {
        title.says_nothing()
            || title.word(0).is_some_and(|word| {
                word.entry(self.engine.pack.known.verb, Forms::ANY)
                    .is_some()
                    || word.is_preposition()
                    || title
                        .token(0)
                        .is_some_and(|token| token.script == Script::Latin)
            })
    }

    /// «мне», "for me" in the words of the order itself.
    pub(super) fn says_me(&self, island: &Island<'_>) -> bool {
        let Some(&first) = self.view.at.get(island.range.start) else {
            return false;
        };
        let last = self
            .view
            .at
            .get(island.range.end.saturating_sub(1))
            .copied()
            .unwrap_or(first);
        (first..=last)
            .filter_map(|at| self.view.utterance.words.get(at))
            .any(|word| word.is(self.engine.pack.known.me))
    }
}

pub(super) fn captured(island: &Island<'_>) -> bool {
    island.captures.get(Slot::Doer).is_some()
}

pub(super) fn is_preposition_of_people(word: &Word) -> bool {
    matches!(word.norm.as_str(), "to" | "for" | "на" | "для" | "за")
}
