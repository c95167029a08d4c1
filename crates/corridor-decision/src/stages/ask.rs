//! One question to a model: within its deadline, shielded from panics, with what records need to know of it.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use corridor_llm::private::Answer;
use corridor_llm::{Outcome, Runtime, TaskId, TaskInput};
use tokio::time::{Instant, timeout_at};

use crate::records::{InternalError, ModelMeta, ReasonCode};

/// What came of a question.
pub(crate) struct Asked {
    /// The answer, or why there is none.
    pub(crate) result: Result<Answer, ReasonCode>,
    /// Who answered or failed; absent where nobody can be named.
    pub(crate) meta: Option<ModelMeta>,
    /// From the question to the end of it.
    pub(crate) latency: Duration,
}

/// Asks, and ends by `deadline` whatever happens. Dropping the future ends the call.
pub(crate) async fn ask(
    runtime: &Runtime,
    task: TaskId,
    input: TaskInput,
    deadline: Instant,
) -> Asked {
    let started = Instant::now();
    let run = contained(timeout_at(
        deadline,
        runtime.run_task(task, input, deadline),
    ));
    let (result, meta) = match run.await {
        Ok(Ok(Ok(output))) => (Ok(output.answer), Some(ModelMeta::from(&output.summary))),
        Ok(Ok(Err(failure))) => (
            Err(ReasonCode::from(failure.error.outcome())),
            Some(ModelMeta::from(&failure.summary)),
        ),
        // The client keeps the deadline itself; this is for one that does not.
        Ok(Err(_)) => (Err(ReasonCode::from(Outcome::Timeout)), None),
        Err(broke) => (Err(broke.into()), None),
    };
    Asked {
        result,
        meta,
        latency: started.elapsed(),
    }
}

/// Runs `work`; a panic inside ends it and nothing else.
pub(crate) async fn contained<T>(work: impl Future<Output = T>) -> Result<T, InternalError> {
    let mut work = pin!(work);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(Poll::Ready(done)) => Poll::Ready(Ok(done)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(_) => Poll::Ready(Err(InternalError::Panic)),
        },
    )
    .await
}
