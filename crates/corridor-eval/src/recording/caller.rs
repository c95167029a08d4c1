//! Callers that keep answers and give them again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use corridor_llm::call::{CallFuture, CallRequest, TimeoutPhase};
use corridor_llm::{CallError, CallOrigin, LlmCaller};
use tokio::time::Instant;

use super::{Key, RecordedAnswer, Recording, key};

/// Passes calls on, and keeps how each ended.
pub struct Recorder {
    inner: Arc<dyn LlmCaller>,
    recording: Arc<Recording>,
}

impl Recorder {
    /// Keeps the answers of `inner` in `recording`.
    #[must_use]
    pub fn new(inner: Arc<dyn LlmCaller>, recording: Arc<Recording>) -> Self {
        Self { inner, recording }
    }
}

impl LlmCaller for Recorder {
    fn call<'a>(&'a self, request: &'a CallRequest, deadline: Instant) -> CallFuture<'a> {
        Box::pin(async move {
            let mut open = OpenCall {
                recording: &self.recording,
                origin: &request.origin,
                ended: None,
            };
            let result = self.inner.call(request, deadline).await;
            open.ended = Some(match &result {
                Ok(reply) => RecordedAnswer::Reply(reply.clone()),
                Err(failure) => RecordedAnswer::Failure(failure.clone()),
            });
            result
        })
    }
}

/// A call under way. Dropped before its end, it is kept as given up.
struct OpenCall<'a> {
    recording: &'a Recording,
    origin: &'a CallOrigin,
    ended: Option<RecordedAnswer>,
}

impl Drop for OpenCall<'_> {
    fn drop(&mut self) {
        let ended = self.ended.take().unwrap_or(RecordedAnswer::GivenUp);
        self.recording.keep(self.origin, ended);
    }
}

/// Answers from a recording. Calls nobody.
pub struct Replayer {
    recording: Recording,
    asked: Mutex<BTreeMap<Key, usize>>,
    missing: Mutex<BTreeSet<String>>,
}

impl Replayer {
    /// Answers from `recording`.
    #[must_use]
    pub fn new(recording: Recording) -> Self {
        Self {
            recording,
            asked: Mutex::default(),
            missing: Mutex::default(),
        }
    }

    /// Calls that the recording has no answer for, as prompt and entry, sorted. Any means that the comparison is not the recorded one.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        missing.iter().cloned().collect()
    }

    fn answer(&self, origin: &CallOrigin) -> RecordedAnswer {
        let round = {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            let count = asked.entry(key(origin)).or_default();
            *count += 1;
            *count - 1
        };
        if let Some(answer) = self.recording.find(origin, round) {
            return answer;
        }
        let earlier = CallOrigin {
            attempt: origin.attempt.saturating_sub(1),
            ..origin.clone()
        };
        // What was given up had no time for a second attempt, which a replay has.
        if !matches!(
            self.recording.find(&earlier, round),
            Some(RecordedAnswer::GivenUp)
        ) {
            let (prompt, entry, attempt) = key(origin);
            let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
            missing.insert(format!("{prompt} for {entry}, attempt {attempt}"));
        }
        RecordedAnswer::GivenUp
    }
}

impl LlmCaller for Replayer {
    fn call<'a>(&'a self, request: &'a CallRequest, _: Instant) -> CallFuture<'a> {
        let answer = self.answer(&request.origin);
        Box::pin(async move {
            match answer {
                RecordedAnswer::Reply(reply) => Ok(reply),
                RecordedAnswer::Failure(failure) => Err(failure),
                RecordedAnswer::GivenUp => Err(CallError::Timeout(TimeoutPhase::Total).into()),
            }
        })
    }
}
