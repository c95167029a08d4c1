//! Words in front of an order that tell of the occasion without a verb: «муж на диете», "Costco run today".
//!
//! What could be an item is no background: it is asked about.

use std::ops::Range;

use crate::islands::Island;
use crate::morph::{Case, Reading, VerbForm};
use crate::pack::{Finds, Mood, Opens, Role};
use crate::phrase::Forms;
use crate::token::Script;
use crate::utterance::{View, Word};

use super::reader::{Reader, Stretch};
use super::{Frame, FrameKind};

/// What such a stretch costs beyond a statement with a verb: every other reading goes before it.
const TOLD: f64 = 0.5;

/// How far from its end a preposition may stand that makes a stretch told rather than named («днюха у моего соседа»).
const REACH: usize = 3;

impl Reader<'_, '_, '_> {
    /// A stretch in front of others from which the order behind it follows, whatever it tells.
    pub(super) fn reason_in_front(&self, stretch: &Stretch) -> Option<Frame> {
        let next = self.what_follows(stretch)?;
        self.gives_a_reason(&stretch.range, next).then(|| {
            let (goods, _) = self.goods_named(&self.part(&stretch.range));
            self.frame(stretch, None, FrameKind::Statement(goods, false))
        })
    }

    /// The first word behind a plain stretch at the very front.
    fn what_follows(&self, stretch: &Stretch) -> Option<usize> {
        let last = self.view.at.len();
        let front = stretch.range.start == 0 && stretch.range.end < last;
        if !front || stretch.mood != Mood::Plain || stretch.depth() > 0 {
            return None;
        }
        (stretch.range.end..last).find(|&at| {
            let said = |token: &usize| self.view.utterance.is_said(*token);
            self.view.at.get(at).is_some_and(said)
        })
    }

    /// A stretch in front of others that can only tell of something. Where no order follows, it is not understood like any statement.
    pub(super) fn background(&self, stretch: &Stretch) -> Option<Frame> {
        let next = self.what_follows(stretch)?;
        let span = &stretch.range;
        let described = self.paused_at(next) && !self.orders(span) && self.predicates(span);
        if !described && !self.only_tells(span, next) {
            return None;
        }
        let (goods, _) = self.goods_named(&self.part(span));
        let mut frame = self.frame(stretch, None, FrameKind::Statement(goods, false));
        frame.cost += TOLD;
        Some(frame)
    }

    /// Whether a stretch can only tell of something: it names no good, amount or list, orders, denies and asks nothing, and a time, a
    /// preposition or a verb shows that it is no mere name.
    fn only_tells(&self, span: &Range<usize>, next: usize) -> bool {
        let known = &self.engine.pack.known;
        let plain = span.clone().all(|at| {
            self.word(at).is_none_or(|word| {
                let never = [
                    known.own_list,
                    known.denies,
                    known.takes_back,
                    known.asks,
                    known.order,
                    known.number,
                ];
                word.good.is_none()
                    && word.number.is_none()
                    && !never.iter().any(|&class| word.is(class))
                    && (word.entry(known.verb, Forms::IMPERATIVE).is_none()
                        || word.entry(known.verb, Forms::NOMINAL).is_some())
            })
        });
        let asked = span
            .clone()
            .any(|at| self.view.token(at).is_some_and(|token| token.is("?")));
        // «перейти на следующий выпуск», "photograph the cat": an order of another kind.
        let other =
            self.is_infinitive(span.start) || self.begins_with_another_verb(&self.part(span));
        if !plain || asked || other || span.is_empty() || self.orders(span) {
            return false;
        }
        let timed = self.is_timed(span, next);
        let near = span.end.saturating_sub(REACH).max(span.start)..span.end;
        let led = near
            .into_iter()
            .any(|at| self.word(at).is_some_and(Word::is_preposition));
        let finite = span.clone().any(|at| {
            self.word(at).is_some_and(|word| {
                let forms = Forms::PAST.or(Forms::THIRD).or(Forms::FIRST);
                word.entry(known.verb, forms).is_some()
                    && word.entry(known.verb, Forms::NOMINAL).is_none()
            })
        });
        let paused = self.paused_at(next);
        led || finite || (paused && timed)
    }

    /// «ножи совсем тупые», «жара [сегодня] страшная»: a noun, and behind an adverb or a time what it is like.
    fn predicates(&self, span: &Range<usize>) -> bool {
        let last = span.end.saturating_sub(1);
        let like = |at: usize| {
            self.word(at)
                .and_then(|word| word.readings.first())
                .is_some_and(|reading| {
                    reading.is_attribute()
                        && reading.case.is_none_or(|case| case == Case::Nominative)
                })
        };
        let noun = self.word(span.start).is_some_and(|word| {
            (word.readings.iter()).any(|r| r.is_nominal() && r.case == Some(Case::Nominative))
        });
        let between = (span.start + 1..last).any(|at| {
            self.word(at)
                .and_then(|word| word.readings.first())
                .is_some_and(|reading| !reading.is_nominal() && !reading.is_attribute())
        });
        let gap = (span.start + 1..span.end).any(|at| self.filled(at));
        noun && like(last) && span.len() <= 4 && (between || gap)
    }

    /// "they eat like wolves, so [add three loaves]": whatever is said before such a conjunction, an order behind it follows from it.
    fn gives_a_reason(&self, span: &Range<usize>, next: usize) -> bool {
        let known = &self.engine.pack.known;
        let utterance = self.view.utterance;
        let (Some(&last), Some(&first)) = (
            self.view.at.get(span.end.saturating_sub(1)),
            self.view.at.get(next),
        ) else {
            return false;
        };
        let therefore = (last..first).any(|at| utterance.has(at, known.therefore))
            || self.word(next).is_some_and(|word| word.is(known.therefore));
        let asked = self
            .view
            .token(span.end.saturating_sub(1))
            .is_some_and(|t| t.is("?"));
        // What is missing, wished for or asked about is background too.
        let told = |trigger: &Island<'_>| {
            matches!(
                trigger.rule.finds,
                Finds::Trigger(Opens::Check | Opens::Lack | Opens::Wish | Opens::Need)
            )
        };
        let orders = self.triggers(span).any(|trigger| {
            let called = trigger.finds(Finds::Trigger(Opens::Doer)) && self.only_a_name(trigger);
            !(told(trigger) || called)
        }) || span.clone().any(|at| self.orders_a_chore(at))
            || self.is_imperative(span.start);
        let denied = span.clone().any(|at| {
            self.word(at)
                .is_some_and(|word| word.is(known.denies) || word.is(known.takes_back))
        });
        let asked = asked
            || self
                .word(span.start)
                .is_some_and(|word| word.is(known.asks));
        therefore && !asked && !orders && !denied && span.len() > 1
    }

    /// A time was said inside the stretch or at its edge: the view lacks its words.
    fn is_timed(&self, span: &Range<usize>, next: usize) -> bool {
        let token = |at: usize| self.view.at.get(at).copied();
        let utterance = self.view.utterance;
        let from = span
            .start
            .checked_sub(1)
            .and_then(token)
            .map_or(0, |at| at + 1);
        let Some(to) = token(next) else { return false };
        (from..to).any(|at| utterance.is_said(at) && !self.view.at.contains(&at))
    }

    /// Whether anything inside asks for something: a trigger, a refusal's words aside.
    fn orders(&self, span: &Range<usize>) -> bool {
        self.triggers(span).any(|trigger| {
            !(trigger.finds(Finds::Trigger(Opens::Doer)) && self.only_a_name(trigger))
        }) || !self.roles(span, Role::TaskList).is_empty()
    }

    /// "smashed my thermos [so buy a thermos]": what somebody did to a thing, not "frozen peas".
    pub(super) fn tells_a_deed(&self, before: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        let past = before.word(0).is_some_and(|word| {
            let told = |r: &Reading| matches!(r.verb, Some(VerbForm::Past | VerbForm::Participle));
            word.good.is_none() && word.readings.iter().any(told)
        });
        let latin = before
            .token(0)
            .is_some_and(|token| token.script == Script::Latin);
        past && latin
            && before.word(1).is_some_and(|word| {
                word.is(known.article) || word.is(known.me) || word.is_preposition()
            })
    }
}
