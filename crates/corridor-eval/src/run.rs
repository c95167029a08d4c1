//! A run over a data set: every entry through the door, on as many threads as are given, with the same result on any number.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::answer::Answer;
use crate::dataset::Entry;
use crate::executor::{ExecutionError, Executor, decide};
use crate::judge::{Judgement, judge};

/// How much work a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunSize {
    /// How many threads do it.
    pub threads: NonZeroUsize,
    /// How many times the set is gone through. Only the first counts; the others must answer alike.
    pub rounds: NonZeroUsize,
}

impl RunSize {
    /// Once through the set, on one thread.
    pub const ONCE: Self = Self {
        threads: NonZeroUsize::MIN,
        rounds: NonZeroUsize::MIN,
    };
}

/// What came of one entry.
#[derive(Clone, Debug)]
pub struct Outcome<'d> {
    /// The entry.
    pub entry: &'d Entry,
    /// What was decided.
    pub got: Result<Answer, ExecutionError>,
    /// How that compares with what is expected.
    pub judgement: Judgement<'d>,
    /// Whether a later round answered otherwise, which nothing may.
    pub unstable: bool,
}

impl Outcome<'_> {
    /// Whether the entry is right: a valid decision, as expected, each time.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.judgement.is_right() && !self.unstable
    }

    /// Whether there is a valid decision, the same each time: what holds of every entry, right or wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.got.is_ok() && !self.unstable
    }
}

/// What came of a data set.
#[derive(Clone, Debug)]
pub struct Run<'d> {
    /// One for each entry, in the set's order.
    pub outcomes: Vec<Outcome<'d>>,
    /// How many commands were decided, all rounds together.
    pub decided: usize,
    /// The engine and pack that decided, as the first decision says; nothing where there is no decision.
    pub decision_version: Option<String>,
}

impl<'d> Run<'d> {
    /// Decides every entry and judges what comes back.
    #[must_use]
    pub fn of(entries: &'d [Entry], executor: &dyn Executor, size: RunSize) -> Self {
        let decided = entries.len().saturating_mul(size.rounds.get());
        let replies = replies(entries, executor, size.threads, decided);
        let decision_version = replies
            .iter()
            .find_map(|(_, reply)| Some(reply.as_ref().ok()?.version.clone()));
        let mut outcomes: Vec<Outcome<'d>> = Vec::with_capacity(entries.len());
        for (position, reply) in replies {
            let got = reply.map(|reply| reply.answer);
            match outcomes.get_mut(position % entries.len().max(1)) {
                Some(first) => first.unstable |= first.got != got,
                None => outcomes.extend(entries.get(position).map(|entry| Outcome {
                    entry,
                    judgement: judge(&entry.expected, got.as_ref().ok()),
                    got,
                    unstable: false,
                })),
            }
        }
        Self {
            outcomes,
            decided,
            decision_version,
        }
    }

    /// How many entries are right.
    #[must_use]
    pub fn right(&self) -> usize {
        self.outcomes
            .iter()
            .filter(|outcome| outcome.is_right())
            .count()
    }
}

/// What counts of a decision.
struct Reply {
    answer: Answer,
    version: String,
}

type Replies = Vec<(usize, Result<Reply, ExecutionError>)>;

/// How many decisions a thread takes at a time: enough to keep threads out of each other's way, few enough to end together.
const BATCH: usize = 16;

/// A reply to every entry of every round, by position: round after round, each in the set's order.
fn replies(
    entries: &[Entry],
    executor: &dyn Executor,
    threads: NonZeroUsize,
    decided: usize,
) -> Replies {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut replies = Replies::new();
        loop {
            let start = next.fetch_add(BATCH, Ordering::Relaxed);
            if start >= decided {
                return replies;
            }
            for position in start..decided.min(start + BATCH) {
                if let Some(entry) = entries.get(position % entries.len()) {
                    replies.push((position, reply(executor, entry)));
                }
            }
        }
    };
    let mut all = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.get()).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(replies) => all.extend(replies),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|(position, _)| *position);
    all
}

fn reply(executor: &dyn Executor, entry: &Entry) -> Result<Reply, ExecutionError> {
    let decision = decide(executor, &entry.command)?;
    Ok(Reply {
        answer: Answer::of(&decision),
        version: decision.decision_version.to_string(),
    })
}
