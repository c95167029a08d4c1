//! What is to be done: a title slot's words to a task.
//!
//! Knows verb and noun phrases, doers and zones; why the words are thought to be a task is the rules' business.

pub(crate) mod person_role;
pub(crate) mod title;

use crate::annotate::is_word_of_name;
use crate::engine::Engine;
use crate::household::{Household, Place, Who};
use crate::morph::Case;
use crate::pack::plain;
use crate::phrase::Forms;
use crate::time::When;
use crate::utterance::View;

pub(crate) use person_role::{PersonRole, person_role};
pub(crate) use title::{
    Lead, NoTitle, read as read_title, split as split_titles, without_time_clause,
};

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskReading {
    /// Infinitive phrase, or a noun in the nominative; first letter capital.
    pub title: String,
    /// Who was named to do it.
    pub doer: Option<Doer>,
    /// The zone it mentions, by position in the household.
    pub zone: Option<usize>,
    /// When it is due.
    pub due: Option<When>,
    /// What was said of time that is no date: a recurrence, «за час до встречи».
    pub description: Option<String>,
    /// A typo in it was repaired.
    pub repaired: bool,
}

/// Who is to do a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doer {
    /// «мне», "me".
    Speaker,
    /// This member.
    Member(usize),
    /// One of these members: ask.
    Several(Vec<usize>),
    /// Somebody who is no member: ask.
    Stranger,
}

/// Who the words of a doer slot mean. Two who are named together («Саше и Пете», "me and Bob") fit both: a task has one doer.
pub(crate) fn doer(engine: &Engine, view: &View<'_>, household: &Household<'_>) -> Doer {
    let and = engine.pack.known.and;
    let joined = |at: usize| {
        view.word(at).is_some_and(|word| {
            word.is(and) || matches!(word.norm.as_str(), "с" | "со" | "or" | "&")
        }) || view.token(at).is_some_and(|t| t.is(","))
    };
    let mut people: Vec<Doer> = Vec::new();
    let mut from = 0;
    for at in 0..=view.at.len() {
        if (at == view.at.len() || joined(at)) && at > from {
            people.push(one_doer(engine, &view.part(from..at), household));
        }
        if joined(at) {
            from = at + 1;
        }
    }
    // «Саша, Петя, вынесите»: marks are passed over, names are not.
    if let [one] = people.as_slice()
        && view.at.len() == 2
        && let second @ Doer::Member(_) = one_doer(engine, &view.part(1..2), household)
        && *one != second
        && one_doer(engine, &view.part(0..1), household) == *one
    {
        people.push(second);
    }
    let mut members: Vec<usize> = Vec::new();
    for person in &people {
        match person {
            Doer::Speaker => members.extend(household.speaker),
            Doer::Member(index) => members.push(*index),
            Doer::Several(all) => members.extend(all),
            Doer::Stranger => {}
        }
    }
    members.dedup();
    match (people.len(), members.is_empty()) {
        (0, _) => Doer::Stranger,
        (1, _) => people.remove(0),
        (_, true) => Doer::Stranger,
        (_, false) => Doer::Several(members),
    }
}

fn one_doer(engine: &Engine, view: &View<'_>, household: &Household<'_>) -> Doer {
    let words: Vec<&str> = view.words().map(|word| word.norm.as_str()).collect();
    if words.iter().any(|word| {
        matches!(
            *word,
            "я" | "мне" | "меня" | "me" | "i" | "myself" | "сам" | "сама"
        )
    }) {
        return Doer::Speaker;
    }
    match household.find_member(&words, place(engine, view), &engine.names) {
        Who::Member(index) => Doer::Member(index),
        Who::Several(all) => Doer::Several(all),
        Who::Stranger => Doer::Stranger,
    }
}

/// A name that leads the clause or follows «пусть» acts; any other is asked or given.
fn place(engine: &Engine, view: &View<'_>) -> Place {
    let before = view.at.first().and_then(|first| first.checked_sub(1));
    match before {
        None => Place::Subject,
        Some(at)
            if view.utterance.has(at, engine.pack.known.let_him) || !view.utterance.is_said(at) =>
        {
            Place::Subject
        }
        Some(at)
            if view
                .utterance
                .words
                .get(at)
                .is_some_and(|word| word.entry(engine.pack.known.verb, Forms::THIRD).is_some()) =>
        {
            Place::Subject
        }
        Some(_) => Place::Object,
    }
}

/// The zone whose name stands in the words, in any case; of several, the one with the longest name.
pub(crate) fn zone(view: &View<'_>, household: &Household<'_>) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, name) in household.zones.iter().enumerate() {
        let parts: Vec<String> = name.split_whitespace().map(plain).collect();
        let said = !parts.is_empty()
            && parts.iter().all(|part| {
                (0..view.at.len()).any(|at| {
                    view.word(at)
                        .is_some_and(|word| is_word_of_name(word, part))
                        && !describes_another(view, at)
                })
            });
        if said && best.is_none_or(|(_, longest)| name.chars().count() > longest) {
            best = Some((index, name.chars().count()));
        }
    }
    best.map(|(index, _)| index)
}

/// «детскую коляску»: the name of a zone that is an adjective tells what another thing is like.
fn describes_another(view: &View<'_>, at: usize) -> bool {
    let (Some(word), Some(next)) = (view.word(at), view.word(at + 1)) else {
        return false;
    };
    // «в детской полки»: behind «в» and «на» nothing stands in the genitive.
    let inside = at.checked_sub(1).is_some_and(|before| {
        view.word(before)
            .is_some_and(|word| matches!(word.norm.as_str(), "в" | "во" | "на"))
    });
    next.readings.iter().any(|noun| {
        noun.is_nominal()
            && !(inside && noun.case == Some(Case::Genitive))
            && noun.lemma != "комната"
            && word
                .readings
                .iter()
                .any(|reading| reading.is_attribute() && reading.agrees_with(noun))
    })
}
