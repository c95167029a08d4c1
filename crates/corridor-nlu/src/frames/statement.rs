//! Statements: what is said beside an order without ordering anything, and headings over what follows.

use crate::items::{self, ItemReading};
use crate::languages::en::contractions;
use crate::lists::{self, ListMention};
use crate::morph::VerbForm;
use crate::pack::{Finds, Mood, Opens, Role};
use crate::phrase::{ClassId, Forms, Slot};
use crate::token::Script;
use crate::utterance::{View, Word};

use super::reader::{Reader, Stretch};
use super::{Frame, FrameKind};

/// What a statement costs that begins in the midst of a clause: where its own noun may stand before it, that is part of it.
const MID_CLAUSE: f64 = 0.04;

impl<'r, 'u> Reader<'r, '_, 'u> {
    /// A statement without order, negation or question of its own.
    pub(super) fn statement(&mut self, stretch: &Stretch) -> Option<Frame> {
        let view = self.part(&stretch.range);
        let island = self.islands.iter().find(|island| {
            island.range.start <= stretch.range.start
                && island.range.start + 1 >= stretch.range.start
                && island.range.end > stretch.range.start
                && matches!(
                    island.rule.finds,
                    Finds::Island(Role::Statement | Role::Reason | Role::Occasion)
                )
        });
        // "dog's about out of food", «в субботу день рождения»
        let lacks = self.triggers(&stretch.range).any(|trigger| {
            trigger.finds(Finds::Trigger(Opens::Lack)) && trigger.range.start > stretch.range.start
        });
        let event = view.at.len() <= 3
            && view
                .words()
                .any(|word| word.is(self.engine.pack.known.event) && word.good.is_none());
        if island.is_none()
            && !lacks
            && !event
            && !self.is_finite(&view)
            && !self.says_what_for(stretch)
        {
            return None;
        }
        let known = &self.engine.pack.known;
        // «молоко, которое мы берём»: it says something of what stands before it.
        if view.word(0).is_some_and(|word| word.is(known.asks)) {
            return None;
        }
        // «свёклу и петрушку, я сварю борщ»: a statement does not begin before the pause in front of its own first word.
        let later = self.islands.iter().any(|other| {
            matches!(
                other.rule.finds,
                Finds::Island(Role::Statement | Role::Reason)
            ) && other.range.start > stretch.range.start
                && other.range.end <= stretch.range.end
                && (other.finds(Finds::Island(Role::Reason))
                    || self.paused_at(other.range.start)
                    || self
                        .view
                        .token(other.range.start - 1)
                        .is_some_and(|token| token.is(":")))
        });
        // «помидоры буду крутить», «лапшу сварю»: the speaker tells, whatever stands first.
        let mine = view.words().any(|word| {
            word.good.is_none()
                && word.entry(known.verb, Forms::FIRST).is_some()
                && word.entry(known.verb, Forms::NOMINAL).is_none()
        });
        // «абрикос пошёл»: a subject and what it does.
        let told = view
            .word(0)
            .and_then(|word| word.good)
            .is_some_and(|(_, len)| {
                view.word(len).is_some_and(|verb| {
                    verb.good.is_none()
                        && verb
                            .entry(known.verb, Forms::PAST.or(Forms::THIRD))
                            .is_some()
                        && verb.entry(known.verb, Forms::NOMINAL).is_none()
                })
            });
        let items_first = stretch.before.shopping.is_some()
            && island.is_none()
            && !mine
            && !told
            && view
                .word(0)
                .is_some_and(|word| word.good.is_some() || word.number.is_some());
        // «филе, морковь, готовлю плов»: a list stands before what is told.
        // Behind an order for goods what nobody knows may be one too: «… и [деревянный транспортир, мой раскололся]».
        let thing = |word: &Word| {
            word.good.is_some()
                || word.number.is_some()
                || (stretch.before.shopping.is_some()
                    && word.readings.first().is_some_and(|reading| {
                        reading.case.is_some() && (reading.is_nominal() || reading.is_attribute())
                    }))
        };
        let listed = island.is_none()
            && view.word(0).is_some_and(thing)
            && (1..view.at.len())
                .rev()
                .find(|&at| {
                    let at = stretch.range.start + at;
                    self.paused_at(at) || self.view.token(at - 1).is_some_and(|t| t.is(":"))
                })
                .is_some_and(|pause| {
                    self.is_finite(&view.part(pause..view.at.len()))
                        && !self.is_finite(&view.part(0..pause))
                });
        if later || items_first || listed {
            return None;
        }
        // «…, потому что собираюсь печь пироги», «а то варить не из чего»: whatever a reason says, it orders nothing but by an imperative.
        let reason = island.is_some_and(|island| island.finds(Finds::Island(Role::Reason)));
        // «в магазин не успеваю»: what one does not do oneself takes nothing back.
        let finite = Forms::FIRST.or(Forms::THIRD).or(Forms::PAST);
        let negated = !reason
            && (0..view.at.len()).any(|at| {
                view.word(at)
                    .is_some_and(|word| word.is(known.takes_back) && word.good.is_none())
                    && !view.word(at + 1).is_some_and(|verb| {
                        verb.entry(known.verb, finite).is_some()
                            && verb.entry(known.verb, Forms::IMPERATIVE).is_none()
                    })
            });
        let lists = !self.roles(&stretch.range, Role::List).is_empty();
        let orders = |at: usize| {
            self.word(at).is_some_and(|word| {
                word.good.is_none()
                    && word.entry(known.verb, Forms::IMPERATIVE).is_some()
                    && word.entry(known.verb, Forms::NOMINAL).is_none()
            })
        };
        // Behind a pause or a filler something new begins.
        let parted = (stretch.range.end..self.view.at.len())
            .find(|&at| {
                let said = |token: &usize| self.view.utterance.is_said(*token);
                self.view.at.get(at).is_some_and(said)
            })
            .is_some_and(|next| self.paused_at(next) || self.filled(next));
        let ordered = negated
            || (stretch.range.start + 1..stretch.range.end).any(|at| {
                (self.paused_at(at) && orders(at))
                    || (self.filled(at) && (orders(at) || self.orders_a_chore(at)))
            })
            || self
                .triggers(&stretch.range)
                .any(|trigger| match trigger.rule.finds {
                    // «всегда хотела [попробовать]»: of the words that tell.
                    Finds::Trigger(_)
                        if island.is_some_and(|island| {
                            self.word(island.range.start)
                                .is_some_and(|word| word.is(known.always))
                                && island.range.start <= trigger.range.start
                                && trigger.range.end <= island.range.end
                        }) && !self.is_imperative(trigger.range.start) =>
                    {
                        false
                    }
                    Finds::Trigger(_) if reason && !self.is_imperative(trigger.range.start) => {
                        false
                    }
                    Finds::Trigger(
                        Opens::Remind | Opens::Assign | Opens::Buy | Opens::Put | Opens::Request,
                    ) => true,
                    Finds::Trigger(Opens::Add) => lists,
                    Finds::Trigger(Opens::Doer) => {
                        self.paused_at(trigger.range.start) && !self.only_a_name(trigger)
                    }
                    // "we want to make tacos": no good is wanted.
                    Finds::Trigger(Opens::Must | Opens::Need | Opens::Wish)
                        if parted && self.ends_in_to(trigger) =>
                    {
                        false
                    }
                    // What is needed is wanted, not told.
                    Finds::Trigger(Opens::Must | Opens::Need) => true,
                    Finds::Trigger(Opens::Lack | Opens::Notify) => {
                        trigger.range.start > stretch.range.start
                            && self.paused_at(trigger.range.start)
                    }
                    Finds::Trigger(Opens::Get) => {
                        trigger.range.start > stretch.range.start
                            && self.is_imperative(trigger.range.start)
                    }
                    _ => false,
                });
        let asked = view
            .token(view.at.len().saturating_sub(1))
            .is_some_and(|token| token.is("?"));
        if ordered || asked || stretch.mood != Mood::Plain {
            return None;
        }
        let (goods, trailing) = self.goods_named(&view);
        let mut frame = self.frame(stretch, island, FrameKind::Statement(goods, trailing));
        // «уксус, [помидоры буду крутить]»: told is the whole clause, from its pause on.
        if stretch.range.start > 0 && !reason && !self.paused_at(stretch.range.start) {
            frame.cost += MID_CLAUSE;
        }
        Some(frame)
    }

    /// «купи два энергетика, [диплом дописывать]»: behind an order and a pause an infinitive that is no chore's says what for.
    fn says_what_for(&self, stretch: &Stretch) -> bool {
        let view = self.part(&stretch.range).trimmed();
        let Some(last) = view.at.len().checked_sub(1) else {
            return false;
        };
        let infinitive = view.word(last).is_some_and(|word| {
            word.good.is_none()
                && word
                    .readings
                    .first()
                    .is_some_and(|reading| reading.verb == Some(VerbForm::Infinitive))
        });
        let plain = view
            .words()
            .all(|word| word.good.is_none() && word.number.is_none());
        stretch.before.shopping.is_some()
            && self.paused_at(stretch.range.start)
            && infinitive
            && plain
            && last > 0
            && !self.opens_a_chore(stretch.range.end - 1..stretch.range.end)
    }

    /// Whether a finite verb makes a statement of the words: past, or present of somebody.
    pub(super) fn is_finite(&self, view: &View<'_>) -> bool {
        if self.tells_a_deed(view) {
            return true;
        }
        let part = view.at.len() < self.view.at.len();
        let verb = self.engine.pack.known.verb;
        let finite = Forms::PAST.or(Forms::THIRD).or(Forms::FIRST);
        (0..view.at.len()).any(|at| {
            view.word(at).is_some_and(|word| {
                let leads = at > 0
                    || (part
                        && word.entry(verb, Forms::PAST).is_some()
                        && word.entry(verb, Forms::IMPERATIVE).is_none())
                    || view
                        .token(at)
                        .is_some_and(|token| token.script == Script::Cyrillic);
                let noun = word.entry(verb, Forms::NOMINAL).is_some();
                // "knocked over the last of the coffee", «разбил термос»
                let past = part
                    && at == 0
                    && word.readings.first().is_some_and(|reading| {
                        reading.verb == Some(VerbForm::Past) && !reading.is_nominal()
                    });
                // "the milk's on the turn"
                word.norm == contractions::VERB
                    || word.good.is_none()
                        && !noun
                        && ((leads && word.entry(verb, finite).is_some()) || past)
            })
        })
    }

    /// The known goods that a statement names, and whether it ends in one.
    pub(super) fn goods_named(&self, view: &View<'u>) -> (Vec<ItemReading>, bool) {
        let mut named = Vec::new();
        let mut trailing = false;
        let mut at = 0;
        while at < view.at.len() {
            match view.word(at).and_then(|word| word.good) {
                Some((_, len)) => {
                    let part = view.part(at..at + len);
                    if let Ok(items) = items::read(self.engine, &part, &[], view.utterance.language)
                    {
                        named.extend(items.into_iter().filter(|item| item.known));
                    }
                    at += len;
                    trailing = at >= view.at.len();
                }
                None => at += 1,
            }
        }
        (named, trailing)
    }

    /// «Аптека:», "Jobs for Bob:": what follows goes on that list or to that person.
    pub(super) fn heading(&mut self, stretch: &Stretch) -> Option<Frame> {
        let colon = |at: usize| self.view.token(at).is_some_and(|token| token.is(":"));
        // "Hardware list - a mop": behind a dash it must be nothing but the name.
        let line = self
            .view
            .token(stretch.range.end)
            .is_some_and(|token| token.new_line || (token.is("-") && !token.glued));
        let led = colon(stretch.range.end);
        if !(led || line) || stretch.range.len() > 6 {
            return None;
        }
        let sentence = |at: usize| {
            self.view.token(at).is_some_and(|token| {
                token.new_line && at > stretch.range.start
                    || matches!(token.norm.as_str(), "." | ":" | "!" | "?" | ";")
            })
        };
        if stretch.range.clone().any(sentence) {
            return None;
        }
        let view = self.part(&stretch.range);
        if self.says_more_than_a_heading(&stretch.range) {
            return None;
        }
        let known = &self.engine.pack.known;
        let own = known.of(view.utterance.language);
        let head = |class: ClassId| view.words().any(|word| word.is(class));
        // A line without a colon is a heading where it is nothing but one.
        let names = |word: &Word| {
            [own.list_heading, own.task_heading, own.task_noun]
                .into_iter()
                .any(|class| word.is(class))
        };
        let led = led
            && (view
                .word(0)
                .is_some_and(|word| word.is(known.own_list) || names(word))
                || self
                    .triggers(&stretch.range)
                    .any(|trigger| trigger.range.start == stretch.range.start)
                || !self.begins_with_another_verb(&view));
        if !led
            && !view
                .words()
                .all(|word| word.is(known.own_list) || names(word))
        {
            return None;
        }
        let person = view.words().any(|word| word.is(known.person));
        let tasks = head(own.task_heading) || head(own.task_noun);
        if tasks || person {
            let name = View {
                utterance: view.utterance,
                at: view
                    .at
                    .iter()
                    .copied()
                    .filter(|&at| view.utterance.has(at, known.person))
                    .collect(),
            };
            let doer = person.then(|| crate::tasks::doer(self.engine, &name, self.household));
            return Some(self.frame(
                stretch,
                None,
                FrameKind::Heading {
                    list: None,
                    doer,
                    tasks: true,
                    items: false,
                },
            ));
        }
        let list = lists::resolve(&view, &self.household.lists);
        let is_own = matches!(list, ListMention::Known(_))
            && view.words().any(|word| word.is(known.own_list));
        if is_own || head(own.list_heading) {
            let list = is_own.then_some(list);
            return Some(self.frame(
                stretch,
                None,
                FrameKind::Heading {
                    list,
                    doer: None,
                    tasks: false,
                    items: true,
                },
            ));
        }
        let island = *self.roles(&stretch.range, Role::List).first()?;
        let name = island
            .captures
            .get(Slot::List)
            .map(|range| self.part(&range));
        let list = name.map(|name| lists::resolve(&name, &self.household.lists));
        Some(self.frame(
            stretch,
            Some(island),
            FrameKind::Heading {
                list,
                doer: None,
                tasks: false,
                items: true,
            },
        ))
    }
}
