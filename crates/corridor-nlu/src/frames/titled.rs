//! The words behind an order to remind as titles: what is no task, what only points, where one title ends and the next begins.

use super::reader::Reader;
use super::{FrameKind, Titled};
use crate::morph::{Reading, VerbForm};
use crate::pack::{Finds, NotOurs, Opens, Role};
use crate::phrase::Forms;
use crate::tasks::{self, Doer, Lead, NoTitle};
use crate::token::Script;
use crate::utterance::{View, Word};
use std::ops::Range;

impl<'r, 'u> Reader<'r, '_, 'u> {
    pub(super) fn remind(
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
                || word.is_preposition()
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
            .find(|word| !word.is(known.article) && !word.is_preposition() && word.norm != "of");
        if first.is_some_and(|word| {
            word.is(known.asks) && word.entry(known.time_clause, Forms::ANY).is_none()
        }) || self.asks_for_an_agenda(title)
        {
            return Ok(FrameKind::NotOurs(NotOurs::Question));
        }
        let led_by_verb = title
            .word(0)
            .is_some_and(|word| word.entry(known.verb, Forms::IMPERATIVE).is_some());
        let mut subject = title.words().skip_while(|word| {
            word.is(known.article) || word.is_preposition() || word.norm == "of"
        });
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

    /// The title of a reminder, or the question for it.
    /// «передай эту задачу Саше»: which one nobody said.
    pub(super) fn only_points_at_a_task(&self, title: &View<'u>) -> bool {
        let known = &self.engine.pack.known;
        let noun = known.of(title.utterance.language).task_noun;
        let points = |word: &Word| word.is(known.deictic) || word.is(known.pointer);
        let task = |word: &Word| word.is(noun);
        title.words().any(points)
            && title.words().any(task)
            && title.words().all(|word| points(word) || task(word))
    }

    /// "when I get home, feed the cat": the clause of time goes behind what is to be done.
    pub(super) fn clause_last(&self, title: &View<'u>) -> View<'u> {
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
    pub(super) fn asks_for_an_agenda(&self, title: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        let acts = title.words().any(|word| {
            word.entry(known.verb, Forms::INFINITIVE.or(Forms::IMPERATIVE))
                .is_some()
                && !word.is(known.agenda)
        });
        let mut nouns = title.words().skip_while(|word| {
            word.is(known.article)
                || word.is_preposition()
                || word.norm == "of"
                || word.is(known.vague)
        });
        let head = nouns.next();
        let next = nouns.next();
        // "the reminders I have set", "the tasks on my list"
        let told_apart = next.is_some_and(|word| {
            word.is(known.governs)
                || (word.norm == "of" && self.told_to_me(title))
                || (word.is_preposition() && !word.is(known.to_do))
        });
        // "date night", «время встречи»: another noun goes on with it.
        let goes_on = next.is_some_and(|word| {
            word.readings.first().is_some_and(Reading::is_nominal)
                && !word.is(known.me)
                && !word.is(known.article)
                && !word.is_preposition()
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
        let direct = title.word(0).is_some_and(|word| !word.is_preposition())
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
    pub(super) fn lists_something(&self, title: &View<'_>) -> bool {
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
    pub(super) fn tells(&self, at: usize) -> bool {
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

/// What a clause behind a title costs where it looks like a statement: then it is likelier one of its own.
pub(super) const STATEMENT_INSIDE: f64 = 0.5;
