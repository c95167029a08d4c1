//! Times of clauses: which mentions belong to which clause, when they make it due, and what of them no calendar can tell.

use jiff::Zoned;

use crate::engine::Engine;
use crate::morph::VerbForm;
use crate::time::{self, DueProblem, Mention, MentionKind, Unresolved};
use crate::token::TokenKind;
use crate::utterance::Utterance;

/// The mentions of time in one utterance.
pub(crate) struct Times<'r> {
    pub(crate) engine: &'r Engine,
    pub(crate) mentions: &'r [Mention],
    pub(crate) now: &'r Zoned,
}

impl Times<'_> {
    /// Times said inside a clause, or at the edge of the utterance beside it.
    pub(crate) fn inside(&self, utterance: &Utterance, from: usize, to: usize) -> Vec<Mention> {
        let said_before = (0..from).any(|at| utterance.is_said(at) && !self.mentioned(at));
        let said_after =
            (to..utterance.tokens.len()).any(|at| utterance.is_said(at) && !self.mentioned(at));
        self.mentions
            .iter()
            .filter(|mention| {
                let before = mention.range.end <= from;
                let after = mention.range.start >= to;
                if before {
                    !said_before || self.touches(utterance, mention.range.end, from)
                } else if after {
                    !said_after || self.touches(utterance, to, mention.range.start)
                } else {
                    true
                }
            })
            .cloned()
            .collect()
    }

    pub(crate) fn mentioned(&self, at: usize) -> bool {
        self.mentions
            .iter()
            .any(|mention| mention.range.contains(&at))
    }

    /// Nothing but other times, fillers and marks stands between two places.
    pub(crate) fn touches(&self, utterance: &Utterance, from: usize, to: usize) -> bool {
        (from..to).all(|at| {
            self.mentioned(at)
                || utterance
                    .tokens
                    .get(at)
                    .is_none_or(|token| token.kind == TokenKind::Symbol)
                || utterance.has(at, self.engine.pack.known.filler)
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
        utterance: &Utterance,
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
            .map(|range| said(utterance, range))
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
