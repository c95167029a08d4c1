//! One stretch of an utterance as one frame: the order of judgement of `decisions.md`, from reminders down to bare lists.

use std::ops::Range;

use crate::engine::Engine;
use crate::household::Household;
use crate::islands::Island;
use crate::morph::Reading;
use crate::pack::{Asked, Finds, Mood, Opens, Role};
use crate::phrase::Forms;
use crate::tasks::Doer;
use crate::token::Script;
use crate::utterance::View;

use super::{Before, DeclinedRule, FRAME, Frame, FrameKind};

/// Triggers of one kind that are tried in one stretch: a text of nothing else must stay cheap.
pub(super) const MOST_TRIED: usize = 16;

/// Needs around requests around needs beyond this are no speech of people.
const DEEPEST: u8 = 4;

pub(super) struct Reader<'r, 'v, 'u> {
    pub(super) engine: &'r Engine,
    pub(super) household: &'r Household<'r>,
    pub(super) view: &'v View<'u>,
    /// Triggers and roles of the whole view.
    pub(super) islands: &'r [Island<'r>],
    pub(super) declined: &'r mut Vec<DeclinedRule>,
}

/// A stretch of the view that is being read, under what was said around it.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub(super) range: Range<usize>,
    pub(super) mood: Mood,
    pub(super) before: Before,
    depth: u8,
}

impl Stretch {
    /// How many requests and needs stand around it.
    pub(super) fn depth(&self) -> u8 {
        self.depth
    }
}

