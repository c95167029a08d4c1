//! The main flow: text to words to clauses to meanings.

use jiff::Zoned;

use crate::annotate::annotate;
use crate::engine::Engine;
use crate::household::Household;
use crate::items::ItemReading;
use crate::judge::{Judge, Judged, Lost, Verdict};
use crate::language::Language;
use crate::lists::ListMention;
use crate::pack::{Mood, NotOurs, RejectCode, RuleId};
use crate::phrase::Forms;
use crate::segment::{self, Clauses};
use crate::tasks::TaskReading;
use crate::time::{self, DueProblem, Mention};
use crate::times::{Times, extend_leads};
use crate::tokenize::tokenize;
use crate::utterance::{Utterance, View};

/// What is said about an utterance from outside.
#[derive(Clone, Debug)]
pub struct Situation<'c> {
    /// Names of people, places and lists.
    pub household: Household<'c>,
    /// When it was said, in the zone in which times resolve.
    pub now: Zoned,
    /// The language of a text without letters.
    pub fallback: Language,
}

/// What an utterance means.
#[derive(Clone, Debug)]
pub struct Understanding {
    /// The language it is in, and in which to answer.
    pub language: Language,
    /// The clauses, in order; empty only where nothing was said at all.
    pub clauses: Vec<Clause>,
    /// The words, for explanations.
    pub utterance: Utterance,
    /// Rules that matched and did not hold, for explanations.
    pub lost: Vec<Lost>,
}

/// One clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What it means.
    pub meaning: Meaning,
    /// Rules that fired, outermost first.
    pub rules: Vec<RuleId>,
    /// How sure, 0..1.
    pub confidence: f64,
}

/// What a clause means.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Meaning {
    /// No rule holds.
    NotUnderstood,
    /// Outside what the pack covers.
    NotOurs(NotOurs),
    /// Corridor itself is asked for something it must not do.
    Reject(RejectCode),
    /// Things to buy.
    Shopping {
        /// At least one.
        items: Vec<ItemReading>,
        /// The list named, if one was.
        list: Option<ListMention>,
        /// A day or time was said, which a list does not keep.
        timed: bool,
    },
    /// Things to do; at least one.
    Tasks(Vec<TaskReading>),
    /// Buying without saying what.
    AskItem,
    /// A task without saying what.
    AskTitle,
    /// A task whose time is past or impossible.
    AskDue(DueProblem),
}

impl Engine {
    /// Understands `text`. Pure: the same arguments give the same answer.
    #[must_use]
    pub fn understand(&self, text: &str, situation: &Situation<'_>) -> Understanding {
        self.understand_tokens(tokenize(text), situation)
    }

    /// The second half of [`Engine::understand`], for callers that time the halves apart.
    #[must_use]
    pub fn understand_tokens(
        &self,
        tokens: Vec<crate::token::Token>,
        situation: &Situation<'_>,
    ) -> Understanding {
        let utterance = annotate(self, tokens, &situation.household, situation.fallback);
        let mut mentions = time::scan(&utterance.tokens, utterance.language);
        extend_leads(self, &utterance, &mut mentions);
        let mut judge = Judge {
            engine: self,
            household: &situation.household,
            lost: Vec::new(),
            looks_behind: false,
        };
        let clauses = if (0..utterance.tokens.len()).any(|at| utterance.is_said(at)) {
            let mut reader = Reader {
                engine: self,
                situation,
                times: Times {
                    engine: self,
                    mentions: &mentions,
                    now: &situation.now,
                },
                judge: &mut judge,
            };
            reader.clauses(&utterance)
        } else {
            Vec::new()
        };
        let lost = judge.lost;
        let language = self.answer_language(&utterance, &clauses);
        Understanding {
            language,
            clauses,
            utterance,
            lost,
        }
    }

    /// Mixed text is answered in the language of its trigger.
    fn answer_language(&self, utterance: &Utterance, clauses: &[Clause]) -> Language {
        let first = clauses.iter().find_map(|clause| clause.rules.first());
        let mixed = utterance
            .tokens
            .iter()
            .any(|t| t.script == crate::token::Script::Latin)
            && utterance
                .tokens
                .iter()
                .any(|t| t.script == crate::token::Script::Cyrillic);
        match first {
            Some(id) if mixed => self
                .pack
                .rules
                .iter()
                .find(|rule| rule.id == *id)
                .map_or(utterance.language, |rule| rule.language),
            _ => utterance.language,
        }
    }
}

struct Reader<'r, 'j, 's> {
    engine: &'r Engine,
    situation: &'s Situation<'s>,
    times: Times<'r>,
    judge: &'r mut Judge<'j>,
}

