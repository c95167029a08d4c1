//! Orders that only look like ones: an infinitive that what stands before it governs («мама просила купить …», "I might buy …"), goods that
//! a told deed goes on with ("bought apples and a bag of rice").

use std::ops::Range;

use crate::islands::Island;
use crate::lists::{self, ListMention};
use crate::morph::VerbForm;
use crate::pack::{Finds, Mood, NotOurs, Opens, Role};
use crate::phrase::{Forms, Slot};
use crate::token::Script;
use crate::utterance::{View, Word};

use super::reader::{Reader, Stretch};
use super::{Frame, FrameKind};

/// Makes a question of every order that the frame before it takes for its own.
pub(super) fn ask_about(reader: &Reader<'_, '_, '_>, frames: &mut [Frame]) {
    let mut governing = false;
    for at in 1..frames.len() {
        let (Some(before), Some(frame)) = (frames.get(at - 1), frames.get(at)) else {
            return;
        };
        let governed = is_order(frame)
            && (if governing {
                !reader.ended_between(before, frame) && reader.is_infinitive(frame.span.start)
            } else {
                matches!(before.kind, FrameKind::Statement(..))
                    && ((reader.follows_at_once(before, frame) && reader.governs(before, frame))
                        || reader.shares_its_object(before, frame)
                        || (goes_on(frame)
                            && !reader.ended_between(before, frame)
                            && (reader.is_done(before)
                                || (reader.follows_at_once(before, frame)
                                    && reader.ends_in_a_verb(before)))))
            });
        governing = governed;
        if !governed {
            continue;
        }
        // «я забыл купить лук, добавь килограмм»: named, for an order without items of its own to take.
        let takes = matches!(frames.get(at + 1).map(|next| &next.kind),
            Some(FrameKind::Shopping(next)) if next.items.is_empty());
        if let Some(frame) = frames.get_mut(at) {
            frame.kind = match std::mem::replace(&mut frame.kind, FrameKind::NotUnderstood) {
                FrameKind::Shopping(shopping) if takes => {
                    FrameKind::Statement(shopping.items, true)
                }
                _ => FrameKind::NotUnderstood,
            };
        }
    }
}

/// An order that may begin with an infinitive: not «…купить лук, добавь килограмм», whose order stands behind.
fn is_order(frame: &Frame) -> bool {
    match &frame.kind {
        FrameKind::Shopping(shopping) => !shopping.fronted,
        FrameKind::Tasks { .. } => true,
        _ => false,
    }
}

/// Whether nothing in it orders: a bare list.
fn goes_on(frame: &Frame) -> bool {
    matches!(&frame.kind, FrameKind::Shopping(shopping) if shopping.by.is_none())
}

impl<'u> Reader<'_, '_, 'u> {
    /// Without a mark or a conjunction between them.
    fn follows_at_once(&self, before: &Frame, frame: &Frame) -> bool {
        before.span.end == frame.span.start
            && !self
                .view
                .token(frame.span.start)
                .is_some_and(|token| token.new_line)
    }

    fn ended_between(&self, before: &Frame, frame: &Frame) -> bool {
        (before.span.end..frame.span.start + 1).any(|at| {
            self.view.token(at).is_some_and(|token| {
                token.new_line || matches!(token.norm.as_str(), "." | "!" | "?" | ";" | ":" | "-")
            })
        })
    }

    /// «помыла и | вытереть посуду», "washed and | fold the towels": one object behind verbs of which the first is told of.
    fn shares_its_object(&self, before: &Frame, frame: &Frame) -> bool {
        let known = &self.engine.pack.known;
        let bare = before
            .span
            .end
            .checked_sub(1)
            .and_then(|at| self.word(at))
            .is_some_and(|word| {
                word.entry(known.verb, Forms::PAST).is_some()
                    || word.readings.first().is_some_and(|reading| {
                        reading.verb == Some(VerbForm::Past) && !reading.is_nominal()
                    })
            });
        let joined = self.paused_at(frame.span.start);
        let verb = self.word(frame.span.start).is_some_and(|word| {
            word.good.is_none() && word.entry(known.verb, Forms::INFINITIVE).is_some()
                || word
                    .readings
                    .iter()
                    .any(|reading| reading.verb == Some(VerbForm::Base))
        });
        bare && joined && verb && before.span.len() <= 2
    }

    /// «завтра куплю | хлеб и молоко»
    fn ends_in_a_verb(&self, before: &Frame) -> bool {
        let finite = Forms::PAST
            .or(Forms::FIRST)
            .or(Forms::THIRD)
            .or(Forms::SECOND);
        before
            .span
            .end
            .checked_sub(1)
            .and_then(|at| self.word(at))
            .is_some_and(|word| word.entry(self.engine.pack.known.verb, finite).is_some())
    }

