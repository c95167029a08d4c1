//! Russian: the case of the name decides, then the verb it stands beside.

use crate::engine::Engine;
use crate::languages::ru::government::{gives_to_another, is_addressed, is_giving, is_of_persons};
use crate::morph::{Case, Pos, VerbForm};
use crate::phrase::Forms;
use crate::tasks::person_role::PersonRole::{self, Doer, Object, Undecided};
use crate::tasks::person_role::{before, end_of_names, from, is_break};
use crate::token::Script;
use crate::utterance::{View, Word};

pub(crate) fn role(engine: &Engine, view: &View<'_>, at: usize) -> PersonRole {
    let end = end_of_names(engine, view, at);
    let clause = Clause {
        engine,
        view,
        at,
        end,
        cases: Cases::of(engine, view, at),
    };
    clause.role()
}

/// A clause with the name at `at..end`.
struct Clause<'c> {
    engine: &'c Engine,
    view: &'c View<'c>,
    at: usize,
    end: usize,
    cases: Cases,
}

impl Clause<'_> {
    fn role(&self) -> PersonRole {
        let known = &self.engine.pack.known;
        let previous = before(self.view, self.at);
        let next = from(self.view, self.end);
        let word = |index: Option<usize>| index.and_then(|index| self.view.word(index));
        // «пусть Саша и Петя…»: the second stands as the first.
        if word(previous).is_some_and(|w| w.is(known.and))
            && let Some(first) = previous.and_then(|and| before(self.view, and))
            && word(Some(first)).is_some_and(|w| w.is(known.person))
        {
            return role(self.engine, self.view, first);
        }
        if let Some(preposition) = word(previous)
            && is_preposition(preposition)
        {
            return self.behind_preposition(preposition);
        }
        if self.cases.only(Case::Vocative) {
            return Doer;
        }
        let lets = |index| word(index).is_some_and(|w| w.is(known.let_him));
        if self.cases.may(Case::Nominative) && (lets(previous) || lets(next)) {
            return Doer;
        }
        let is_asked = |index: Option<usize>| {
            word(index).is_some_and(|w| {
                let asks = Forms::IMPERATIVE.or(Forms::INFINITIVE).or(Forms::SECOND);
                [known.ru.ask_doer, known.ru.remind, known.ru.assign]
                    .into_iter()
                    .any(|class| w.entry(class, asks).is_some())
            })
        };
        if !self.cases.only(Case::Nominative) && (is_asked(previous) || is_asked(next)) {
            return self.asked(if is_asked(previous) { previous } else { next });
        }
        if self.cases.indeclinable && self.verb(is_of_persons).is_some() {
            return Undecided;
        }
        if self.cases.may(Case::Dative) {
            return self.dative(previous);
        }
        if self.cases.may(Case::Nominative) {
            return self.nominative(next);
        }
        Object
    }

    /// «попроси Сашу забрать…», «напомни Пете про…», but «передай Пете ключи».
    fn asked(&self, order: Option<usize>) -> PersonRole {
        let known = &self.engine.pack.known;
        let order = order.and_then(|order| self.view.word(order));
        let about = |word: &Word| matches!(word.norm.as_str(), "о" | "об" | "обо" | "про");
        let told = (self.end..self.view.at.len())
            .filter_map(|index| self.view.word(index))
            .any(|word| self.is_to_do(word) || word.is(known.let_him) || about(word));
        let given =
            order.is_some_and(|word| word.is(known.ru.assign) && !word.is(known.ru.ask_doer));
        let reminded = order.is_some_and(|word| word.is(known.ru.remind));
        match told || given || reminded || self.verb(|_| true).is_some() {
            true => Doer,
            false => Object,
        }
    }

    /// A conjunction or an infinitive that says what somebody is to do.
    fn is_to_do(&self, word: &Word) -> bool {
        matches!(word.norm.as_str(), "чтобы" | "чтоб") || is_infinitive(self.engine, word)
    }

    /// «создай задачу для Саши», «повесь на Сашу…»; any other preposition makes an object.
    fn behind_preposition(&self, preposition: &Word) -> PersonRole {
        let known = &self.engine.pack.known;
        let assigns = (0..self.at)
            .filter_map(|index| self.view.word(index))
            .any(|word| word.is(known.ru.assign) || word.is(known.ru.task_noun));
        match preposition.norm.as_str() {
            "для" | "на" if assigns => Doer,
            _ => Object,
        }
    }

    fn dative(&self, previous: Option<usize>) -> PersonRole {
        let known = &self.engine.pack.known;
        let infinitive = self.verb(|_| true);
        let needs = self.any(|word| word.is(known.ru.need));
        // «Пете нужны кроссовки»
        let wants = self.any(|word| {
            word.readings
                .iter()
                .any(|r| matches!(r.lemma.as_str(), "нужный" | "необходимый"))
        });
        let Some(verb) = infinitive else {
            return match needs || wants || self.any(|word| is_order(self.engine, word)) {
                true => Object,
                false => Undecided,
            };
        };
        let lemma = |test: fn(&str) -> bool| {
            self.view
                .word(verb)
                .is_some_and(|word| is_verb_of(word, test))
        };
        if is_break(self.view, self.end) && verb > self.end {
            return Doer;
        }
        // «надо позвонить бабушке»
        if previous == Some(verb) && (lemma(is_addressed) || lemma(is_giving) || !needs) {
            return Object;
        }
        let another = self.another_receiver(verb);
        if lemma(is_addressed) {
            return match (another, needs) {
                (true, _) => Doer,
                (false, true) => Undecided,
                (false, false) => Object,
            };
        }
        if lemma(gives_to_another) && !another {
            return if needs { Undecided } else { Object };
        }
        match verb > self.at || needs {
            true => Doer,
            false => Object,
        }
    }

    /// Whom or where else the verb goes: «отдать книгу в библиотеку», «позвонить бабушке».
    fn another_receiver(&self, verb: usize) -> bool {
        (verb + 1..self.view.at.len())
            .filter(|&index| index < self.at || index >= self.end)
            .filter_map(|index| self.view.word(index))
            .any(|word| {
                matches!(word.norm.as_str(), "в" | "на" | "к" | "ко")
                    || word.readings.first().is_some_and(|r| {
                        r.is_nominal() && r.animate && r.case == Some(Case::Dative)
                    })
                    || (word.is(self.engine.pack.known.person)
                        && word.readings.iter().any(|r| r.case == Some(Case::Dative)))
            })
    }

    fn nominative(&self, next: Option<usize>) -> PersonRole {
        let known = &self.engine.pack.known;
        // «Александра надо забрать»: who needs stands in the dative.
        let needs = self.any(|word| word.is(known.ru.need));
        let infinitive = self.verb(|_| true);
        if needs && infinitive.is_some() {
            return if self.cases.only(Case::Nominative) {
                Undecided
            } else {
                Object
            };
        }
        // «Саша должен быть отвезён»
        let passive = self.any(|word| word.norm == "быть")
            && self.any(|word| {
                word.readings
                    .first()
                    .is_some_and(|r| r.verb == Some(VerbForm::Participle))
            });
        if passive {
            return Object;
        }
        if self.any(|word| word.is(known.let_him) || is_obliged(word)) {
            return Doer;
        }
        let leads = before(self.view, self.at)
            .is_none_or(|previous| self.view.word(previous).is_some_and(|w| w.is(known.and)));
        let set_off = self
            .at
            .checked_sub(1)
            .is_some_and(|at| is_break(self.view, at));
        let acts = |index: usize| {
            self.view.word(index).is_some_and(|word| {
                word.entry(
                    known.verb,
                    Forms::IMPERATIVE.or(Forms::THIRD).or(Forms::PAST),
                )
                .is_some()
                    || is_infinitive(self.engine, word)
            })
        };
        let ordered = self.any(|word| is_order(self.engine, word));
        match () {
            () if leads && next.is_some_and(acts) => Doer,
            () if (leads || set_off || is_break(self.view, self.end)) && ordered => Doer,
            () if leads && is_break(self.view, self.end) && infinitive.is_some() => Doer,
            () if self.any(|word| {
                matches!(word.norm.as_str(), "чтобы" | "чтоб") && self.cases.only(Case::Nominative)
            }) =>
            {
                Doer
            }
            () if !self.cases.only(Case::Nominative) && ordered => Object,
            () => Undecided,
        }
    }

    /// The first infinitive outside the name whose lemma passes.
    fn verb(&self, test: fn(&str) -> bool) -> Option<usize> {
        (0..self.view.at.len())
            .filter(|&index| index < self.at || index >= self.end)
            .find(|&index| {
                self.view
                    .word(index)
                    .is_some_and(|word| is_infinitive(self.engine, word) && is_verb_of(word, test))
            })
    }

    fn any(&self, test: impl Fn(&Word) -> bool) -> bool {
        (0..self.view.at.len())
            .filter(|&index| index < self.at || index >= self.end)
            .filter_map(|index| self.view.word(index))
            .any(test)
    }
}

