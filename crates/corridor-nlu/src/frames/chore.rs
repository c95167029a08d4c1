//! Chores and errands: a verb that the pack knows as one, with what it acts on.

use crate::islands::Island;
use crate::pack::{Asked, Finds, Mood, Role};
use crate::phrase::{ClassId, Forms};
use crate::refusals;
use crate::tasks::Lead;
use crate::utterance::{View, Word};

use super::reader::{Reader, Stretch};
use super::{Frame, FrameKind};

impl<'u> Reader<'_, '_, 'u> {
    pub(super) fn chore(&mut self, stretch: &Stretch) -> Option<Frame> {
        let title = self.part(&stretch.range).trimmed();
        if self.needs_doing(&title) {
            let kind = self.titles(&title, None, Lead::Open, false).ok()?;
            let mut frame = self.frame(stretch, None, kind);
            frame.rules = vec![format!("{}.chore", title.utterance.language.code()).into()];
            return Some(frame);
        }
        let told = self.islands.iter().any(|island| {
            island.range.start == stretch.range.start
                && matches!(
                    island.rule.finds,
                    Finds::Island(Role::Statement | Role::Reason)
                )
        });
        // «собралась я печь»: told, not ordered.
        let past = title.word(0).is_some_and(|word| {
            let verb = self.engine.pack.known.verb;
            word.entry(verb, Forms::PAST).is_some()
                && word
                    .entry(
                        verb,
                        Forms::IMPERATIVE.or(Forms::INFINITIVE).or(Forms::NOMINAL),
                    )
                    .is_none()
        });
        if told || past {
            return None;
        }
        let title = self.person_behind_verb(title, stretch.mood);
        let verb = self.chore_verb(&title, stretch)?;
        let reading = self.done(&title, verb, stretch.mood).ok()?;
        let mut frame = self.frame(stretch, None, reading);
        frame.confidence = 0.93;
        frame.cost += self.statement_inside(&title);
        frame.rules = vec![format!("{}.chore", title.utterance.language.code()).into()];
        Some(frame)
    }

    /// «Сашу надо записать к окулисту»: the object in front of the need, the verb behind it.
    pub(super) fn needed_object(
        &mut self,
        stretch: &Stretch,
        island: &Island<'_>,
    ) -> Option<Frame> {
        let front = self
            .part(&(stretch.range.start..island.range.start))
            .trimmed();
        let behind = self.part(&(island.range.end..stretch.range.end)).trimmed();
        let cyrillic = behind
            .token(0)
            .is_some_and(|token| token.script == crate::token::Script::Cyrillic);
        let plain = cyrillic
            && front.at.len() <= 3
            && !front
                .words()
                .any(|word| word.is(self.engine.pack.known.asks))
            && front.words().all(|word| {
                word.readings
                    .iter()
                    .any(|reading| reading.is_nominal() || reading.is_attribute())
            });
        if !plain || self.verb_at(&behind, 0, Mood::Need).is_none() {
            return None;
        }
        let title = View {
            utterance: behind.utterance,
            at: behind
                .at
                .iter()
                .take(1)
                .chain(&front.at)
                .chain(behind.at.iter().skip(1))
                .copied()
                .collect(),
        };
        let kind = self.titles(&title, None, Lead::Verb, false).ok()?;
        let mut frame = self.frame(stretch, Some(island), kind);
        frame.mood = Mood::Need;
        Some(frame)
    }

    /// "… so [clean] the bathroom": the imperative of a chore.
    pub(super) fn orders_a_chore(&self, at: usize) -> bool {
        self.is_imperative(at) && self.opens_a_chore(at..self.view.at.len())
    }

    /// Whether a chore's verb stands first.
    pub(super) fn opens_a_chore(&self, range: std::ops::Range<usize>) -> bool {
        let part = self.part(&range);
        self.verb_at(&part, 0, Mood::Need).is_some()
    }

    /// "the gutters need cleaning", "the car needs to be washed"
    fn needs_doing(&self, title: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        let need = known.of(title.utterance.language).needs_doing;
        if !title.words().any(|word| word.is(need)) {
            return false;
        }
        let forms = Forms::GERUND.or(Forms::PARTICIPLE).or(Forms::PAST);
        let chore = |at: usize| {
            title.word(at).is_some_and(|word| {
                self.engine.pack.chores.iter().any(|chores| {
                    word.entry(chores.verb, forms).is_some()
                        || word.entry(chores.errand_as_need, forms).is_some()
                })
            })
        };
        let joined = title
            .words()
            .any(|word| word.is(known.and) || word.is(known.never_title));
        !joined
            && (1..title.at.len()).any(|at| {
                title
                    .word(at)
                    .and_then(|word| word.entry(need, Forms::ANY))
                    .is_some_and(|len| chore(at + len))
            })
    }

