//! One stretch of an utterance as one frame: the order of judgement of `decisions.md`, from reminders down to bare lists.

use std::ops::Range;

use crate::engine::Engine;
use crate::household::Household;
use crate::islands::Island;
use crate::lists::{self, ListMention};
use crate::pack::{Asked, Finds, Mood, NotOurs, Opens, RejectCode, Role};
use crate::phrase::{Forms, Slot};
use crate::refusals;
use crate::tasks::Doer;
use crate::utterance::{View, Word};

use super::{Before, DeclinedRule, FRAME, Frame, FrameKind};

/// What a refusal costs that nothing else in the utterance can undo: less than any two frames.
const REFUSED: f64 = 0.55;

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
                        }
                        _ => false,
                    }
            });
            // "trim the hedges on thursday also need petrol", «…, а мне бы гречки»
            let parted = match (self.view.at.get(at - 1), self.view.at.get(at)) {
                (Some(before), Some(here)) => before + 1 < *here,
                _ => false,
            };
            let needs = matches!(frame.kind, FrameKind::Tasks { .. })
                && (parted || self.paused_at(at))
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
        self.negated(stretch)
            .or_else(|| self.refused(stretch, Asked::First))
            .or_else(|| self.heading(stretch))
            .or_else(|| self.task(stretch))
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

    /// «не напоминай …», "don't add …": what is taken back is not ordered, unless the words themselves open a frame («не забудь»).
    fn negated(&self, stretch: &Stretch) -> Option<Frame> {
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
        let denied = denies(stretch.range.start)
            || self.triggers(&stretch.range).any(|trigger| {
                trigger.range.start > stretch.range.start && denies(trigger.range.start - 1)
            });
        denied.then(|| Frame {
            kind: FrameKind::NotOurs(NotOurs::Negation),
            rules: Vec::new(),
            confidence: 0.95,
            mood: stretch.mood,
            span: stretch.range.clone(),
            heading: None,
            cost: REFUSED,
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
    fn always_is_told(&self, range: &Range<usize>) -> bool {
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

    pub(super) fn is_imperative(&self, at: usize) -> bool {
        let verb = self.engine.pack.known.verb;
        self.word(at).is_some_and(|word| {
            word.good.is_none() && word.entry(verb, Forms::IMPERATIVE).is_some()
        })
    }

    fn orders_first(&self, stretch: &Stretch) -> bool {
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

    pub(super) fn part(&self, range: &Range<usize>) -> View<'u> {
        self.view.part(range.clone())
    }

    /// Without marks and conjunctions at its ends.
    pub(super) fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        let and = self.engine.pack.known.and;
        let idle = |at: usize| {
            self.view
                .at
                .get(at)
                .is_some_and(|&token| self.view.utterance.is_mark(token))
                || self
                    .view
                    .word(at)
                    .is_some_and(|word| word.is(and) && word.good.is_none())
        };
        while range.start < range.end && idle(range.start) {
            range.start += 1;
        }
        let quote = |at: usize| {
            self.view
                .token(at)
                .is_some_and(|token| token.is("\"") || token.is(")"))
        };
        let quoted = range.clone().filter(|&at| quote(at)).count() > 1
            || range
                .clone()
                .any(|at| self.view.token(at).is_some_and(|token| token.is("(")));
        while range.start < range.end && idle(range.end - 1) && !(quoted && quote(range.end - 1)) {
            range.end -= 1;
        }
        range
    }

    /// The triggers that lie in a stretch, in order; of those that begin at one word the longest first.
    pub(super) fn triggers<'s>(
        &'s self,
        range: &Range<usize>,
    ) -> impl Iterator<Item = &'r Island<'r>> + use<'s, 'r, 'u> {
        let range = range.clone();
        let islands = self.islands;
        let mut inside: Vec<&'r Island<'r>> = islands
            .iter()
            .filter(|island| matches!(island.rule.finds, Finds::Trigger(_)))
            .filter(|island| range.start <= island.range.start && island.range.end <= range.end)
            .collect();
        inside.sort_by_key(|island| (island.range.start, std::cmp::Reverse(island.range.end)));
        inside.into_iter()
    }

    /// The longest islands of a role in a stretch, without overlap.
    pub(super) fn roles(&self, range: &Range<usize>, role: Role) -> Vec<&'r Island<'r>> {
        let mut found: Vec<&'r Island<'r>> = Vec::new();
        for island in self
            .islands
            .iter()
            .filter(|island| island.finds(Finds::Island(role)))
        {
            if island.range.start < range.start
                || island.range.end > range.end
                || !self.may_name(island, range)
            {
                continue;
            }
            match found.last_mut() {
                Some(last) if island.range.start < last.range.end => {
                    let size =
                        |island: &Island<'_>| (island.range.len(), self.names_a_list(island));
                    if size(island) > size(last) {
                        *last = island;
                    }
                }
                _ => found.push(island),
            }
        }
        found
    }

    /// «гвозди в список Стройка»: a word behind that says which list it is, where it ends the stretch and is no good itself.
    fn may_name(&self, island: &Island<'_>, range: &Range<usize>) -> bool {
        let down = self
            .word(island.range.start)
            .is_some_and(|word| word.is(self.engine.pack.known.put_down));
        if down && !self.puts_before(range, island.range.start) {
            return false;
        }
        let Some(name) = island.captures.get(Slot::List) else {
            return true;
        };
        let open_end = name.end == island.range.end && name.len() == 1;
        let known = &self.engine.pack.known;
        // «список для дачи»: it says so itself.
        let led = name.start > island.range.start
            && self
                .word(name.start - 1)
                .is_some_and(|word| word.is(known.purpose) || super::task::is_preposition(word));
        led || !open_end
            || self
                .word(name.start)
                .is_some_and(|word| word.is(known.own_list))
            || (island.range.end == range.end
                && island.range.start > range.start + 1
                && (self
                    .word(name.start)
                    .is_some_and(|word| word.good.is_none() && !word.is(known.verb))
                    || self.has_capital(name.start)))
    }

    fn has_capital(&self, at: usize) -> bool {
        self.view
            .token(at)
            .is_some_and(|token| token.text.chars().next().is_some_and(char::is_uppercase))
    }

    /// How well an island names a list: one of the household's, none in particular, one that it does not have.
    fn names_a_list(&self, island: &Island<'_>) -> u8 {
        let name = island
            .captures
            .get(Slot::List)
            .map(|range| self.part(&range));
        match name.map(|name| lists::resolve(&name, &self.household.lists)) {
            Some(ListMention::Known(_)) => 2,
            None => 1,
            Some(ListMention::Unknown) => 0,
        }
    }

    /// The view without some ranges of it.
    pub(super) fn without(&self, range: &Range<usize>, taken: &[Range<usize>]) -> View<'u> {
        View {
            utterance: self.view.utterance,
            at: range
                .clone()
                .filter(|at| !taken.iter().any(|taken| taken.contains(at)))
                .filter_map(|at| self.view.at.get(at).copied())
                .collect(),
        }
        .trimmed()
    }

    /// Behind a comma or a conjunction.
    pub(super) fn paused_at(&self, at: usize) -> bool {
        at > 0
            && (self.view.is_soft_mark(at - 1)
                || self
                    .word(at - 1)
                    .is_some_and(|word| word.is(self.engine.pack.known.and)))
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

    pub(super) fn begins_with_infinitive(&self, range: &Range<usize>) -> bool {
        self.view.word(range.start).is_some_and(|word| {
            word.entry(self.engine.pack.known.verb, Forms::INFINITIVE)
                .is_some()
        })
    }

    pub(super) fn word(&self, at: usize) -> Option<&'u Word> {
        self.view.word(at)
    }
}