    /// "I might | buy", «мама просила | купить»: the last word before an order that may be an infinitive asks for one.
    fn governs(&self, before: &Frame, frame: &Frame) -> bool {
        let known = &self.engine.pack.known;
        let (Some(last), Some(first)) = (
            before.span.end.checked_sub(1).and_then(|at| self.word(at)),
            self.word(frame.span.start),
        ) else {
            return false;
        };
        let latin = self
            .view
            .token(frame.span.start)
            .is_some_and(|token| token.script == Script::Latin);
        if latin {
            // "everything | I need to make a cake", "find out when | I have to go"
            let relative = frame.mood == Mood::Need
                && (last.is(known.pointer)
                    || last.is(known.asks)
                    || last.entry(known.time_clause, Forms::ANY).is_some());
            // "I saw Ann | buy milk"
            return relative
                || first.norm == "to"
                || last.is(known.governs)
                || last.is(known.person);
        }
        self.is_infinitive(frame.span.start)
            && (self.ends_in_a_verb(before)
                || last.is(known.governs)
                // «в рецепте сказано | добавить»
                || last
                    .readings
                    .first()
                    .is_some_and(|reading| reading.verb == Some(VerbForm::Participle)))
    }

    /// No imperative as well.
    pub(super) fn is_infinitive(&self, at: usize) -> bool {
        let verb = self.engine.pack.known.verb;
        self.word(at).is_some_and(|word| {
            word.good.is_none()
                && word.entry(verb, Forms::INFINITIVE).is_some()
                && word.entry(verb, Forms::IMPERATIVE).is_none()
        })
    }

    /// «молоко и хлеб?», «купить молоко?», "we need milk?": asked, unless it is an order by its form.
    pub(super) fn asked(&self, range: &Range<usize>, frame: &mut Frame) {
        let mark = range
            .end
            .checked_sub(1)
            .and_then(|last| self.view.at.get(last))
            .and_then(|last| self.view.utterance.tokens.get(last + 1))
            .is_some_and(|token| token.is("?"));
        let wished = frame.mood == Mood::Need || self.is_infinitive(range.start);
        if !mark {
            return;
        }
        frame.kind = match std::mem::replace(&mut frame.kind, FrameKind::NotUnderstood) {
            FrameKind::Shopping(shopping)
                if wished || matches!(shopping.by, None | Some(Opens::Need)) =>
            {
                FrameKind::Checked(shopping.items)
            }
            FrameKind::Tasks { doer: None, .. } if wished && !self.reminds(range) => {
                FrameKind::NotOurs(NotOurs::Question)
            }
            other => other,
        };
    }

    fn reminds(&self, range: &Range<usize>) -> bool {
        self.triggers(range).any(|trigger| {
            matches!(
                trigger.rule.finds,
                Finds::Trigger(Opens::Remind | Opens::Notify | Opens::Request)
            )
        })
    }

    /// «хочу пиццу добавь пиццу»: an imperative of the pack's orders that nothing before it governs.
    pub(super) fn orders_inside(&self, range: &Range<usize>) -> bool {
        let known = &self.engine.pack.known;
        self.triggers(range).any(|trigger| {
            let at = trigger.range.start;
            let governed = |word: &Word| {
                word.is(known.governs) || word.is(known.person) || word.is(known.to_do)
            };
            at > range.start
                && !self.word(at - 1).is_some_and(governed)
                && self.is_imperative(at)
                && matches!(
                    trigger.rule.finds,
                    Finds::Trigger(Opens::Buy | Opens::Add | Opens::Put)
                )
        })
    }

    /// "…, buy oat milk", "… so add two": an imperative of the pack's orders at the head of a clause that is not the first.
    pub(super) fn orders_behind(&self, range: &Range<usize>) -> bool {
        self.triggers(range).any(|trigger| {
            let at = trigger.range.start;
            at > range.start
                && (self.paused(at) || self.filled(at))
                && self.is_imperative(at)
                && matches!(
                    trigger.rule.finds,
                    Finds::Trigger(
                        Opens::Buy | Opens::Add | Opens::Put | Opens::Get | Opens::Remind
                    )
                )
        })
    }

    /// "translate flour, sugar": a verb that nobody knows is no part of a name.
    pub(super) fn begins_with_another_verb(&self, content: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        let latin = content
            .token(0)
            .is_some_and(|token| token.script == Script::Latin);
        latin
            && content.word(0).is_some_and(|word| {
                word.good.is_none()
                    && word.number.is_none()
                    && !word.is(known.article)
                    && !word.is(known.vague)
                    && !word.is(known.modifier)
                    && word
                        .readings
                        .iter()
                        .any(|reading| reading.verb == Some(VerbForm::Base))
                    && (content.word(1).is_some_and(|next| next.good.is_some())
                        || !self.engine.is_certainly_a_thing(&word.norm))
            })
    }

