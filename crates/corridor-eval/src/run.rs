//! A run over a data set: every entry through the door, on as many threads as are given, with the same result on any number.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::answer::Answer;
use crate::dataset::Entry;
use crate::executor::{ExecutionError, Executor, Repeats, decide};
use crate::judge::{Judgement, judge};
use crate::statistics::Graded;

/// How much work a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunSize {
    /// How many threads do it.
    pub threads: NonZeroUsize,
    /// How many times the set is gone through. Figures are of the first; the others tell whether answers stay the same.
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
    /// How sure the decision is, 0..=1; `None` where there is none.
    pub confidence: Option<f64>,
    /// Whether a later round answered otherwise, where nothing may.
    pub unstable: bool,
    /// Whether it was right, round after round, by its answer alone.
    pub rounds: Vec<bool>,
    /// Whether some round answered otherwise than the first.
    pub varied: bool,
}

impl<'d> Outcome<'d> {
    fn first(entry: &'d Entry, reply: Result<Reply, ExecutionError>) -> Self {
        let confidence = reply.as_ref().ok().map(|reply| reply.confidence);
        let got = reply.map(|reply| reply.answer);
        let judgement = judge(&entry.expected, got.as_ref().ok());
        Self {
            entry,
            rounds: vec![judgement.is_right()],
            judgement,
            got,
            confidence,
            unstable: false,
            varied: false,
        }
    }

    fn again(&mut self, reply: Result<Reply, ExecutionError>, repeats: Repeats) {
        let got = reply.map(|reply| reply.answer);
        let varied = self.got != got;
        let is_right = judge(&self.entry.expected, got.as_ref().ok()).is_right();
        self.rounds.push(is_right);
        self.varied |= varied;
        self.unstable |= varied && repeats == Repeats::Exactly;
    }

    /// An executed decision as a prediction that was right in every part or not; `None` where nothing is executed. A question claims nothing,
    /// so its confidence is not held against it.
    #[must_use]
    pub fn graded(&self) -> Option<Graded> {
        self.executes().then_some(Graded {
            confidence: self.confidence?,
            is_right: self.is_right(),
        })
    }

    /// Whether the entry is right: a valid decision, as expected, each time.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.judgement.is_right() && !self.unstable
    }

    /// Whether the decision is one that a product carries out.
    #[must_use]
    pub fn executes(&self) -> bool {
        let got = self.got.as_ref().ok();
        got.is_some_and(|got| got.action.outcome() == corridor_contract::Outcome::Execute)
    }

    /// Whether the expected answer is one that a product carries out.
    #[must_use]
    pub fn must_execute(&self) -> bool {
        self.judgement.reference.action.outcome() == corridor_contract::Outcome::Execute
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
    /// How many times the set was gone through.
    pub rounds: usize,
    /// Whether rounds may differ.
    pub repeats: Repeats,
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
            match outcomes.get_mut(position % entries.len().max(1)) {
                Some(first) => first.again(reply, executor.repeats()),
                None => outcomes.extend(
                    entries
                        .get(position)
                        .map(|entry| Outcome::first(entry, reply)),
                ),
            }
        }
        Self {
            outcomes,
            decided,
            decision_version,
            rounds: size.rounds.get(),
            repeats: executor.repeats(),
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
    confidence: f64,
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
        confidence: decision.confidence.value(),
        version: decision.decision_version.to_string(),
    })
}