impl Reader<'_, '_, '_> {
    fn clauses(&mut self, utterance: &Utterance) -> Vec<Clause> {
        let skipped = self.skipped(utterance);
        let whole = View::new(utterance, 0..utterance.tokens.len(), |at| {
            !skipped.get(at).copied().unwrap_or(false)
        })
        .trimmed();
        let Clauses(parts) = segment::judge(self.judge, &whole);
        parts
            .into_iter()
            .map(|(view, judged)| match judged {
                Some(judged) => self.clause(utterance, &view, judged),
                None => Clause {
                    meaning: Meaning::NotUnderstood,
                    rules: Vec::new(),
                    confidence: 0.0,
                },
            })
            .collect()
    }

    /// Words that vanish before rules are tried: times, politeness, an assistant's name.
    fn skipped(&self, utterance: &Utterance) -> Vec<bool> {
        let known = &self.engine.pack.known;
        let mut skipped = vec![false; utterance.tokens.len()];
        let mut skip = |range: std::ops::Range<usize>| {
            for flag in skipped.get_mut(range).into_iter().flatten() {
                *flag = true;
            }
        };
        for mention in self.times.mentions {
            if !mention
                .range
                .clone()
                .any(|at| utterance.has(at, known.always))
            {
                skip(mention.range.clone());
            }
        }
        let mut at = 0;
        while let Some(word) = utterance.words.get(at) {
            if let Some(len) = word.entry(known.always, Forms::ANY) {
                at += len;
                continue;
            }
            let filler = word.entry(known.filler, Forms::ANY);
            let name = word.entry(known.assistant, Forms::ANY).filter(|len| {
                let comma = |at: usize| utterance.tokens.get(at).is_some_and(|t| t.is(","));
                // «купи, пожалуйста, Алиса, молоко»: set off by commas, a name is an address.
                let set_off = at.checked_sub(1).is_some_and(comma) && comma(at + len);
                at < 3 || at + 2 >= utterance.words.len() || set_off
            });
            let len = filler.max(name).unwrap_or(0);
            let end = (at + len).min(utterance.tokens.len());
            if len > 0 && self.breaks_an_order(utterance, at..end) {
                skip(at - 1..end + 1);
            } else {
                skip(at..end);
            }
            at += len.max(1);
        }
        skipped
    }

    /// «помой, пожалуйста, окна»: words between commas that stand between an order and what it is about.
    fn breaks_an_order(&self, utterance: &Utterance, range: std::ops::Range<usize>) -> bool {
        let comma = |at: usize| utterance.tokens.get(at).is_some_and(|token| token.is(","));
        let order = range.start.checked_sub(2).is_some_and(|at| {
            utterance.words.get(at).is_some_and(|word| {
                word.entry(self.engine.pack.known.verb, Forms::IMPERATIVE)
                    .is_some()
            })
        });
        order && comma(range.start - 1) && comma(range.end)
    }

    fn clause(&self, utterance: &Utterance, view: &View<'_>, judged: Judged) -> Clause {
        let (from, to) = match (view.at.first(), view.at.last()) {
            (Some(&first), Some(&last)) => (first, last + 1),
            _ => (0, 0),
        };
        let inside: Vec<Mention> = self.times.inside(utterance, from, to);
        let mut confidence = judged.confidence;
        let meaning = match judged.verdict {
            Verdict::NotOurs(reason) => Meaning::NotOurs(reason),
            Verdict::Reject(code) => Meaning::Reject(code),
            Verdict::AskItem => Meaning::AskItem,
            Verdict::AskTitle => Meaning::AskTitle,
            Verdict::Shopping { items, list } => {
                let due = time::resolve(&inside, &self.situation.now);
                if due.recurrence.is_some() && judged.mood != Mood::Need {
                    Meaning::Reject(RejectCode::StandingRule)
                } else {
                    let unknown = items.iter().filter(|item| !item.known).count();
                    if items.iter().any(|item| item.repaired) {
                        confidence *= 0.95;
                    }
                    if unknown > 0 {
                        confidence *= 0.98;
                    }
                    Meaning::Shopping {
                        items,
                        list,
                        timed: !inside.is_empty(),
                    }
                }
            }
            Verdict::Tasks {
                titles,
                doer,
                assigned,
            } => {
                let (due, dropped) = self.times.due(&inside);
                if assigned && due.recurrence.is_some() {
                    Meaning::Reject(RejectCode::StandingRule)
                } else if let Some(problem) = due.problem {
                    Meaning::AskDue(problem)
                } else {
                    let times = self.times.description(utterance, &inside, &due, dropped);
                    Meaning::Tasks(
                        titles
                            .into_iter()
                            .map(|titled| TaskReading {
                                title: titled.title,
                                doer: doer.clone(),
                                zone: titled.zone,
                                due: due.when.clone(),
                                description: joined(titled.note, times.clone()),
                                repaired: view.words().any(|word| word.repaired),
                            })
                            .collect(),
                    )
                }
            }
        };
        Clause {
            meaning,
            rules: judged.rules,
            confidence,
        }
    }
}

fn joined(note: Option<String>, times: Option<String>) -> Option<String> {
    match (note, times) {
        (Some(note), Some(times)) => Some(format!("{note}, {times}")),
        (note, times) => note.or(times),
    }
}
