//! One clause against the pack's rules: which match, which of them hold once their slots are read, and what the clause means.
//!
//! Past 400 lines on purpose: what each kind of rule asks of its slots is read beside the others, as they are told apart by it.

use crate::engine::Engine;
use crate::household::Household;
use crate::items::{self, ItemReading, NoItems};
use crate::language::Language;
use crate::lists::{self, ListMention};
use crate::matches::{Candidates, Match};
use crate::pack::{Goods, Lists, Mood, NotOurs, RejectCode, Rule, RuleId, Then};
use crate::phrase::{Captures, Forms, Slot};
use crate::tasks::{self, Doer, Lead, NoTitle};
use crate::token::Script;
use crate::utterance::{View, Word};

/// Wraps inside wraps («не забудь, что надо…») beyond this are no speech of people.
const DEEPEST: u8 = 5;

/// Places behind which another order is looked for inside a title: each may cost as much as the whole clause.
const MOST_LOOKED_BEHIND: usize = 8;

/// What a clause means, before times and zones are added.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    NotOurs(NotOurs),
    Reject(RejectCode),
    Shopping {
        items: Vec<ItemReading>,
        list: Option<ListMention>,
    },
    Tasks {
        titles: Vec<Titled>,
        doer: Option<Doer>,
        assigned: bool,
    },
    AskItem,
    AskTitle,
}

/// A title with the zone that it mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Titled {
    pub(crate) title: String,
    pub(crate) zone: Option<usize>,
    /// A clause of time that the title leaves out ("before the kids wake up").
    pub(crate) note: Option<String>,
}

/// A judged clause.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    /// Rules that fired, outermost first.
    pub(crate) rules: Vec<RuleId>,
    pub(crate) confidence: f64,
    pub(crate) mood: Mood,
}

/// A rule that matched and did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The rule.
    pub rule: RuleId,
    /// Why it did not hold.
    pub why: &'static str,
}

/// Judges clauses of one utterance.
pub(crate) struct Judge<'j> {
    pub(crate) engine: &'j Engine,
    pub(crate) household: &'j Household<'j>,
    /// Rules that matched and did not hold, for explanations.
    pub(crate) lost: Vec<Lost>,
    /// Whether the clause is judged as what may stand behind another.
    pub(crate) looks_behind: bool,
}

