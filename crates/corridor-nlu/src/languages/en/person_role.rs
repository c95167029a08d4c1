//! English: the words on both sides of the name decide, and the voice of the verb behind it.

use crate::engine::Engine;
use crate::languages::en::vocabulary;
use crate::morph::VerbForm;
use crate::tasks::person_role::PersonRole::{self, Doer, Object, Undecided};
use crate::tasks::person_role::{before, end_of_names, from, is_break};
use crate::utterance::View;

pub(crate) fn role(engine: &Engine, view: &View<'_>, at: usize) -> PersonRole {
    let end = end_of_names(engine, view, at);
    let clause = Clause {
        engine,
        view,
        at,
        end,
    };
    clause.role()
}

struct Clause<'c> {
    engine: &'c Engine,
    view: &'c View<'c>,
    at: usize,
    end: usize,
}

impl Clause<'_> {
    fn role(&self) -> PersonRole {
        let known = &self.engine.pack.known;
        let previous = before(self.view, self.at);
        let next = from(self.view, self.end);
        if self
            .view
            .word(self.end - 1)
            .is_some_and(|w| w.norm.ends_with("'s"))
        {
            return match self.norm(next) {
                "turn" | "job" | "got" | "to" | "going" => Doer,
                _ => Object,
            };
        }
        if let Some(and) = previous
            && self
                .view
                .word(and)
                .is_some_and(|w| w.is(known.and) || w.norm == "or")
            && let Some(first) = before(self.view, and)
            && self.view.word(first).is_some_and(|w| w.is(known.person))
            && !is_break(self.view, and + 1)
        {
            return role(
                self.engine,
                self.view,
                start_of_name(self.engine, self.view, first),
            );
        }
        let modal = self.modal(next);
        let broken = self
            .at
            .checked_sub(1)
            .is_some_and(|at| is_break(self.view, at));
        match (previous, modal) {
            (_, Some(role)) if previous.is_none() || broken || !self.is_verb(previous) => role,
            (Some(previous), _) if !broken && is_preposition(self.norm(Some(previous))) => {
                self.behind_preposition(previous)
            }
            (Some(previous), _) if !broken && self.asks(previous) => self.asked(previous, next),
            (Some(previous), _) if !broken && self.takes_object(previous) => Object,
            _ => self.called(next, broken),
        }
    }

    fn norm(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.view.word(at))
            .map_or("", |word| word.norm.as_str())
    }

    /// "needs to be picked up", "needs picking up", "has to pick up": what stands behind the name, if it is a modal.
    fn modal(&self, next: Option<usize>) -> Option<PersonRole> {
        let at = next?;
        if is_break(self.view, self.end) {
            return None;
        }
        let second = self.norm(from(self.view, at + 1));
        let verb = match (self.norm(next), second) {
            (
                "needs" | "need" | "has" | "have" | "ought" | "gotta" | "had" | "wants" | "is"
                | "was",
                "to",
            ) => at + 2,
            ("is" | "was", "supposed" | "going" | "meant") => at + 3,
            ("has" | "have", "got") => at + 3,
            ("must" | "should" | "will" | "can" | "could" | "would" | "shall" | "gotta", _) => {
                at + 1
            }
            ("needs" | "need" | "wants" | "want" | "likes" | "requires", _) => return Some(Object),
            ("is" | "gets" | "are" | "get", _) => return Some(self.voice(at)),
            _ => return None,
        };
        Some(self.voice(verb))
    }

    /// Active or passive, from the verb at `at` on.
    fn voice(&self, at: usize) -> PersonRole {
        let verb = self.norm(from(self.view, at));
        if !matches!(verb, "be" | "get" | "gets" | "is" | "are") {
            return Doer;
        }
        let Some(word) = from(self.view, at + 1).and_then(|next| self.view.word(next)) else {
            return Undecided;
        };
        let reads = |form: VerbForm| {
            word.readings.iter().any(|r| {
                r.verb == Some(form)
                    && (self.engine.is_verb(&r.lemma) || vocabulary::contains(&r.lemma))
            })
        };
        if reads(VerbForm::Past) || reads(VerbForm::Participle) {
            Object
        } else if reads(VerbForm::Gerund) || verb == "get" {
            Doer
        } else {
            Undecided
        }
    }

    /// "assign … to Bob", "a task for Bob", "done by Bob"; any other preposition makes an object.
    fn behind_preposition(&self, previous: usize) -> PersonRole {
        let known = &self.engine.pack.known;
        let said_before = |test: &dyn Fn(&crate::utterance::Word) -> bool| {
            (0..previous).filter_map(|at| self.view.word(at)).any(test)
        };
        let heads = is_break(self.view, self.end);
        match self.norm(Some(previous)) {
            "to" if said_before(&|word| {
                word.is(known.en.assign) || word.is(known.en.task_noun)
            }) =>
            {
                Doer
            }
            "to" if self.norm(before(self.view, previous)) == "up" => Doer,
            "for" if heads || said_before(&|word| word.is(known.en.task_noun)) => Doer,
            "by" => Doer,
            _ => Object,
        }
    }

    fn asks(&self, previous: usize) -> bool {
        self.view.word(previous).is_some_and(|word| {
            let known = &self.engine.pack.known;
            word.is(known.en.ask_doer)
                || word.is(known.en.remind)
                || word.is(known.en.assign)
                || matches!(
                    word.norm.as_str(),
                    "want" | "need" | "expect" | "make" | "like" | "see" | "sure" | "that"
                )
        })
    }

    fn asked(&self, previous: usize, next: Option<usize>) -> PersonRole {
        let order = self.norm(Some(previous));
        let reminded = self
            .view
            .word(previous)
            .is_some_and(|word| word.is(self.engine.pack.known.en.remind));
        let behind = self.norm(next);
        match behind {
            "to" | "that" | "he" | "she" | "they" | "should" | "must" => Doer,
            "know" => Object,
            "about" | "of" if reminded => Doer,
            _ if matches!(order, "assign" | "delegate" | "allocate") => Doer,
            _ if is_break(self.view, self.end) && order != "get" => Doer,
            "" | "about" | "of" | "from" | "a" | "an" | "some" => Object,
            _ if next.is_some_and(|next| self.acts(next)) => Doer,
            _ => Object,
        }
    }

    /// A verb, with its particle or article before the name: "pick up Sam", "drop Sam off", "feed the baby".
    fn takes_object(&self, previous: usize) -> bool {
        matches!(
            self.norm(Some(previous)),
            "up" | "off"
                | "out"
                | "down"
                | "in"
                | "over"
                | "the"
                | "my"
                | "our"
                | "a"
                | "an"
                | "his"
                | "her"
        ) || self.is_verb(Some(previous))
    }

    fn is_verb(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.view.word(at))
            .is_some_and(|word| word.readings.iter().any(|r| self.engine.is_verb(&r.lemma)))
    }

    /// At the head of a clause, behind a comma or at its end: "Bob, sweep the porch", "Mei-Lin to mist the orchids", "…, Bob".
    fn called(&self, next: Option<usize>, broken: bool) -> PersonRole {
        let Some(next) = next else {
            return if broken { Doer } else { Object };
        };
        let set_off = is_break(self.view, self.end);
        match self.norm(Some(next)) {
            "to" => Doer,
            "please" | "can" | "could" | "would" | "will" | "don't" | "remember" if set_off => Doer,
            _ if self.acts(next) => Doer,
            _ => Undecided,
        }
    }

    /// A base form or a third person of a verb.
    fn acts(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            word.readings.iter().any(|r| {
                matches!(r.verb, Some(VerbForm::Base | VerbForm::ThirdPerson))
                    && self.engine.is_verb(&r.lemma)
            })
        })
    }
}

fn start_of_name(engine: &Engine, view: &View<'_>, mut at: usize) -> usize {
    while at > 0
        && view
            .word(at - 1)
            .is_some_and(|word| word.is(engine.pack.known.person))
    {
        at -= 1;
    }
    at
}

fn is_preposition(norm: &str) -> bool {
    matches!(
        norm,
        "to" | "for"
            | "with"
            | "from"
            | "of"
            | "at"
            | "about"
            | "by"
            | "on"
            | "after"
            | "behind"
            | "without"
            | "like"
            | "near"
            | "than"
    )
}