impl<'r, 'u> Reader<'r, '_, 'u> {
    /// The frame that the words of `range` make.
    pub(super) fn read(&mut self, range: Range<usize>, before: Before) -> Frame {
        let range = self.trimmed(range);
        // «надо купить хлеб и позвонить маме»: a need goes on where an infinitive does.
        let mood = if before.mood != Mood::Plain && self.begins_with_infinitive(&range) {
            before.mood
        } else {
            Mood::Plain
        };
        let stretch = Stretch {
            range: range.clone(),
            mood,
            before,
            depth: 0,
        };
        if self.part(&range).says_nothing() {
            return Frame {
                cost: 0.0,
                kind: FrameKind::Statement(Vec::new(), false),
                ..Frame::not_understood(range)
            };
        }
        let mut frame = self
            .judge(&stretch)
            .unwrap_or_else(|| Frame::not_understood(range.clone()));
        frame.cost += self.sentences_inside(&range, &frame);
        if frame.is_order() && self.goes_on_a_reason(&range) {
            frame.cost += 2.0 * FRAME;
        }
        self.asked(&range, &mut frame);
        frame.span = range;
        frame
    }

    /// What stands in lines or sentences of its own is seldom one frame: tasks of several lines, an order among lines of items.
    fn sentences_inside(&self, range: &Range<usize>, frame: &Frame) -> f64 {
        const SENTENCE: f64 = 0.4;
        let mut cost = 0.0;
        for at in range.start + 1..range.end {
            let (Some(token), Some(before)) = (self.view.token(at), self.view.token(at - 1)) else {
                continue;
            };
            let line = token.new_line;
            let ended = line || matches!(before.norm.as_str(), "." | "!" | "?" | ";");
            let colon = before.is(":");
            // «снять шторы, я их буду стирать», «купи чипсы у нас гости»: what is told is no part of a title and no item.
            let told = self.islands.iter().any(|island| {
                island.range.start == at
                    && match island.rule.finds {
                        Finds::Island(Role::Reason) => true,
                        Finds::Island(Role::Statement) => {
                            self.paused_at(at)
                                || (matches!(frame.kind, FrameKind::Shopping(_))
                                    && self.names_nothing(&island.range))
                                || (matches!(frame.kind, FrameKind::Tasks { .. })
                                    && self.goes_on_by_itself(&island.range))
                        }
                        _ => false,
                    }
            });
            // "trim the hedges on thursday also need petrol", «…, а мне бы гречки»
            let needs = matches!(frame.kind, FrameKind::Tasks { .. })
                && (self.filled(at) || self.paused_at(at))
                && self.islands.iter().any(|island| {
                    island.range.start == at
                        && matches!(island.rule.finds, Finds::Trigger(Opens::Need | Opens::Wish))
                });
            let told = told || needs;
            if told && matches!(frame.kind, FrameKind::Tasks { .. } | FrameKind::Shopping(_)) {
                cost += 1.5 * SENTENCE;
            }
            cost += match &frame.kind {
                FrameKind::Tasks { .. } if ended || (colon && !self.ends_a_trigger_at(at)) => {
                    1.5 * SENTENCE
                }
                FrameKind::Shopping(_) if colon && !self.ends_a_trigger_at(at) => SENTENCE,
                FrameKind::Shopping(_) if ended && self.opens_a_chore(at..range.end) => {
                    2.0 * SENTENCE
                }
                FrameKind::Shopping(_) if ended && !line => SENTENCE / 2.0,
                _ => 0.0,
            };
        }
        cost
    }

    /// Not "my sister and stamps", "the cat treats": a good or a conjunction inside makes a statement's opening doubtful.
    fn names_nothing(&self, range: &Range<usize>) -> bool {
        let and = self.engine.pack.known.and;
        range.clone().all(|at| {
            self.word(at)
                .is_none_or(|word| word.good.is_none() && !word.is(and))
        })
    }

    /// "preheat the oven [we've got] people over": a clause of its own behind the object of a title.
    fn goes_on_by_itself(&self, island: &Range<usize>) -> bool {
        let known = &self.engine.pack.known;
        let latin = self
            .view
            .token(island.start)
            .is_some_and(|token| token.script == Script::Latin);
        let governed = island.start.checked_sub(1).and_then(|at| self.word(at));
        latin
            && self.names_nothing(island)
            && self
                .word(island.start)
                .is_some_and(|word| word.is(known.never_item))
            && governed.is_some_and(|word| {
                word.readings.iter().any(Reading::is_nominal)
                    && !word.is(known.governs)
                    && !word.is(known.asks)
                    && !word.is_preposition()
                    && word.entry(known.time_clause, Forms::ANY).is_none()
            })
    }

    /// «а то [муж ворчит]»: what a reason says begins no frame of its own, unless it orders.
    fn goes_on_a_reason(&self, range: &Range<usize>) -> bool {
        self.islands.iter().any(|island| {
            island.finds(Finds::Island(Role::Reason))
                && island.range.start <= range.start
                && range.start <= island.range.end
        }) && !self.is_imperative(range.start)
    }

    fn ends_a_trigger_at(&self, at: usize) -> bool {
        self.islands.iter().any(|island| {
            matches!(
                island.rule.finds,
                Finds::Trigger(_) | Finds::Island(Role::List | Role::TaskList)
            ) && (island.range.end == at || island.range.end + 1 == at)
        })
    }

    fn judge(&mut self, stretch: &Stretch) -> Option<Frame> {
        if stretch.depth > DEEPEST || self.part(&stretch.range).says_nothing() {
            return None;
        }
        self.reason_in_front(stretch)
            .or_else(|| self.negated(stretch))
            .or_else(|| self.refused(stretch, Asked::First))
            .or_else(|| self.heading(stretch))
            .or_else(|| self.task(stretch))
            .or_else(|| self.causative(stretch))
            .or_else(|| self.wrapped(stretch))
            .or_else(|| self.lack(stretch))
            .or_else(|| self.checked(stretch))
            .or_else(|| self.refused(stretch, Asked::BeforeShopping))
            .or_else(|| self.shopping(stretch))
            .or_else(|| self.chore(stretch))
            .or_else(|| self.bare(stretch))
            .or_else(|| self.statement(stretch))
            .or_else(|| self.background(stretch))
    }

    /// A request or a need around an order: the rest is judged in its mood.
    fn wrapped(&mut self, stretch: &Stretch) -> Option<Frame> {
        let islands: Vec<&Island<'r>> = self
            .triggers(&stretch.range)
            .filter(|island| {
                matches!(
                    island.rule.finds,
                    Finds::Trigger(Opens::Request | Opens::Must)
                )
            })
            .take(MOST_TRIED)
            .collect();
        for island in islands {
            let inner = if island.finds(Finds::Trigger(Opens::Must)) {
                Mood::Need
            } else {
                Mood::Order
            };
            let mood = if stretch.mood == Mood::Need {
                Mood::Need
            } else {
                inner
            };
            let front = island.range.start == stretch.range.start;
            let back = island.range.end == stretch.range.end;
            let rest = match (front, back) {
                (true, _) => self.trimmed(island.range.end..stretch.range.end),
                (false, true) => self.trimmed(stretch.range.start..island.range.start),
                (false, false) => {
                    if let Some(frame) = self.needed_object(stretch, island) {
                        return Some(frame);
                    }
                    continue;
                }
            };
            let inside = Stretch {
                range: rest,
                mood,
                depth: stretch.depth + 1,
                ..stretch.clone()
            };
            if let Some(frame) = self.judge(&inside) {
                // "we need [vacuum bags]": only "to" makes a chore of it.
                if matches!(frame.kind, FrameKind::Tasks { .. })
                    && self.needs_goods(island, &inside)
                {
                    continue;
                }
                if matches!(
                    frame.kind,
                    FrameKind::Statement(..) | FrameKind::Heading { .. }
                ) {
                    continue;
                }
                let speaker = self.says_me(island).then_some(Doer::Speaker);
                let who = self.doer_of(island).or(speaker);
                return Some(frame.led_by(island).for_doer(who));
            }
            self.decline(island, "what stands beside it means nothing");
        }
        None
    }

    pub(super) fn decline(&mut self, island: &Island<'_>, why: &'static str) {
        self.declined.push(DeclinedRule {
            rule: island.rule.id.clone(),
            why,
        });
    }

    pub(super) fn frame(
        &self,
        stretch: &Stretch,
        island: Option<&Island<'_>>,
        kind: FrameKind,
    ) -> Frame {
        let confidence = island.map_or(0.85, |island| island.rule.confidence);
        let cost = match kind {
            FrameKind::AskItem | FrameKind::AskTitle => 0.9,
            FrameKind::Statement(..) => FRAME + 0.05,
            FrameKind::Heading { .. } => 0.2,
            _ => FRAME + (1.0 - confidence),
        };
        Frame {
            kind,
            rules: island
                .map(|island| island.rule.id.clone())
                .into_iter()
                .collect(),
            confidence,
            mood: stretch.mood,
            span: stretch.range.clone(),
            heading: None,
            cost,
        }
    }
}