impl Judge<'_> {
    /// The meaning of a clause, or `None` where no rule holds.
    pub(crate) fn judge(&mut self, view: &View<'_>, mood: Mood, depth: u8) -> Option<Judged> {
        if depth > DEEPEST || view.says_nothing() {
            return None;
        }
        let mut candidates = Candidates::new(self.engine, view, mood);
        while let Some(found) = candidates.next_rank() {
            for found in found {
                match self.hold(&found, view, mood, depth) {
                    Ok(mut judged) => {
                        judged.rules.insert(0, found.rule.id.clone());
                        judged.confidence *= found.rule.confidence;
                        return Some(judged);
                    }
                    Err(why) => self.lost.push(Lost {
                        rule: found.rule.id.clone(),
                        why,
                    }),
                }
            }
        }
        None
    }

    fn hold(
        &mut self,
        found: &Match<'_>,
        view: &View<'_>,
        mood: Mood,
        depth: u8,
    ) -> Result<Judged, &'static str> {
        let slot = |slot| found.captures.get(slot).map(|range| view.part(range));
        let verdict = match found.rule.then {
            Then::NotOurs(reason) => {
                if mood == Mood::Need
                    && matches!(
                        reason,
                        NotOurs::CallOrMessage | NotOurs::Booking | NotOurs::DrinkNow
                    )
                {
                    return Err("a need is no order to do it now");
                }
                Verdict::NotOurs(reason)
            }
            Then::Reject(code) => {
                if mood == Mood::Need {
                    return Err("a need asks nothing of Corridor itself");
                }
                Verdict::Reject(code)
            }
            Then::AskItem => Verdict::AskItem,
            Then::AskTitle => Verdict::AskTitle,
            Then::Shopping(goods) => {
                let items = slot(Slot::Items).ok_or("the phrase has no items")?;
                let list = self.named_list(found.rule, view, &found.captures)?;
                self.shopping(goods, found.rule.language, &items, list)?
            }
            Then::Remind | Then::Assign => {
                let title = slot(Slot::Title).ok_or("the phrase has no title")?;
                if self.lists_something(&title, mood, depth) {
                    return Err("a second order stands inside the title");
                }
                let verdict = self.remind(&title, slot(Slot::Doer).as_ref())?;
                let speaker = says_me(view, &found.captures).then_some(Doer::Speaker);
                match verdict {
                    Verdict::Tasks { titles, doer, .. } => Verdict::Tasks {
                        titles,
                        doer: doer.or(speaker),
                        assigned: found.rule.then == Then::Assign,
                    },
                    other => other,
                }
            }
            Then::Chore => {
                let title = slot(Slot::Title).ok_or("the phrase has no title")?;
                if slot(Slot::Object).is_some_and(|object| self.only_points(&object)) {
                    return Err("the object only points");
                }
                let rest = title.part(1..title.at.len());
                if slot(Slot::Object).is_none() && !rest.says_nothing() && self.only_points(&rest) {
                    return Err("the object only points");
                }
                if title
                    .words()
                    .any(|word| word.is(self.engine.pack.known.never_title))
                {
                    return Err("a word stands there that no chore is about");
                }
                self.chores(&title, mood, depth)?
            }
            Then::Doer => {
                let rest = slot(Slot::Rest).ok_or("the phrase has no rest")?;
                let doer =
                    slot(Slot::Doer).map(|name| tasks::doer(self.engine, &name, self.household));
                if !self.begins_with_verb(&rest) {
                    return Err("what the doer is to do is no verb phrase");
                }
                if self.lacks_something(&rest, mood, depth) {
                    return Err("a clause of another kind stands inside the title");
                }
                self.titles(&rest, doer, Lead::Verb)?
            }
            Then::Wrap(inner) => {
                let rest = slot(Slot::Rest).ok_or("the phrase has no rest")?.trimmed();
                let mood = if mood == Mood::Need { mood } else { inner };
                let judged = self
                    .judge(&rest, mood, depth + 1)
                    .ok_or("the rest means nothing")?;
                return Ok(match slot(Slot::Doer) {
                    Some(name) => judged.for_doer(tasks::doer(self.engine, &name, self.household)),
                    None => judged,
                });
            }
        };
        Ok(Judged {
            verdict,
            rules: Vec::new(),
            confidence: 1.0,
            mood,
        })
    }

    /// The list that the clause names: in its slot, or by a household's own list name outside the items.
    fn named_list(
        &self,
        rule: &Rule,
        view: &View<'_>,
        captures: &Captures,
    ) -> Result<Option<ListMention>, &'static str> {
        let known = &self.engine.pack.known;
        if let Some(range) = captures.get(Slot::List) {
            let name = view.part(range);
            let verb = name.words().any(|word| {
                word.entry(known.verb, Forms::IMPERATIVE.or(Forms::INFINITIVE))
                    .is_some()
            });
            if name.at.len() > 4 || verb || name.words().any(|word| word.is(known.and)) {
                return Err("what stands in the place of a list is no name");
            }
            let mention = lists::resolve(&name, &self.household.lists);
            if rule.lists == Lists::Known && mention == ListMention::Unknown {
                return Err("the household has no such list");
            }
            return Ok(Some(mention));
        }
        let items = captures.get(Slot::Items).unwrap_or(0..0);
        let mut outside = view.clone();
        outside.at = view
            .at
            .iter()
            .enumerate()
            .filter(|(index, _)| !items.contains(index))
            .map(|(_, &at)| at)
            .collect();
        outside
            .at
            .retain(|&at| view.utterance.has(at, known.own_list));
        Ok(match lists::resolve(&outside, &self.household.lists) {
            ListMention::Unknown => None,
            mention => Some(mention),
        })
    }

    fn shopping(
        &self,
        goods: Goods,
        language: Language,
        slot: &View<'_>,
        list: Option<ListMention>,
    ) -> Result<Verdict, &'static str> {
        // «молоко купи два литра»: the order in the midst of its items is none of them.
        let mut slot = slot.clone();
        let buys = self.engine.pack.known.buys;
        slot.at.retain(|&at| {
            let good = slot
                .utterance
                .words
                .get(at)
                .is_some_and(|word| word.good.is_some());
            good || goods != Goods::Known || !slot.utterance.has(at, buys)
        });
        if self.second_order(&slot, 1) {
            return Err("a second order stands among the items");
        }
        let items = match items::read(self.engine, &slot, &self.household.lists, language) {
            Ok(items) => items,
            Err(NoItems::Nothing | NoItems::Pointer) if goods == Goods::Any => {
                return Ok(Verdict::AskItem);
            }
            Err(NoItems::NotGoods) if goods == Goods::Any => {
                return Ok(Verdict::NotOurs(NotOurs::Booking));
            }
            Err(NoItems::Nothing) => return Err("no item is named"),
            Err(NoItems::Pointer) => return Err("the items are only pointed at"),
            Err(NoItems::NotAnItem) => return Err("a word in the items can be no item"),
            Err(NoItems::NotGoods) => return Err("these are not goods for a list"),
        };
        if goods != Goods::Any && !items.iter().all(|item| item.known) {
            return Err("not all items are known goods");
        }
        if goods == Goods::Bare
            && items.len() == 1
            && items.iter().all(|item| item.quantity.is_none())
        {
            return Err("one bare item needs a quantity");
        }
        Ok(Verdict::Shopping { items, list })
    }

    fn remind(&self, title: &View<'_>, doer: Option<&View<'_>>) -> Result<Verdict, &'static str> {
        let doer = doer.map(|name| tasks::doer(self.engine, name, self.household));
        let known = &self.engine.pack.known;
        let says_nothing = |word: &crate::utterance::Word| {
            word.is(known.takes_back)
                || word.is(known.no_task)
                || word.is(known.article)
                || is_preposition(word)
        };
        if title.words().any(|word| word.is(known.takes_back)) && title.words().all(says_nothing) {
            return Err("the order to remind is taken back");
        }
        if title.words().all(says_nothing) {
            return Ok(Verdict::AskTitle);
        }
        let mut subject = title
            .words()
            .skip_while(|word| word.is(known.article) || is_preposition(word) || word.norm == "of");
        if subject
            .next()
            .is_some_and(|word| word.is(known.never_subject))
        {
            return Err("a word leads the title that no task begins with");
        }
        match self.titles(title, doer, Lead::Open) {
            Err("there is no title" | "the title only points") => Ok(Verdict::AskTitle),
            other => other,
        }
    }

    fn titles(
        &self,
        view: &View<'_>,
        doer: Option<Doer>,
        lead: Lead,
    ) -> Result<Verdict, &'static str> {
        let view = view.clone().trimmed();
        if view
            .word(view.at.len().saturating_sub(1))
            .is_some_and(|word| word.is(self.engine.pack.known.and))
        {
            return Err("the title ends in a conjunction");
        }
        let parts = tasks::split_titles(self.engine, &view)
            .map_err(|_| "a second order stands inside the title")?;
        // "remind me to call the doctor and add bread to the list"
        let lists = |part: &std::ops::Range<usize>| {
            view.part(part.clone())
                .words()
                .any(|word| word.is(self.engine.pack.known.never_subject))
        };
        if parts.iter().skip(1).any(lists) {
            return Err("a second order stands inside the title");
        }
        let mut titles = Vec::new();
        for part in parts {
            let (part, note) = tasks::without_time_clause(self.engine, view.part(part));
            match tasks::read_title(self.engine, &part, lead) {
                Ok(title) => titles.push(Titled {
                    title,
                    zone: tasks::zone(&part, self.household),
                    note,
                }),
                Err(NoTitle::Nothing) => return Err("there is no title"),
                Err(NoTitle::Pointer) => return Err("the title only points"),
                Err(NoTitle::AnotherOrder) => return Err("a second order stands inside the title"),
            }
        }
        Ok(Verdict::Tasks {
            titles,
            doer,
            assigned: false,
        })
    }

    /// Several chores in one breath are chores each by itself, or no chore at all.
    fn chores(&mut self, title: &View<'_>, mood: Mood, depth: u8) -> Result<Verdict, &'static str> {
        if self.second_order(title, 2) {
            return Err("a second order stands inside the title");
        }
        if self.lacks_something(title, mood, depth) {
            return Err("a clause of another kind stands inside the title");
        }
        let parts = tasks::split_titles(self.engine, title)
            .map_err(|_| "a second order stands inside the title")?;
        if parts.len() > 1 {
            for part in parts.iter().skip(1) {
                let part = title.part(part.clone());
                let judged = self
                    .judge(&part, mood, depth + 1)
                    .map(|judged| judged.verdict);
                if !matches!(judged, Some(Verdict::Tasks { .. })) {
                    return Err("a clause of another kind stands inside the title");
                }
            }
        }
        self.titles(title, None, Lead::Open)
    }

    /// "feed the fish, and we need oats": a need or a lack of goods behind a conjunction or a comma.
    fn lacks_something(&mut self, view: &View<'_>, mood: Mood, depth: u8) -> bool {
        let head = self.engine.pack.known.head;
        self.goes_on(view, mood, depth, |word| word.is(head), |_| true)
    }

    /// "remind me to call the doctor, and add bread to Groceries": a reminder to buy has no list.
    fn lists_something(&mut self, view: &View<'_>, mood: Mood, depth: u8) -> bool {
        let verb = self.engine.pack.known.verb;
        let order = |word: &Word| word.entry(verb, Forms::IMPERATIVE).is_some();
        self.goes_on(view, mood, depth, order, Option::is_some)
    }

    /// Whether shopping begins behind a conjunction or a comma: at such a word, and on such a list.
    fn goes_on(
        &mut self,
        view: &View<'_>,
        mood: Mood,
        depth: u8,
        begins: impl Fn(&Word) -> bool,
        lists: impl Fn(&Option<ListMention>) -> bool,
    ) -> bool {
        // What is looked at here is not looked into again: a text of nothing but such words must stay cheap.
        if self.looks_behind {
            return false;
        }
        let and = self.engine.pack.known.and;
        let begins = |at: &usize| {
            let broken = view.token(at - 1).is_some_and(|token| token.is(","))
                || view.word(at - 1).is_some_and(|word| word.is(and));
            broken && view.word(*at).is_some_and(&begins)
        };
        let places: Vec<usize> = (1..view.at.len())
            .filter(begins)
            .take(MOST_LOOKED_BEHIND)
            .collect();
        self.looks_behind = true;
        let goes_on = places.into_iter().any(|at| {
            let rest = view.part(at..view.at.len());
            self.judge(&rest, mood, depth + 1).is_some_and(
                |judged| matches!(&judged.verdict, Verdict::Shopping { list, .. } if lists(list)),
            )
        });
        self.looks_behind = false;
        goes_on
    }

    /// «кефир, а также полей цветы», «вынеси мусор купи молока»: an imperative of the pack's orders from the word `from` on, with something
    /// behind it.
    fn second_order(&self, view: &View<'_>, from: usize) -> bool {
        let order = self.engine.pack.known.order;
        (from..view.at.len().saturating_sub(1)).any(|at| {
            view.word(at).is_some_and(|word| {
                word.good.is_none()
                    && word.entry(order, Forms::IMPERATIVE).is_some()
                    && view
                        .token(at)
                        .is_some_and(|token| token.script == Script::Cyrillic)
            })
        })
    }

    fn only_points(&self, object: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        object.words().any(|word| word.is(known.deictic))
            || object.words().all(|word| {
                word.is(known.article)
                    || word.is(known.pointer)
                    || word.is(known.and)
                    || is_preposition(word)
            })
    }

    /// «мусор пусть вынесет»: at either end.
    fn begins_with_verb(&self, view: &View<'_>) -> bool {
        let view = view.clone().trimmed();
        let is_verb = |at: usize| {
            view.word(at).is_some_and(|word| {
                word.entry(self.engine.pack.known.verb, Forms::ANY)
                    .is_some()
            })
        };
        let last = view.at.len().saturating_sub(1);
        is_verb(0)
            || (is_verb(last)
                && view
                    .token(last)
                    .is_some_and(|token| token.script == Script::Cyrillic))
    }
}

