//! Words in front of an order that tell of the occasion without a verb: «муж на диете», "Costco run today".
//!
//! What could be an item is no background: it is asked about.

use std::ops::Range;

use crate::pack::{Finds, Mood, Opens, Role};
use crate::phrase::Forms;
use crate::utterance::Word;

use super::reader::{Reader, Stretch};
use super::{Frame, FrameKind};

/// What such a stretch costs beyond a statement with a verb: every other reading goes before it.
const TOLD: f64 = 0.5;

/// How far from its end a preposition may stand that makes a stretch told rather than named («днюха у моего соседа»).
const REACH: usize = 3;

impl Reader<'_, '_, '_> {
    /// A stretch in front of others that can only tell of something. Where no order follows, it is not understood like any statement.
    pub(super) fn background(&self, stretch: &Stretch) -> Option<Frame> {
        let last = self.view.at.len();
        let front = stretch.range.start == 0 && stretch.range.end < last;
        if !front || stretch.mood != Mood::Plain || stretch.depth() > 0 {
            return None;
        }
        let next = (stretch.range.end..last).find(|&at| {
            let said = |token: &usize| self.view.utterance.is_said(*token);
            self.view.at.get(at).is_some_and(said)
        })?;
        if !self.only_tells(&stretch.range, next) {
            return None;
        }
        let mut frame = self.frame(stretch, None, FrameKind::Statement(Vec::new(), false));
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
}