fn is_obliged(word: &Word) -> bool {
    let obliged = |lemma: &str| matches!(lemma, "должен" | "должный" | "обязанный" | "обязать");
    word.readings.iter().any(|reading| obliged(&reading.lemma))
}

fn is_preposition(word: &Word) -> bool {
    word.readings
        .first()
        .is_some_and(|reading| reading.pos == Pos::Preposition)
}

fn is_infinitive(engine: &Engine, word: &Word) -> bool {
    word.entry(engine.pack.known.verb, Forms::INFINITIVE)
        .is_some()
        && word
            .readings
            .first()
            .is_some_and(|reading| reading.verb == Some(VerbForm::Infinitive))
}

fn is_order(engine: &Engine, word: &Word) -> bool {
    word.entry(engine.pack.known.verb, Forms::IMPERATIVE)
        .is_some()
}

fn is_verb_of(word: &Word, test: fn(&str) -> bool) -> bool {
    word.readings
        .iter()
        .any(|reading| reading.pos == Pos::Verb && test(&reading.lemma))
}

/// The cases that a form of a name may stand in.
struct Cases {
    found: [bool; 8],
    /// A foreign name that Russian does not decline, or one in Latin letters.
    indeclinable: bool,
}

impl Cases {
    fn of(engine: &Engine, view: &View<'_>, at: usize) -> Self {
        let mut cases = Self {
            found: [false; 8],
            indeclinable: false,
        };
        let (Some(word), Some(token)) = (view.word(at), view.token(at)) else {
            return cases;
        };
        let forms = engine.names.find(&word.norm);
        for case in forms.iter().filter_map(|form| form.case) {
            cases.add(case);
        }
        let latin = token.script != Script::Cyrillic;
        if forms.is_empty() && !latin {
            for reading in word.readings.iter().filter(|r| r.is_nominal()) {
                if let Some(case) = reading.case {
                    cases.add(case);
                }
            }
        }
        let undeclined = word.norm.ends_with(['и', 'у', 'э', 'о', 'е'])
            && forms.iter().all(|form| form.case == Some(Case::Nominative));
        if latin || (undeclined && cases.only(Case::Nominative)) {
            cases.indeclinable = true;
            cases.found = [true; 8];
        }
        cases
    }

    fn add(&mut self, case: Case) {
        if let Some(found) = self.found.get_mut(case as usize) {
            *found = true;
        }
    }

    fn may(&self, case: Case) -> bool {
        self.found.get(case as usize).copied().unwrap_or(false)
    }

    fn only(&self, case: Case) -> bool {
        self.may(case) && self.found.iter().filter(|found| **found).count() == 1
    }
}
