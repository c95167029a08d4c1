//! Running a future so that its panic ends nobody else.

use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// The future panicked: a bug of ours. What it says is not kept, as it may hold what a person said.
#[derive(Debug)]
pub(super) struct Panicked;

/// Runs a future to its end, or to its panic.
pub(super) async fn caught<F: Future>(future: F) -> Result<F::Output, Panicked> {
    let mut future = pin!(future);
    // A future that panicked is never polled again, so nothing sees what it left behind.
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(_) => Poll::Ready(Err(Panicked)),
        },
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[tokio::test]
    async fn a_panic_is_an_error_of_the_one_who_asked() {
        assert_eq!(caught(async { 1 }).await.ok(), Some(1));
        let panics = async {
            tokio::task::yield_now().await;
            if caught(async {}).await.is_ok() {
                panic!("canary");
            }
        };
        assert!(caught(panics).await.is_err());
    }
}