    /// "get the boiler serviced", "have the photos printed": somebody else does it, but it is to be seen to.
    pub(super) fn causative(&mut self, stretch: &Stretch) -> Option<Frame> {
        let title = self.part(&stretch.range).trimmed();
        let known = &self.engine.pack.known;
        let class = known.of(title.utterance.language).has_done;
        let caused = title.word(0).is_some_and(|word| word.is(class))
            && title.word(1).is_some_and(|word| word.is(known.article));
        if !caused {
            return None;
        }
        let doing = Forms::PARTICIPLE.or(Forms::PAST);
        let done = (3..title.at.len()).find(|&at| {
            title.word(at).is_some_and(|word| {
                word.good.is_none()
                    && self.engine.pack.chores.iter().any(|chores| {
                        let errand = (stretch.mood == Mood::Need).then_some(chores.errand_as_need);
                        let about =
                            |objects: ClassId| title.words().any(|word| word.is_object(objects));
                        let light = || {
                            let mut objects = chores.objects_of(word, doing);
                            objects.any(|(objects, _)| about(objects))
                        };
                        [chores.verb, chores.alone]
                            .into_iter()
                            .chain(errand)
                            .any(|class| word.entry(class, doing).is_some())
                            || light()
                    })
            })
        })?;
        let last = title
            .word(done + 1)
            .is_none_or(|word| word.is_preposition() || word.is(known.purpose));
        if !last || title.words().any(|word| word.is(known.never_title)) {
            return None;
        }
        let kind = self.titles(&title, None, Lead::Open, false).ok()?;
        let mut frame = self.frame(stretch, None, kind);
        frame.rules = vec![format!("{}.chore", title.utterance.language.code()).into()];
        Some(frame)
    }