    /// "make sure milk is on the list": the word between a thing and its list; without such an order the list is only told of.
    pub(super) fn linked(
        &self,
        stretch: &Stretch,
        list: &Island<'_>,
    ) -> Result<Option<Range<usize>>, &'static str> {
        let before = list.range.start.checked_sub(1);
        let link = before.filter(|&at| {
            at > stretch.range.start
                && self
                    .word(at)
                    .is_some_and(|word| word.is(self.engine.pack.known.links))
        });
        match link {
            Some(_) if stretch.mood != Mood::Order => Err("it tells what the list holds"),
            Some(at) => Ok(Some(at..at + 1)),
            None => Ok(None),
        }
    }

    pub(super) fn ends_in_to(&self, island: &Island<'_>) -> bool {
        let is_to = |at: usize| self.word(at).is_some_and(|word| word.norm == "to");
        is_to(island.range.end.saturating_sub(1)) || is_to(island.range.end)
    }

    /// "Delete the task: …", «Не надо добавлять в дела: …»: taken back, asked or another verb.
    pub(super) fn says_more_than_a_heading(&self, range: &Range<usize>) -> bool {
        let known = &self.engine.pack.known;
        let ordered = |at: usize| {
            self.triggers(range)
                .any(|trigger| trigger.range.contains(&at))
        };
        range.clone().any(|at| {
            self.word(at).is_some_and(|word| {
                let verb = word.good.is_none()
                    && word.entry(known.verb, Forms::ANY).is_some()
                    && word.entry(known.verb, Forms::NOMINAL).is_none();
                word.is(known.takes_back)
                    || word.is(known.denies)
                    || word.is(known.asks)
                    || (verb && !ordered(at))
            })
        })
    }

    /// "remind me the wifi password": nothing between «me» and what is asked for.
    pub(super) fn told_to_me(&self, title: &View<'_>) -> bool {
        title
            .at
            .first()
            .and_then(|first| first.checked_sub(1))
            .is_some_and(|before| title.utterance.has(before, self.engine.pack.known.me))
    }

    /// «в продукты творог и ещё задача разморозить холодильник»
    pub(super) fn names_own_list(&self, stretch: &Stretch) -> bool {
        self.roles(&stretch.range, Role::List)
            .iter()
            .any(|list| list.captures.get(Slot::List).is_some())
    }

    /// «помыть окна и ещё молоко в продукты»: goods behind a pause, and a list of the household for them.
    pub(super) fn puts_goods_on(&self, range: &Range<usize>, lists: &[&Island<'_>]) -> bool {
        let own = lists.iter().filter(|list| {
            list.captures.get(Slot::List).is_some_and(|name| {
                let name = self.part(&name);
                matches!(
                    lists::resolve(&name, &self.household.lists),
                    ListMention::Known(_)
                )
            })
        });
        own.into_iter().any(|list| {
            (range.start + 1..list.range.start).any(|at| {
                self.paused_at(at) && self.word(at).is_some_and(|word| word.good.is_some())
            })
        })
    }

    /// "put milk | down": an order to put something somewhere, in the words before.
    pub(super) fn puts_before(&self, range: &Range<usize>, at: usize) -> bool {
        self.triggers(&(range.start..at)).any(|trigger| {
            self.is_imperative(trigger.range.start)
                && matches!(
                    trigger.rule.finds,
                    Finds::Trigger(Opens::Add | Opens::Put | Opens::Buy)
                )
        })
    }

    /// "remind me before I leave": when, and not of what.
    pub(super) fn only_says_when(&self, island: &Island<'_>, title: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        let clause = island
            .range
            .end
            .checked_sub(1)
            .and_then(|at| self.word(at))
            .is_some_and(|word| word.entry(known.time_clause, Forms::ANY).is_some());
        clause
            && title
                .word(0)
                .is_some_and(|word| word.is(known.governs) || word.is(known.person))
            && !title.words().skip(1).any(|word| word.is(known.to_do))
    }

    /// "when I get home, remind me to feed the cat": the condition goes behind what is to be done.
    pub(super) fn condition_last(
        &self,
        before: &Range<usize>,
        behind: &View<'u>,
    ) -> Option<View<'u>> {
        let front = self.part(before);
        let opens = front.word(0).is_some_and(|word| {
            word.entry(self.engine.pack.known.time_clause, Forms::ANY)
                .is_some()
        });
        (opens && front.at.len() > 2).then(|| View {
            utterance: behind.utterance,
            at: behind.at.iter().chain(&front.at).copied().collect(),
        })
    }

    /// A deed of the pack's own verbs that is told of.
    fn is_done(&self, before: &Frame) -> bool {
        before.rules.iter().any(|id| {
            self.engine.pack.rules.iter().any(|rule| {
                rule.id == *id && matches!(rule.finds, Finds::NotOurs(NotOurs::Completion, _))
            })
        })
    }
}
