//! What is denied, asked, done already or must not be done: looked for around every frame.

use super::reader::{Reader, Stretch};
use super::{Frame, FrameKind};
use crate::pack::{Asked, Finds, Mood, NotOurs, Opens, RejectCode, Role};
use crate::phrase::Forms;
use crate::refusals;
use std::ops::Range;

impl<'r, 'u> Reader<'r, '_, 'u> {
    /// «не напоминай …», "don't add …": what is taken back is not ordered, unless the words themselves open a frame («не забудь»).
    pub(super) fn negated(&mut self, stretch: &Stretch) -> Option<Frame> {
        if !self.denies_an_order(stretch) {
            return None;
        }
        // «никогда не поручай Саше …»: a rule for all times is refused for good.
        let refused = self.refused(stretch, Asked::First);
        let rejected = refused.filter(|frame| matches!(frame.kind, FrameKind::Reject(_)));
        rejected.or_else(|| {
            Some(Frame {
                kind: FrameKind::NotOurs(NotOurs::Negation),
                rules: Vec::new(),
                confidence: 0.95,
                mood: stretch.mood,
                span: stretch.range.clone(),
                heading: None,
                cost: REFUSED,
            })
        })
    }

    fn denies_an_order(&self, stretch: &Stretch) -> bool {
        let known = &self.engine.pack.known;
        let opens = |at: usize| {
            self.islands.iter().any(|island| {
                matches!(island.rule.finds, Finds::Trigger(_))
                    && island.range.start <= at
                    && at + 1 < island.range.end
            })
        };
        let verb = |at: usize| {
            self.word(at).is_some_and(|word| {
                word.good.is_none()
                    && word
                        .entry(
                            known.verb,
                            Forms::IMPERATIVE.or(Forms::INFINITIVE).or(Forms::SECOND),
                        )
                        .is_some()
            })
        };
        let denies = |at: usize| {
            self.word(at).is_some_and(|word| word.is(known.denies)) && verb(at + 1) && !opens(at)
        };
        // In front, or right before the verb of a trigger.
        denies(stretch.range.start)
            || self.triggers(&stretch.range).any(|trigger| {
                trigger.range.start > stretch.range.start && denies(trigger.range.start - 1)
            })
    }

    pub(super) fn refused(&mut self, stretch: &Stretch, asked: Asked) -> Option<Frame> {
        let view = self.part(&stretch.range);
        let rule = refusals::find(self.engine, &view, stretch.mood, asked)?;
        if matches!(rule.finds, Finds::Reject(RejectCode::StandingRule, _))
            && self.always_is_told(&stretch.range)
        {
            return None;
        }
        let need = stretch.mood == Mood::Need;
        // "remind me to always lock the door": a title, no rule.
        if matches!(rule.finds, Finds::Reject(RejectCode::StandingRule, _))
            && self.triggers(&stretch.range).any(|trigger| {
                trigger.range.start == stretch.range.start
                    && trigger.finds(Finds::Trigger(Opens::Remind))
            })
        {
            return None;
        }
        // "I bought the wrong milk, buy oat milk": told and ordered in one breath.
        if matches!(rule.finds, Finds::NotOurs(NotOurs::Completion, _))
            && self.orders_behind(&stretch.range)
        {
            return None;
        }
        // «хочу пиццу, добавь её в список»
        if matches!(
            rule.finds,
            Finds::NotOurs(NotOurs::Booking | NotOurs::DrinkNow, Asked::First)
        ) && self.orders_inside(&stretch.range)
        {
            return None;
        }
        // «корвалол и горчичники, поскольку прихватило спину»: the reason alone tells, not what stands before it.
        let reasoned = self.islands.iter().any(|island| {
            island.finds(Finds::Island(Role::Reason))
                && island.range.start > stretch.range.start
                && island.range.end <= stretch.range.end
        });
        if reasoned && matches!(rule.finds, Finds::NotOurs(NotOurs::Completion, _)) {
            return None;
        }
        // «добавь мёд и [лимон, горло прихватило]», «… и [новый паяльник: прежний перегорел]»: a thing of the order before it stands in
        // front of what is told.
        let listed = stretch.before.shopping.is_some()
            && (stretch.range.start + 1..stretch.range.end).any(|at| {
                let parted = self.paused_at(at)
                    || self.view.token(at - 1).is_some_and(|token| token.is(":"));
                parted && !self.is_finite(&self.part(&(stretch.range.start..at)))
            });
        if listed && matches!(rule.finds, Finds::NotOurs(NotOurs::Completion, _)) {
            return None;
        }
        // "flatmate finished my cheese, add cheese": told beside an order, not ordered.
        if matches!(rule.finds, Finds::NotOurs(NotOurs::Completion, _))
            && stretch.range.len() + 1 < self.view.at.len()
            && !self.is_imperative(stretch.range.start)
        {
            let view = self.part(&stretch.range);
            let (goods, trailing) = self.goods_named(&view);
            let mut frame = self.frame(stretch, None, FrameKind::Statement(goods, trailing));
            frame.rules = vec![rule.id.clone()];
            frame.cost += 0.2;
            return Some(frame);
        }
        let (kind, cost) = match rule.finds {
            // A need is no order to do it now, and asks nothing of Corridor itself.
            Finds::NotOurs(
                NotOurs::CallOrMessage | NotOurs::Booking | NotOurs::DrinkNow | NotOurs::Media,
                _,
            ) if need => {
                return None;
            }
            // "can i add …" asks as an order does.
            Finds::NotOurs(NotOurs::Question, _) if self.orders_first(stretch) => return None,
            Finds::NotOurs(reason, Asked::First) => (FrameKind::NotOurs(reason), REFUSED),
            Finds::NotOurs(NotOurs::Removal, _) => (FrameKind::NotOurs(NotOurs::Removal), REFUSED),
            Finds::NotOurs(reason, _) => (FrameKind::NotOurs(reason), 1.2),
            Finds::Reject(..) if need => return None,
            Finds::Reject(code, Asked::First) => (FrameKind::Reject(code), REFUSED),
            Finds::Reject(code, _) => (FrameKind::Reject(code), 0.9),
            _ => return None,
        };
        Some(Frame {
            kind,
            rules: vec![rule.id.clone()],
            confidence: rule.confidence,
            mood: stretch.mood,
            span: stretch.range.clone(),
            heading: None,
            cost,
        })
    }

    /// «всегда хотела попробовать манго», "Always Ultra pads": said of oneself or part of a name, no rule for the future.
    pub(super) fn always_is_told(&self, range: &Range<usize>) -> bool {
        let always = self.engine.pack.known.always;
        let mut places = range
            .clone()
            .filter(|&at| self.word(at).is_some_and(|word| word.is(always)))
            .peekable();
        places.peek().is_some()
            && places.all(|at| {
                let named = at > 0
                    && self.view.token(at).is_some_and(|token| {
                        token.text.chars().next().is_some_and(char::is_uppercase)
                    });
                let told = self.islands.iter().any(|island| {
                    island.finds(Finds::Island(Role::Statement)) && island.range.contains(&at)
                });
                named || told
            })
    }

    pub(super) fn orders_first(&self, stretch: &Stretch) -> bool {
        self.triggers(&stretch.range).any(|trigger| {
            trigger.range.start == stretch.range.start
                && match trigger.rule.finds {
                    Finds::Trigger(Opens::Buy | Opens::Add | Opens::Put | Opens::Get) => {
                        trigger.range.len() > 2
                    }
                    // "how about some milk"
                    Finds::Trigger(Opens::Wish) => self
                        .word(trigger.range.start)
                        .is_some_and(|word| word.is(self.engine.pack.known.asks)),
                    _ => false,
                }
        })
    }
}

/// What a refusal costs that nothing else in the utterance can undo: less than any two frames.
pub(super) const REFUSED: f64 = 0.55;