    fn done(
        &mut self,
        title: &View<'u>,
        verb: ChoreVerb,
        mood: Mood,
    ) -> Result<FrameKind, &'static str> {
        let known = &self.engine.pack.known;
        let object = View {
            utterance: title.utterance,
            at: title
                .at
                .iter()
                .enumerate()
                .filter(|(index, _)| !(verb.at..verb.at + verb.len).contains(index))
                .map(|(_, &at)| at)
                .collect(),
        }
        .trimmed();
        if object.says_nothing() && !verb.alone {
            return Err("the verb has no object");
        }
        if !object.says_nothing() && self.only_points(&object) {
            return Err("the object only points");
        }
        // «забрать посылку с почты»: where something is done is not what it is done to.
        let about = |at: usize| {
            let led = at
                .checked_sub(1)
                .and_then(|before| title.word(before))
                .is_some_and(Word::is_preposition);
            title.word(at).is_some_and(|word| {
                word.is(known.never_title) && !(led && word.is(known.items.place))
            })
        };
        if (0..title.at.len()).any(about) {
            return Err("a word stands there that no chore is about");
        }
        if self.second_order(title, 2) {
            return Err("a second order stands inside the title");
        }
        let reading = self.titles(title, None, Lead::Open, false)?;
        // Several chores in one breath are chores each by itself, or no chore at all.
        if let FrameKind::Tasks { titles, .. } = &reading
            && titles.len() > 1
            && !self.each_is_a_chore(title, mood)
        {
            return Err("a clause of another kind stands inside the title");
        }
        Ok(reading)
    }

    fn each_is_a_chore(&self, title: &View<'u>, mood: Mood) -> bool {
        let Ok(parts) = crate::tasks::split_titles(self.engine, title) else {
            return false;
        };
        parts.into_iter().skip(1).all(|part| {
            let part = title.part(part);
            let refused = refusals::find(self.engine, &part, mood, Asked::BeforeShopping).is_some();
            self.verb_at(&part, 0, Mood::Need).is_some() && (mood == Mood::Need || !refused)
        })
    }

    /// «Сашу записать к стоматологу»: whom it is done to goes behind the verb.
    fn person_behind_verb(&self, title: View<'u>, mood: Mood) -> View<'u> {
        let named = title
            .word(0)
            .is_some_and(|word| word.is(self.engine.pack.known.person) && word.good.is_none());
        let cyrillic = title
            .token(0)
            .is_some_and(|token| token.script == crate::token::Script::Cyrillic);
        if !(named && cyrillic && mood == Mood::Need) || self.verb_at(&title, 1, mood).is_none() {
            return title;
        }
        let mut at = title.at.clone();
        at.swap(0, 1);
        View {
            utterance: title.utterance,
            at,
        }
    }

    /// The verb that makes the words a chore: in front, or behind its object where the language allows it.
    fn chore_verb(&self, title: &View<'_>, stretch: &Stretch) -> Option<ChoreVerb> {
        let mood = stretch.mood;
        let mood = if stretch.before.task && mood == Mood::Plain {
            Mood::Plain
        } else {
            mood
        };
        if let Some(verb) = self.verb_at(title, 0, mood) {
            return Some(verb);
        }
        let cyrillic = title
            .token(0)
            .is_some_and(|token| token.script == crate::token::Script::Cyrillic);
        if !cyrillic {
            return None;
        }
        let last = title.at.len().checked_sub(1)?;
        // «окна помыть», «на кухне протри стол»
        let inner = title.word(0).is_some_and(Word::is_preposition);
        let places = if inner { 1..last + 1 } else { last..last + 1 };
        places
            .rev()
            .filter(|&at| title.word(at).is_some_and(|word| word.good.is_none()))
            .filter(|&at| self.is_only_acted_on(title, at) && !self.names_own_list(stretch))
            .find_map(|at| self.verb_at(title, at, mood))
    }

    /// «окна помыть», not «место, чтобы посетить» or «научи забрать»: what stands before the verb is neither asked nor ordered.
    fn is_only_acted_on(&self, title: &View<'_>, verb: usize) -> bool {
        let known = &self.engine.pack.known;
        let order = Forms::IMPERATIVE.or(Forms::INFINITIVE);
        (0..verb).all(|at| {
            title.word(at).is_none_or(|word| {
                let orders = word.good.is_none()
                    && word.entry(known.verb, order).is_some()
                    && self.verb_at(title, at, Mood::Need).is_none();
                !orders && !word.is(known.asks)
            })
        })
    }

    fn verb_at(&self, title: &View<'_>, at: usize, mood: Mood) -> Option<ChoreVerb> {
        let word = title.word(at)?;
        let order = Forms::IMPERATIVE.or(Forms::INFINITIVE);
        let second = order.or(Forms::SECOND);
        for chores in &self.engine.pack.chores {
            if let Some(len) = word.entry(chores.alone, order) {
                return Some(ChoreVerb {
                    at,
                    len,
                    alone: true,
                });
            }
            if let Some(len) = word.entry(chores.verb, second) {
                return Some(ChoreVerb {
                    at,
                    len,
                    alone: false,
                });
            }
            let errand = match mood {
                Mood::Need => word.entry(chores.errand_as_need, order),
                Mood::Plain => word.entry(chores.errand_as_infinitive, Forms::INFINITIVE),
                Mood::Order => None,
            };
            if let Some(len) = errand {
                return Some(ChoreVerb {
                    at,
                    len,
                    alone: false,
                });
            }
            let light = chores.objects_of(word, order).find_map(|(objects, len)| {
                let acted_on = |index: usize| {
                    index != at
                        && title
                            .word(index)
                            .is_some_and(|word| word.is_object(objects))
                };
                (0..title.at.len()).any(acted_on).then_some(len)
            });
            if let Some(len) = light {
                return Some(ChoreVerb {
                    at,
                    len,
                    alone: true,
                });
            }
        }
        None
    }

    fn only_points(&self, object: &View<'_>) -> bool {
        let known = &self.engine.pack.known;
        object.words().any(|word| word.is(known.deictic))
            || object.words().all(|word| {
                word.is(known.article)
                    || word.is(known.pointer)
                    || word.is(known.and)
                    || word.is_preposition()
            })
    }
}

/// A verb that makes a chore.
#[derive(Clone, Copy, Debug)]
struct ChoreVerb {
    /// Its position in the title.
    at: usize,
    len: usize,
    /// It makes one without an object too.
    alone: bool,
}
