//! The main flow: text to words to clauses to meanings.

use std::ops::Range;

use jiff::Zoned;

use crate::annotate::annotate;
use crate::clauses::ClauseReader;
use crate::engine::Engine;
use crate::evidence::{self, Counted, Evidence, Read, WordRole};
use crate::frames::{self, DeclinedRule, RunnerUp, Searched};
use crate::household::Household;
use crate::islands::{Island, noise};
use crate::items::ItemReading;
use crate::language::Language;
use crate::lists::ListMention;
use crate::pack::{NotOurs, RejectCode, RuleId};
use crate::tasks::TaskReading;
use crate::time::{self, DueProblem};
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
    /// The role of each word, same positions, for explanations.
    pub roles: Vec<WordRole>,
    /// Triggers and words with a role of their own, in the order of their first words.
    pub islands: Vec<FoundIsland>,
    /// What speaks for executing, where that is what the clauses come to.
    pub evidence: Option<Evidence>,
    /// The best reading with another outcome that was tried, for explanations.
    pub runner_up: Option<OtherReading>,
    /// Rules that matched and did not hold, for explanations.
    pub declined: Vec<DeclinedRule>,
}

/// Words that a phrase of the pack found, whatever stands around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundIsland {
    /// The rule of the phrase.
    pub rule: RuleId,
    /// What it finds: the role of an island, or the frame that a trigger opens.
    pub kind: &'static str,
    /// Its tokens.
    pub tokens: Range<usize>,
}

/// A reading that lost.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherReading {
    /// What its frames say, in order.
    pub frames: Vec<&'static str>,
    /// Their rules.
    pub rules: Vec<RuleId>,
    /// How much worse it reads: costs order readings, they are no probabilities.
    pub margin: f64,
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

impl Meaning {
    /// Whether it comes to actions.
    #[must_use]
    pub fn executes(&self) -> bool {
        matches!(self, Self::Shopping { .. } | Self::Tasks(_))
    }
}

impl FoundIsland {
    fn of(island: &Island<'_>, matter: &View<'_>) -> Self {
        let token = |position: usize| matter.at.get(position).copied();
        let from = token(island.range.start).unwrap_or(0);
        let last = island.range.end.checked_sub(1).and_then(token);
        Self {
            rule: island.rule.id.clone(),
            kind: island.rule.finds.name(),
            tokens: from..last.map_or(from, |last| last + 1),
        }
    }
}

impl OtherReading {
    fn of(other: RunnerUp) -> Self {
        Self {
            frames: other.frames.iter().map(|frame| frame.kind.name()).collect(),
            rules: other
                .frames
                .into_iter()
                .flat_map(|frame| frame.rules)
                .collect(),
            margin: other.margin,
        }
    }
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
        let mut utterance = annotate(self, tokens, &situation.household, situation.fallback);
        let noise = noise::find(self, &mut utterance);
        let mut mentions = time::scan(&utterance.tokens, utterance.language);
        // «заранее спасибо» says when nothing is to be done.
        mentions.retain(|mention| {
            let quiet = |at: usize| noise.get(at).is_some_and(Option::is_some);
            !mention.range.clone().all(quiet)
        });
        extend_leads(self, &utterance, &mut mentions);
        let mut declined = Vec::new();
        let said = (0..utterance.tokens.len()).any(|at| utterance.is_said(at));
        let judged = said.then(|| {
            let times = Times::new(self, &utterance, &mentions, &noise, &situation.now);
            let matter = View::new(&utterance, 0..utterance.tokens.len(), |at| {
                times.is_matter(at)
            })
            .trimmed();
            let household = &situation.household;
            let (matter, searched) = match frames::correction::applied(self, &matter) {
                Some(meant) => {
                    let islands = meant.islands;
                    let searched =
                        frames::search(self, household, &meant.view, islands, &mut declined);
                    (meant.view, searched)
                }
                None => {
                    let searched = Searched::not_understood(&matter);
                    (matter, searched)
                }
            };
            let frames = frames::join(&matter, searched.frames);
            let spans: Vec<Range<usize>> = frames.iter().map(|frame| frame.span.clone()).collect();
            let reader = ClauseReader {
                utterance: &utterance,
                matter: &matter,
                times: &times,
                now: &situation.now,
            };
            let mut shared = Vec::new();
            let clauses: Vec<Clause> = frames
                .into_iter()
                .map(|frame| reader.clause(frame, &mut shared))
                .collect();
            let roles = evidence::account(&Read {
                engine: self,
                utterance: &utterance,
                noise: &noise,
                mentions: &mentions,
                matter: &matter,
                islands: &searched.islands,
                spans: &spans,
                clauses: &clauses,
            });
            let margin = searched
                .runner_up
                .as_ref()
                .map_or(f64::MAX, |other| other.margin);
            let executes = clauses.iter().all(|clause| clause.meaning.executes());
            let evidence = executes.then(|| {
                self.pack.weights.weigh(evidence::features(&Counted {
                    engine: self,
                    utterance: &utterance,
                    matter: &matter,
                    islands: &searched.islands,
                    roles: &roles,
                    spans: &spans,
                    clauses: &clauses,
                    margin,
                }))
            });
            let islands = searched
                .islands
                .iter()
                .map(|island| FoundIsland::of(island, &matter))
                .collect();
            Judged {
                clauses,
                roles,
                islands,
                evidence,
                runner_up: searched.runner_up.map(OtherReading::of),
            }
        });
        let Judged {
            mut clauses,
            roles,
            islands,
            evidence,
            runner_up,
        } = judged.unwrap_or_default();
        if let Some(evidence) = &evidence {
            // The evidence is of the whole: a command is executed as one or not at all.
            for clause in &mut clauses {
                clause.confidence = evidence.likely;
            }
        }
        let language = self.answer_language(&utterance, &clauses);
        Understanding {
            language,
            clauses,
            utterance,
            roles,
            islands,
            evidence,
            runner_up,
            declined,
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

/// What came of the words of an utterance.
#[derive(Default)]
struct Judged {
    clauses: Vec<Clause>,
    roles: Vec<WordRole>,
    islands: Vec<FoundIsland>,
    evidence: Option<Evidence>,
    runner_up: Option<OtherReading>,
}
