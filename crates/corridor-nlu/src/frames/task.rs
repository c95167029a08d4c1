//! Tasks that are told to be tasks: reminders, lists of tasks, particular doers.

use std::ops::Range;

use crate::islands::Island;
use crate::pack::{Asked, Finds, NotOurs, Opens, Role};
use crate::phrase::{Forms, Slot};
use crate::tasks::{self, Doer};
use crate::token::Script;
use crate::utterance::{View, Word};

use super::reader::{MOST_TRIED, Reader, Stretch};
use super::told::{captured, is_preposition_of_people};
use super::{Frame, FrameKind};

impl<'r, 'u> Reader<'r, '_, 'u> {
    /// A reminder, an entry of a list of tasks, an order for somebody.
    pub(super) fn task(&mut self, stretch: &Stretch) -> Option<Frame> {
        let triggers: Vec<&'r Island<'r>> = self
            .triggers(&stretch.range)
            .filter(|island| {
                matches!(
                    island.rule.finds,
                    Finds::Trigger(Opens::Remind | Opens::Notify | Opens::Assign | Opens::Doer)
                )
            })
            .take(MOST_TRIED)
            .collect();
        for island in triggers {
            let tried = match island.rule.finds {
                Finds::Trigger(Opens::Doer) => self.told(stretch, island),
                _ => self.reminded(stretch, island),
            };
            match tried {
                Ok(frame) => return Some(frame),
                Err(why) => self.decline(island, why),
            }
        }
        self.listed(stretch)
    }

    /// «напомни …», "assign … to Bob": the title stands behind the trigger, or before it where nothing stands behind.
    fn reminded(
        &mut self,
        stretch: &Stretch,
        island: &'r Island<'r>,
    ) -> Result<Frame, &'static str> {
        let assigned = island.finds(Finds::Trigger(Opens::Assign));
        let mut taken = vec![island.range.clone()];
        let mut doer = self.doer_of(island);
        if let Some(apart) = self.roles(&stretch.range, Role::Doer).first() {
            doer = doer.or(self.doer_of(apart));
            taken.push(apart.range.clone());
        }
        if assigned && doer.is_none() {
            let (named, range) = self
                .receiver(stretch, island)
                .ok_or("nobody is named to do it")?;
            doer = Some(named);
            taken.push(range);
        }
        // "give Rex a bath": nobody of the household, and a chore as it stands.
        if assigned && doer == Some(Doer::Stranger) && self.opens_a_chore(stretch.range.clone()) {
            return Err("it is a chore as it stands");
        }
        let behind = self.without(&(island.range.end..stretch.range.end), &taken);
        let before = self.before(stretch, island);
        let title = match (behind.says_nothing(), before) {
            (false, None) => behind,
            (true, Some(before)) => {
                if let Some(refused) = self.refused(stretch, Asked::BeforeShopping) {
                    return Ok(refused);
                }
                if self
                    .word(island.range.start.saturating_sub(1))
                    .is_some_and(|word| word.is(self.engine.pack.known.and))
                {
                    return Err("a second order stands before it");
                }
                if !self.is_verb(island.range.start) {
                    return Err("a noun alone reminds of nothing that stands before it");
                }
                let possession = self.roles(&before, Role::Possession);
                taken.extend(possession.iter().map(|island| island.range.clone()));
                self.without(&before, &taken)
            }
            (true, None) => behind,
            (false, Some(before)) => self
                .condition_last(&before, &behind)
                .or_else(|| self.fronted(&before, behind))
                .ok_or("something else stands before it")?,
        };
        if doer.is_some() && captured(island) && !assigned && !self.may_follow_a_name(&title) {
            return Err("what the doer is to do is no verb phrase");
        }
        if self.lists_something(&title) {
            return Err("a second order stands inside the title");
        }
        let title = self.with_captured(island, title);
        if island.finds(Finds::Trigger(Opens::Notify)) && !self.is_worth_an_alert(island, &title) {
            return Ok(self.frame(stretch, Some(island), FrameKind::NotOurs(NotOurs::Question)));
        }
        let reading = if self.only_says_when(island, &title) {
            FrameKind::AskTitle
        } else {
            self.remind(&title, doer.as_ref(), assigned)?
        };
        let mut frame = self.frame(stretch, Some(island), reading);
        frame.cost += self.statement_inside(&title);
        let speaker = self.says_me(island).then_some(Doer::Speaker);
        Ok(frame.for_doer(doer.or(speaker)))
    }

    fn is_verb(&self, at: usize) -> bool {
        let known = &self.engine.pack.known;
        self.word(at).is_some_and(|word| {
            word.entry(known.verb, Forms::IMPERATIVE).is_some()
                || word.entry(known.verb, Forms::ANY).is_some()
                || word.is(known.person)
                || word.is(known.takes_back)
                || word.is(known.me)
        })
    }

    /// "set a birthday reminder": the words inside the trigger lead the title.
    fn with_captured(&self, island: &Island<'_>, title: View<'u>) -> View<'u> {
        match island.captures.get(Slot::Title) {
            None => title,
            Some(range) => View {
                utterance: title.utterance,
                at: self
                    .part(&range)
                    .at
                    .iter()
                    .chain(&title.at)
                    .copied()
                    .collect(),
            },
        }
    }

    /// Something to do, or an event: not news, mail or the weather.
    fn is_worth_an_alert(&self, island: &Island<'_>, title: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        let latin = title
            .token(0)
            .is_some_and(|token| token.script == Script::Latin);
        let order = if latin {
            Forms::IMPERATIVE
        } else {
            Forms::INFINITIVE
        };
        let led = !latin
            || self
                .word(island.range.end.saturating_sub(1))
                .is_some_and(|word| word.is(known.to_do));
        let orders = |at: usize| {
            title
                .word(at)
                .is_some_and(|word| word.entry(known.verb, order).is_some())
        };
        let verb = led && (orders(0) || (!latin && orders(title.at.len().saturating_sub(1))));
        let asked = title.word(0).is_some_and(|word| {
            word.is(known.asks) || word.entry(known.time_clause, Forms::ANY).is_some()
        });
        let event = title.words().any(|word| word.is(known.event))
            && !(0..title.at.len()).any(|at| {
                // "an interview is scheduled"
                let told = at
                    .checked_sub(1)
                    .and_then(|before| title.word(before))
                    .is_some_and(|word| word.is(known.links));
                !told && title.word(at).is_some_and(|word| word.is(known.agenda))
            });
        title.says_nothing() || verb || (event && !asked)
    }

    /// What stands before a trigger, without requests and needs around it.
    pub(super) fn before(&self, stretch: &Stretch, island: &Island<'_>) -> Option<Range<usize>> {
        let mut range = self.trimmed(stretch.range.start..island.range.start);
        while let Some(wrap) = self.triggers(&range).find(|wrap| {
            wrap.range.start == range.start
                && matches!(
                    wrap.rule.finds,
                    Finds::Trigger(Opens::Request | Opens::Must | Opens::Wish)
                )
        }) {
            range = self.trimmed(wrap.range.end..range.end);
        }
        (!self.part(&range).says_nothing()).then_some(range)
    }

    /// «мусор напомни вынести»: what is acted on stands in front.
    pub(super) fn fronted(&self, before: &Range<usize>, behind: View<'u>) -> Option<View<'u>> {
        let front = self.part(before);
        let verb = |word: &Word| {
            word.entry(self.engine.pack.known.verb, Forms::INFINITIVE)
                .is_some()
        };
        let noun_phrase = !front.words().any(|word| {
            word.entry(self.engine.pack.known.verb, Forms::ANY)
                .is_some()
                && word.good.is_none()
        });
        let unbroken = before.end < self.view.at.len()
            && !self.view.is_soft_mark(before.end)
            && !self
                .word(before.end)
                .is_some_and(|word| word.is(self.engine.pack.known.and));
        let lone_verb = behind.at.len() <= 2 && behind.word(0).is_some_and(verb);
        let cyrillic = front
            .token(0)
            .is_some_and(|token| token.script == Script::Cyrillic);
        (cyrillic && noun_phrase && unbroken && lone_verb && before.len() <= 4).then(|| View {
            utterance: behind.utterance,
            at: behind.at.iter().chain(&front.at).copied().collect(),
        })
    }

    /// «бельё пусть развесит»: the object in front of what is told.
    pub(super) fn acted_on(&self, before: &Range<usize>, behind: &View<'u>) -> Option<View<'u>> {
        let front = self.part(before).trimmed();
        let cyrillic = behind
            .token(0)
            .is_some_and(|token| token.script == Script::Cyrillic);
        let nouns = front.words().all(|word| {
            (word
                .readings
                .iter()
                .any(|reading| reading.is_nominal() || reading.is_attribute())
                || word.is_preposition())
                && !word.is(self.engine.pack.known.and)
        });
        let unbroken = !self.view.is_soft_mark(before.end)
            && !self
                .word(before.end)
                .is_some_and(|word| word.is(self.engine.pack.known.and));
        (cyrillic && nouns && unbroken && behind.at.len() <= 2 && before.len() <= 4).then(|| View {
            utterance: behind.utterance,
            at: behind.at.iter().chain(&front.at).copied().collect(),
        })
    }

    /// "assign the dishes to Bob", «назначь уборку на Петю»: the person at the end, or right behind the trigger.
    pub(super) fn receiver(
        &self,
        stretch: &Stretch,
        island: &Island<'_>,
    ) -> Option<(Doer, Range<usize>)> {
        let known = &self.engine.pack.known;
        let range = island.range.end..stretch.range.end;
        let person = |at: &usize| {
            self.word(*at)
                .is_some_and(|word| word.is(known.person) && word.good.is_none())
        };
        let at = range.clone().rev().find(person).or_else(|| {
            let first = stretch.range.start;
            person(&first).then_some(first)
        })?;
        let mut from = at;
        while from > range.start && person(&(from - 1)) {
            from -= 1;
        }
        let name = self.part(&(from..at + 1));
        let led = from > range.start && self.word(from - 1).is_some_and(is_preposition_of_people);
        let start = if led { from - 1 } else { from };
        Some((
            tasks::doer(self.engine, &name, self.household),
            start..at + 1,
        ))
    }

    /// «добавь стирку в список дел», "vacuuming on my to-do list".
    fn listed(&mut self, stretch: &Stretch) -> Option<Frame> {
        let island = *self.roles(&stretch.range, Role::TaskList).first()?;
        // "to my to do shopping list"
        let shopping = self.roles(&stretch.range, Role::List).iter().any(|list| {
            list.range.start <= island.range.start && list.range.len() > island.range.len()
        });
        let wrapped = self.triggers(&stretch.range).any(|wrap| {
            wrap.range.start == stretch.range.start
                && matches!(
                    wrap.rule.finds,
                    Finds::Trigger(Opens::Request | Opens::Must)
                )
        });
        if wrapped || shopping {
            return None;
        }
        let trigger = self.triggers(&stretch.range).find(|trigger| {
            matches!(
                trigger.rule.finds,
                Finds::Trigger(Opens::Add | Opens::Put | Opens::Buy | Opens::Need | Opens::Wish)
            )
        });
        let mut taken = vec![island.range.clone()];
        taken.extend(trigger.map(|trigger| trigger.range.clone()));
        let link = self.linked(stretch, island).ok()?;
        let said_to_be = link.is_some();
        taken.extend(link);
        let title = self.without(&stretch.range, &taken);
        // "also list the laundry on my to-do list": what is put there is no question.
        let put = trigger.is_some_and(|trigger| trigger.range.start == stretch.range.start)
            && self.begins_with_a_chore(&title);
        if !put && let Some(refused) = self.refused(stretch, Asked::BeforeShopping) {
            return Some(refused);
        }
        // "look for, on my list: email the landlord": a title does not go round its list.
        let says = |range: Range<usize>| !self.part(&range).says_nothing();
        let around = says(stretch.range.start..island.range.start)
            && says(island.range.end..stretch.range.end);
        let led = trigger.is_some_and(|trigger| trigger.range.start == stretch.range.start);
        if around && !led && !said_to_be {
            self.decline(island, "something else stands before it");
            return None;
        }
        if trigger.is_none()
            && !said_to_be
            && !title.says_nothing()
            && !self.begins_with_a_chore(&title)
        {
            self.decline(island, "nobody orders to add it");
            return None;
        }
        let doer = self.doer_of(island);
        match self.remind(&title, doer.as_ref(), false) {
            Ok(reading) => Some(self.frame(stretch, Some(island), reading).for_doer(doer)),
            Err(why) => {
                self.decline(island, why);
                None
            }
        }
    }

    fn begins_with_a_chore(&self, title: &View<'_>) -> bool {
        let pack = &self.engine.pack;
        let first = usize::from(
            title
                .word(0)
                .is_some_and(|word| word.is(pack.known.article)),
        );
        let is = |class, forms| {
            title
                .word(first)
                .is_some_and(|word| word.entry(class, forms).is_some())
        };
        let language = title.utterance.language;
        let order = Forms::IMPERATIVE.or(Forms::INFINITIVE);
        let chore = pack.chores.iter().any(|chores| {
            chores.language == language
                && (is(chores.verb, order)
                    || is(chores.alone, order)
                    || is(chores.errand_as_need, Forms::INFINITIVE))
        });
        chore || is(pack.known.of(language).activity, Forms::ANY)
    }

    pub(super) fn paused(&self, at: usize) -> bool {
        at > 0 && self.view.is_soft_mark(at - 1)
    }
}