/// «мне», "for me" in the words of the order itself.
fn says_me(view: &View<'_>, captures: &Captures) -> bool {
    let (Some(&first), Some(&last)) = (view.at.first(), view.at.last()) else {
        return false;
    };
    // By tokens: "for me" is politeness elsewhere and taken out of the clause.
    let title = captures.get(Slot::Title).unwrap_or(0..0);
    let title = view.at.get(title).unwrap_or(&[]);
    let inside = |at: &usize| title.first() <= Some(at) && Some(at) <= title.last();
    (first..=last)
        .filter(|at| !inside(at))
        .filter_map(|at| view.utterance.words.get(at))
        .any(|word| {
            matches!(
                word.norm.as_str(),
                "мне" | "меня" | "я" | "me" | "myself" | "i" | "i'd" | "i'll"
            )
        })
}

fn is_preposition(word: &crate::utterance::Word) -> bool {
    matches!(
        word.norm.as_str(),
        "in" | "on" | "at" | "up" | "out" | "off" | "over"
    ) || word
        .readings
        .first()
        .is_some_and(|reading| reading.pos == crate::morph::Pos::Preposition)
}

impl Judged {
    /// The same for the speaker or member who was named outside the clause, where none was named inside.
    fn for_doer(mut self, who: Doer) -> Self {
        if let Verdict::Tasks { doer, .. } = &mut self.verdict {
            doer.get_or_insert(who);
        }
        self
    }
}
