//! Times of clauses: which mentions belong to which clause, when they make it due, and what of them no calendar can tell.

use jiff::Zoned;

use crate::engine::Engine;
use crate::morph::VerbForm;
use crate::pack::Role;
use crate::time::{self, DueProblem, Mention, MentionKind, Unresolved};
use crate::token::TokenKind;
use crate::utterance::Utterance;

/// The mentions of time in one utterance.
pub(crate) struct Times<'r> {
    utterance: &'r Utterance,
    mentions: &'r [Mention],
    now: &'r Zoned,
    /// For each token, whether it is of the matter: no noise, no time.
    matter: Vec<bool>,
}

impl<'r> Times<'r> {
    pub(crate) fn new(
        engine: &Engine,
        utterance: &'r Utterance,
        mentions: &'r [Mention],
        noise: &[Option<Role>],
        now: &'r Zoned,
    ) -> Self {
        let always = engine.pack.known.always;
        let mut matter: Vec<bool> = noise.iter().map(Option::is_none).collect();
        for mention in mentions {
            // «каждый раз», "from now on": a rule, no time.
            if mention.range.clone().any(|at| utterance.has(at, always)) {
                continue;
            }
            for flag in matter.get_mut(mention.range.clone()).into_iter().flatten() {
                *flag = false;
            }
        }
        Self {
            utterance,
            mentions,
            now,
            matter,
        }
    }

    /// Whether a token is of the matter: no noise, no time.
    pub(crate) fn is_matter(&self, at: usize) -> bool {
        self.matter.get(at).copied().unwrap_or(false)
    }

    /// Times said inside a clause, or at the edge of the utterance beside it.
    pub(crate) fn inside(&self, from: usize, to: usize) -> Vec<Mention> {
        let said = |at: usize| self.utterance.is_said(at) && self.is_matter(at);
        let said_before = (0..from).any(said);
        let said_after = (to..self.utterance.tokens.len()).any(said);
        self.mentions
            .iter()
            .filter(|mention| {
                let before = mention.range.end <= from;
                let after = mention.range.start >= to;
                if before {
                    !said_before || self.touches(mention.range.end, from)
                } else if after {
                    !said_after || self.touches(to, mention.range.start)
                } else {
                    true
                }
            })
            .cloned()
            .collect()
    }

    /// Nothing but other times, noise and marks stands between two places.
    fn touches(&self, from: usize, to: usize) -> bool {
        let comma = |at: usize| {
            self.utterance
                .tokens
                .get(at)
                .is_some_and(|token| matches!(token.norm.as_str(), "," | "." | ";"))
        };
        !(from..to).any(comma)
            && (from..to).all(|at| {
                !self.is_matter(at)
                    || self
                        .utterance
                        .tokens
                        .get(at)
                        .is_none_or(|token| token.kind == TokenKind::Symbol)
            })
    }

    /// When a task is due. Of two days the last said counts («о встрече в среду… во вторник в семь»: the event's time comes first,
    /// and so does a slip of the tongue); how many mentions before it were dropped is returned beside.
    pub(crate) fn due(&self, mentions: &[Mention]) -> (time::Due, usize) {
        let mut dropped = 0;
        loop {
            let due = time::resolve(mentions.get(dropped..).unwrap_or(&[]), self.now);
            if due.problem != Some(DueProblem::Contradictory) || dropped >= mentions.len() {
                return (due, dropped);
            }
            dropped += 1;
        }
    }

    /// What was said of time that no date says, in the person's words.
    pub(crate) fn description(
        &self,
        mentions: &[Mention],
        due: &time::Due,
        dropped: usize,
    ) -> Option<String> {
        let wanted = due
            .leftovers
            .iter()
            .copied()
            .chain(due.recurrence)
            .map(|index| index + dropped)
            .chain(0..dropped);
        let mut ranges: Vec<_> = wanted
            .filter_map(|index| mentions.get(index))
            .filter(|mention| mention.kind != MentionKind::Aside)
            .map(|m| m.range.clone())
            .collect();
        ranges.sort_by_key(|range| range.start);
        ranges.dedup();
        // What was said in one breath is written so («каждый день до среды»).
        ranges.dedup_by(|next, range| {
            let joined = next.start == range.end;
            if joined {
                range.end = next.end;
            }
            joined
        });
        let parts: Vec<String> = ranges
            .into_iter()
            .map(|range| said(self.utterance, range))
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// «за час до встречи [распечатать договор]»: where a verb phrase follows, the event belongs to the time and not to the title.
pub(crate) fn extend_leads(engine: &Engine, utterance: &Utterance, mentions: &mut [Mention]) {
    const LONGEST_EVENT: usize = 5;
    let verb = engine.pack.known.verb;
    for mention in mentions
        .iter_mut()
        .filter(|m| m.kind == MentionKind::Unresolved(Unresolved::Lead))
    {
        let from = mention.range.end;
        let to = (from + 1..from + LONGEST_EVENT).find(|&at| {
            let Some(word) = utterance.words.get(at) else {
                return false;
            };
            let infinitive = word
                .readings
                .iter()
                .any(|r| r.verb == Some(VerbForm::Infinitive));
            let to_verb = word.norm == "to" && utterance.has(at + 1, verb);
            infinitive || to_verb
        });
        if let Some(to) = to {
            mention.range.end = to;
        }
    }
}

/// The words of a range as they were said.
fn said(utterance: &Utterance, range: std::ops::Range<usize>) -> String {
    let mut out = String::new();
    for token in utterance.tokens.get(range).unwrap_or(&[]) {
        if !out.is_empty() && !token.glued {
            out.push(' ');
        }
        out.push_str(&token.text);
    }
    out
}
