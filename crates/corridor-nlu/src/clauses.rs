//! Frames to clauses: what they say of time is resolved, and shared where it stands in front of several.

use crate::frames::{Frame, FrameKind, Titled};
use crate::pack::{Mood, RejectCode};
use crate::tasks::{Doer, TaskReading};
use crate::time::{self, Mention};
use crate::times::Times;
use crate::understand::{Clause, Meaning};
use crate::utterance::{Utterance, View};
use jiff::Zoned;

/// Frames to clauses: what they say of time is resolved here.
pub(crate) struct ClauseReader<'r> {
    pub(crate) utterance: &'r Utterance,
    pub(crate) matter: &'r View<'r>,
    pub(crate) times: &'r Times<'r>,
    pub(crate) now: &'r Zoned,
}

pub(crate) fn joined(note: Option<String>, times: Option<String>) -> Option<String> {
    match (note, times) {
        (Some(note), Some(times)) => Some(format!("{note}, {times}")),
        (note, times) => note.or(times),
    }
}

impl ClauseReader<'_> {
    /// `shared` holds the times that stand in front of a first order; tasks behind it without times of their own take them.
    pub(crate) fn clause(&self, frame: Frame, shared: &mut Vec<Mention>) -> Clause {
        let first = self.matter.at.get(frame.span.start).copied().unwrap_or(0);
        let last = frame
            .span
            .end
            .checked_sub(1)
            .and_then(|at| self.matter.at.get(at))
            .map_or(first, |&at| at + 1);
        let mut inside = self.times.inside(first, last);
        // «Дела на субботу:»: the times of a heading are those of what it leads, where that has none.
        if let Some(heading) = frame.heading.clone().filter(|_| inside.is_empty()) {
            let from = self.matter.at.get(heading.start).copied().unwrap_or(0);
            let to = heading
                .end
                .checked_sub(1)
                .and_then(|at| self.matter.at.get(at))
                .map_or(from, |&at| at + 1);
            inside = self.times.inside(from, to);
        }
        if matches!(frame.kind, FrameKind::Tasks { .. }) && inside.is_empty() {
            inside.clone_from(shared);
        } else if frame.is_order()
            && frame.span.start == 0
            && inside.iter().all(|mention| mention.range.end <= first)
        {
            shared.clone_from(&inside);
        }
        if self.ends_a_sentence(last) {
            shared.clear();
        }
        let meaning = match frame.kind {
            FrameKind::NotUnderstood
            | FrameKind::Checked(_)
            | FrameKind::Statement(..)
            | FrameKind::Heading { .. } => Meaning::NotUnderstood,
            FrameKind::NotOurs(reason) => Meaning::NotOurs(reason),
            FrameKind::Reject(code) => Meaning::Reject(code),
            FrameKind::AskItem => Meaning::AskItem,
            FrameKind::AskTitle => Meaning::AskTitle,
            FrameKind::Shopping(shopping) => {
                let due = time::resolve(&inside, self.now);
                if due.recurrence.is_some() && frame.mood != Mood::Need {
                    Meaning::Reject(RejectCode::StandingRule)
                } else {
                    Meaning::Shopping {
                        items: shopping.items,
                        list: shopping.list,
                        timed: !inside.is_empty(),
                    }
                }
            }
            FrameKind::Tasks {
                titles,
                doer,
                assigned,
            } => self.tasks(titles, doer.as_ref(), assigned, &inside),
        };
        Clause {
            meaning,
            rules: frame.rules,
            confidence: frame.confidence,
        }
    }

    /// Whether what stands behind a clause begins a sentence or line of its own.
    fn ends_a_sentence(&self, last: usize) -> bool {
        let tokens = &self.utterance.tokens;
        let mark = tokens.get(last).is_some_and(|token| {
            token.new_line || matches!(token.norm.as_str(), "." | "!" | "?" | ";")
        });
        mark || tokens.get(last + 1).is_some_and(|token| token.new_line)
    }

    /// Each title with the times that are said with it; what is said before the first or behind the last alone is shared.
    fn tasks(
        &self,
        titles: Vec<Titled>,
        doer: Option<&Doer>,
        assigned: bool,
        inside: &[Mention],
    ) -> Meaning {
        let own = |titled: &Titled| -> Vec<Mention> {
            inside
                .iter()
                .filter(|mention| titled.tokens.contains(&mention.range.start))
                .cloned()
                .collect()
        };
        let with_own = titles
            .iter()
            .filter(|titled| !own(titled).is_empty())
            .count();
        let several = titles.len() > 1 && with_own > 1;
        let mut tasks = Vec::with_capacity(titles.len());
        for titled in titles {
            let mut mentions = inside.to_vec();
            if several {
                let mine = own(&titled);
                if !mine.is_empty() {
                    mentions = mine;
                }
            }
            let (due, dropped) = self.times.due(&mentions);
            if assigned && due.recurrence.is_some() {
                return Meaning::Reject(RejectCode::StandingRule);
            }
            if let Some(problem) = due.problem {
                return Meaning::AskDue(problem);
            }
            let repaired = (titled.tokens.clone()).any(|at| {
                self.utterance
                    .words
                    .get(at)
                    .is_some_and(|word| word.repaired)
            });
            let times = self.times.description(&mentions, &due, dropped);
            tasks.push(TaskReading {
                title: titled.title,
                doer: doer.cloned(),
                zone: titled.zone,
                due: due.when,
                description: joined(titled.note, times),
                repaired,
            });
        }
        Meaning::Tasks(tasks)
    }
}
