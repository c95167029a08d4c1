//! Things to buy: by an order, a need, a lack or a wish, or as a bare list.

use std::ops::Range;

use crate::islands::Island;
use crate::items::{self};
use crate::pack::{Finds, Mood, Opens, Role};
use crate::phrase::{ClassId, Forms};
use crate::token::Script;
use crate::utterance::{View, Word};

use super::bought::Goods;
use super::reader::{MOST_TRIED, Reader, Stretch};
use super::{FRAME, Frame, FrameKind};

impl<'r, 'u> Reader<'r, '_, 'u> {
    pub(super) fn lack(&mut self, stretch: &Stretch) -> Option<Frame> {
        self.by_trigger(stretch, &[Opens::Lack])
    }

    pub(super) fn shopping(&mut self, stretch: &Stretch) -> Option<Frame> {
        self.by_trigger(
            stretch,
            &[
                Opens::Buy,
                Opens::Add,
                Opens::Put,
                Opens::Get,
                Opens::Need,
                Opens::Wish,
            ],
        )
        .or_else(|| self.by_list(stretch))
    }

    /// «есть ли в списке кетчуп», "do I have milk on my list".
    pub(super) fn checked(&mut self, stretch: &Stretch) -> Option<Frame> {
        let island = self.triggers(&stretch.range).find(|island| {
            island.finds(Finds::Trigger(Opens::Check)) && island.range.start == stretch.range.start
        })?;
        if self.has_order(&(island.range.end..stretch.range.end)) {
            return None;
        }
        let mut taken = vec![island.range.clone()];
        taken.extend(
            self.roles(&stretch.range, Role::List)
                .iter()
                .map(|list| list.range.clone()),
        );
        let others = self
            .triggers(&stretch.range)
            .filter(|other| matches!(other.rule.finds, Finds::Trigger(Opens::Lack | Opens::Check)));
        taken.extend(others.map(|other| other.range.clone()));
        let content = self.without(&stretch.range, &taken);
        match self.items(&content, Goods::Known, None, None, island.rule.language) {
            Ok(FrameKind::Shopping(shopping)) => {
                let mut frame =
                    self.frame(stretch, Some(island), FrameKind::Checked(shopping.items));
                frame.cost = 0.4;
                Some(frame)
            }
            _ => None,
        }
    }

    fn by_trigger(&mut self, stretch: &Stretch, opens: &[Opens]) -> Option<Frame> {
        let mut triggers: Vec<(Opens, &'r Island<'r>)> = self
            .triggers(&stretch.range)
            .filter_map(|island| match island.rule.finds {
                Finds::Trigger(by) if opens.contains(&by) => Some((by, island)),
                _ => None,
            })
            .collect();
        triggers.sort_by_key(|(by, island)| {
            (opens.iter().position(|one| one == by), island.range.start)
        });
        for (by, island) in triggers.into_iter().take(MOST_TRIED) {
            match self.ordered(stretch, by, island) {
                Ok(frame) => return Some(frame),
                Err(why) => self.decline(island, why),
            }
        }
        None
    }

    fn ordered(
        &mut self,
        stretch: &Stretch,
        by: Opens,
        island: &'r Island<'r>,
    ) -> Result<Frame, &'static str> {
        let lists = self.roles(&stretch.range, Role::List);
        let mut taken = vec![island.range.clone()];
        self.pass_over(stretch, island, &mut taken)?;
        let (list, named) = self.take_lists(&lists, &mut taken)?;
        let goods = match by {
            Opens::Buy => Goods::Any,
            Opens::Add | Opens::Put if !lists.is_empty() => Goods::Any,
            Opens::Put => Goods::Supported,
            Opens::Get if self.is_ones_own(stretch, island) => {
                return Err("what is fetched is one's own");
            }
            // "pick up Bob from the station"
            Opens::Get if self.fetches_somebody(island) => {
                return Err("whom one fetches is nothing to buy");
            }
            Opens::Get if named => Goods::Any,
            Opens::Get => Goods::Supported,
            Opens::Add => return Err("no list is named"),
            // "I'd like to pencil in a meeting": a wish to do something.
            Opens::Wish if self.ends_in_to(island) => return Err("no goods are wished for"),
            _ => Goods::Known,
        };
        self.leads_or_follows(stretch, island, &mut taken)?;
        let content = self.without(&stretch.range, &taken);
        let read = self.items(
            &content,
            goods,
            list.clone(),
            Some(by),
            island.rule.language,
        );
        // «смесь заканчивается, возьми две банки»: what nobody knows is named all the same.
        let mut kind = match read {
            Err(_) if by == Opens::Lack => {
                match self.items(&content, Goods::Any, list, Some(by), island.rule.language)? {
                    FrameKind::Shopping(shopping)
                        if shopping.items.len() == 1 && content.at.len() <= 3 =>
                    {
                        FrameKind::Statement(shopping.items, false)
                    }
                    _ => return Err("not all items are known goods"),
                }
            }
            other => other?,
        };
        let fronted = island.range.start > stretch.range.start;
        if let FrameKind::Shopping(shopping) = &mut kind {
            shopping.fronted = fronted;
        }
        let mut frame = self.frame(stretch, Some(island), kind);
        // "out of milk and [bread, get two]", «просила йогурт и [черешню, добавь]»: both are meant.
        let joined = (stretch.range.start.checked_sub(1))
            .and_then(|at| self.word(at))
            .is_some_and(|word| word.is(self.engine.pack.known.and));
        let lacks = stretch.before.shopping == Some(Some(Opens::Lack));
        if fronted && joined && (lacks || stretch.before.told) {
            frame.cost += FRAME;
        }
        Ok(frame)
    }

    fn fetches_somebody(&self, island: &Island<'_>) -> bool {
        let person = self.engine.pack.known.person;
        let somebody = self
            .word(island.range.end)
            .is_some_and(|word| word.is(person) && word.good.is_none());
        // "get Maggie some hand cream" is for her.
        let known = &self.engine.pack.known;
        somebody
            && self.word(island.range.end + 1).is_none_or(|word| {
                !self.engine.is_content(word) && !word.is(known.article) && !word.is(known.vague)
            })
    }

    /// "pick up the dress": a thing that one has already.
    fn is_ones_own(&self, stretch: &Stretch, island: &Island<'_>) -> bool {
        let own = self.engine.pack.known.of(island.rule.language);
        let is = |at: usize, class: ClassId| self.word(at).is_some_and(|word| word.is(class));
        is(island.range.end, own.definite)
            && (island.range.end..stretch.range.end).any(|at| is(at, own.belonging))
    }

    /// Items stand behind their order or before it; on both sides only where those in front are known goods.
    fn leads_or_follows(
        &self,
        stretch: &Stretch,
        island: &Island<'_>,
        taken: &mut Vec<Range<usize>>,
    ) -> Result<(), &'static str> {
        let before = self.without(&(stretch.range.start..island.range.start), taken);
        let behind = self.without(&(island.range.end..stretch.range.end), taken);
        if before.says_nothing() || behind.says_nothing() {
            return Ok(());
        }
        // "olive oil, put it on the list": what is pointed at was named.
        let known = &self.engine.pack.known;
        let points = |view: &View<'_>| {
            view.words().all(|word| {
                word.is(known.pointer)
                    || word.is(known.vague)
                    || word.is(known.and)
                    || word.norm.is_empty()
            })
        };
        if points(&behind) {
            taken.push(island.range.end..stretch.range.end);
            return Ok(());
        }
        // «для кота возьми минтая», "for the party get cups"
        let told = |word: &Word| {
            let reading = word.readings.first();
            word.good.is_none() && reading.is_some_and(|reading| reading.verb.is_some())
        };
        let led = before.at.len() <= 4
            && (self.paused(island.range.start)
                || before
                    .token(0)
                    .is_some_and(|token| token.script == Script::Latin)
                || !before.words().any(told))
            && before
                .word(0)
                .is_some_and(|word| word.is(known.purpose) || word.is_preposition());
        if led {
            taken.push(stretch.range.start..island.range.start);
            return Ok(());
        }
        if self.tells_a_deed(&before) {
            return Err("something told stands before it");
        }
        let language = island.rule.language;
        let goods = items::amount_alone(self.engine, &before, language).is_some()
            || items::read(self.engine, &before, &self.household.lists, language)
                .is_ok_and(|items| items.iter().all(|item| item.known))
            || items::amount_alone(self.engine, &behind, language).is_some();
        if goods {
            Ok(())
        } else {
            Err("something else stands before it")
        }
    }

    /// "we need [vacuum bags]": known goods behind a need that does not end in "to".
    pub(super) fn needs_goods(&mut self, island: &Island<'_>, inside: &Stretch) -> bool {
        let content = self.part(&inside.range);
        let latin = content
            .token(0)
            .is_some_and(|token| token.script == Script::Latin);
        latin
            && !self.ends_in_to(island)
            && content.word(0).is_some_and(|word| word.good.is_some())
            && self
                .items(&content, Goods::Known, None, None, island.rule.language)
                .is_ok()
    }

    /// Shops, and triggers that say the same once more («нужно хлеба купить»), are no items.
    fn pass_over(
        &self,
        stretch: &Stretch,
        island: &Island<'_>,
        taken: &mut Vec<Range<usize>>,
    ) -> Result<(), &'static str> {
        let named = self.roles(&stretch.range, Role::List);
        let apart = |shop: &&&Island<'_>| {
            !named
                .iter()
                .any(|list| list.range.start < shop.range.end && shop.range.start < list.range.end)
        };
        taken.extend(
            self.roles(&stretch.range, Role::Shop)
                .iter()
                .filter(apart)
                .map(|shop| shop.range.clone()),
        );
        taken.extend(
            self.roles(&stretch.range, Role::Occasion)
                .iter()
                .map(|occasion| occasion.range.clone()),
        );
        let lists = !self.roles(&stretch.range, Role::List).is_empty();
        for other in self.triggers(&stretch.range) {
            let overlaps =
                other.range.start < island.range.end && island.range.start < other.range.end;
            let good = self
                .word(other.range.start)
                .is_some_and(|word| word.good.is_some());
            match other.rule.finds {
                // "buy no more than three": a limit.
                Finds::Trigger(Opens::Lack)
                    if self.is_order(island.range.start)
                        && !overlaps
                        && !self.paused(other.range.start)
                        && other.range.start > island.range.start => {}
                Finds::Trigger(Opens::Lack) if self.is_order(island.range.start) && !overlaps => {
                    return Err("a second frame stands inside");
                }
                Finds::Trigger(
                    Opens::Lack | Opens::Need | Opens::Wish | Opens::Must | Opens::Request,
                ) if !good || overlaps => {
                    let edge = overlaps
                        || other.range.start == stretch.range.start
                        || other.range.end == stretch.range.end
                        || other.range.end == island.range.start
                        || other.range.start == island.range.end;
                    if edge {
                        taken.push(other.range.clone());
                    } else if self.paused(other.range.start) {
                        return Err("a second frame stands inside");
                    }
                }
                _ if overlaps || good => {}
                // A name alone is whom something is bought for.
                Finds::Trigger(Opens::Doer) if self.only_a_name(other) => {}
                Finds::Trigger(Opens::Remind | Opens::Assign | Opens::Doer) => {
                    return Err("a second frame stands inside");
                }
                Finds::Trigger(Opens::Buy | Opens::Put) if self.is_order(other.range.start) => {
                    return Err("a second order stands inside");
                }
                Finds::Trigger(Opens::Add) if lists && self.is_order(other.range.start) => {
                    return Err("a second order stands inside");
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A list of known goods without any trigger; one alone only with an amount. Behind an order for items, or in its lines, more of them.
    pub(super) fn bare(&mut self, stretch: &Stretch) -> Option<Frame> {
        let content = self.part(&stretch.range);
        let more = stretch.before.shopping.is_some();
        let language = content.utterance.language;
        let need = stretch.mood == Mood::Need;
        // «рыба с картошкой — это блюдо»: what is pointed at is told of.
        let known = &self.engine.pack.known;
        if !more
            && content
                .words()
                .any(|word| word.is(known.pointer) || word.is(known.deictic))
        {
            return None;
        }
        // "roll dice": what may be an order is no list.
        let verb = self.engine.pack.known.verb;
        let latin = content
            .token(0)
            .is_some_and(|token| token.script == Script::Latin);
        let good = |word: &Word| {
            word.good
                .and_then(|(id, _)| self.engine.pack.lexicon.good(id))
                .is_some_and(|good| {
                    good.key.starts_with(&word.norm) && good.key.len() != word.norm.len() + 1
                })
        };
        let heading = stretch.before.heading;
        if latin
            && !heading
            && content
                .word(0)
                .is_some_and(|word| word.entry(verb, Forms::IMPERATIVE).is_some() && !good(word))
        {
            return None;
        }
        // Lines behind an order or a heading are items, known or not.
        let line = more && content.token(0).is_some_and(|token| token.new_line);
        let goods = if line || heading {
            Goods::Any
        } else {
            Goods::Known
        };
        if !heading && self.begins_with_another_verb(&content) {
            return None;
        }
        let kind = self.items(&content, goods, None, None, language).ok()?;
        let FrameKind::Shopping(shopping) = &kind else {
            return None;
        };
        let lone = matches!(shopping.items.as_slice(), [one] if one.quantity.is_none());
        if lone && !more && !need {
            // "olive oil, put it on the list": named, for an order beside it to take.
            let mut frame = self.frame(
                stretch,
                None,
                FrameKind::Statement(shopping.items.clone(), true),
            );
            frame.cost += 0.3;
            return Some(frame);
        }
        let mut frame = self.frame(stretch, None, kind);
        frame.cost += if more || need { 0.0 } else { 0.3 };
        Some(frame)
    }
}
