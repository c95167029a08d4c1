//! Accounting: every word of an utterance has a role, stands in the background, or is left over.

use std::ops::Range;

use crate::engine::Engine;
use crate::islands::Island;
use crate::languages::ru::numbers::half_prefix;
use crate::morph::Pos;
use crate::pack::{Finds, Role};
use crate::time::Mention;
use crate::understand::{Clause, Meaning};
use crate::utterance::{Utterance, View, Word};

use super::Feature;

closed_words! {
    /// What a word is to the reading.
    pub enum WordRole {
        /// A punctuation mark, a bullet, a spoken comma.
        Mark = "mark",
        /// Politeness, greeting, address, filler, closing words, a recogniser's tail.
        Noise = "noise",
        /// Of a time.
        Time = "time",
        /// Said and taken back («рис, нет, лучше гречку»).
        TakenBack = "taken_back",
        /// Of a statement beside an order: a reason, an occasion, a memory.
        Background = "background",
        /// Of what opened the frame.
        Trigger = "trigger",
        /// Of a list's name or a shop.
        List = "list",
        /// Of an occasion or condition.
        Occasion = "occasion",
        /// Of an item's name.
        Item = "item",
        /// Of an amount.
        Amount = "amount",
        /// Of a task's title.
        Title = "title",
        /// Of the name of whoever is to do it.
        Doer = "doer",
        /// A word without content of its own: a preposition, a conjunction, an article.
        Function = "function",
        /// Words of what is asked or refused.
        Refused = "refused",
        /// A noun that has no place in the decision.
        LeftNoun = "left_noun",
        /// A verb that has none.
        LeftVerb = "left_verb",
        /// Another word that has none.
        LeftOther = "left_other",
    }
}

impl WordRole {
    /// The feature that counts such words, where they are left over.
    #[must_use]
    pub const fn cost(self) -> Option<Feature> {
        match self {
            Self::LeftNoun => Some(Feature::LeftNouns),
            Self::LeftVerb => Some(Feature::LeftVerbs),
            Self::LeftOther => Some(Feature::LeftOthers),
            _ => None,
        }
    }

    /// Whether the word has no place in the reading.
    #[must_use]
    pub const fn is_left_over(self) -> bool {
        matches!(self, Self::LeftNoun | Self::LeftVerb | Self::LeftOther)
    }
}

/// What an account is made from.
pub(crate) struct Read<'r, 'u> {
    pub(crate) engine: &'r Engine,
    pub(crate) utterance: &'u Utterance,
    /// For each token, the role that took it out of the matter.
    pub(crate) noise: &'r [Option<Role>],
    pub(crate) mentions: &'r [Mention],
    /// What was searched for frames.
    pub(crate) matter: &'r View<'u>,
    pub(crate) islands: &'r [Island<'r>],
    /// The stretch of the matter that each clause was made of.
    pub(crate) spans: &'r [Range<usize>],
    pub(crate) clauses: &'r [Clause],
}

/// The role of every token.
pub(crate) fn account(read: &Read<'_, '_>) -> Vec<WordRole> {
    let mut roles: Vec<WordRole> = (0..read.utterance.tokens.len())
        .map(|at| outside(read, at))
        .collect();
    let mut in_matter = vec![false; roles.len()];
    let clauses: Vec<Words> = read.clauses.iter().map(Words::of).collect();
    let mut trail = Trail::default();
    for (position, &at) in read.matter.at.iter().enumerate() {
        let clause = read
            .spans
            .iter()
            .position(|span| span.contains(&position))
            .and_then(|number| Some((read.clauses.get(number)?, clauses.get(number)?)));
        if let (Some(role), Some(flag)) = (roles.get_mut(at), in_matter.get_mut(at)) {
            *flag = true;
            *role = inside(read, position, at, clause, &clauses, &mut trail);
        }
    }
    for (at, role) in roles.iter_mut().enumerate() {
        // What the matter lost on the way was corrected.
        let lost = in_matter.get(at) == Some(&false) && role.is_left_over();
        if lost {
            *role = WordRole::TakenBack;
        }
    }
    roles
}

/// The role of a token that is not of the matter; [`WordRole::LeftOther`] for one that may be.
fn outside(read: &Read<'_, '_>, at: usize) -> WordRole {
    if !read.utterance.is_said(at) {
        return WordRole::Mark;
    }
    match read.noise.get(at).copied().flatten() {
        Some(Role::Mark) => WordRole::Mark,
        Some(Role::Condition) => WordRole::Occasion,
        Some(_) => WordRole::Noise,
        None if read.mentions.iter().any(|m| m.range.contains(&at)) => WordRole::Time,
        None => WordRole::LeftOther,
    }
}

/// Where the words before led: what follows a preposition or the opening of a reason belongs to it.
#[derive(Default)]
struct Trail {
    clause: Option<usize>,
    /// Words that a preposition in front may still take.
    after_preposition: u8,
    /// A reason was opened in this clause.
    reason: bool,
}

/// How many words a preposition that no item or title holds takes along («для нашей Пети»).
const REACH: u8 = 3;

