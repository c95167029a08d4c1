//! Tasks that are told to be tasks: reminders, lists of tasks, particular doers.

use std::ops::Range;

use crate::islands::Island;
use crate::morph::{Reading, VerbForm};
use crate::pack::{Asked, Finds, NotOurs, Opens, Role};
use crate::phrase::{Forms, Slot};
use crate::tasks::{self, Doer, Lead, NoTitle, PersonRole, person_role};
use crate::token::Script;
use crate::utterance::{View, Word};

use super::reader::{MOST_TRIED, Reader, Stretch};
use super::{Frame, FrameKind, Titled};

/// What a clause behind a title costs where it looks like a statement: then it is likelier one of its own.
const STATEMENT_INSIDE: f64 = 0.5;

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
    fn before(&self, stretch: &Stretch, island: &Island<'_>) -> Option<Range<usize>> {
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
    fn fronted(&self, before: &Range<usize>, behind: View<'u>) -> Option<View<'u>> {
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
    fn acted_on(&self, before: &Range<usize>, behind: &View<'u>) -> Option<View<'u>> {
        let front = self.part(before).trimmed();
        let cyrillic = behind
            .token(0)
            .is_some_and(|token| token.script == Script::Cyrillic);
        let nouns = front.words().all(|word| {
            (word
                .readings
                .iter()
                .any(|reading| reading.is_nominal() || reading.is_attribute())
                || is_preposition(word))
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
    fn receiver(&self, stretch: &Stretch, island: &Island<'_>) -> Option<(Doer, Range<usize>)> {
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
        let lexicon = &self.engine.pack.lexicon;
        let first = usize::from(
            title
                .word(0)
                .is_some_and(|word| word.is(self.engine.pack.known.article)),
        );
        let is = |name: &str, forms| {
            lexicon
                .find_class_of(title.utterance.language, name)
                .is_some_and(|class| {
                    title
                        .word(first)
                        .is_some_and(|word| word.entry(class, forms).is_some())
                })
        };
        let order = Forms::IMPERATIVE.or(Forms::INFINITIVE);
        is("activity", Forms::ANY)
            || is("chore", order)
            || is("chore_alone", order)
            || is("errand_need", Forms::INFINITIVE)
    }

    /// «пусть Саша …», "ask Bob to …": a verb has to follow, or stand before.
    fn told(&mut self, stretch: &Stretch, island: &'r Island<'r>) -> Result<Frame, &'static str> {
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
    fn is_called_to(&self, rest: &View<'_>, island: &Island<'_>, stretch: &Stretch) -> bool {
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

    fn buys_at(&self, rest: &View<'_>) -> bool {
        let first = rest
            .at
            .first()
            .and_then(|token| self.view.at.binary_search(token).ok());
        self.islands.iter().any(|island| {
            Some(island.range.start) == first && island.finds(Finds::Trigger(Opens::Buy))
        })
    }

    /// «Сашу надо забрать», "Sam needs to be picked up", «для бабушки захвати»: whoever it is done to or for.
    fn is_object(&self, stretch: &Stretch, island: &Island<'_>) -> bool {
        let Some(name) = island.captures.get(Slot::Doer) else {
            return false;
        };
        let led = self.only_a_name(island)
            && name.start > stretch.range.start
            && self.word(name.start - 1).is_some_and(is_preposition);
        let clause = self.part(&stretch.range);
        let role = person_role(
            self.engine,
            &clause,
            name.start.saturating_sub(stretch.range.start),
        );
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

    pub(super) fn paused(&self, at: usize) -> bool {
        at > 0 && self.view.is_soft_mark(at - 1)
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
    fn may_follow_a_name(&self, title: &View<'_>) -> bool {
        title.says_nothing()
            || title.word(0).is_some_and(|word| {
                word.entry(self.engine.pack.known.verb, Forms::ANY)
                    .is_some()
                    || is_preposition(word)
                    || title
                        .token(0)
                        .is_some_and(|token| token.script == Script::Latin)
            })
    }

    /// The title of a reminder, or the question for it.
    /// «передай эту задачу Саше»: which one nobody said.
    fn only_points_at_a_task(&self, title: &View<'u>) -> bool {
        let known = &self.engine.pack.known;
        let language = title.utterance.language;
        let noun = self
            .engine
            .pack
            .lexicon
            .find_class_of(language, "task_noun");
        let points = |word: &Word| word.is(known.deictic) || word.is(known.pointer);
        let task = |word: &Word| noun.is_some_and(|class| word.is(class));
        title.words().any(points)
            && title.words().any(task)
            && title.words().all(|word| points(word) || task(word))
    }

    fn remind(
        &mut self,
        title: &View<'u>,
        doer: Option<&Doer>,
        assigned: bool,
    ) -> Result<FrameKind, &'static str> {
        let known = &self.engine.pack.known;
        // «эту задачу»
        let points = title.words().any(|word| word.is(known.deictic));
        let says_nothing = |word: &Word| {
            word.is(known.takes_back)
                || word.is(known.no_task)
                || word.is(known.article)
                || word.is(known.deictic)
                || is_preposition(word)
                || (word.is(known.ru.task_noun) && points)
        };
        if title.words().any(|word| word.is(known.takes_back)) && title.words().all(says_nothing) {
            return Err("the order to remind is taken back");
        }
        if self.only_points_at_a_task(title) {
            return Ok(FrameKind::NotUnderstood);
        }
        if title.words().all(says_nothing) {
            return Ok(FrameKind::AskTitle);
        }
        if self
            .clause_last(title)
            .word(0)
            .is_some_and(|word| word.entry(known.time_clause, Forms::ANY).is_some())
        {
            return Ok(FrameKind::AskTitle);
        }
        let title = &self.clause_last(title);
        let first = title
            .words()
            .find(|word| !word.is(known.article) && !is_preposition(word) && word.norm != "of");
        if first.is_some_and(|word| {
            word.is(known.asks) && word.entry(known.time_clause, Forms::ANY).is_none()
        }) || self.asks_for_an_agenda(title)
        {
            return Ok(FrameKind::NotOurs(NotOurs::Question));
        }
        let led_by_verb = title
            .word(0)
            .is_some_and(|word| word.entry(known.verb, Forms::IMPERATIVE).is_some());
        let mut subject = title
            .words()
            .skip_while(|word| word.is(known.article) || is_preposition(word) || word.norm == "of");
        if !led_by_verb
            && subject
                .next()
                .is_some_and(|word| word.is(known.never_subject))
        {
            return Err("a word leads the title that no task begins with");
        }
        match self.titles(title, doer.cloned(), Lead::Open, assigned) {
            Err("there is no title" | "the title only points") => Ok(FrameKind::AskTitle),
            other => other,
        }
    }

    /// "when I get home, feed the cat": the clause of time goes behind what is to be done.
    fn clause_last(&self, title: &View<'u>) -> View<'u> {
        let known = &self.engine.pack.known;
        let opens = title
            .word(0)
            .is_some_and(|word| word.entry(known.time_clause, Forms::ANY).is_some());
        if !opens {
            return title.clone();
        }
        let latin = title
            .token(0)
            .is_some_and(|token| token.script == Script::Latin);
        let verb = |at: usize, forms| {
            title
                .word(at)
                .is_some_and(|word| word.good.is_none() && word.entry(known.verb, forms).is_some())
        };
        let begins = (2..title.at.len()).find(|&at| {
            let paused = title.token(at - 1).is_some_and(|token| token.is(","));
            if latin {
                (title.word(at - 1).is_some_and(|word| word.is(known.to_do)) || paused)
                    && verb(at, Forms::IMPERATIVE)
            } else {
                verb(at, Forms::INFINITIVE)
            }
        });
        match begins {
            Some(at) => {
                let led = title.word(at - 1).is_some_and(|word| word.is(known.to_do));
                View {
                    utterance: title.utterance,
                    at: title
                        .at
                        .iter()
                        .skip(at)
                        .chain(title.at.iter().take(at - usize::from(led)))
                        .copied()
                        .collect(),
                }
            }
            None => title.clone(),
        }
    }

    /// "remind me of my alarms", «о новостях»: what somebody else keeps, asked for rather than to be done.
    fn asks_for_an_agenda(&self, title: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        let acts = title.words().any(|word| {
            word.entry(known.verb, Forms::INFINITIVE.or(Forms::IMPERATIVE))
                .is_some()
                && !word.is(known.agenda)
        });
        let mut nouns = title.words().skip_while(|word| {
            word.is(known.article)
                || is_preposition(word)
                || word.norm == "of"
                || word.is(known.vague)
        });
        let head = nouns.next();
        let next = nouns.next();
        // "the reminders I have set", "the tasks on my list"
        let told_apart = next.is_some_and(|word| {
            word.is(known.governs)
                || (word.norm == "of" && self.told_to_me(title))
                || (is_preposition(word) && !word.is(known.to_do))
        });
        // "date night", «время встречи»: another noun goes on with it.
        let goes_on = next.is_some_and(|word| {
            word.readings.first().is_some_and(Reading::is_nominal)
                && !word.is(known.me)
                && !word.is(known.article)
                && !is_preposition(word)
        });
        // "my shopping list"
        let listed = title
            .word(title.at.len().saturating_sub(1))
            .is_some_and(|word| {
                word.is(known.agenda) && (word.is(known.never_subject) || self.told_to_me(title))
            });
        // "email the teacher" is done, whatever else an email is.
        let done = title.word(0).is_some_and(|word| {
            word.readings
                .iter()
                .any(|reading| reading.verb == Some(VerbForm::Base))
        }) && title
            .word(1)
            .is_some_and(|word| word.is(known.article) || word.is(known.person));
        // «напомни пароль от вайфая», but «о времени встречи»
        let direct = title.word(0).is_some_and(|word| !is_preposition(word))
            && title
                .token(0)
                .is_some_and(|token| token.script == Script::Cyrillic);
        !done
            && ((listed && !acts)
                || ((told_apart || (!acts && (!goes_on || direct)))
                    && head.is_some_and(|word| word.is(known.agenda))))
    }

    /// One title, or one for each full verb phrase.
    pub(super) fn titles(
        &mut self,
        view: &View<'u>,
        doer: Option<Doer>,
        lead: Lead,
        assigned: bool,
    ) -> Result<FrameKind, &'static str> {
        let view = view.clone().trimmed();
        if view
            .word(view.at.len().saturating_sub(1))
            .is_some_and(|word| word.is(self.engine.pack.known.and))
        {
            return Err("the title ends in a conjunction");
        }
        let parts = tasks::split_titles(self.engine, &view)
            .map_err(|_| "a second order stands inside the title")?;
        let lists = |part: &Range<usize>| {
            view.part(part.clone())
                .words()
                .any(|word| word.is(self.engine.pack.known.never_subject))
        };
        if parts.iter().skip(1).any(lists) {
            return Err("a second order stands inside the title");
        }
        let mut titles = Vec::new();
        let ends: Vec<usize> = parts
            .iter()
            .skip(1)
            .filter_map(|part| view.at.get(part.start).copied())
            .collect();
        for (index, part) in parts.into_iter().enumerate() {
            let first = view.at.get(part.start).copied().unwrap_or(0);
            let end = ends
                .get(index)
                .copied()
                .unwrap_or(view.utterance.tokens.len());
            let (part, note) = tasks::without_time_clause(self.engine, view.part(part));
            match tasks::read_title(self.engine, &part, lead) {
                Ok(title) => titles.push(Titled {
                    title,
                    zone: tasks::zone(&part, self.household),
                    note,
                    tokens: first..end,
                }),
                Err(NoTitle::Nothing) => return Err("there is no title"),
                Err(NoTitle::Pointer) => return Err("the title only points"),
                Err(NoTitle::AnotherOrder) => return Err("a second order stands inside the title"),
            }
        }
        Ok(FrameKind::Tasks {
            titles,
            doer,
            assigned,
        })
    }

    /// "call the doctor, and add bread to Groceries": an order for a list behind a title.
    fn lists_something(&self, title: &View<'_>) -> bool {
        let (Some(&first), Some(&last)) = (title.at.iter().min(), title.at.iter().max()) else {
            return false;
        };
        let known = &self.engine.pack.known;
        let place = |token: usize| self.view.at.binary_search(&token).ok();
        let (Some(from), Some(to)) = (place(first), place(last)) else {
            return false;
        };
        let range = from..to + 1;
        let lists = self.roles(&range, Role::List);
        if self.puts_goods_on(&range, &lists) {
            return true;
        }
        self.triggers(&range).any(|trigger| {
            let orders = matches!(
                trigger.rule.finds,
                Finds::Trigger(Opens::Add | Opens::Put | Opens::Buy)
            );
            let broken = trigger.range.start > from
                && (self.view.is_soft_mark(trigger.range.start - 1)
                    || self
                        .word(trigger.range.start - 1)
                        .is_some_and(|word| word.is(known.and)));
            orders
                && broken
                && lists
                    .iter()
                    .any(|list| list.range.start >= trigger.range.end)
        })
    }

    /// "call the plumber, the sink is leaking"
    pub(super) fn statement_inside(&self, title: &View<'_>) -> f64 {
        let count = title
            .at
            .iter()
            .skip(1)
            .filter_map(|&token| self.view.at.binary_search(&token).ok())
            .filter(|&at| at > 0)
            .filter(|&at| {
                let paused = self.view.is_soft_mark(at - 1)
                    || self.filled(at)
                    || self
                        .word(at - 1)
                        .is_some_and(|word| word.is(self.engine.pack.known.and));
                (paused && self.tells(at))
                    || self.islands.iter().any(|island| {
                        island.range.start == at
                            && (island.finds(Finds::Island(Role::Reason))
                                || (paused && island.finds(Finds::Island(Role::Statement)))
                                || (paused
                                    && matches!(
                                        island.rule.finds,
                                        Finds::Trigger(Opens::Lack | Opens::Need | Opens::Doer)
                                    )))
                    })
            })
            .count();
        #[allow(clippy::cast_precision_loss)]
        let count = count as f64;
        count * STATEMENT_INSIDE
    }

    /// «…, стиральная машина течёт»: a noun and a verb of somebody else's within a few words.
    fn tells(&self, at: usize) -> bool {
        const NEAR: usize = 4;
        let cyrillic = self
            .view
            .token(at)
            .is_some_and(|token| token.script == Script::Cyrillic);
        let noun = self.word(at).is_some_and(|word| {
            word.readings
                .first()
                .is_some_and(|reading| reading.is_nominal() || reading.is_attribute())
        });
        let verb = self.engine.pack.known.verb;
        cyrillic
            && noun
            && (at + 1..at + NEAR).any(|at| {
                self.word(at).is_some_and(|word| {
                    word.good.is_none()
                        && word.entry(verb, Forms::THIRD).is_some()
                        && word.entry(verb, Forms::INFINITIVE).is_none()
                })
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

    /// «мусор пусть вынесет»: at either end.
    pub(super) fn begins_with_verb(&self, view: &View<'_>) -> bool {
        let view = view.clone().trimmed();
        let is_verb = |at: usize| {
            view.word(at).is_some_and(|word| {
                word.entry(self.engine.pack.known.verb, Forms::ANY)
                    .is_some()
            })
        };
        let last = view.at.len().saturating_sub(1);
        // "ask Grandma to knit mittens"
        let led = view
            .at
            .first()
            .and_then(|first| first.checked_sub(1))
            .and_then(|at| view.utterance.words.get(at))
            .is_some_and(|word| word.norm == "to");
        let base = view.word(0).is_some_and(|word| {
            !word.is(self.engine.pack.known.article)
                && word
                    .readings
                    .iter()
                    .any(|reading| reading.verb == Some(VerbForm::Base))
        });
        is_verb(0)
            || (led && base)
            || (is_verb(last)
                && view
                    .token(last)
                    .is_some_and(|token| token.script == Script::Cyrillic))
    }
}

fn captured(island: &Island<'_>) -> bool {
    island.captures.get(Slot::Doer).is_some()
}

fn is_preposition_of_people(word: &Word) -> bool {
    matches!(word.norm.as_str(), "to" | "for" | "на" | "для" | "за")
}

pub(super) fn is_preposition(word: &Word) -> bool {
    matches!(
        word.norm.as_str(),
        "in" | "on" | "at" | "up" | "out" | "off" | "over"
    ) || word
        .readings
        .first()
        .is_some_and(|reading| reading.pos == crate::morph::Pos::Preposition)
}