fn inside(
    read: &Read<'_, '_>,
    position: usize,
    at: usize,
    clause: Option<(&Clause, &Words)>,
    all: &[Words],
    trail: &mut Trail,
) -> WordRole {
    let Some(word) = read.utterance.words.get(at) else {
        return WordRole::Mark;
    };
    if !read.utterance.is_said(at) {
        return WordRole::Mark;
    }
    let Some((clause, words)) = clause else {
        // An order may have taken its items from here.
        let named = all.iter().any(|words| words.item(word));
        return match (named, read.engine.is_content(word)) {
            (true, _) => WordRole::Item,
            (false, true) => WordRole::Background,
            (false, false) => WordRole::Function,
        };
    };
    if !words.executes {
        return WordRole::Refused;
    }
    let number = read.spans.iter().position(|span| span.contains(&position));
    if trail.clause != number {
        *trail = Trail {
            clause: number,
            ..Trail::default()
        };
    }
    let role = by_words(read, position, word, clause, words, trail);
    trail.after_preposition = match role {
        WordRole::Function if word.is_preposition() => REACH,
        _ => trail.after_preposition.saturating_sub(1),
    };
    role
}

fn by_words(
    read: &Read<'_, '_>,
    position: usize,
    word: &Word,
    clause: &Clause,
    words: &Words,
    trail: &mut Trail,
) -> WordRole {
    let known = &read.engine.pack.known;
    let islands = read
        .islands
        .iter()
        .filter(|island| island.range.contains(&position));
    let (mut trigger, mut list, mut aside) = (false, false, false);
    for island in islands {
        match island.rule.finds {
            Finds::Trigger(_) if clause.rules.contains(&island.rule.id) => {
                trigger = true;
            }
            Finds::Trigger(_) => aside = true,
            Finds::Island(Role::List | Role::TaskList | Role::Shop) => list = true,
            Finds::Island(Role::Occasion | Role::Condition) => {
                trail.after_preposition = trail.after_preposition.max(1);
            }
            Finds::Island(Role::Reason | Role::Statement) => trail.reason = true,
            _ => {}
        }
    }
    let named = word.is(known.person);
    let content = read.engine.is_content(word);
    if trigger {
        WordRole::Trigger
    } else if words.item(word) && content {
        WordRole::Item
    } else if words.title(word) {
        WordRole::Title
    } else if words.amounts && read.is_amount(word) {
        WordRole::Amount
    } else if list {
        WordRole::List
    } else if named && words.doer {
        WordRole::Doer
    } else if aside {
        WordRole::Trigger
    } else if trail.reason {
        WordRole::Background
    } else if !content || read.says_little(word) {
        WordRole::Function
    } else if trail.after_preposition > 0 {
        WordRole::Occasion
    } else {
        left_over(read, word)
    }
}

fn left_over(read: &Read<'_, '_>, word: &Word) -> WordRole {
    let first = word.readings.first().map(|reading| reading.pos);
    match first {
        _ if word.good.is_some() => WordRole::LeftNoun,
        Some(Pos::Verb) => WordRole::LeftVerb,
        Some(Pos::Noun | Pos::ProperNoun) if !word.is(read.engine.pack.known.verb) => {
            WordRole::LeftNoun
        }
        _ if word.is(read.engine.pack.known.verb) => WordRole::LeftVerb,
        _ => WordRole::LeftOther,
    }
}

impl Read<'_, '_> {
    fn is_amount(&self, word: &Word) -> bool {
        let known = &self.engine.pack.known;
        let units = &self.engine.pack.units;
        word.number.is_some()
            || word.is(known.number)
            || half_prefix(&word.norm).is_some()
            || units
                .find(self.utterance.language, &word.norm, &word.readings)
                .is_some()
    }

    /// Words of an item slot that name nothing: articles, vague amounts, what only points.
    fn says_little(&self, word: &Word) -> bool {
        let known = &self.engine.pack.known;
        [
            known.article,
            known.vague,
            known.about,
            known.filler,
            known.and,
            known.pointer,
            known.no_task,
            known.title_lead,
            known.title_tail,
            known.me,
            known.let_him,
            known.to_do,
        ]
        .iter()
        .any(|&class| word.is(class))
    }
}

/// The words that a clause's decision is made of, as they are written there.
struct Words {
    executes: bool,
    items: Vec<String>,
    titles: Vec<String>,
    amounts: bool,
    doer: bool,
}

impl Words {
    fn of(clause: &Clause) -> Self {
        let mut words = Self {
            executes: true,
            items: Vec::new(),
            titles: Vec::new(),
            amounts: false,
            doer: false,
        };
        let split = |text: &str, into: &mut Vec<String>| {
            into.extend(
                text.split(|letter: char| !letter.is_alphanumeric())
                    .filter(|part| !part.is_empty())
                    .map(crate::pack::plain),
            );
        };
        match &clause.meaning {
            Meaning::Shopping { items, .. } => {
                for item in items {
                    split(&item.name, &mut words.items);
                    words.amounts |= item.quantity.is_some() || item.unit.is_some();
                }
            }
            Meaning::Tasks(tasks) => {
                for task in tasks {
                    split(&task.title, &mut words.titles);
                    if let Some(note) = &task.description {
                        split(note, &mut words.titles);
                    }
                    words.doer |= task.doer.is_some();
                }
            }
            _ => words.executes = false,
        }
        words
    }

    fn item(&self, word: &Word) -> bool {
        self.items.iter().any(|written| is_of(word, written))
    }

    fn title(&self, word: &Word) -> bool {
        self.titles.iter().any(|written| is_of(word, written))
    }
}

/// Whether a word that is written is a form of one that was said.
fn is_of(word: &Word, written: &str) -> bool {
    word.norm == written
        || word.readings.iter().any(|reading| reading.lemma == written)
        || begin_alike(&word.norm, written)
}

/// Whether two words share their beginning but for an ending («яблок», «яблоки»).
fn begin_alike(one: &str, other: &str) -> bool {
    const ENDING: usize = 3;
    const LEAST: usize = 3;
    let shared = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let (one, other) = (one.chars().count(), other.chars().count());
    shared >= LEAST && shared + ENDING >= one.max(other)
}
